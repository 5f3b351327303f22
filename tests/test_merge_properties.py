"""Properties of every merge, on random plans that two sides edit at random."""

import shutil
from collections import Counter
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_merge_rules import FILE, merged

from csg.checks import check
from csg.source.parse import parse
from csg.workspace import Workspace

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
Plan = list[dict[str, Any]]
IDS = ("1.1", "1.2", "1.3", "1.4")
TITLES = ("Host a meeting", "Publish a paper on costs", "Train the police", "Fund networks", "Host a large meeting")
NAMES = ("INPUD", "HRI", "EHRA (Ann)", "EHRA", "WHRIN")
WORDS = ("Trained forty people in two cities.", "Nothing yet.", "Trained fifty people in two cities.", "A paper: out.")
REPORT = st.fixed_dictionaries(
    {
        "period": st.sampled_from(["mid", "end"]),
        "by": st.sampled_from(["INPUD", "HRI"]),
        "date": st.sampled_from(["2021-10-01", "2021-12-01", "2022-03-01"]),
        "status": st.sampled_from(["on-track", "at-risk", "completed"]),
        "summary": st.sampled_from(WORDS),
    }
)
ACTIVITY = st.fixed_dictionaries(
    {
        "title": st.sampled_from(TITLES),
        "cso_lead": st.lists(st.sampled_from(NAMES), unique=True, max_size=4),
        "comments": st.sampled_from(["", "As agreed.", "With UNODC, in two steps."]),
        "due": st.sampled_from(["", "2022-01-01"]),
        "related": st.lists(st.sampled_from(IDS), unique=True, max_size=2),
        "progress": st.lists(REPORT, max_size=3),
        "note": st.sampled_from(["", "a remark", "ask again"]),
    }
)
PLAN = st.lists(ACTIVITY, min_size=4, max_size=4)
WHICH = st.integers(0, 3)
EDIT = st.one_of(
    st.tuples(st.just("set"), WHICH, st.sampled_from([
        ("due", "2022-02-02"), ("due", ""), ("comments", "New."), ("title", "Another title"), ("title", TITLES[0]),
        ("note", "new remark"), ("note", ""), ("note", "ask")])),
    st.tuples(st.just("lead"), WHICH, st.sampled_from(NAMES)),
    st.tuples(st.just("order leads"), WHICH, st.none()),
    st.tuples(st.just("related"), WHICH, st.sampled_from(IDS)),
    st.tuples(st.just("add report"), WHICH, REPORT),
    st.tuples(st.just("remove report"), WHICH, st.integers(0, 2)),
    st.tuples(st.just("edit report"), WHICH, st.tuples(st.integers(0, 2), st.sampled_from(
        [("date", "2021-11-11"), ("by", "HRI"), ("summary", "Other words."), ("status", "off-track"),
         ("period", "end")]))),
    st.tuples(st.just("swap ids"), WHICH, WHICH),
    st.tuples(st.just("swap places"), WHICH, WHICH),
    st.tuples(st.just("remove"), WHICH, st.none()),
    st.tuples(st.just("add"), st.integers(5, 6), ACTIVITY),
)  # fmt: skip


def numbered(activities: Plan) -> Plan:
    """The base: activities with ids, reports by date, and a mark in each title, so that each is known by it."""
    plan = deepcopy(activities)
    for name, activity in zip(IDS, plan, strict=True):
        activity["id"] = name
        activity["title"] += f" {name[-1]}"
        activity["progress"].sort(key=lambda report: report["date"])
    return plan


def edited(base: Plan, edits: list[tuple[str, int, Any]]) -> Plan:
    """A side: the base with edits made, where they are possible."""
    plan = deepcopy(base)
    for what, index, value in edits:
        if what == "add":
            if all(activity["id"] != f"1.{index}" for activity in plan):
                plan.append({**deepcopy(value), "id": f"1.{index}", "note": ""})
        elif index < len(plan):
            edit(plan, plan[index], what, value)
    for activity in plan:
        activity["progress"].sort(key=lambda report: report["date"])
    return plan


def edit(plan: Plan, activity: dict[str, Any], what: str, value: Any) -> None:
    """Make one edit of an activity."""
    reports = activity["progress"]
    if what == "set":
        activity[value[0]] = value[1]
    elif what in ("lead", "related"):
        names = activity["cso_lead" if what == "lead" else "related"]
        names.remove(value) if value in names else names.append(value)
    elif what == "order leads":
        activity["cso_lead"].reverse()
    elif what == "add report":
        reports.append(dict(value))
    elif what == "remove report" and value < len(reports):
        del reports[value]
    elif what == "edit report" and value[0] < len(reports):
        reports[value[0]][value[1][0]] = value[1][1]
    elif what == "remove":
        plan.remove(activity)
    elif what == "swap ids" and value < len(plan):
        activity["id"], plan[value]["id"] = plan[value]["id"], activity["id"]
    elif what == "swap places" and value < len(plan):
        index = plan.index(activity)
        plan[index], plan[value] = plan[value], plan[index]


