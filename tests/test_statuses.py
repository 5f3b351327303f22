"""The meaning of a status, and every place that shows a number: they all say the same."""

import json
import re
import sys
from datetime import date, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st

from csg.documents.pages.lead import lead_page
from csg.documents.pages.progress import progress_page
from csg.documents.period import lead_context, period_context
from csg.documents.source import Source
from csg.language import Language
from csg.model.group import GroupProfile
from csg.model.members import Directory
from csg.model.names import STATUSES, UNREPORTED, status_text
from csg.model.reporting import Debt, answers_for, current_period, debts, is_finished, worst
from csg.model.selection import Wanted, select, with_earlier_status
from csg.model.summary import Summary, summarize
from csg.model.words import debt_text, standing_text
from csg.model.workplan import Activity, Workplan
from csg.view.period import objective_rows, period_data, period_page
from csg.view.reports_made import debt_rows

PEOPLE = Directory.model_validate(
    {
        "members": [{"id": name, "name": name} for name in ("A", "B", "C", "D")],
        "leads": [
            {"id": "ALL", "name": "All", "members": "all"},
            {"id": "Group", "name": "A working group", "members": ["A", "B"]},
            {"id": "Secretariat", "name": "Secretariat", "members": ["D"]},
        ],
        "unodc": [{"id": "HAS", "name": "A section"}],
    }
)
MID, END, LATER = date(2021, 12, 15), date(2022, 5, 31), date(2022, 6, 20)


def report(period: str, by: str, status: str, day: str = "2021-12-10") -> dict[str, str]:
    """Return a report as the data file has it."""
    return {"period": period, "by": by, "date": day, "status": status, "summary": "Done."}


def activity(*reports: dict[str, str], **fields: Any) -> dict[str, Any]:
    """Return an activity that A and B lead, as the data file has it."""
    given = {"id": "1.1", "title": "Work", "cso_lead": ["A", "B"], "unodc_lead": ["HAS"], "comments": ""}
    return {**given, **fields, "progress": list(reports)}


def plan_of(*activities: dict[str, Any], due: bool = True, periods: Any = None) -> Workplan:
    """Return a plan of two periods with these activities, each under an id of its own."""
    default = [{"id": "mid", "name": "Mid-year"}, {"id": "end", "name": "End-year"}]
    if due:
        default = [{**default[0], "due": MID.isoformat()}, {**default[1], "due": END.isoformat()}]
    numbered = [{**fields, "id": f"1.{number}"} for number, fields in enumerate(activities, start=1)]
    return Workplan.model_validate(
        {
            "workplan": "2021-22",
            "title": "Workplan 2021/22",
            "periods": periods or default,
            "objectives": [{"id": "1", "title": "Aim", "activities": numbered}],
        }
    )


def summary_of(plan: Workplan, period: str = "mid", day: date | None = None) -> Summary:
    """Return the summary of a period of the plan."""
    return summarize(plan, PEOPLE, plan.period(period), day)


def owing(plan: Workplan, period: str = "mid") -> list[tuple[str, str]]:
    """Return who owes a report on which activity."""
    return [(debt.lead, debt.activity.id) for debt in summary_of(plan, period).debts]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ("off-track at-risk not-started on-track completed cancelled", "off-track"),
        ("cancelled completed on-track not-started at-risk", "at-risk"),
        ("completed on-track not-started", "not-started"),
        ("completed on-track cancelled", "on-track"),
        ("completed cancelled", "completed"),
        ("cancelled cancelled", "cancelled"),
        ("", UNREPORTED),
    ],
)
def test_the_status_is_the_worst_of_the_authors(given: str, status: str) -> None:
    """Cancelled only if every report says so."""
    authors = "ABCDEF"
    fields = [report("mid", authors[index], name) for index, name in enumerate(given.split())]
    assert worst(Activity.model_validate(activity(*fields)).progress) == status


def test_only_the_latest_report_of_an_author_counts() -> None:
    """An older off-track of the same author is history; the contact of a section is the section."""
    plan = plan_of(
        activity(report("mid", "A", "off-track", "2021-12-01"), report("mid", "A", "on-track", "2021-12-02")),
        activity(report("mid", "HAS (Zhannat)", "off-track"), report("mid", "HAS", "on-track")),
    )
    assert [standing.status for standing in summary_of(plan).standings] == ["on-track", "on-track"]


