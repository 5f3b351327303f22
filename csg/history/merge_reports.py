"""Progress reports that two sides moved to different activities, or of which it is not certain which is the latest."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from csg.history.merge_match import are_versions, equal, pairs, plain_text
from csg.model.members import without_contact

Path = tuple[str, ...]
Records = dict[Path, Any]
_MOST_PAIRS = 250_000
"""With more pairs to compare, all activities that lost a report count. It keeps the work small."""


class _Report(NamedTuple):
    """A report, the activity that has it or had it, and its position there."""

    path: Path
    position: int
    report: Any


def moved_apart(old: Records, mine: Records, other: Records) -> set[Path]:
    """Return the paths of activities whose reports both sides took away, and put into different activities or none."""
    here, there = _lost_and_new(old, mine), _lost_and_new(old, other)
    on_both = {entry[:2] for entry in here[0]} & {entry[:2] for entry in there[0]}
    lost = [entry for entry in here[0] if entry[:2] in on_both]
    if len(lost) * (len(here[1]) + len(there[1])) > _MOST_PAIRS:
        return {entry.path for entry in (*lost, *here[1], *there[1])}
    paths: set[Path] = set()
    for entry in lost:
        targets = [_targets(entry, new) for _, new in (here, there)]
        if targets[0] != targets[1]:
            paths |= {entry.path, *(path for path, _ in targets[0] | targets[1])}
    return paths


def _lost_and_new(old: Records, side: Records) -> tuple[list[_Report], list[_Report]]:
    """Return the reports that a side took out of activities, and those that it put into activities."""
    lost: list[_Report] = []
    new: list[_Report] = []
    for path in {**old, **side}:
        before, after = _reports(old.get(path)), _reports(side.get(path))
        if before != after:
            certain = pairs(before, after)
            matched = equal(before, after) if certain is None else certain
            taken = set(matched.values())
            lost += (_Report(path, index, entry) for index, entry in enumerate(before) if index not in matched)
            new += (_Report(path, index, entry) for index, entry in enumerate(after) if index not in taken)
    return lost, new


def _reports(record: Any) -> list[Any]:
    reports = record.get("progress") if record else None
    return reports if isinstance(reports, list) else []


def _targets(lost: _Report, new: list[_Report]) -> set[tuple[Path, str]]:
    """Return the other activities that got a version of a report, and the version."""
    return {
        (entry.path, plain_text(entry.report))
        for entry in new
        if entry.path != lost.path and are_versions(lost.report, entry.report)
    }


class Touched(NamedTuple):
    """An entry that one side added or changed: its name in the merge, and its versions."""

    name: Any
    is_ours: bool
    versions: tuple[Any, ...]


def of_uncertain_order(touched: Iterable[Touched]) -> set[Any]:
    """Return the names of reports by one author in one period of which the dates do not say which side's is later.

    The latest report of an author counts. So each report that one side touched must be older than each that the
    other touched, before and after, or later.
    """
    by_key: dict[tuple[str, str], list[Touched]] = defaultdict(list)
    for entry in touched:
        for key in {_key(version) for version in entry.versions if isinstance(version, dict) and "by" in version}:
            by_key[key].append(entry)
    return {name for entries in by_key.values() for name in _overlapping(entries)}


def _key(report: Any) -> tuple[str, str]:
    return without_contact(str(report["by"])).casefold(), str(report.get("period"))


def _overlapping(entries: list[Touched]) -> Iterator[Any]:
    """Yield the names of entries of one side whose dates are not apart from those of an entry of the other."""
    last: dict[bool, tuple[str, Any]] = {}
    for first, end, entry in sorted(((*_days(entry), entry) for entry in entries), key=lambda known: known[:2]):
        if (before := last.get(not entry.is_ours)) and before[0] >= first:
            yield from (before[1], entry.name)
        last[entry.is_ours] = max(last.get(entry.is_ours, ("", None)), (end, entry.name), key=lambda known: known[0])


def _days(entry: Touched) -> tuple[str, str]:
    days = [str(version.get("date") or "") for version in entry.versions]
    return min(days), max(days)
