"""A three-way merge of records: what both sides did to the data, and where they did two things to one."""

import re
from collections import Counter
from typing import Any, Final, NamedTuple

from csg.problem import Path

ABSENT: Final = object()
"""Stands for what is not there."""


class Unsure(Exception):  # noqa: N818
    """Nobody can tell from the records alone what both sides meant."""


class Conflict(NamedTuple):
    """One thing that both sides changed, each in its way: where it is, and what each made of it.

    ``path`` leads there in the merged data by keys, ids of records, and reports as they are; ``theirs_path`` in theirs
    by keys and indices.
    """

    path: tuple[Any, ...]
    theirs_path: Path
    ours: Any
    theirs: Any


class Merged(NamedTuple):
    """The merged data, with ours where there is a conflict, and the conflicts."""

    data: Any
    conflicts: list[Conflict]


def merge(base: Any, ours: Any, theirs: Any) -> Merged:
    """Both sides' changes to plain data. Records of a list are known by their ids, reports by period and author."""
    conflicts: list[Conflict] = []
    return Merged(_merge(base, ours, theirs, (), (), conflicts), conflicts)


def _merge(base: Any, ours: Any, theirs: Any, path: tuple[Any, ...], there: Path, conflicts: list[Conflict]) -> Any:
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    if isinstance(ours, dict) and isinstance(theirs, dict) and isinstance(base, dict):
        return _merge_mapping(base, ours, theirs, path, there, conflicts)
    if isinstance(ours, list) and isinstance(theirs, list) and (isinstance(base, list) or base in (ABSENT, None)):
        return _merge_list([] if not isinstance(base, list) else base, ours, theirs, path, there, conflicts)
    conflicts.append(Conflict(path, there, ours, theirs))
    return theirs if ours is ABSENT else ours


def _merge_mapping(
    base: dict[str, Any],
    ours: dict[str, Any],
    theirs: dict[str, Any],
    path: tuple[Any, ...],
    there: Path,
    conflicts: list[Conflict],
) -> dict[str, Any]:
    merged = {}
    for key in dict.fromkeys((*ours, *theirs)):
        was, mine, other = (side.get(key, ABSENT) for side in (base, ours, theirs))
        value = _merge(was, mine, other, (*path, key), (*there, key), conflicts)
        if value is not ABSENT:
            merged[key] = value
    return merged


def _merge_list(
    base: list[Any], ours: list[Any], theirs: list[Any], path: tuple[Any, ...], there: Path, conflicts: list[Conflict]
) -> list[Any]:
    if path[-1:] == ("progress",):
        return _merge_reports(base, ours, theirs, path, there, conflicts)
    if all(isinstance(element, dict) and "id" in element for element in (*base, *ours, *theirs)):
        return _merge_records(base, ours, theirs, path, there, conflicts)
    gone = [element for element in base if element not in theirs]
    kept = [element for element in ours if element not in gone]
    return kept + [element for element in theirs if element not in base and element not in kept]


def _merge_records(
    base: list[Any], ours: list[Any], theirs: list[Any], path: tuple[Any, ...], there: Path, conflicts: list[Conflict]
) -> list[Any]:
    """Records known by their ids: ours in our order, theirs that are new behind what they stand behind there."""
    sides = [{element["id"]: element for element in side} for side in (base, ours, theirs)]
    for one in sides[1:]:
        _no_renumbering(sides[0], one)
    places = {element["id"]: index for index, element in enumerate(theirs)}
    merged: dict[str, Any] = {}
    for name in _order(*map(list, sides)):
        was, mine, other = (side.get(name, ABSENT) for side in sides)
        value = _merge(was, mine, other, (*path, name), (*there, places.get(name, 0)), conflicts)
        if value is not ABSENT:
            merged[name] = value
    return list(merged.values())


def _no_renumbering(base: dict[str, Any], side: dict[str, Any]) -> None:
    """Raises Unsure where a record that is gone seems to be there under another id: git's lines know better."""
    gone = [record for name, record in base.items() if name not in side]
    new = [record for name, record in side.items() if name not in base]
    for record in gone:
        for other in new:
            if any(record.get(key) == other.get(key) for key in ("title", "name")) and record.keys() & {
                "title",
                "name",
            }:
                raise Unsure


def _order(base: list[str], ours: list[str], theirs: list[str]) -> list[str]:
    """The order of all names: that of the side that changed it. Raises Unsure where both did."""
    kept = [name for name in base if name in ours and name in theirs]
    ours_kept, theirs_kept = ([name for name in side if name in kept] for side in (ours, theirs))
    if kept not in (ours_kept, theirs_kept) and ours_kept != theirs_kept:
        raise Unsure
    first, second = (theirs, ours) if ours_kept == kept != theirs_kept else (ours, theirs)
    names = list(first)
    for index, name in enumerate(second):
        if name not in names:
            before = next((known for known in reversed(second[:index]) if known in names), None)
            names.insert(names.index(before) + 1 if before is not None else 0, name)
    return names


def _merge_reports(
    base: list[Any], ours: list[Any], theirs: list[Any], path: tuple[Any, ...], there: Path, conflicts: list[Conflict]
) -> list[Any]:
    """Reports have no ids: the base's are found again as they are, else by period and author; the rest are new."""
    here, elsewhere = _matched(base, ours), _matched(base, theirs)
    merged = []
    for index, report in enumerate(base):
        one, other = here.get(index, ABSENT), elsewhere.get(index, ABSENT)
        place = theirs.index(other) if other is not ABSENT else 0
        known = report if one is ABSENT else one
        value = _merge(report, one, other, (*path, known), (*there, place), conflicts)
        if value is not ABSENT:
            merged.append(value)
    new = [report for report in ours if not _among(report, here.values())]
    added = [report for report in theirs if not _among(report, elsewhere.values())]
    # What both sides added alike is there as often as the side has it that has it more often.
    new += [report for index, report in enumerate(added) if new.count(report) < added[: index + 1].count(report)]
    return sorted(merged + new, key=lambda report: str(report.get("date", "")))


def _among(report: Any, reports: Any) -> bool:
    return any(report is each for each in reports)


def _matched(base: list[Any], side: list[Any]) -> dict[int, Any]:
    """What each of the base's reports has become on a side, by its index; nothing for one that was removed."""
    left, found = list(side), {}
    for same in (lambda one, other: one == other, _alike):
        for index, report in enumerate(base):
            if index not in found and (match := next((each for each in left if same(report, each)), None)) is not None:
                found[index] = match
                left = [each for each in left if each is not match]
    return found


def _alike(one: Any, other: Any) -> bool:
    return all(one.get(key) == other.get(key) for key in ("period", "by"))


def comments(text: str) -> Counter[str]:
    """The comments of a file, those on lines of their own and those behind something, and how often each is there."""
    found = (re.search(r"(?:^|\s)(#.*)", line) for line in text.split("\n"))
    return Counter(match[1].strip() for match in found if match)