def test_the_members_of_a_group_count_one_by_one() -> None:
    """A later on-track of one member does not hide the off-track of another."""
    plan = plan_of(activity(report("mid", "C", "off-track"), report("mid", "A", "on-track"), cso_lead=["ALL"]))
    standing = next(summary_of(plan).standings)
    assert standing.status == "off-track"
    assert [(author.by, author.status) for author in standing.differing] == [("C", "off-track"), ("A", "on-track")]


def test_a_period_without_a_report_keeps_the_last_known_status_beside_it() -> None:
    """It stays in what needs attention; a later period changes nothing in an earlier one."""
    plan = plan_of(activity(report("mid", "A", "off-track")), activity(report("end", "A", "on-track", "2022-05-01")))
    red, later = summary_of(plan, "end").standings
    assert standing_text(red) == "no report (off-track in Mid-year)"
    assert [standing.activity.id for standing in summary_of(plan, "end").troubled] == ["1.1"]
    assert later.last is None
    assert [standing_text(standing) for standing in summary_of(plan, "mid").standings] == ["off-track", "no report"]


@pytest.mark.parametrize(
    ("reports", "closed"),
    [
        ([("A", "completed"), ("B", "completed")], True),
        ([("A", "cancelled")], True),
        ([("A", "completed"), ("B", "cancelled")], True),
        ([("A", "completed"), ("B", "on-track")], False),
        ([("B", "off-track"), ("A", "completed")], False),
        ([], False),
    ],
)
def test_a_closed_activity_is_asked_for_no_report(reports: list[tuple[str, str]], closed: bool) -> None:
    """It is closed if the earlier period ended completed or cancelled as a whole."""
    plan = plan_of(activity(*(report("mid", by, status) for by, status in reports)))
    summary = summary_of(plan, "end")
    assert summary.totals.asked == (0 if closed else 1)
    assert owing(plan, "end") == ([] if closed else [("A", "1.1"), ("B", "1.1")])
    assert is_finished(plan, next(plan.activities())) == closed
    assert sum(summary.totals.statuses.values()) == 1


def test_the_last_earlier_period_with_reports_decides() -> None:
    """An activity that is taken up again is open."""
    quarters = [{"id": f"q{number}", "name": f"Quarter {number}"} for number in (1, 2, 3, 4)]
    reports = (report("q1", "A", "completed"), report("q2", "A", "on-track"))
    plan = plan_of(activity(*reports), periods=quarters)
    assert [summary_of(plan, f"q{number}").totals.asked for number in (1, 2, 3, 4)] == [1, 0, 1, 1]
    again = summary_of(plan, "q2")
    assert again.totals.statuses == {"on-track": 1}
    assert again.totals.reported == 0


@pytest.mark.parametrize(
    ("fields", "by", "owe"),
    [
        ({"cso_lead": ["A", "B"]}, [], ["A", "B"]),
        ({"cso_lead": ["A", "B"]}, ["A"], ["B"]),
        ({"cso_lead": ["A", "B"]}, ["HAS"], ["A", "B"]),
        ({"cso_lead": ["A", "B"]}, ["C"], ["A", "B"]),
        ({"cso_lead": ["A", "B"]}, ["Secretariat"], []),
        ({"cso_lead": ["A", "B"]}, ["D"], ["A", "B"]),  # only the Secretariat itself reports for anyone
        ({"cso_lead": ["A", "D"]}, ["D"], ["A"]),
        ({"cso_lead": ["A", "Secretariat"]}, ["D"], ["A"]),
        ({"cso_lead": ["ALL"]}, [], ["ALL"]),
        ({"cso_lead": ["ALL"]}, ["C"], []),
        ({"cso_lead": ["Group"]}, ["C"], ["Group"]),
        ({"cso_lead": ["Group", "C"]}, ["B"], ["C"]),
        ({"cso_lead": []}, [], ["HAS"]),
        ({"cso_lead": [], "unodc_lead": ["HAS (Zhannat)", "HAS"]}, [], ["HAS"]),
        ({"cso_lead": [], "unodc_lead": ["HAS (Zhannat)"]}, ["HAS"], []),
        ({"cso_lead": [], "unodc_lead": []}, [], []),
    ],
)
def test_who_owes_a_report(fields: dict[str, Any], by: list[str], owe: list[str]) -> None:
    """The CSO leads, or the partner's; a group by any of its members; the Secretariat for anyone."""
    plan = plan_of(activity(*(report("mid", name, "on-track") for name in by), **fields))
    assert [lead for lead, _ in owing(plan)] == owe
    marked = {debt.lead: debt.shared_with for debt in summary_of(plan).debts}
    assert all(("A" in shared) == ("A" in by) for shared in marked.values())


