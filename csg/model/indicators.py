"""The indicators of activities: what each lead has reached, beside baseline and target."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from csg.model.members import without_contact
from csg.model.workplan import Activity, Indicator, Period, Workplan


class ReachedValue(NamedTuple):
    """The newest value that a lead has reported for an indicator: a total since the plan began."""

    value: int | float
    by: str
    date: date
    period: Period


class IndicatorProgress(NamedTuple):
    """An indicator of an activity up to a period, with the newest value of each lead, the newest of all first.

    The values of several leads are never added: leads of one activity may count the same people.
    """

    activity: Activity
    indicator: Indicator
    values: tuple[ReachedValue, ...]

    @property
    def newest(self) -> ReachedValue | None:
        """Return the newest value of all leads, to show alone only if ``differing`` is empty."""
        return self.values[0] if self.values else None

    @property
    def differing(self) -> tuple[ReachedValue, ...]:
        """Return the newest value of each lead if their values differ: each of them is shown."""
        return self.values if len({reached.value for reached in self.values}) > 1 else ()

    def share(self, value: float) -> float | None:
        """Return how much of the way from the baseline to the target is done, 1 for all; None without a target.

        The share is below 0 or above 1 for a value outside of the two.
        """
        start, target = self.indicator.baseline or 0, self.indicator.target
        return None if target is None or target == start else (value - start) / (target - start)


def indicators_in(plan: Workplan, period: Period) -> Iterator[IndicatorProgress]:
    """Yield each indicator of a plan in the plan's order, with the values of the reports up to a period."""
    for activity in plan.activities():
        if activity.indicators:
            yield from indicators_of(plan, activity, period)


def indicators_of(plan: Workplan, activity: Activity, period: Period) -> tuple[IndicatorProgress, ...]:
    """Return the indicators of an activity, with the values of the reports up to a period."""
    periods = {each.id: each for each in plan.periods[: plan.periods.index(period) + 1]}
    newest: dict[str, dict[str, ReachedValue]] = {indicator.id: {} for indicator in activity.indicators}
    for report in activity.progress:
        if report.period not in periods:
            continue
        for name, value in report.values.items():
            by_lead = newest.get(name, {})
            lead = without_contact(report.by)
            if lead not in by_lead or by_lead[lead].date <= report.date:
                by_lead.pop(lead, None)
                by_lead[lead] = ReachedValue(value, lead, report.date, periods[report.period])
    return tuple(
        IndicatorProgress(
            activity,
            indicator,
            tuple(sorted(newest[indicator.id].values(), key=lambda reached: reached.date)[::-1]),
        )
        for indicator in activity.indicators
    )
