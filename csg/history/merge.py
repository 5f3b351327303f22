"""A three-way merge of plain data: the changes of both sides, and conflicts where their meaning is uncertain."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from csg.history.merge_match import copy_key, element_name, keys_of, pairs, plain_text
from csg.history.merge_moved import Moved, moved_records
from csg.history.merge_order import merged_order
from csg.history.merge_reports import Touched, of_uncertain_order

ABSENT: Final = object()
"""The value for a key that a side does not have."""
Names = tuple[str, ...]
"""A path by keys and ids: objectives, 2, activities, 2.4, title."""


class Conflict(NamedTuple):
    """A conflict in merged data, which a person must resolve: both versions, and words for what happened."""

    path: Names
    words: str
    ours: Any
    theirs: Any


def merge(base: Any, ours: Any, theirs: Any) -> Any:
    """Merge both sides' changes to plain data. The result has a Conflict for each conflict.

    Records are matched by their ids, and merged field by field. A progress report is the statement of one author, so
    it is never merged from two versions.
    """
    return _merge(base, ours, theirs, (), moved_records(base, ours, theirs))


def resolve(node: Any, side: str) -> Any:
    """Return merged data with the version of one side (``ours`` or ``theirs``) in place of each conflict."""
    while isinstance(node, Conflict):
        node = getattr(node, side)
    if isinstance(node, dict):
        values = {key: resolve(value, side) for key, value in node.items()}
        return {key: _by_date(key, value) for key, value in values.items() if value is not ABSENT}
    if isinstance(node, list):
        return [value for value in (resolve(element, side) for element in node) if value is not ABSENT]
    return node


def _by_date(key: str, value: Any) -> Any:
    if key != "progress" or not isinstance(value, list):
        return value
    return sorted(value, key=lambda report: str(report.get("date") or "") if isinstance(report, dict) else "")


def conflicts(node: Any) -> Iterator[Conflict]:
    """Yield the conflicts in merged data."""
    if isinstance(node, Conflict):
        yield node
        node = [node.ours, node.theirs]
    if isinstance(node, (dict, list)):
        for value in node.values() if isinstance(node, dict) else node:
            yield from conflicts(value)


def _merge(base: Any, ours: Any, theirs: Any, path: Names, moved: Moved) -> Any:
    if ours == theirs:
        return ours
    if path in moved.records:
        return Conflict(path, "was moved or renumbered on one side and changed on the other", ours, theirs)
    if path not in moved.around:
        if theirs == base:
            return ours
        if ours == base:
            return theirs
    sides = (base, ours, theirs)
    if all(isinstance(side, dict) for side in sides):
        return _merge_mapping(base, ours, theirs, path, moved)
    lists = [[] if side is ABSENT or side is None else side for side in sides]
    if all(isinstance(side, list) for side in lists) and any(lists):
        merged = _merge_list(lists[0], lists[1], lists[2], path, moved)
        return _without_new_key(merged, ours, theirs, path)
    return Conflict(path, _what_happened(ours, theirs), ours, theirs)


def _what_happened(ours: Any, theirs: Any) -> str:
    if ours is ABSENT or theirs is ABSENT:
        return "was changed on one side and removed on the other"
    return "was changed in two ways"


def _without_new_key(merged: Any, ours: Any, theirs: Any, path: Names) -> Any:
    """Return a merged list. If a side removed the key and has no elements, return ABSENT for that side."""
    if ABSENT not in (ours, theirs):
        return merged
    versions = [resolve(merged, side) or ABSENT for side in ("ours", "theirs")]
    if versions[0] is versions[1]:
        return ABSENT
    if ABSENT not in versions:
        return merged
    words = next((conflict.words for conflict in conflicts(merged)), _what_happened(*versions))
    return Conflict(path, words, *versions)


def _merge_mapping(base: Any, ours: Any, theirs: Any, path: Names, moved: Moved) -> dict[str, Any]:
    first, second = (ours, theirs) if repr(list(ours)) <= repr(list(theirs)) else (theirs, ours)
    merged = {}
    for key in dict.fromkeys((*first, *second)):
        was, mine, other = (side.get(key, ABSENT) for side in (base, ours, theirs))
        merged[key] = _merge(was, mine, other, (*path, key), moved)
    return merged


def _merge_list(base: list[Any], ours: list[Any], theirs: list[Any], path: Names, moved: Moved) -> Any:
    keys = keys_of((*base, *ours, *theirs))
    if keys is None:
        return _merge_entries(base, ours, theirs, path)
    sides = [{element_name(element, keys): element for element in side} for side in (base, ours, theirs)]
    if any(len(by_name) != len(side) for by_name, side in zip(sides, (base, ours, theirs), strict=True)):
        return Conflict(path, f"has the same {' and '.join(keys)} twice", ours, theirs)
    merged = {}
    for name in dict.fromkeys(name for side in sides for name in side):
        was, mine, other = (side.get(name, ABSENT) for side in sides)
        merged[name] = _merge(was, mine, other, (*path, name), moved)
    return _in_order(merged, [list(side) for side in sides], path)


def _in_order(merged: dict[Any, Any], names: list[list[Any]], path: Names) -> Any:
    """Return merged elements as a list, in the order of both sides; a Conflict if both changed the order."""
    base, ours, theirs = names
    our_order, their_order = merged_order(base, ours, theirs), merged_order(base, theirs, ours)
    lists = [[merged[name] for name in order] for order in (our_order, their_order)]
    if our_order == their_order:
        return lists[0]
    return Conflict(path, "was put in two different orders", *lists)


def _merge_entries(base: list[Any], ours: list[Any], theirs: list[Any], path: Names) -> Any:
    """Merge elements without ids: reports, leads, links. Keep, change or remove each as a whole."""
    our_matches, their_matches = pairs(base, ours), pairs(base, theirs)
    if our_matches is None or their_matches is None:
        return Conflict(path, "cannot be matched with its earlier entries", ours, theirs)
    merged: dict[Any, Any] = {}
    for index, entry in enumerate(base):
        mine = ours[our_matches[index]] if index in our_matches else ABSENT
        other = theirs[their_matches[index]] if index in their_matches else ABSENT
        merged[index] = _merge_entry(entry, mine, other, path)
    order = _added(ours, theirs, our_matches, their_matches, merged, path)
    changed = [
        *_changed(base, ours, our_matches, their_matches, theirs, is_ours=True),
        *_changed(base, theirs, their_matches, our_matches, ours),
    ]
    _mark_uncertain_order([*changed, *_new_on_one_side(order, merged)], merged, path)
    return _in_order(merged, [list(range(len(base))), *order], path)


def _merge_entry(base: Any, ours: Any, theirs: Any, path: Names) -> Any:
    if ours in (theirs, base) or theirs == base:
        return theirs if ours == base else ours
    return Conflict((*path, _title(base)), _what_happened(ours, theirs), ours, theirs)


def _changed(
    base: list[Any],
    side: list[Any],
    matched: dict[int, int],
    matched_there: dict[int, int],
    other: list[Any],
    *,
    is_ours: bool = False,
) -> Iterator[Touched]:
    """Yield the entries of the base that one side changed and the other did not change alike."""
    for index, entry in enumerate(base):
        if index in matched and side[matched[index]] != entry:
            new = side[matched[index]]
            if index not in matched_there or other[matched_there[index]] != new:
                yield Touched(index, is_ours, (entry, new))


def _new_on_one_side(orders: list[list[Any]], merged: dict[Any, Any]) -> Iterator[Touched]:
    """Yield the entries that only one side added, and that have no conflict yet."""
    new = [{name for name in order if isinstance(name, tuple)} for order in orders]
    for is_ours, names in ((True, new[0] - new[1]), (False, new[1] - new[0])):
        for name in names:
            if not isinstance(merged[name], Conflict):
                yield Touched(name, is_ours, (merged[name],))


def _mark_uncertain_order(touched: list[Touched], merged: dict[Any, Any], path: Names) -> None:
    """Make a Conflict of each report that may be older or newer than one that the other side added or changed."""
    uncertain = of_uncertain_order(touched)
    words = "may be older or newer than another report by the same author, which the other side added or changed"
    for entry in touched:
        if entry.name in uncertain and not isinstance(merged[entry.name], Conflict):
            before = entry.versions[0] if len(entry.versions) > 1 else ABSENT
            versions = (entry.versions[-1], before) if entry.is_ours else (before, entry.versions[-1])
            merged[entry.name] = Conflict((*path, _title(entry.versions[-1])), words, *versions)


def _title(entry: Any) -> str:
    """Return words for an entry of a list: ``report by INPUD``."""
    if isinstance(entry, dict):
        return f"report by {entry['by']}" if "by" in entry else next(map(str, entry.values()), "entry")
    return str(entry)


def _added(
    ours: list[Any],
    theirs: list[Any],
    our_matches: dict[int, int],
    their_matches: dict[int, int],
    merged: dict[Any, Any],
    path: Names,
) -> list[list[Any]]:
    """Add the new entries of both sides to ``merged``. Return the names of each side's entries, in its order.

    An entry of the base is named by its index, and a new entry by its content. An entry of both sides is added once.
    """
    orders: list[list[Any]] = []
    for side, matched in ((ours, our_matches), (theirs, their_matches)):
        indices = {index: old for old, index in matched.items()}
        counts: dict[str, int] = {}
        names: list[Any] = []
        for index, entry in enumerate(side):
            text = plain_text(entry)
            counts[text] = counts.get(text, 0) + (index not in indices)
            names.append(indices.get(index, (text, counts[text])))
            merged.setdefault(names[-1], entry)
        orders.append(names)
    _add_copy_conflicts(orders, merged, path)
    return orders


def _add_copy_conflicts(orders: list[list[Any]], merged: dict[Any, Any], path: Names) -> None:
    """Make a Conflict of each entry that both sides added in two versions."""
    new = [{name for name in order if isinstance(name, tuple)} for order in orders]
    ours, theirs = (
        {name: copy_key(merged[name]) for name in sorted(side)} for side in (new[0] - new[1], new[1] - new[0])
    )
    twice = {key for key in ours.values() if key is not None} & set(theirs.values())
    for name, key in (ours | theirs).items():
        if key in twice:
            entry = merged[name]
            versions = (entry, ABSENT) if name in ours else (ABSENT, entry)
            merged[name] = Conflict((*path, _title(entry)), "was added on both sides, with differences", *versions)
