"""A summary of a period. Every number about reports that a command or a document shows comes from it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from csg.model.indicators import IndicatorProgress, indicators_in
from csg.model.members import Directory
from csg.model.names import FINAL, STATUSES, TROUBLED, UNREPORTED
from csg.model.reporting import (
    Debt,
    PeriodStatus,
    authors_of,
    debts_of,
    last_status,
    last_status_before,
    latest_reports,
    worst,
)
from csg.model.workplan import Activity, Meeting, Objective, Period, Progress, Workplan


class Standing(NamedTuple):
    """An activity in a period.

    ``status`` is the period's; a closed activity without a report keeps the status that closed it. ``last`` is the
    status in the last earlier period with reports. ``authors`` has the latest report of each author in the period.
    """

    activity: Activity
    status: str
    reports: tuple[Progress, ...]
    authors: tuple[Progress, ...]
    last: PeriodStatus | None
    finished: bool
    overdue: bool
    owed: tuple[Debt, ...]

    @property
    def closed(self) -> bool:
        """Return whether no report is needed, because an earlier period ended completed or cancelled."""
        return self.last is not None and self.last.status in FINAL

    @property
    def without_lead(self) -> bool:
        """Return whether nobody is asked for a report, because an open activity has no lead."""
        return not self.closed and not self.activity.leads

    @property
    def asked(self) -> bool:
        """Return whether a report is asked for."""
        return not (self.closed or self.without_lead)

    @property
    def differing(self) -> tuple[Progress, ...]:
        """Return the latest report of each author if their statuses differ."""
        return self.authors if len({report.status for report in self.authors}) > 1 else ()

    @property
    def known_status(self) -> str:
        """Return the status in the period or, without a report, the last known one."""
        return self.last.status if self.last and self.status == UNREPORTED else self.status

    @property
    def troubled(self) -> bool:
        """Return whether the activity is at risk or off track, or was so when somebody last reported."""
        return self.known_status in TROUBLED

    @property
    def known_reports(self) -> tuple[Progress, ...]:
        """Return the latest report of each author in the period or, without a report, in the last one with reports."""
        return self.authors or (authors_of(self.activity, self.last.period.id) if self.last else ())

    @property
    def reasons(self) -> tuple[Progress, ...]:
        """Return the reports that give the known status: their summaries say why the activity has it."""
        return tuple(report for report in self.known_reports if report.status == self.known_status)

    @property
    def needs(self) -> tuple[Progress, ...]:
        """Return the known reports that ask for a decision or help."""
        return tuple(report for report in self.known_reports if report.needs)

    @property
    def calls_for_help(self) -> tuple[Progress, ...]:
        """Return the known reports that give the reason for trouble, or ask for a decision or help; oldest first."""
        chosen = (*(self.reasons if self.troubled else ()), *self.needs)
        return tuple(report for report in self.known_reports if any(report is other for other in chosen))


class Totals(NamedTuple):
    """The numbers of some activities. The counts in ``statuses`` add up to ``activities``."""

    activities: int
    asked: int
    reported: int
    statuses: dict[str, int]
    without_lead: int = 0

    @property
    def not_asked(self) -> int:
        """Return the number of closed activities, which are asked for no report.

        With those in ``asked`` and ``without_lead``, they are all activities.
        """
        return self.activities - self.asked - self.without_lead


class ObjectiveSummary(NamedTuple):
    """An objective, its activities in a period, and their numbers."""

    objective: Objective
    standings: tuple[Standing, ...]
    totals: Totals


class Summary(NamedTuple):
    """A plan in a period. Due dates before ``day`` are overdue. If ``day`` is None, nothing is overdue."""

    plan: Workplan
    period: Period
    day: date | None
    objectives: tuple[ObjectiveSummary, ...]
    totals: Totals
    owed: dict[str, tuple[Debt, ...]]
    """The reports that each lead owes, in the order of the directory."""

    @property
    def standings(self) -> Iterator[Standing]:
        """Yield every activity in the plan's order."""
        return (standing for part in self.objectives for standing in part.standings)

    @property
    def debts(self) -> list[Debt]:
        """Return every report that is owed, by lead."""
        return [debt for debts in self.owed.values() for debt in debts]

    @property
    def reports_overdue(self) -> bool:
        """Return whether reports are owed after the period's due date."""
        return bool(self.owed and self.day and self.period.due and self.period.due < self.day)

    @property
    def not_asked(self) -> list[Standing]:
        """Return the closed activities, which are asked for no report."""
        return [standing for standing in self.standings if standing.closed]

    @property
    def without_lead(self) -> list[Standing]:
        """Return the open activities on which nobody is asked for a report, because they have no lead."""
        return [standing for standing in self.standings if standing.without_lead]

    @property
    def troubled(self) -> list[Standing]:
        """Return the activities that need attention, those off track first."""
        troubled = [standing for standing in self.standings if standing.troubled]
        return sorted(troubled, key=lambda standing: not _is_off_track(standing))

    @property
    def decisions_needed(self) -> tuple[str, ...]:
        """Return the decisions that the partner is asked for in the period."""
        return self.period.decisions_needed

    @property
    def help_needed(self) -> list[Standing]:
        """Return the activities that need attention, those off track first, then the others whose leads ask for help.

        A closed activity needs no help.
        """
        others = (standing for standing in self.standings if standing.needs and not standing.troubled)
        return [*self.troubled, *(standing for standing in others if not standing.closed)]

    @property
    def indicators(self) -> list[IndicatorProgress]:
        """Return the indicators of all activities, with what each lead has reached up to the period."""
        return list(indicators_in(self.plan, self.period))

    @property
    def last_meeting(self) -> Meeting | None:
        """Return the last meeting that was held, up to the day, or of all without a day. None if no meeting was held.

        A document does not know today's date. A meeting without decisions, after which nobody has reported, is
        one to come.
        """
        held = (meeting for meeting in self.plan.meetings if self.day is None or meeting.date <= self.day)
        return max(filter(self._was_held, held), key=lambda meeting: meeting.date, default=None)

    def _was_held(self, meeting: Meeting) -> bool:
        reports = (report for activity in self.plan.activities() for report in activity.progress)
        return bool(meeting.decisions) or any(report.date > meeting.date for report in reports)

    @property
    def differing(self) -> list[Standing]:
        """Return the activities whose authors differ."""
        return [standing for standing in self.standings if standing.differing]

    @property
    def overdue(self) -> list[Standing]:
        """Return the unfinished activities after their due date, the oldest date first."""
        return sorted((standing for standing in self.standings if standing.overdue), key=_due)

    @property
    def due_next(self) -> list[Standing]:
        """Return the other unfinished activities that have a due date, the next first."""
        dated = (standing for standing in self.standings if standing.activity.due and self.day)
        return sorted((standing for standing in dated if not (standing.finished or standing.overdue)), key=_due)