def test_the_secretariat_is_the_name_that_the_group_gives() -> None:
    """Another name in group.yaml may report for anyone, and then the usual one may not."""
    assert answers_for(PEOPLE, "Secretariat", "A")
    assert answers_for(PEOPLE, "C", "A", "C")
    assert not answers_for(PEOPLE, "Secretariat", "A", "C")


def test_an_activity_without_a_lead_is_asked_for_no_report() -> None:
    """Nobody owes one; the totals say why it is not asked, and add up."""
    alone: dict[str, list[str]] = {"cso_lead": [], "unodc_lead": []}
    closed = activity(report("mid", "A", "completed"), **alone)
    summary = summary_of(plan_of(activity(), activity(**alone), closed), "end")
    totals = summary.totals
    assert (totals.activities, totals.asked, totals.not_asked, totals.without_lead) == (3, 1, 1, 1)
    assert [standing.activity.id for standing in summary.without_lead] == ["1.2"]
    data = period_data(summary)
    assert data["reports"] == {"activities": 3, "asked": 1, "in": 0, "not_asked": 2, "owed": 2, "overdue": False}
    assert [(each["id"], each["reason"]) for each in data["not_asked"]] == [("1.2", "no lead"), ("1.3", "completed")]
    assert "2 activities: 1 completed earlier, 1 without a lead" in period_page(summary)


def test_many_leads_that_have_reported_are_not_named_once_for_each_that_has_not() -> None:
    """The first of them are, and the number of the others."""
    names = tuple(f"M{number}" for number in range(12))
    debt = Debt("X", None, plan_of(activity()).find("1.1"), names)
    assert debt_text(debt) == f"1.1 ({', '.join(names[:10])} and 2 others have reported)"
    assert debt_text(debt._replace(shared_with=names[:1])) == "1.1 (M0 has reported)"


@pytest.mark.parametrize(
    ("mid", "end", "reports", "today", "current"),
    [
        (MID, END, [], date(2021, 12, 15), "mid"),
        (MID, END, ["A", "B"], date(2021, 12, 15), "mid"),
        (MID, END, [], date(2021, 12, 16), "mid"),
        (MID, END, ["A"], date(2021, 12, 16), "mid"),
        (MID, END, ["A", "B"], date(2021, 12, 16), "end"),
        (MID, END, [], LATER, "end"),
        (MID, None, ["A", "B"], LATER, "end"),
        (None, None, [], LATER, "mid"),
        (None, None, ["A"], LATER, "mid"),
    ],
)
def test_the_current_period(mid: date | None, end: date | None, reports: list[str], today: date, current: str) -> None:
    """The last past its due date while a report is owed in it, else the first not past it."""
    due = [{"due": day.isoformat()} if day else {} for day in (mid, end)]
    periods = [{"id": "mid", "name": "Mid-year", **due[0]}, {"id": "end", "name": "End-year", **due[1]}]
    plan = plan_of(activity(*(report("mid", name, "on-track") for name in reports)), periods=periods)
    period = current_period(plan, PEOPLE, today)
    assert period is not None
    assert period.id == current


