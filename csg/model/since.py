"""The changes of a period: the activities whose status is better or worse than when they were last reported on."""

from collections.abc import Iterable
from typing import NamedTuple

from csg.model.names import FINAL
from csg.model.summary import Standing

_ORDER = ("off-track", "at-risk", "not-started", "on-track")


class Changes(NamedTuple):
    """Activities with a report in the period, by what changed since the last earlier period with reports.

    ``closed`` ended completed or cancelled, ``new`` had no report before.
    """

    better: tuple[Standing, ...]
    worse: tuple[Standing, ...]
    closed: tuple[Standing, ...]
    new: tuple[Standing, ...]

    def __bool__(self) -> bool:
        """Return whether anything changed."""
        return any(self)


def changes(standings: Iterable[Standing]) -> Changes:
    """Return the changes of a period. An activity without a report in it did not change."""
    by_change: dict[str, list[Standing]] = {name: [] for name in Changes._fields}
    for standing in standings:
        if name := _change(standing):
            by_change[name].append(standing)
    return Changes(*(tuple(by_change[name]) for name in Changes._fields))


def _change(standing: Standing) -> str:
    if not standing.reports:
        return ""
    before = standing.last.status if standing.last else None
    if standing.status in FINAL:
        return "" if before in FINAL else "closed"
    if before is None:
        return "new"
    if before in FINAL:  # somebody reported on a closed activity all the same
        return "worse"
    change = _ORDER.index(standing.status) - _ORDER.index(before)
    return "better" if change > 0 else "worse" if change < 0 else ""
