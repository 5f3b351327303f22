"""The rules of reporting: the status of an activity in a period, the reports that are owed, and the current period."""

import re
from collections.abc import Iterable, Iterator, Set
from datetime import date, timedelta
from typing import NamedTuple

from csg.model.members import Directory, without_contact
from csg.model.names import FINAL, UNREPORTED
from csg.model.workplan import Activity, Period, Progress, Workplan

SECRETARIAT = "Secretariat"
"""The name that may report for anyone, unless the group's file gives another."""

A_YEAR = timedelta(days=366)
"""The time outside a plan, or before today, from which the date of a report is probably a mistake."""
_WORST_FIRST = ("off-track", "at-risk", "not-started", "on-track", "completed", "cancelled")
"""The order of statuses. Cancelled comes last, so that it counts only if every report says so."""


class PeriodStatus(NamedTuple):
    """The status of an activity in one period."""

    status: str
    period: Period


class Debt(NamedTuple):
    """A report that a lead owes on an activity.

    ``contact`` is the person whom the plan names for the lead. ``shared_with`` are the other leads that have reported.
    """

    lead: str
    contact: str | None
    activity: Activity
    shared_with: tuple[str, ...]


def answers_for(directory: Directory, reporter: str, lead: str, secretariat: str | None = None) -> bool:
    """Return whether a report by ``reporter`` counts as the lead's own.

    The reporter must be the lead, a member of the lead's group, or the Secretariat, which may report for anyone. A
    member of the Secretariat who reports in its own name reports for itself.
    """
    reporter, lead = without_contact(reporter), without_contact(lead)
    return reporter in (lead, secretariat or SECRETARIAT) or reporter in directory.members_of(lead)


def latest_reports(reports: Iterable[Progress]) -> dict[str, Progress]:
    """Return the latest report of each author, by the author's name. The contacts of a section are one author."""
    latest: dict[str, Progress] = {}
    for report in reports:
        author = without_contact(report.by)
        before = latest.pop(author, report)
        latest[author] = report if before.date <= report.date else before
    return latest


def reports_by(activity: Activity, period: str, author: str) -> tuple[Progress, ...]:
    """Return the reports of an author in a period, regardless of the case of the name and of the contact after it."""
    name = without_contact(author).casefold()
    return tuple(
        report
        for report in activity.progress
        if report.period == period and without_contact(report.by).casefold() == name
    )


def authors_of(activity: Activity, period: str) -> tuple[Progress, ...]:
    """Return the latest report of each author of an activity in a period, oldest first."""
    return tuple(latest_reports(report for report in activity.progress if report.period == period).values())


def worst(reports: Iterable[Progress]) -> str:
    """Return the worst of the authors' latest statuses; ``unreported`` without a report."""
    statuses = {report.status for report in latest_reports(reports).values()}
    return next((status for status in _WORST_FIRST if status in statuses), UNREPORTED)


def last_status(plan: Workplan, reports: Iterable[Progress]) -> PeriodStatus | None:
    """Return the status in the last period of the plan that has one of these reports; None without a report."""
    by_period: dict[str, list[Progress]] = {}
    for report in reports:
        by_period.setdefault(report.period, []).append(report)
    if not by_period:
        return None
    ranks = plan.period_ranks
    last = max((name for name in by_period if name in ranks), key=ranks.__getitem__, default=None)
    return PeriodStatus(worst(by_period[last]), plan.periods[ranks[last]]) if last is not None else None


def last_status_before(plan: Workplan, activity: Activity, period: str) -> PeriodStatus | None:
    """Return the status in the last earlier period that has reports; None without an earlier report."""
    if not activity.progress:
        return None
    ranks = plan.period_ranks
    end = ranks.get(period, 0)
    return last_status(plan, (report for report in activity.progress if ranks.get(report.period, end) < end))


def is_closed(plan: Workplan, activity: Activity, period: str) -> bool:
    """Return whether an activity needs no report, because it was completed or cancelled in an earlier period."""
    last = last_status_before(plan, activity, period)
    return last is not None and last.status in FINAL


def is_finished(plan: Workplan, activity: Activity) -> bool:
    """Return whether the activity was completed or cancelled in the last period that has reports."""
    last = last_status(plan, activity.progress)
    return last is not None and last.status in FINAL


