"""The reports that are still owed in earlier periods and in earlier plans."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from csg.model.members import Directory
from csg.model.reporting import Debt, debts
from csg.model.summary import debts_by_lead
from csg.model.workplan import Period, Workplan


class EarlierDebts(NamedTuple):
    """The reports that are owed in an earlier period, of the same plan or of an earlier one, by lead."""

    plan: Workplan
    period: Period
    owed: dict[str, tuple[Debt, ...]]

    @property
    def reports(self) -> int:
        """Return the number of reports."""
        return sum(map(len, self.owed.values()))


def earlier_debts(
    plans: Iterable[Workplan], directory: Directory, secretariat: str | None = None
) -> Iterator[EarlierDebts]:
    """Yield the reports that are still owed in earlier plans, the last period of each plan first."""
    for plan in plans:
        yield from _debts_in(plan, plan.periods, directory, secretariat)


def debts_before(
    plan: Workplan, period: Period, directory: Directory, secretariat: str | None = None
) -> Iterator[EarlierDebts]:
    """Yield the reports that are still owed in the periods of a plan before one of them, the last period first."""
    yield from _debts_in(plan, plan.periods[: plan.period_ranks[period.id]], directory, secretariat)


def _debts_in(
    plan: Workplan, periods: Sequence[Period], directory: Directory, secretariat: str | None
) -> Iterator[EarlierDebts]:
    for period in reversed(periods):
        owed = debts_by_lead(directory, debts(plan, directory, period.id, secretariat))
        if owed:
            yield EarlierDebts(plan, period, owed)