def test_a_period_without_debts_is_over_whatever_an_earlier_one_owes() -> None:
    """The next period is the current one."""
    days = {"mid": "2021-12-15", "end": "2022-06-30", "late": "2022-12-31"}
    periods = [{"id": name, "name": name, "due": day} for name, day in days.items()]
    plan = plan_of(activity(*(report("end", name, "on-track", "2022-06-01") for name in ("A", "B"))), periods=periods)
    period = current_period(plan, PEOPLE, date(2022, 7, 1))
    assert period is not None
    assert period.id == "late"


@pytest.mark.parametrize(
    ("reports", "day", "overdue"),
    [
        ([], date(2022, 3, 14), False),
        ([], date(2022, 3, 15), True),
        ([], None, False),
        ([report("mid", "A", "on-track")], LATER, True),
        ([report("mid", "A", "completed")], LATER, False),
        ([report("mid", "A", "cancelled")], LATER, False),
        ([report("mid", "A", "on-track"), report("end", "A", "completed", "2022-05-01")], LATER, False),
        ([report("mid", "A", "on-track"), report("end", "A", "completed", "2022-05-01")], date(2022, 4, 1), True),
    ],
)
def test_overdue_is_unfinished_after_its_due_date(
    reports: list[dict[str, str]], day: date | None, overdue: bool
) -> None:
    """On the day itself it is not."""
    plan = plan_of(activity(*reports, due="2022-03-14"))
    assert bool(summary_of(plan, "mid", day).overdue) == overdue


def numbers_agree(plan: Workplan, period: str, day: date) -> None:
    """Compare every place that shows a number on a period."""
    summary = summary_of(plan, period, day)
    index = [each.id for each in plan.periods].index(period)
    source = Source(plan, PEOPLE, GroupProfile(), Language(), day)
    shown, page = period_data(summary), period_context(source, index)
    totals = summary.totals
    everything = list(plan.activities())

    assert sum(totals.statuses.values()) == len(everything) == totals.asked + totals.not_asked
    assert totals.asked - totals.reported == totals.statuses.get(UNREPORTED, 0)
    assert shown["statuses"] == totals.statuses
    assert {count["status"]: count["number"] for count in page["counts"]} == {
        status_text(name): number for name, number in totals.statuses.items()
    }
    assert (page["reported"], page["asked"], page["total"]) == (totals.reported, totals.asked, len(everything))
    assert len(page["not_asked"]) == totals.not_asked == len(shown["not_asked"])

    standings = {standing.activity.id: standing for standing in summary.standings}
    for status in (*STATUSES, UNREPORTED):
        listed = select(plan, PEOPLE, Wanted(status=(status,), period=period), standings)
        assert len(listed) == totals.statuses.get(status, 0), status
    red = select(plan, PEOPLE, Wanted(status=("off-track", "at-risk"), period=period), standings)
    earlier = with_earlier_status(plan, PEOPLE, Wanted(status=("off-track", "at-risk")), standings)
    assert {each["id"] for each in shown["troubled"]} == {each.id for each in red} | set(earlier)

    due = [(row["lead"], row["id"]) for row in debt_rows(summary)]
    assert sorted(due) == sorted((debt.lead, debt.activity.id) for debt in debts(plan, PEOPLE, period))
    assert due == [(each["lead"], name) for each in shown["owed"] for name in each["activities"]]
    assert due == [(each["lead"], name.split()[0]) for each in page["owed"] for name in each["activities"]]
    assert shown["reports"]["owed"] == len(due)
    for lead in source.led:
        owed = [part for part in lead_context(source, lead)["owed"] if part["period"] == summary.period.name]
        names = [name.split()[0] for part in owed for name in part["activities"]]
        assert names == [name for owing_lead, name in due if owing_lead == lead]

    for key, status in (("done", "completed"), ("cancelled", "cancelled"), ("unreported", UNREPORTED)):
        named = [row["id"] for part in page["objectives"] for row in part[key]]
        assert named == [name for name, standing in standings.items() if standing.status == status]
    late = {row["id"] for part in page["objectives"] for row in part["late"]}
    assert late == {row["id"] for row in shown["overdue"]}
    assert sum(row["activities"] for row in objective_rows(summary)) == len(everything)


