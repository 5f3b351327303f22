"""The edits that turn one piece of plain data into another, and the comments of a text."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.tokens import ScalarToken

from csg.history.merge_match import element_name, equal, keys_of, pairs
from csg.problem import Path
from csg.source.data_edits import Edit, Insert, Put, Remove
from csg.source.text import BOM

_TEXTS = frozenset(
    {
        *("id", "title", "name", "text", "label", "comments", "summary", "next_steps", "needs", "by", "period"),
        *("activity", "introduction", "unit"),
    }
)
"""Keys whose values are text, also if they look like a number."""


class Unsure(Exception):  # noqa: N818
    """The edits cannot express the difference."""


def edits(path: Path, old: Any, new: Any) -> Iterator[Edit]:
    """Yield the edits that turn old data into new data. Each edit applies to the result of the edits before it."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [key for key in old if key not in new]:
            yield Remove((*path, key))
        for key, value in new.items():
            if _same_kind(old.get(key), value):
                yield from edits((*path, key), old[key], value)
            elif key not in old or old[key] != value:
                yield Put((*path, key), _typed(value, key), tuple(new))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _list_edits(path, old, new)
    else:
        yield Put(path, new)


def _typed(value: Any, key: str = "id") -> Any:
    """Return a value as csg writes it: numbers, true and false without quotes, except in names and texts."""
    if isinstance(value, dict):
        return {name: _typed(below, name) for name, below in value.items()}
    if isinstance(value, list):
        return [_typed(element) for element in value]
    if key in _TEXTS or not isinstance(value, str):
        return value
    if re.fullmatch(r"0|-?[1-9]\d{0,8}", value, re.ASCII):
        return int(value)
    if re.fullmatch(r"-?\d{1,9}\.\d{1,6}", value, re.ASCII) and repr(float(value)) == value:
        return float(value)
    return value == "true" if value in ("true", "false") else value


def _same_kind(old: Any, new: Any) -> bool:
    return any(isinstance(old, kind) and isinstance(new, kind) for kind in (dict, list)) and bool(old and new)


def _list_edits(path: Path, old: list[Any], new: list[Any]) -> Iterator[Edit]:
    matched = _matched(old, new)
    for index in reversed(range(len(old))):
        if index not in matched:
            yield Remove((*path, index))
    left = sorted(matched)
    if [matched[index] for index in left] != sorted(matched.values()):
        raise Unsure
    kept = {new_index: old[index] for index, new_index in matched.items()}
    for index, element in enumerate(new):
        if index in kept:
            yield from edits((*path, index), kept[index], element)
        else:
            yield Insert(path, index, _typed(element))


def _matched(old: list[Any], new: list[Any]) -> dict[int, int]:
    """Return the new index of each element that stays, by its old index. Only a mapping can stay and change."""
    keys = keys_of((*old, *new))
    if keys is not None:
        indices = {element_name(element, keys): index for index, element in enumerate(new)}
        names = [element_name(element, keys) for element in old]
        return {index: indices[name] for index, name in enumerate(names) if name in indices}
    certain = pairs(old, new)
    matched = equal(old, new) if certain is None else certain
    return {index: new_index for index, new_index in matched.items() if _can_stay(old[index], new[new_index])}


def _can_stay(old: Any, new: Any) -> bool:
    return bool(old == new) or isinstance(old, dict)


class Comment(NamedTuple):
    """A comment, and the values around it."""

    text: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def comments(text: str) -> list[Comment]:
    """Return the comments of YAML text, in order. A # inside a value does not start a comment."""
    text = text.removeprefix(BOM)
    parser = CParser(text)
    comments_at: list[tuple[str, int]] = []
    values: list[str] = []
    end = 0
    while (token := parser.get_token()) is not None:
        if token.start_mark.index > end:
            comments_at += ((comment, len(values)) for comment in _in_gap(text[end : token.start_mark.index]))
        end = max(end, token.end_mark.index)
        if isinstance(token, ScalarToken):
            values.append(token.value)
            header = text[token.start_mark.index : end].partition("\n")[0]
            if header.startswith(("|", ">")):
                comments_at += ((comment, len(values)) for comment in _in_gap(header))
    comments_at += ((comment, len(values)) for comment in _in_gap(text[end:]))
    return [Comment(words, tuple(values[max(at - 2, 0) : at]), tuple(values[at : at + 2])) for words, at in comments_at]


def _in_gap(text: str) -> list[str]:
    return [comment.rstrip() for comment in re.findall("#.*", text)]


def wanted_comments(base: list[Comment], ours: list[Comment], theirs: list[Comment]) -> Counter[str]:
    """Return how often a merge must have each comment. It has the comments that a side added, and not those removed."""
    was, mine, other = (Counter(comment.text for comment in side) for side in (base, ours, theirs))
    wanted: Counter[str] = Counter()
    for text in mine | other:
        if mine[text] == other[text] or other[text] == was[text]:
            wanted[text] = mine[text]
        elif mine[text] == was[text]:
            wanted[text] = other[text]
        else:
            wanted[text] = max(mine[text] + other[text] - was[text], 0)
    return +wanted


def comments_keep_position(merged: list[Comment], ours: list[Comment], theirs: list[Comment]) -> bool:
    """Return whether each comment is after or before the same values as on one of the sides."""
    before = {comment[:2] for comment in (*ours, *theirs)}
    after = {(comment.text, comment.after) for comment in (*ours, *theirs)}
    return all(comment[:2] in before or (comment.text, comment.after) in after for comment in merged)