def debts_of(
    plan: Workplan, directory: Directory, activity: Activity, period: str, secretariat: str | None = None
) -> tuple[Debt, ...]:
    """Return the reports that the leads of an activity owe for a period. A lead that is named twice owes one report."""
    if is_closed(plan, activity, period):
        return ()
    authors = dict.fromkeys(latest_reports(report for report in activity.progress if report.period == period))
    leads: dict[str, str] = {}
    for name in activity.leads:
        leads.setdefault(without_contact(name), name)
    owing = _owing(directory, leads, authors.keys(), secretariat)
    if not owing:
        return ()
    leading = _authors_who_lead(directory, activity, authors.keys())
    shared_with = tuple(author for author in authors if author in leading)
    return tuple(Debt(lead, _contact(leads[lead], lead), activity, shared_with) for lead in owing)


def _owing(directory: Directory, leads: Iterable[str], authors: Set[str], secretariat: str | None) -> list[str]:
    """Return the leads for which none of the authors answers: ``answers_for``, for all of them at once."""
    if (secretariat or SECRETARIAT) in authors:
        return []
    groups: dict[frozenset[str], bool] = {frozenset(): False}  # groups of all members share one answer
    owing = []
    for lead in leads:
        members = directory.members_of(lead)
        if members not in groups:
            groups[members] = not members.isdisjoint(authors)
        if lead not in authors and not groups[members]:
            owing.append(lead)
    return owing


def _authors_who_lead(directory: Directory, activity: Activity, authors: Set[str]) -> set[str]:
    """Return the authors that lead the activity, themselves or through a group."""
    leads = {without_contact(lead) for lead in (*activity.cso_lead, *activity.unodc_lead)}
    groups = {directory.members_of(lead) for lead in leads}
    return (leads & authors).union(*(members & authors for members in groups))


def _contact(name: str, lead: str) -> str | None:
    return name[len(lead) :].strip(" ()") or None


def debts(plan: Workplan, directory: Directory, period: str, secretariat: str | None = None) -> Iterator[Debt]:
    """Yield the reports that leads owe for a period, in the plan's order.

    Each CSO lead of an open activity owes a report. If it has no CSO lead, each of the partner's leads owes one.
    """
    for activity in plan.activities():
        yield from debts_of(plan, directory, activity, period, secretariat)


def plan_span(plan: Workplan) -> tuple[date, date] | None:
    """Return the days from which and to which reports are expected; None if the plan does not say.

    It says so by the due dates of its periods; if one has no due date, also by the years in its name: 2021-22.
    """
    days = [period.due for period in plan.periods if period.due]
    if not days or len(days) < len(plan.periods):
        years = _years_of(plan.workplan)
        days += [day for year in years for day in (date(year, 1, 1), date(year, 12, 31))]
        if not years:
            return None
    return min(days), max(days)


def _years_of(name: str) -> list[int]:
    """Return the first and the last year of a plan's name; none if it does not begin with a year."""
    match = re.match(r"((?:19|20)\d\d)(?:[-_]((?:19|20)?\d\d))?(?!\d)", name, re.ASCII)
    if match is None:
        return []
    first, last = match[1], match[2] or match[1]
    return [int(first), int(last if len(last) == len(first) else first[:2] + last)]


def current_period(plan: Workplan, directory: Directory, today: date, secretariat: str | None = None) -> Period | None:
    """Return the period that reports are due for on a day; None for a plan without periods.

    It is the last period whose due date has passed, as long as a report is owed in it. Otherwise it is the next period.
    In a plan without due dates, it is the last period with a report, or the first period.
    """
    if not plan.periods:
        return None
    if not any(period.due for period in plan.periods):
        reported = {report.period for activity in plan.activities() for report in activity.progress}
        return next((period for period in reversed(plan.periods) if period.id in reported), plan.periods[0])
    past = [index for index, period in enumerate(plan.periods) if period.due and period.due < today]
    if past and any(debts(plan, directory, plan.periods[past[-1]].id, secretariat)):
        return plan.periods[past[-1]]
    dated = (period for period in plan.periods if period.due and period.due >= today)
    undated = plan.periods[past[-1] + 1 :] if past else ()
    return next(dated, None) or next(iter(undated), plan.periods[-1])


def leads_with_reports(
    plans: Iterable[Workplan], directory: Directory, secretariat: str | None = None
) -> frozenset[str]:
    """Return the leads that have ever reported: themselves, or by a report that counts as theirs."""
    reported: set[str] = set()
    for plan in plans:
        for activity in plan.activities():
            authors = {without_contact(report.by) for report in activity.progress}
            leads = set(map(without_contact, (*activity.cso_lead, *activity.unodc_lead))) - authors if authors else ()
            reported |= authors
            reported.update(
                lead for lead in leads if any(answers_for(directory, author, lead, secretariat) for author in authors)
            )
    return frozenset(reported)
