"""Recognize scales of words, such as Very well … Very badly, and put their labels in order, the best first.

A scale is recognized by the words of its labels: a grade, its opposite, and how strong they are. Of a scale, all labels
are kept, also those that few people chose: they are words of the form, not of a person.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import category, normalize

from csg.survey import scale_words as words

_GRADE, _RANGE = "number", "range"
"""The kinds of scales whose labels begin with a grade from 0 to 10, or are ranges of numbers."""
_ANY = ""
"""The kind of scale of a label that can be on any scale, such as Neutral."""
_MIDDLE, _BARE = 50, 20
_LONGEST = 60
"""Characters of a label of a scale."""
_MOST_LABELS = 60
"""Different answers to a question with a scale, with those in people's own words."""
_COVERED = 0.9
"""The part of the answers that must be labels of the scale."""
_REMEMBERED = 10_000
_LABELS = 2 / 3
"""The part of the labels that must be of one scale to put them in its order."""
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NUMBER = re.compile(r"\W{0,2}(\d|10)(?=\W|$)")
_LONG_NUMBER = re.compile(r"\d[\d,. ]{0,11}")
_BELOW = re.compile(
    r"(less|fewer|under|younger|below|up to|moins|menos|menor|weniger|unter|jünger|jusqu|hasta|até|bis|до|менее|менше"
    r"|младше|أقل)\b|[<≤]|以下"
)
_ABOVE = re.compile(
    r"(more|over|older|above|plus|más|mais|mehr|über|более|больше|більше|старше|älter|mayor|أكثر|فأكثر)\b|[>≥+]|以上"
)

Grades = Mapping[str, int]
"""The places of a label on the scales that it can be on; a greater one is better, or a smaller number."""


class Scale(NamedTuple):
    """The labels of a scale in order, and those of people without an opinion."""

    labels: tuple[str, ...]
    without_opinion: tuple[str, ...]


def scale_of(counts: Mapping[str, int], threshold: int) -> tuple[str, ...]:
    """Return all labels of a scale, if nearly all answers are labels of one; else none.

    A word that no list has, as in "very accessible", must be in a label that enough people chose.
    """
    if len(counts) > _MOST_LABELS:
        return ()
    common = {label for label, number in counts.items() if number >= threshold}
    scale = _scale(counts, common)
    labels = (*scale.labels, *scale.without_opinion) if scale else ()
    enough = sum(counts[label] for label in labels) >= _COVERED * sum(counts.values())
    return labels if enough else ()


def in_order(labels: Collection[str]) -> list[str]:
    """Return labels in the order of their scale, else of their numbers, else of the alphabet."""
    opinions = [label for label in labels if not _is_without_opinion(label)]
    without = sorted(set(labels).difference(opinions), key=str.casefold)
    scale = _scale_of_all(labels)
    if scale and not all(map(_NUMBER.match, opinions)):
        others = sorted(set(opinions).difference(scale.labels), key=str.casefold)
        return [*scale.labels, *others, *without]
    numbers = {label: number for label in opinions if (number := _first_number(label))}
    if opinions and len(numbers) == len(opinions):
        return [*sorted(numbers, key=lambda label: (numbers[label], label)), *without]
    return sorted(labels, key=str.casefold)


def is_scale(labels: Collection[str]) -> bool:
    """Return whether the order of labels is known, because they are one scale."""
    return _scale_of_all(labels) is not None


def _scale_of_all(labels: Collection[str]) -> Scale | None:
    """Return the scale of labels if most of them are on one."""
    scale = _scale(labels, labels)
    is_whole = scale and len(scale.labels) + len(scale.without_opinion) >= _LABELS * len(labels)
    return scale if is_whole else None


def _scale(labels: Iterable[str], common: Collection[str]) -> Scale | None:
    """Return the scale that most labels belong to; None if fewer than two of its places are taken."""
    graded = {label: grades for label in labels if (grades := _graded(label))}
    without = tuple(sorted((label for label in labels if _is_without_opinion(label)), key=str.casefold))
    kinds = {kind for label, grades in graded.items() for kind in grades if kind and _may_be(kind, label, common)}
    best: dict[str, int] = {}
    for kind in sorted(kinds) or [_ANY]:
        places = {
            label: place
            for label, grades in graded.items()
            if label not in without and (place := grades.get(kind, grades.get(_ANY))) is not None
        }
        own = [label for label in places if kind in graded[label]]
        if kind in (_RANGE, _GRADE) and 2 * sum(label in common for label in own) < len(own):
            continue  # numbers that people wrote themselves
        is_known = kind in words.GRADES or kind in words.FIXED or len(own) > 1
        if is_known and (len(set(places.values())), len(own)) > (len(set(best.values())), len(best)):
            best = places
    if len(set(best.values())) < 2:
        return None
    return Scale(tuple(sorted(best, key=lambda label: (-best[label], label.casefold()))), without)


def _may_be(kind: str, label: str, common: Collection[str]) -> bool:
    return kind in words.GRADES or kind in words.FIXED or kind in (_GRADE, _RANGE) or label in common


