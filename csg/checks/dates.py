"""Rules for periods and dates of progress reports."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from csg.checks.rules import rule
from csg.model.names import FINAL
from csg.problem import Problem, Suggestions, some
from csg.workspace import Snapshot


@rule("CSG207")
def periods_are_known(snapshot: Snapshot) -> Iterator[Problem]:
    """Require the period of a report to be one of the plan's periods."""
    for plan in snapshot.plans:
        period_ids = {period.id: None for period in plan.periods}
        suggestions, otherwise = Suggestions(period_ids), f"The plan's periods are {some(period_ids)}."
        for activity in plan.activities():
            for report in activity.progress:
                if report.period not in period_ids:
                    hint = suggestions.hint(report.period, otherwise)
                    yield report.problem(
                        f"unknown period '{report.period}' in activity {activity.id}", ("period",), hint
                    )


@rule("CSG208")
def dates_are_in_order(snapshot: Snapshot) -> Iterator[Problem]:
    """Require the reports of an activity to be in the order of their dates, and the periods of their due dates."""
    for plan in snapshot.plans:
        due = [(period.due, period) for period in plan.periods if period.due]
        for (first, earlier), (day, later) in pairwise(due):
            if day < first:
                message = f"period {later.id} is due {day}, before {earlier.id} on {first}"
                yield later.problem(message, ("due",), "Correct one of the dates.")
        for activity in plan.activities():
            for before, after in pairwise(activity.progress):
                if after.date < before.date:
                    message = (
                        f"the report of {after.date} in activity {activity.id} comes after the report of {before.date}"
                    )
                    yield after.problem(message, ("date",), "Put the oldest report first.")


@rule("CSG209")
def one_final_report(snapshot: Snapshot) -> Iterator[Problem]:
    """Require an author to end an activity (completed or cancelled) at most once in a period."""
    for plan in snapshot.plans:
        for activity in plan.activities():
            seen: set[tuple[str, str]] = set()
            for report in activity.progress:
                if report.status in FINAL:
                    if (report.by, report.period) in seen:
                        message = f"{report.by} ends activity {activity.id} twice in period {report.period}"
                        yield report.problem(message, ("status",), "Keep one of the two reports.")
                    seen.add((report.by, report.period))


@rule("CSG219", "warning")
def reports_are_not_in_the_future(snapshot: Snapshot) -> Iterator[Problem]:
    """Require the date of a report to be tomorrow or earlier: east of here, tomorrow is today."""
    tomorrow = date.today() + timedelta(days=1)
    for plan in snapshot.plans:
        for activity in plan.activities():
            for report in activity.progress:
                if report.date > tomorrow:
                    message = (
                        f"the report by {report.by} on activity {activity.id} is dated {report.date}, in the future"
                    )
                    yield report.problem(message, ("date",), "Correct the date.")