def _due(standing: Standing) -> date:
    return standing.activity.due or date.max


def _is_off_track(standing: Standing) -> bool:
    return standing.known_status == "off-track"


def summarize(
    plan: Workplan, directory: Directory, period: Period, day: date | None = None, secretariat: str | None = None
) -> Summary:
    """Return the summary of a period: one pass over the plan.

    ``day`` is today for a command that reports on today. A document passes the period's due date, or another day
    that it reports on. ``secretariat`` is the name that may report for anyone.
    """
    summaries = tuple(
        _objective_summary(
            objective,
            tuple(
                standing_of(plan, directory, activity, period, day, secretariat) for activity in objective.activities
            ),
        )
        for objective in plan.objectives
    )
    standings = [standing for part in summaries for standing in part.standings]
    debts = (debt for standing in standings for debt in standing.owed)
    return Summary(plan, period, day, summaries, _totals(standings), debts_by_lead(directory, debts))


def standing_of(
    plan: Workplan,
    directory: Directory,
    activity: Activity,
    period: Period,
    day: date | None = None,
    secretariat: str | None = None,
) -> Standing:
    """Return an activity in a period: its status, its reports, and what is owed."""
    reports = tuple(report for report in activity.progress if report.period == period.id)
    last = last_status_before(plan, activity, period.id)
    status = worst(reports)
    if not reports and last and last.status in FINAL:
        status = last.status
    finished = _is_finished(plan, activity, period, day)
    return Standing(
        activity,
        status,
        reports,
        tuple(latest_reports(reports).values()),
        last,
        finished,
        bool(activity.due and day and activity.due < day and not finished),
        debts_of(plan, directory, activity, period.id, secretariat),
    )


def _is_finished(plan: Workplan, activity: Activity, period: Period, day: date | None) -> bool:
    """Return whether the activity has ended. Reports up to the period or the day count."""
    if not activity.progress:
        return False
    ranks = plan.period_ranks
    end = ranks[period.id]
    reports = (
        report
        for report in activity.progress
        if ranks.get(report.period, end + 1) <= end or (day and report.date <= day)
    )
    last = last_status(plan, reports)
    return last is not None and last.status in FINAL


def _objective_summary(objective: Objective, standings: tuple[Standing, ...]) -> ObjectiveSummary:
    return ObjectiveSummary(objective, standings, _totals(standings))


def _totals(standings: Iterable[Standing]) -> Totals:
    every = list(standings)
    counts = Counter(standing.status for standing in every)
    asked = [standing for standing in every if standing.asked]
    return Totals(
        activities=len(every),
        asked=len(asked),
        reported=sum(1 for standing in asked if standing.reports),
        statuses={status: counts[status] for status in (*STATUSES, UNREPORTED) if counts[status]},
        without_lead=sum(standing.without_lead for standing in every),
    )


def debts_by_lead(directory: Directory, debts: Iterable[Debt]) -> dict[str, tuple[Debt, ...]]:
    """Return the reports that each lead owes, in the order of the directory."""
    by_lead: dict[str, list[Debt]] = {}
    for debt in debts:
        by_lead.setdefault(debt.lead, []).append(debt)
    ranks = {name: rank for rank, name in enumerate(directory)}
    ordered = sorted(by_lead, key=lambda lead: ranks.get(lead, len(ranks)))
    return {lead: tuple(by_lead[lead]) for lead in ordered}
