"""Records whose ids changed on one side. Their text has another id now, so an id cannot match them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from csg.history.merge_match import plain_text, similarity
from csg.history.merge_reports import moved_apart

_MOST_PAIRS = 250_000
"""The most pairs that are compared, to limit the work. With more, all changed records count as moved."""
_SIMILAR = 0.5
_HEADINGS = ("title", "name", "text")
_REFERENCES = ("related", "period", "carried_from", "activity", "type")
"""Fields that name another record of the file."""
Records = dict[tuple[str, ...], Any]


class Moved(NamedTuple):
    """The paths of records that one side moved and the other side changed. ``around`` has all paths to them."""

    records: frozenset[tuple[str, ...]]
    around: frozenset[tuple[str, ...]]


def moved_records(base: Any, ours: Any, theirs: Any) -> Moved:
    """Return the records that cannot be merged by their ids."""
    old, mine, other = (dict(_records(side, ())) for side in (base, ours, theirs))
    moved: set[tuple[str, ...]] = set()
    for side, other_side in ((mine, other), (other, mine)):
        paths = _moved(old, side) | _replaced(old, side)
        if any(old.get(path) != other_side.get(path) for path in paths) or _new_references(old, other_side) & {
            path[-1] for path in paths
        }:
            moved |= paths
    moved |= moved_apart(old, mine, other)
    return Moved(frozenset(moved), frozenset(path[:end] for path in moved for end in range(len(path))))


def _records(node: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield each record that has an id, with its path by keys and ids."""
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, (dict, list)):
                yield from _records(value, (*path, key))
    elif isinstance(node, list):
        for element in node:
            if isinstance(element, dict) and isinstance(element.get("id"), str):
                yield (*path, element["id"]), element
                yield from _records(element, (*path, element["id"]))


def _new_references(old: Records, side: Records) -> set[str]:
    """Return the ids to which a side has added references."""
    changed = {path: record for path, record in side.items() if record != old.get(path)}
    return {
        name for path, record in changed.items() for name in set(_references(record)) - set(_references(old.get(path)))
    }


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in _REFERENCES:
                yield from map(str, value if isinstance(value, list) else [value])
            else:
                yield from _references(value)
    elif isinstance(node, list):
        for element in node:
            yield from _references(element)


class _Difference(NamedTuple):
    """The texts that one side removed from a record, and those that it added."""

    path: tuple[str, ...]
    old_heading: str
    new_heading: str
    lost: set[str]
    gained: set[str]
    own_similarity: float


def _moved(old: Records, new: Records) -> set[tuple[str, ...]]:
    """Return the paths between which one side moved a title, comments or a report."""
    changed = [path for path in {**old, **new} if _texts(old.get(path)) != _texts(new.get(path))]
    if len(changed) ** 2 > _MOST_PAIRS:
        return set(changed)
    differences = [_difference(path, old.get(path), new.get(path)) for path in changed]
    moved = set()
    for source in differences:
        for target in differences:
            if source.path != target.path and _came_from(source, target):
                moved |= {source.path, target.path}
    return moved


def _replaced(old: Records, new: Records) -> set[tuple[str, ...]]:
    """Return the paths of activities and questions in whose place one side put another, which has nothing of the old.

    What the other side says of the old one is not true of the new one.
    """
    return {
        path
        for path in old.keys() & new.keys()
        if len(path) > 1 and path[-2] in ("activities", "questions") and _is_another(old[path], new[path])
    }


def _is_another(old: Any, new: Any) -> bool:
    if _texts(old) == _texts(new) or not _features(old).isdisjoint(_features(new)):
        return False
    pairs = zip(_texts(old), _texts(new), strict=True)
    return _heading(old) != "" and all(similarity(before, after) < _SIMILAR for before, after in pairs)


def _difference(path: tuple[str, ...], old: Any, new: Any) -> _Difference:
    before, after = _heading(old), _heading(new)
    lost, gained = _features(old) - _features(new), _features(new) - _features(old)
    return _Difference(path, before, after, lost, gained, similarity(before, after))


def _came_from(source: _Difference, target: _Difference) -> bool:
    """Return whether a text that the source lost is new in the target."""
    if not source.lost.isdisjoint(target.gained):
        return True
    if source.old_heading == source.new_heading or target.old_heading == target.new_heading:
        return False
    least = max(_SIMILAR, source.own_similarity, target.own_similarity)
    return least < 1 and similarity(source.old_heading, target.new_heading) > least


def _texts(record: Any) -> tuple[str, ...]:
    return (_heading(record), str(record.get("comments") or "")) if record else ()


def _heading(record: Any) -> str:
    return next((str(record[key]) for key in _HEADINGS if record and record.get(key)), "")


def _features(record: Any) -> set[str]:
    """Return the texts that identify a record."""
    reports = record.get("progress") if record else ()
    texts = {text.casefold() for text in _texts(record) if text}
    return texts | {plain_text(report) for report in (reports if isinstance(reports, list) else ())}