def written(plan: Plan) -> str:
    """The plan as text, with comments."""
    lines = ["workplan: 2021-22", "title: Plan", "periods:", "  - {id: mid, name: Mid}", "  - {id: end, name: End}"]
    lines += ["objectives:", '  - id: "1"', "    title: One", "    activities:"]
    for activity in plan:
        lines += [f"      # {activity['note']}"] if activity["note"] else []
        lines += [f'      - id: "{activity["id"]}"', f"        title: {activity['title']}", "        unodc_lead: []"]
        lines += [
            f"        cso_lead: [{', '.join(activity['cso_lead'])}]",
            f'        comments: "{activity["comments"]}"',
        ]
        lines += [f"        due: {activity['due']}"] if activity["due"] else []
        related = ", ".join(f'"{name}"' for name in activity["related"])
        lines += [f"        related: [{related}]"] if related else []
        lines += ["        progress:"] if activity["progress"] else []
        for report in activity["progress"]:
            lines += [f"          - period: {report['period']}"]
            lines += [f'            {key}: "{report[key]}"' for key in ("by", "date", "status", "summary")]
    return "\n".join(lines) + "\n"


def read(text: str) -> Plan:
    """The activities of a plan's text."""
    data = parse(text, FILE).data
    assert data is not None, text
    return [activity for objective in data["objectives"] or () for activity in objective["activities"] or ()]


def entries(plan: Plan) -> Counter[tuple[str, str]]:
    """Every report, with the title of its activity."""
    return Counter(
        (activity["title"], str(sorted(report.items())))
        for activity in plan
        for report in activity.get("progress") or ()
    )


def reports(plan: Plan) -> Counter[tuple[str, str]]:
    """Every report, with the id of its activity."""
    return entries([{**activity, "title": activity["id"]} for activity in plan])


def names(plan: Plan, field: str) -> set[tuple[str, str]]:
    """Every lead or other name, with the id of its activity."""
    return {(activity["id"], name) for activity in plan for name in activity.get(field) or ()}


def assert_three_way(base: Any, ours: Any, theirs: Any, result: Any) -> None:
    """Require of sets: what a side removed is gone, what a side added is there, and there is nothing else."""
    assert result <= ours | theirs
    assert (ours - base) | (theirs - base) <= result
    assert not result & (base - ours)
    assert not result & (base - theirs)


def errors(text: str) -> set[str]:
    """What is wrong with a plan."""
    problems = check(Workspace(Path.cwd(), None, {FILE: text.encode()}, alone=True).snapshot())
    return {problem.message for problem in problems if problem.severity == "error"}


def comments(text: str) -> Counter[str]:
    """The comments of a plan that was written here."""
    return Counter(line.strip() for line in text.splitlines() if line.strip().startswith("#"))


@settings(max_examples=30, deadline=None)
@given(PLAN, st.lists(EDIT, min_size=1, max_size=4), st.lists(EDIT, min_size=1, max_size=4))
def test_a_merge_is_certain_or_a_conflict(
    activities: Plan, our_edits: list[tuple[str, int, Any]], their_edits: list[tuple[str, int, Any]]
) -> None:
    """A clean merge holds what both sides mean and nothing else. A conflict has markers, and the words of both."""
    base = numbered(activities)
    ours, theirs = edited(base, our_edits), edited(base, their_edits)
    texts = [written(plan) for plan in (base, ours, theirs)]
    result, other = merged(*texts), merged(texts[0], texts[2], texts[1])
    text = result.content.decode()
    assert bool(result.conflicts) == bool(other.conflicts) == ("<<<<<<< ours\n" in text)
    if result.conflicts:
        for line in {*texts[1].splitlines(), *texts[2].splitlines()} - set(texts[0].splitlines()):
            assert line.partition("[")[0].replace('"', "").strip() in text.replace('"', "")
        for activity in (*ours, *theirs):
            for report in activity["progress"]:
                assert report["summary"] in text or report in next(
                    one["progress"] for one in base if one["id"] == activity["id"]
                )
        return
    assert text == other.content.decode()
    assert errors(text) <= errors(texts[1]) | errors(texts[2])
    plan = read(text)
    sides = [read(each) for each in texts]
    for held in (entries, reports):
        was, mine, their, now = (set(held(each)) for each in (*sides, plan))
        if held is reports or all(
            one["title"] == before["title"] for one in plan for before in base if one["id"] == before["id"]
        ):
            assert_three_way(was, mine, their, now)
    for field in ("cso_lead", "related"):
        assert_three_way(*(names(each, field) for each in (*sides, plan)))
    wanted = comments(texts[1]) + comments(texts[2])
    for comment, count in comments(text).items():
        assert count <= wanted[comment]
    for comment, count in comments(texts[0]).items():
        if comments(texts[1])[comment] < count == comments(texts[2])[comment]:
            assert comments(text)[comment] == comments(texts[1])[comment]
    base_plan, our_plan, their_plan = sides
    assert_fields(base_plan, our_plan, their_plan, plan)


def assert_fields(base: Plan, ours: Plan, theirs: Plan, plan: Plan) -> None:
    """Require in each field what the side that changed it has."""
    by_id = [{activity["id"]: activity for activity in each} for each in (base, ours, theirs, plan)]
    for name in {name for side in by_id for name in side}:
        was, mine, their, now = (side.get(name) for side in by_id)
        assert (now is None) == ((mine is None or their is None) if was else not (mine or their))
        if not (was and mine and their and now):
            continue
        for field in ("title", "comments", "due"):
            changed = {side.get(field) for side in (mine, their)} - {was.get(field)}
            assert now.get(field) in (changed or {was.get(field)})
            assert len(changed) < 2
