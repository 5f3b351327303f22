"""Who owes which report: a query over a plan and its people."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from csg.model.members import Directory, without_contact
from csg.model.names import FINAL
from csg.model.workplan import Activity, Period, Workplan

SECRETARIAT = "Secretariat"


class Debt(NamedTuple):
    """A report that a lead owes on an activity, and who has reported on it meanwhile: another of its leads."""

    lead: str
    activity: Activity
    shared_with: tuple[str, ...]


def answers_for(directory: Directory, reporter: str, lead: str) -> bool:
    """Whether a report by ``reporter`` counts as the lead's own.

    It does where it is the lead, a member of it where the lead is a group, or the Secretariat, which may report for
    another.
    """
    reporter, lead = without_contact(reporter), without_contact(lead)
    return (
        reporter in (lead, SECRETARIAT)
        or reporter in directory.members_of(lead)
        or reporter in directory.members_of(SECRETARIAT)
    )


def is_closed(plan: Workplan, activity: Activity, period: str) -> bool:
    """Whether the activity was completed or cancelled before ``period``: it then owes no report in it."""
    before = _earlier(plan, period)
    reports = [report for report in activity.progress if report.period in before]
    return bool(reports) and reports[-1].status in FINAL


def _earlier(plan: Workplan, period: str) -> set[str]:
    names = [known.id for known in plan.periods]
    return set(names[: names.index(period)]) if period in names else set()


def debts(plan: Workplan, directory: Directory, period: str) -> Iterator[Debt]:
    """The reports that leads owe for a period, in the plan's order.

    If an activity has no CSO lead, the partner's leads must report. If it has several leads, each is listed until it
    has reported; ``shared_with`` has the others that have.
    """
    for activity in plan.activities():
        if is_closed(plan, activity, period):
            continue
        authors = [report.by for report in activity.progress if report.period == period]
        leading = [author for author in authors if any(answers_for(directory, author, lead) for lead in activity.leads)]
        for lead in activity.leads:
            if not any(answers_for(directory, author, lead) for author in authors):
                yield Debt(lead, activity, tuple(dict.fromkeys(leading)))


def current_period(plan: Workplan, directory: Directory, today: date) -> Period | None:
    """The period that reports are asked for on a day; None for a plan without periods.

    The last that is past its due date while a report is owed in it, else the first that is not past it. A plan whose
    periods have no due dates is in the last that anybody reported on, at first in its first.
    """
    if not plan.periods:
        return None
    if not any(period.due for period in plan.periods):
        reported = {report.period for activity in plan.activities() for report in activity.progress}
        return next((period for period in reversed(plan.periods) if period.id in reported), plan.periods[0])
    past = [period for period in plan.periods if period.due and period.due < today]
    if past and any(not debt.shared_with for debt in debts(plan, directory, past[-1].id)):
        return past[-1]
    return next((period for period in plan.periods if period.due and period.due >= today), plan.periods[-1])
