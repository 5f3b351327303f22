"""The reports that earlier plans still owe."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from csg.model.members import Directory
from csg.model.reporting import Debt, debts
from csg.model.summary import debts_by_lead
from csg.model.workplan import Period, Workplan


class EarlierDebts(NamedTuple):
    """The reports that are owed in a period of an earlier plan, by lead."""

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
        for period in reversed(plan.periods):
            owed = debts_by_lead(directory, debts(plan, directory, period.id, secretariat))
            if owed:
                yield EarlierDebts(plan, period, owed)
