"""The next dates of a plan: when reports are due, meetings, and activities that are not finished."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from csg.documents.source import Source
from csg.model.workplan import Activity, Meeting, Period


class Dated(NamedTuple):
    """A date, and what it is the date of."""

    day: date
    record: Period | Meeting | Activity


def next_dates(source: Source) -> list[Dated]:
    """Return the dates from the newest report on, or all without a report: documents never read the clock."""
    reports = [report.date for activity in source.plan.activities() for report in activity.progress]
    start = source.on or max(reports, default=date.min)
    return sorted((dated for dated in _every_date(source) if dated.day >= start), key=lambda dated: dated.day)


def _every_date(source: Source) -> Iterator[Dated]:
    for period in source.plan.periods:
        if period.due:
            yield Dated(period.due, period)
    for meeting in source.plan.meetings:
        yield Dated(meeting.date, meeting)
    finished = (
        {standing.activity.id for standing in source.current.standings if standing.finished} if source.current else ()
    )
    for activity in source.plan.activities():
        if activity.due and activity.id not in finished:
            yield Dated(activity.due, activity)
