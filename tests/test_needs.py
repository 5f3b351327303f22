"""The decisions and the help that are needed, in the summary of a period."""

from datetime import date
from typing import Any

import pytest

from csg.model.members import Directory
from csg.model.summary import Summary, summarize
from csg.model.workplan import Workplan

PEOPLE = Directory.model_validate({"members": [{"id": name, "name": name} for name in "AB"]})
MEETINGS = [
    {"date": "2022-03-14", "title": "Spring", "decisions": ["Move the training."]},
    {"date": "2021-03-14", "title": "Earlier", "decisions": ["Meet again."]},
]


def report(period: str, by: str, status: str, needs: str = "") -> dict[str, Any]:
    return {"period": period, "by": by, "date": "2021-12-10", "status": status, "summary": f"By {by}.", "needs": needs}


def summary_of(*activities: list[dict[str, Any]], period: str = "end", day: date | None = None) -> Summary:
    """Return the summary of a plan in which A and B lead an activity for each list of reports."""
    plan = Workplan.model_validate(
        {
            "workplan": "2021-22",
            "title": "Workplan",
            "periods": [{"id": "mid", "name": "Mid"}, {"id": "end", "name": "End", "decisions_needed": ["A date."]}],
            "meetings": MEETINGS,
            "objectives": [
                {
                    "id": "1",
                    "title": "Aim",
                    "activities": [
                        {"id": f"1.{number}", "title": "T", "cso_lead": ["A", "B"], "comments": "", "progress": reports}
                        for number, reports in enumerate(activities, 1)
                    ],
                }
            ],
        }
    )
    return summarize(plan, PEOPLE, plan.period(period), day)


def test_the_decisions_are_those_of_the_period() -> None:
    assert summary_of().decisions_needed == ("A date.",)
    assert summary_of(period="mid").decisions_needed == ()


def test_activities_that_need_help_are_listed_with_the_worst_first() -> None:
    """Then those that go well and ask for something. One that is closed or asks for nothing is not listed."""
    summary = summary_of(
        [report("end", "A", "on-track", "Contacts.")],
        [report("end", "A", "at-risk")],
        [report("end", "A", "on-track")],
        [report("mid", "A", "off-track", "Money.")],
        [report("mid", "A", "completed", "Thanks.")],
    )
    assert [standing.activity.id for standing in summary.help_needed] == ["1.4", "1.2", "1.1"]


def test_reasons_are_the_reports_that_give_the_status() -> None:
    """What another author needs is listed too."""
    (standing,) = summary_of(
        [report("end", "A", "off-track", "Money."), report("end", "B", "on-track", "Time.")]
    ).standings
    assert [each.by for each in standing.reasons] == ["A"]
    assert [each.needs for each in standing.needs] == ["Money.", "Time."]


def test_without_a_report_the_last_known_ones_count() -> None:
    (standing,) = summary_of([report("mid", "A", "off-track", "Money.")]).standings
    assert standing.known_status == "off-track"
    assert [each.needs for each in standing.needs] == ["Money."]


@pytest.mark.parametrize(
    ("day", "title"), [(None, "Spring"), (date(2022, 3, 14), "Spring"), (date(2022, 3, 13), "Earlier")]
)
def test_the_last_meeting_is_not_after_the_day(day: date | None, title: str) -> None:
    meeting = summary_of(day=day).last_meeting
    assert meeting is not None
    assert meeting.title == title


@pytest.mark.parametrize(("day", "title"), [("2022-05-01", "Spring"), ("2021-12-10", "Spring")])
def test_a_meeting_to_come_is_not_the_last_one(day: str, title: str) -> None:
    """The brief for it shows the changes since the meeting before. Nobody has reported after it."""
    summary = summary_of([report("end", "A", "on-track")])
    meetings = [*MEETINGS, {"date": day, "title": "Coming"}]
    plan = summary.plan.model_validate({**summary.plan.plain(), "meetings": meetings})
    meeting = summary._replace(plan=plan).last_meeting
    assert meeting is not None
    assert meeting.title == title


def test_a_meeting_without_decisions_was_held_if_somebody_reported_after_it() -> None:
    summary = summary_of([report("end", "A", "on-track")])
    plan = summary.plan.model_validate(
        {**summary.plan.plain(), "meetings": [{"date": "2021-03-14", "title": "Earlier"}]}
    )
    meeting = summary._replace(plan=plan).last_meeting
    assert meeting is not None
    assert meeting.title == "Earlier"


def test_there_may_be_no_meeting_yet() -> None:
    assert summary_of(day=date(2020, 1, 1)).last_meeting is None
