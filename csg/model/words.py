"""The words for statuses and debts, in commands and documents."""

from collections.abc import Sequence

from csg.model.names import UNREPORTED, status_text
from csg.model.reporting import Debt, PeriodStatus
from csg.model.summary import Standing
from csg.model.workplan import Progress
from csg.problem import counted


def last_known_text(last: PeriodStatus | None) -> str:
    """Return the status in an earlier period: ``off-track in Mid-year``."""
    return f"{last.status} in {last.period.name}" if last else ""


def standing_text(standing: Standing) -> str:
    """Return a status in words, with the status of an earlier period if the period has no report."""
    if standing.reports or not standing.last:
        return status_text(standing.status)
    if standing.status == UNREPORTED:
        return f"{status_text(standing.status)} ({last_known_text(standing.last)})"
    return last_known_text(standing.last)


def differing_text(authors: Sequence[Progress]) -> str:
    """Return the status that each author gives: ``INWUD on-track, WHRIN off-track``."""
    return ", ".join(f"{report.by} {report.status}" for report in authors)


def debt_text(debt: Debt) -> str:
    """Return the id of an activity that a report is owed on, with the leads that have reported."""
    if not debt.shared_with:
        return debt.activity.id
    verb = "has" if len(debt.shared_with) == 1 else "have"
    return f"{debt.activity.id} ({some_names(debt.shared_with)} {verb} reported)"


MOST_NAMES = 10
"""The number of names that are written out where many leads have reported."""


def some_names(names: Sequence[str]) -> str:
    """Return names, and the number of the others if there are many: ``INPUD, HRI and 12 others``."""
    others = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {counted(others, 'other')}" if others > 0 else "")