REPORTS = st.lists(
    st.tuples(
        st.sampled_from(["q1", "q2", "q3"]),
        st.sampled_from(["A", "B", "C", "D", "ALL", "Group", "Secretariat", "HAS", "HAS (Anna)"]),
        st.sampled_from(STATUSES),
    ),
    max_size=6,
)
LEADS = st.lists(st.sampled_from(["A", "B", "C", "ALL", "Group", "Secretariat"]), max_size=3, unique=True)
ACTIVITIES = st.lists(
    st.tuples(REPORTS, LEADS, st.sampled_from([None, "2022-01-10", "2022-04-10"])), min_size=1, max_size=8
)


@settings(deadline=None, max_examples=150)
@given(ACTIVITIES, st.sampled_from(["q1", "q2", "q3"]), st.integers(min_value=0, max_value=200))
def test_every_place_shows_the_same_numbers(
    activities: list[tuple[list[tuple[str, str, str]], list[str], str | None]], period: str, days: int
) -> None:
    """The status page, its data, progress due, the progress report, lead pages and list --status; on random plans."""
    start = date(2021, 12, 1)
    filled = [
        activity(
            *(
                report(name, by, status, (start + timedelta(days=20 * index)).isoformat())
                for index, (name, by, status) in enumerate(reports)
            ),
            cso_lead=leads,
            due=due,
        )
        for reports, leads, due in activities
    ]
    periods = [{"id": f"q{number}", "name": f"Quarter {number}"} for number in (1, 2, 3)]
    numbers_agree(plan_of(*filled, periods=periods), period, start + timedelta(days=days))


@pytest.mark.parametrize(("day", "overdue"), [(MID, False), (date(2021, 12, 16), True), (None, False)])
def test_reports_are_overdue_after_the_due_date_of_the_period(day: date | None, overdue: bool) -> None:
    """Only while one is owed."""
    assert summary_of(plan_of(activity()), "mid", day).reports_overdue == overdue
    reports = (report("mid", "A", "on-track"), report("mid", "B", "on-track"))
    assert not summary_of(plan_of(activity(*reports)), "mid", day).reports_overdue


def calls_of(number: int) -> int:
    """Return the number of calls that the documents' data of a plan with so many activities takes."""
    fields = activity(report("mid", "A", "off-track"), report("mid", "B", "on-track"), cso_lead=["A", "B", "ALL"])
    plan = plan_of(*[fields] * number)
    calls = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        source = Source(plan, PEOPLE, GroupProfile(), Language())
        progress_page(source, 1)
        lead_page(source, "A")
        period_data(source.summaries[1])
    finally:
        sys.setprofile(before)
    return calls


def test_a_summary_takes_work_in_proportion_to_the_activities() -> None:
    """Four times as many activities take at most five times as many calls."""
    calls_of(10)
    assert calls_of(200) < 5 * calls_of(50)


def fill(csg: Run, root: Path) -> None:
    """Fill the plan: authors who differ, an activity that is cancelled, one that is completed, one that was red."""
    for name, by, period, status, day in (
        ("2.4", "INWUD", "mid", "off-track", "2021-12-01"),
        ("2.4", "WHRIN", "mid", "on-track", "2021-12-10"),
        ("1.1", "IDPC", "mid", "completed", "2021-12-02"),
        ("1.2", "IDPC", "mid", "cancelled", "2021-12-02"),
        ("2.5", "INWUD", "end", "on-track", "2022-05-01"),
    ):
        words = ("--period", period, "--by", by, "--status", status, "--date", day, "--summary", "Text.")
        assert csg("progress", "add", name, *words).returncode == 0
    plan = root / "data" / "workplan-2021-22.yaml"
    text = plan.read_text("utf-8").replace("name: Mid-year}", "name: Mid-year, due: 2021-12-15}")
    plan.write_text(text.replace("name: End-year}", "name: End-year, due: 2022-05-31}"), "utf-8")
    assert csg("workplan", "set", "2.1", "due=2022-03-14").returncode == 0


def rows(csg: Run, *words: str) -> Any:
    """Return what a command prints as JSON."""
    return json.loads(csg(*words, "--format", "json").stdout)