@lru_cache(_REMEMBERED)
def _graded(label: str) -> Grades:
    """Return the places of a label; none if it is no label of a scale."""
    if len(label) > _LONGEST:
        return {}
    text = _plain(label)
    if (number := _NUMBER.match(label)) and not _is_range(text):
        rest = _plain(label[number.end() :])
        is_label = not rest or rest in _exact() or words.GRADES.keys() & _made_of(rest).keys()
        return {_GRADE: 100 - int(number[1])} if is_label else {}
    if text in _exact():
        return _exact()[text]
    if (number_and_side := _first_number(label)) and _is_range(text):
        return {_RANGE: -round(10 * number_and_side[0]) - number_and_side[1]}
    if _phrases(words.NEITHER).intersection(text.split()) or text.startswith(_unspaced(words.NEITHER)):
        return {_ANY: _MIDDLE}
    return dict(_made_of(text))


def _made_of(text: str) -> dict[str, int]:
    """Return the places of a label that is made of a grade, its strength, and a negation."""
    rest, against = _without(text, words.NEGATIONS)
    rest, strength = _without(rest, words.STRENGTHS)
    core = " ".join(word for word in rest.split() if word not in _phrases(words.FILLERS))
    amount = strength if strength is not None else against if against is not None else _BARE
    if core in _cores():
        return {kind: _place(half if against is None else -half, amount) for kind, half in _cores()[core].items()}
    if not core or not re.fullmatch(r"[^\W\d_]{3,}( [^\W\d_]+)?", core):
        return {}
    found = {core: _place(-1 if against is not None else 1, amount)}
    if opposite := re.fullmatch(r"(?:un|in|im|ir|dis|non)([a-z]{3,})", core):
        found[opposite[1]] = _place(-1 if against is None else 1, amount)
    if core.endswith("less"):
        found[f"{core[:-4]}ful"] = _place(-1, amount)
    return found


def _place(half: int, amount: int) -> int:
    return _MIDDLE + half * amount


def _without(text: str, phrases: Mapping[int, str]) -> tuple[str, int | None]:
    """Return a text without the longest of some phrases in it, and how strong the phrase is."""
    for phrase, amount in _longest_first(tuple(phrases.items())):
        needle = phrase if _UNSPACED.match(phrase) else f" {phrase} "
        before, found, after = f" {text} ".partition(needle)
        if found:
            return " ".join(f"{before} {after}".split()), amount
    return text, None


def _is_without_opinion(label: str) -> bool:
    return len(label) <= _LONGEST and _plain(label) in _phrases(words.NO_OPINION)


def _is_range(text: str) -> bool:
    """Return whether a label has a range of numbers, and no words but those of ranges. 17 people is no range."""
    parts = re.findall(r"\d+|[^\W\d_]+", text)
    is_range = sum(map(str.isdecimal, parts)) > 1 or _BELOW.search(text) or _ABOVE.search(text)
    return bool(is_range) and all(part.isdecimal() or part in _phrases(words.RANGE_WORDS) for part in parts)


def _first_number(label: str) -> tuple[float, int] | None:
    """Return the first number in a label, and whether the label is for less (-1) or for more (1) than it."""
    found, text = _LONG_NUMBER.search(label), label.casefold()
    if found is None:
        return (0, -1) if _BELOW.search(text) else None  # less than a year
    digits = re.sub(r"[^\d]", "", re.sub(r"[.,]\d{1,2}$", "", found[0].rstrip(" ,.")))
    return float(digits), -1 if _BELOW.search(text) else 1 if _ABOVE.search(text) else 0


@lru_cache(_REMEMBERED)
def _plain(text: str) -> str:
    """Return a text as it is compared: without case, accents, signs, short brackets, and endings of a gender."""
    folded = normalize("NFKD", text.casefold())
    short = re.sub(r"\(\w{1,3}\)|[/·]\w{1,2}\b|['’ʼ`]", lambda match: " " if match[0] in "'’ʼ`" else "", folded)
    letters = (sign for sign in short if category(sign) != "Mn" or sign >= "\u0700")
    text = "".join(sign if sign.isalnum() or category(sign)[0] == "M" else " " for sign in letters)
    return re.sub(r"\b(don|can|i) (t|m)\b", r"\1\2", " ".join(text.split()))


@cache
def _phrases(text: str) -> frozenset[str]:
    return frozenset(map(_plain, text.split("; ")))


@cache
def _unspaced(text: str) -> tuple[str, ...]:
    return tuple(phrase for phrase in _phrases(text) if _UNSPACED.match(phrase))


@cache
def _longest_first(phrases: tuple[tuple[int, str], ...]) -> list[tuple[str, int]]:
    found = [(phrase, amount) for amount, text in phrases for phrase in _phrases(text)]
    return sorted(found, key=lambda pair: (-len(pair[0]), pair))


@cache
def _exact() -> Mapping[str, Grades]:
    """Return the places of labels that have a place of their own."""
    found: dict[str, dict[str, int]] = {}
    for label, place in _pairs():
        found.setdefault(label, {}).setdefault(*place)
    return found


def _pairs() -> Iterator[tuple[str, tuple[str, int]]]:
    for kind, places in (*words.FIXED.items(), (_ANY, words.AMOUNTS), (_ANY, {_MIDDLE: words.NEUTRAL})):
        for place, text in places.items():
            for label in sorted(_phrases(text)):
                yield label, (kind, place)


@cache
def _cores() -> Mapping[str, Grades]:
    """Return the kinds of scales that each word for a grade is on: 1 for its better half, -1 for the worse."""
    found: dict[str, dict[str, int]] = {}
    for kind, halves in words.GRADES.items():
        for half, text in zip((1, -1), halves, strict=True):
            for word in _phrases(text) - {""}:
                core = " ".join(part for part in word.split() if part not in _phrases(words.FILLERS))
                found.setdefault(core or word, {})[kind] = half
    return found
