"""``csg workplan new``: what a new plan takes over from the one before, and a workspace's first plan."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from conftest import Run

from csg.editing.next_year import KEPT, NOT_KEPT
from csg.model.workplan import Activity
from csg.workspace import open_workspace

PLAN = """\
workplan: 2021-22
title: Workplan 2021/22
periods:
  - {id: mid, name: Mid-year, due: 2021-12-15}
  - {id: end, name: End-year, due: 2022-06-15}
objectives:
  - id: "1"
    title: Leadership
    activities:
      - id: "1.1"
        title: Coordination meeting
        unodc_lead: [HAS (Zhannat)]
        cso_lead: [IDPC]
        comments: Follows up on the training (see 1.2 below) and on 1.3 below.
        budget: 0
        due: 2022-03-14
        related: ["1.2", "1.3"]
        recurring: true
        progress:
          - {period: end, by: IDPC, date: 2022-06-10, status: completed, summary: Held.}
      - id: "1.2"
        title: Training
        cso_lead: [INWUD]
        comments: ""
        progress:
          - {period: mid, by: INWUD, date: 2021-12-10, status: completed, summary: Done.}
      - {id: "1.3", title: Side event, cso_lead: [HRI], comments: "", budget: 1200, recurring: false}
"""
FIELDS = "fields:\n  - {id: budget, label: Budget, type: number}\n"


@pytest.fixture
def year(root: Path) -> Path:
    """A workspace with one plan, whose activities have a field of the group's own."""
    with (root / "data" / "group.yaml").open("a", encoding="utf-8") as group:
        group.write(FIELDS)
    (root / "data" / "workplan-2021-22.yaml").write_text(PLAN, "utf-8")
    (root / "data" / "reviews" / "hpc-reports.yaml").unlink()
    return root


def carried(root: Path, plan: str | None = None) -> dict[str, Activity]:
    """Return the activities of a plan by id."""
    return {activity.id: activity for activity in open_workspace(str(root), plan).plan.activities()}


@pytest.mark.parametrize("kind", KEPT, ids=lambda kind: kind.__name__)
def test_each_field_is_either_kept_or_not(kind: type) -> None:
    """A new field of the model must be put into one of the two lists: it is not carried over by accident."""
    assert KEPT[kind] | NOT_KEPT[kind] == set(kind.model_fields)  # type: ignore[attr-defined]
    assert not KEPT[kind] & NOT_KEPT[kind]
    assert set(KEPT) == set(NOT_KEPT)


def test_a_new_plan_has_what_is_kept_and_nothing_else(csg: Run, year: Path) -> None:
    """Open and recurring activities, with the group's own fields; no date, no report, no activity left behind."""
    done = csg("workplan", "new", "2022-23")
    assert (done.returncode, done.stderr) == (
        0,
        "data/workplan-2022-23.yaml: 2 activities carried over from 2021-22; not carried over: 1.2\n"
        "2 Mid-year reports are still owed in Workplan 2021/22: csg progress due --plan 2021-22 --period mid\n"
        "1 End-year report is still owed in Workplan 2021/22: csg progress due --plan 2021-22 --period end\n",
    )
    assert (year / "data" / "workplan-2022-23.yaml").read_text("utf-8") == (
        "workplan: 2022-23\n"
        "title: Workplan 2022/23\n"
        "\n"
        "periods:\n"
        "  - {id: mid, name: Mid-year}\n"
        "  - {id: end, name: End-year}\n"
        "\n"
        "objectives:\n"
        '  - id: "1"\n'
        "    title: Leadership\n"
        "    activities:\n"
        '      - id: "1.1"\n'
        "        title: Coordination meeting\n"
        "        unodc_lead: [HAS (Zhannat)]\n"
        "        cso_lead: [IDPC]\n"
        "        comments: Follows up on the training (see 1.2 below) and on 1.3 below.\n"
        "        budget: 0\n"
        '        related: ["1.3"]\n'
        "        carried_from: 2021-22 1.1\n"
        "        recurring: true\n"
        "\n"
        '      - id: "1.3"\n'
        "        title: Side event\n"
        "        cso_lead: [HRI]\n"
        '        comments: ""\n'
        "        budget: 1200\n"
        "        carried_from: 2021-22 1.3\n"
    )
    checked = csg("check", "--strict")
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_a_new_plan_that_is_not_the_last_by_name_says_so(csg: Run, year: Path, more: tuple[str, ...]) -> None:
    """Commands go on with the last plan, so a report would go into the wrong year."""
    warning = "Commands still use 2021-22, because its name comes after 2019-20. Add --plan 2019-20 for the new plan.\n"
    done = csg("workplan", "new", "2019-20", *more)
    assert (done.returncode, done.stderr.endswith(warning)) == (0, True), done.stderr
    assert (year / "data" / "workplan-2019-20.yaml").exists() is not bool(more)
    assert "Commands still use" not in csg("workplan", "new", "2022-23").stderr