@pytest.mark.parametrize("period", ["mid", "end"])
def test_every_command_and_page_shows_the_same_numbers(csg: Run, root: Path, period: str) -> None:
    """What a person reads in one place is what they read in another."""
    fill(csg, root)
    status = rows(csg, "status", "--period", period)
    assert sum(status["statuses"].values()) == 19
    for name in (*STATUSES, UNREPORTED):
        listed = rows(csg, "workplan", "list", "--status", name, "--period", period)
        assert len(listed) == status["statuses"].get(name, 0), name
    due = [(row["lead"], row["id"]) for row in rows(csg, "progress", "due", "--period", period)]
    assert due == [(part["lead"], name) for part in status["owed"] for name in part["activities"]]
    assert csg("report", "render").returncode == 0
    page = (root / "reports" / "2021-22" / f"progress-{period}.md").read_text("utf-8")
    reports = status["reports"]
    assert f"{reports['in']} of {reports['asked']} activities reported" in page
    heads, numbers = (re.findall(r"[^|]+", line) for line in re.findall(r"^\| (?:Objective|\*\*All).*$", page, re.M))
    totals = {
        head.strip(): int(number.strip(" *"))
        for head, number in zip(heads[1:], numbers[1:], strict=True)
        if head.strip()
    }
    assert totals.pop("Activities") == 19
    words = {name: status_text(name).replace("-", " ").capitalize() for name in status["statuses"]}
    assert totals == {words[name]: number for name, number in status["statuses"].items()}
    lead = (root / "reports" / "2021-22" / "leads" / "WHRIN.md").read_text("utf-8")
    owed = [name for owing_lead, name in due if owing_lead == "WHRIN"]
    name = {"mid": "Mid-year", "end": "End-year"}[period]
    row = next(line for line in lead.splitlines() if line.startswith(f"| {name} |"))
    assert re.findall(r"\d\.\d", row.rpartition("|")[0].rpartition("|")[2]) == owed


def test_status_leads_with_what_is_overdue_and_speaks_of_one_period(csg: Run, root: Path) -> None:
    """After the end-year's due date all of it is about the end-year."""
    fill(csg, root)
    lines = csg("status", COLUMNS="100").stdout.splitlines()
    assert lines[:9] == [
        "Workplan 2021/22: End-year, reports were due 2022-05-31",
        "",
        "Overdue    19 reports since 2022-05-31, 1 activity past the due date",
        "Reports    1 of 17 activities reported, 16 not yet",
        "Not asked  2 activities: 1 completed earlier, 1 cancelled earlier",
        "Statuses   1 on-track, 1 completed, 1 cancelled, 16 no report",
        "",
        "Overdue",
        "  2022-03-14  2.1 Development of guidelines for youth friendly services (YouthRISE)",
    ]
    assert "  WHRIN                    2.4, 2.5 (INWUD has reported)" in lines
    assert lines[lines.index("Needs attention") + 1].startswith("  no report (off-track in Mid-year)  2.4 Continue")


def test_cancelled_is_not_listed_as_done_and_a_page_says_why_some_are_not_asked(csg: Run, root: Path) -> None:
    """Each has a number of its own."""
    fill(csg, root)
    csg("report", "render")
    page = (root / "reports" / "2021-22" / "progress-end.md").read_text("utf-8")
    reasons = "1.1 (Completed in Mid-year), 1.2 (Cancelled in Mid-year)."
    assert f"2 of the 19 activities are closed and need no report: {reasons}" in page
    assert "Completed: 1, On track: 1, Cancelled: 1, No report: 16." in page


def test_every_document_and_show_say_that_authors_differ(csg: Run, root: Path) -> None:
    """Both authors are named with their statuses, also when another period is current."""
    fill(csg, root)
    csg("report", "render")
    differ = "The authors differ. INWUD: Off track; WHRIN: On track."
    for name in ("progress-mid.md", "workplan.md", "leads/INWUD.md", "leads/HAS.md"):
        assert differ in (root / "reports" / "2021-22" / name).read_text("utf-8"), name
    said = "INWUD off-track, WHRIN on-track"
    page = csg("workplan", "show", "2.4").stdout
    assert f"Authors differ  Mid-year: {said}\n" in page
    assert "Status          End-year: no report (off-track in Mid-year)\n" in page


