"""Match the elements of a list without ids with their new versions, but only certain matches."""

import json
import re
from collections import defaultdict
from functools import lru_cache
from typing import Any

_REPORT = ("by", "period", "date", "summary")
"""The fields that identify a progress report."""
_MOST_PAIRS = 10_000
"""The most pairs that are compared, to limit the work. With more pairs, no match is certain."""
_BEGINNING = 2000
"""The number of characters of a text that are compared."""
_SIMILAR = 0.5
"""The least share of common words in two versions of a text."""


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
    """Return the index on a side, by index in the base, of each element that the side still has.

    Return None if the answer is uncertain.
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
    """Return the index on a side, by index in the base, of each unchanged element."""
    indices = defaultdict(list)
    for index in reversed(range(len(side))):
        indices[plain_text(side[index])].append(index)
    matched = {}
    for index, element in enumerate(base):
        if left := indices[plain_text(element)]:
            matched[index] = left.pop()
    return matched


def _needed(element: Any) -> int:
    """Return the number of features that two versions of an element must share: two for a report, otherwise one."""
    return 2 if isinstance(element, dict) and "by" in element else 1


def are_versions(first: Any, second: Any) -> bool:
    """Return whether two elements share enough to be versions of one element."""
    return _score(first, second) >= _needed(first)


def _score(first: Any, second: Any) -> int:
    """Return the number of features that two elements share."""
    if isinstance(first, str) and isinstance(second, str):
        return int(_same_name(first, second) or similarity(first, second) >= _SIMILAR)
    if not (isinstance(first, dict) and isinstance(second, dict)):
        return 0
    keys = _REPORT if "by" in first else tuple(first.keys() & second.keys())
    return sum(_same(first.get(key), second.get(key)) for key in keys)


def _same(first: Any, second: Any) -> bool:
    if isinstance(first, str) and isinstance(second, str):
        return first == second or similarity(first, second) >= _SIMILAR
    return bool(first == second)


def copy_key(entry: Any) -> Any:
    """Return a key that is equal for two versions of a new entry; None if it has no such key.

    Two reports of an author on a day are versions, because their order would decide which status counts.
    """
    if isinstance(entry, str):
        return _without_brackets(entry)
    if isinstance(entry, dict) and "by" in entry:
        return plain_text([entry.get(key) for key in ("by", "period", "date")])
    return None


def _same_name(first: str, second: str) -> bool:
    """Return whether two names are one lead with different contacts: ``EDU`` and ``EDU (Anna)``."""
    return _without_brackets(first) == _without_brackets(second)


def _without_brackets(name: str) -> str:
    return name.partition("(")[0].strip().casefold()


def similarity(first: str, second: str) -> float:
    """Return the share of common words of two texts, from 0 to 1."""
    words, other_words = _words(first), _words(second)
    return len(words & other_words) / len(words | other_words) if words and other_words else 0.0


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text[:_BEGINNING].casefold()))