def test_what_recurs_is_in_every_next_plan(csg: Run, year: Path) -> None:
    """Cancelled, it is carried over all the same, and comments still refer to the first plan without a warning."""
    assert csg("workplan", "new", "2022-23").returncode == 0
    words = ("--period", "end", "--by", "IDPC", "--status", "cancelled", "--summary", "x", "--date", "2023-06-01")
    assert csg("progress", "add", "1.1", *words, "--plan", "2022-23").returncode == 0
    assert csg("workplan", "set", "1.1", "related=", "--plan", "2022-23").returncode == 0
    assert csg("workplan", "set", "1.3", "id=1.4", "--plan", "2022-23").returncode == 0
    assert csg("workplan", "new", "2023-24").returncode == 0
    activities = carried(year)
    assert list(activities) == ["1.1", "1.4"]
    assert (activities["1.1"].carried_from, activities["1.1"].recurring) == ("2022-23 1.1", True)
    checked = csg("check", "--strict")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert csg("workplan", "set", "1.1", "comments=See 1.9 below.").stderr.count("CSG210 warning") == 1


def test_a_comment_on_a_plan_that_is_not_in_the_folder_is_no_warning(csg: Run, year: Path) -> None:
    """The old plan was removed, so nobody can say that it had no such activity. A comment of new work is checked."""
    assert csg("workplan", "new", "2022-23").returncode == 0
    (year / "data" / "workplan-2021-22.yaml").unlink()
    assert csg("check", "--strict").returncode == 0
    assert csg("workplan", "set", "1.1", "carried_from=").returncode == 0
    assert "the comments of activity 1.1 name 1.2" in csg("check", "--strict").stdout


@pytest.mark.parametrize(
    ("word", "value"),
    [("true", True), ("yes", True), ("True", True), ("false", False), ("no", False), ("", False)],
)
def test_recurring_is_set_and_shown(csg: Run, year: Path, word: str, value: bool) -> None:
    """The words that csg prints are accepted; a key that says no is not written."""
    done = csg("workplan", "set", "1.1", f"recurring={word}")
    assert done.returncode == 0, done.stderr
    assert carried(year)["1.1"].recurring is value
    assert ("recurring: true" in (year / "data" / "workplan-2021-22.yaml").read_text("utf-8")) is value
    if not value:
        subprocess.run(["git", "init", "-q"], cwd=year, check=True)
        subprocess.run(["git", "add", "."], cwd=year, check=True)
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *identity, "commit", "-qm", "One"], cwd=year, check=True)
        assert csg("workplan", "set", "1.1", "recurring=true").returncode == 0
        assert csg("diff").stdout == "1.1 recurring no → yes\n"
        assert csg("workplan", "set", "1.1", "recurring=").returncode == 0
    assert (re.search(r"^Recurring +yes$", csg("workplan", "show", "1.1").stdout, re.MULTILINE) is not None) is value
    assert json.loads(csg("workplan", "show", "1.1", "--format", "json").stdout)["recurring"] is value