def test_documents_say_late_by_the_due_date_or_by_the_day_that_is_given(csg: Run, root: Path) -> None:
    """They never read the clock; a day that does not exist is a wrong command line."""
    fill(csg, root)
    csg("report", "render")
    folder = root / "reports" / "2021-22"
    late = "## Not finished by the due date\n\nAs of {}.\n\n| Due | Activity | Lead | Status |\n"
    assert "## Not finished" not in (folder / "progress-mid.md").read_text("utf-8")
    assert late.format("31 May 2022") in (folder / "progress-end.md").read_text("utf-8")
    csg("report", "render", "--on", "2022-03-15")
    page = (folder / "progress-mid.md").read_text("utf-8")
    assert "| 14 Mar 2022 | **2.1** " in page.partition(late.format("15 Mar 2022"))[2]
    lead = (root / "reports" / "2021-22" / "leads" / "WHRIN.md").read_text("utf-8")
    assert "| Mid-year | 15 Dec 2021 (overdue) | 2.5 |" in lead
    assert "| End-year | 31 May 2022 | 2.4" in lead
    assert csg("report", "render", "--on", "2022-02-30").returncode == 2


def test_a_list_by_status_names_what_was_red_before(csg: Run, root: Path) -> None:
    """The number is that of csg status; the red one without a report is named beside it."""
    fill(csg, root)
    done = csg("workplan", "list", "--status", "off-track")
    assert done.stderr == ("no activity matches\n1 activity had this status in the last report: 2.4\n")


def test_show_has_a_report_on_a_later_period_too(csg: Run, root: Path) -> None:
    """Somebody who reports early on the next period sees the report."""
    fill(csg, root)
    assert csg("workplan", "set", "end", "due=2199-05-31").returncode == 0
    page = csg("workplan", "show", "2.5").stdout
    assert (
        "Status      Mid-year: no report\n            End-year: on-track, reported by INWUD on 2022-05-01\n"
    ) in page


def test_the_words_for_no_report_are_accepted(csg: Run, root: Path) -> None:
    """They are what csg prints for unreported."""
    fill(csg, root)
    assert rows(csg, "workplan", "list", "--status", "No report") == rows(
        csg, "workplan", "list", "--status", "unreported"
    )


def test_the_secretariat_of_the_group_file_reports_for_anyone(csg: Run, root: Path) -> None:
    """In every command, page and rule."""
    group = root / "data" / "group.yaml"
    group.write_text(group.read_text("utf-8").replace("secretariat: Secretariat", "secretariat: LEAHN"), "utf-8")
    words = ("--period", "mid", "--status", "on-track", "--date", "2021-12-10", "--summary", "Text.")
    done = csg("progress", "add", "2.1", "--by", "LEAHN", *words)
    assert done.stderr == ""
    assert "CSG206" in csg("progress", "add", "2.2", "--by", "Secretariat", *words).stderr
    owed = {row["id"] for row in rows(csg, "progress", "due", "--period", "mid")}
    assert "2.1" not in owed
    assert "2.2" in owed
    csg("report", "render")
    assert (
        "Mid-year"
        not in (root / "reports" / "2021-22" / "leads" / "YouthRISE.md").read_text("utf-8").partition("## Act")[0]
    )


def test_a_plan_without_periods_can_be_listed_and_shown(csg: Run, root: Path) -> None:
    """Nothing has a status; csg status says what to do."""
    plan = root / "data" / "workplan-2021-22.yaml"
    text = plan.read_text("utf-8")
    plan.write_text(re.sub(r"periods:\n(  - .*\n)+", "periods: []\n", text), "utf-8")
    assert len(rows(csg, "workplan", "list", "--status", "unreported")) == 19
    assert "Status      no report\n" in csg("workplan", "show", "2.4").stdout
    done = csg("status")
    assert (done.returncode, done.stderr.split(". ")[0]) == (1, "CSG307 Workplan 2021/22 has no periods")
    assert csg("report", "render").returncode == 0
