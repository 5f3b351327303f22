"""Match the elements of a list that have no ids with what they became, only where that is certain."""

import json
import re
from collections import defaultdict
from functools import lru_cache
from typing import Any

_REPORT = ("by", "period", "date", "summary")
"""The fields that identify a progress report."""
_MOST_PAIRS = 10_000
"""With more pairs to compare, nothing is certain. It keeps the work small."""
_BEGINNING = 2000
"""Texts are compared in so many characters."""
_SIMILAR = 0.5
"""The share of words that two versions of one text have in common, at least."""


_NAMES = (("id",), ("label",), ("date", "title"))
"""The keys that name an element of a list of records: the date and the title name a meeting."""


def keys_of(elements: tuple[Any, ...]) -> tuple[str, ...] | None:
    """Return the keys that name each element, the first of ``_NAMES``; None if the elements have no such keys."""
    for keys in _NAMES:
        if all(isinstance(element, dict) and _have_text(element, keys) for element in elements):
            return keys
    return None


def _have_text(element: dict[str, Any], keys: tuple[str, ...]) -> bool:
    return all(isinstance(element.get(key), str) for key in keys)


def element_name(element: dict[str, Any], keys: tuple[str, ...]) -> str:
    """Return the name of an element: the texts under the keys."""
    return " ".join(element[key] for key in keys)


def plain_text(value: Any) -> str:
    """Return the value as text that is the same for equal values."""
    return json.dumps(value, sort_keys=True)


def pairs(base: list[Any], side: list[Any]) -> dict[int, int] | None:
    """Return the index on a side of each element of the base that the side still has, changed or not.

    Return None if more than one answer is possible.
    """
    matched = equal(base, side)
    taken = set(matched.values())
    before = [index for index in range(len(base)) if index not in matched]
    after = [index for index in range(len(side)) if index not in taken]
    if len(before) * len(after) > _MOST_PAIRS:
        return None
    scores = {(old, new): _score(base[old], side[new]) for old in before for new in after}
    edges = {pair: score for pair, score in scores.items() if score >= _needed(base[pair[0]])}
    best = {pair for pair in edges if _is_best(pair, edges)}
    matched |= dict(best)
    olds, news = ({pair[end] for pair in best} for end in (0, 1))
    if any(old not in olds and new not in news for old, new in edges):
        return None
    return matched


def _is_best(pair: tuple[int, int], edges: dict[tuple[int, int], int]) -> bool:
    rivals = (score for (old, new), score in edges.items() if (old == pair[0]) != (new == pair[1]))
    return edges[pair] > max(rivals, default=0)


def equal(base: list[Any], side: list[Any]) -> dict[int, int]:
    """Return the index on a side of each element of the base that the side has unchanged."""
    indices = defaultdict(list)
    for index in reversed(range(len(side))):
        indices[plain_text(side[index])].append(index)
    matched = {}
    for index, element in enumerate(base):
        if left := indices[plain_text(element)]:
            matched[index] = left.pop()
    return matched


def _needed(element: Any) -> int:
    """Return how many features two versions of an element must share: two of the four of a report, else one."""
    return 2 if isinstance(element, dict) and "by" in element else 1


def are_versions(one: Any, other: Any) -> bool:
    """Return whether two elements share enough to be versions of one element."""
    return _score(one, other) >= _needed(one)


def _score(one: Any, other: Any) -> int:
    """Return how many features two elements share."""
    if isinstance(one, str) and isinstance(other, str):
        return int(_same_name(one, other) or similarity(one, other) >= _SIMILAR)
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return 0
    keys = _REPORT if "by" in one else tuple(one.keys() & other.keys())
    return sum(_same(one.get(key), other.get(key)) for key in keys)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one == other or similarity(one, other) >= _SIMILAR
    return bool(one == other)


def copy_key(entry: Any) -> Any:
    """Return what two versions of a new entry have in common if they were added on two sides; None for no such thing.

    For reports of one author on one day, the order would also decide which status counts.
    """
    if isinstance(entry, str):
        return _without_brackets(entry)
    if isinstance(entry, dict) and "by" in entry:
        return plain_text([entry.get(key) for key in ("by", "period", "date")])
    return None


def _same_name(one: str, other: str) -> bool:
    """Return True for one lead with two contacts: ``EDU`` and ``EDU (Anna)``."""
    return _without_brackets(one) == _without_brackets(other)


def _without_brackets(name: str) -> str:
    return name.partition("(")[0].strip().casefold()


def similarity(one: str, other: str) -> float:
    """Return the share of their words that two texts have in common, from 0 to 1."""
    first, second = _words(one), _words(other)
    return len(first & second) / len(first | second) if first and second else 0.0


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text[:_BEGINNING].casefold()))