def test_recurring_is_true_or_false(csg: Run, year: Path) -> None:
    """Another word is refused, on the command line and in the file."""
    refused = csg("workplan", "set", "1.1", "recurring=maybe")
    assert (refused.returncode, refused.stderr) == (1, "CSG123 recurring must be true or false. Correct it.\n")
    file = year / "data" / "workplan-2021-22.yaml"
    file.write_text(PLAN.replace("recurring: true", "recurring: often"), "utf-8")
    assert "CSG123 recurring of activity 1.1 must be true or false" in csg("check").stdout


@pytest.mark.parametrize(
    ("words", "periods"),
    [((), ["Mid-year", "End-year"]), (("--periods", "q1, q2,q3"), ["Quarter 1", "Quarter 2", "Quarter 3"])],
)
def test_a_workspace_without_a_plan_gets_its_first(
    csg: Run, root: Path, words: tuple[str, ...], periods: list[str]
) -> None:
    """With periods and no activity; it is what ``check`` wants, and takes an activity."""
    (root / "data" / "workplan-2021-22.yaml").unlink()
    (root / "data" / "reviews" / "hpc-reports.yaml").unlink()
    assert "csg workplan new" in csg("workplan", "list").stderr
    assert csg("workplan", "new", "2023", *words, "--dry-run").returncode == 0
    assert not (root / "data" / "workplan-2023.yaml").exists()
    done = csg("workplan", "new", "2023", *words)
    news = f"the first plan, with {len(periods)} periods and no activities"
    assert (done.returncode, done.stderr) == (0, f"data/workplan-2023.yaml: {news}\n")
    plan = open_workspace(str(root)).plan
    assert (plan.title, [period.name for period in plan.periods]) == ("Workplan 2023", periods)
    assert csg("check", "--strict").returncode == 0
    new = ("--objective", "1", "--objective-title", "Voice", "--title", "Meet", "--cso-lead", "IDPC")
    assert csg("workplan", "add", *new).returncode == 0


@pytest.mark.parametrize("name", ["reviews", "leads", "Leads", "../x", "a b", "", "-x"])
def test_a_name_that_no_plan_can_have_is_refused(csg: Run, root: Path, name: str) -> None:
    """Folders of the reports have the names reviews and leads."""
    before = sorted((root / "data").iterdir())
    done = csg("workplan", "new", "--", name)
    assert (done.returncode, done.stderr.startswith(f"CSG313 '{name}' cannot be the name of a plan. ")) == (1, True)
    assert sorted((root / "data").iterdir()) == before


def test_periods_are_for_the_first_plan(csg: Run, root: Path) -> None:
    """A later plan has those of the one before."""
    done = csg("workplan", "new", "2022-23", "--periods", "q1,q2")
    assert (done.returncode, root.name) == (2, "workspace")
    assert "--periods is for the first plan of a workspace." in " ".join(done.stderr.split())


def test_indicators_are_carried_over_without_targets(csg: Run, year: Path) -> None:
    """Neither are meetings, an introduction or decisions that are needed."""
    for words in (
        ("indicator", "add", "1.1", "people", "--name", "People", "--baseline", "0", "--target", "7", "--unit", "%"),
        ("meeting", "add", "2022-03-14", "--title", "Spring"),
        ("workplan", "set", "mid", "introduction=Hello.", "decisions_needed=A date."),
        ("workplan", "new", "2022-23"),
    ):
        assert csg(*words).returncode == 0
    plan = open_workspace(str(year)).plan
    assert [indicator.plain() for indicator in plan.find("1.1").indicators] == [
        {"id": "people", "name": "People", "baseline": 0, "target": None, "unit": "%"}
    ]
    assert plan.meetings == ()
    assert [(period.introduction, period.decisions_needed) for period in plan.periods] == [("", ()), ("", ())]
    assert csg("check").returncode == 0
