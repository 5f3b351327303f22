"""Find labels that have a separator in them, in cells with several choices: ``Needles, syringes``, ``By telephone``.

Between the choices of one cell, services write the same comma or blank that can be in a label. Nothing is guessed:
labels with a comma are parts that never occur apart, and labels with blanks are answers that are made of other answers.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

_MOST = 400
"""Different answers in which labels with blanks are looked for."""
_MOST_WORDS = 60
"""Words of an answer in which labels with blanks are looked for."""


def with_commas(answers: Iterable[str], separator: str) -> tuple[str, ...]:
    """Return the labels with separators in them: parts that never occur apart, or that one bracket goes around."""
    rows = [
        _closed([part.strip() for part in answer.split(separator) if part.strip()], separator) for answer in answers
    ]
    while True:
        seen: Counter[str] = Counter(part for row in rows for part in set(row))
        pairs = Counter(pair for row in rows for pair in set(pairwise(row)))
        glued = {pair for pair, number in pairs.items() if seen[pair[0]] == seen[pair[1]] == number and len(seen) > 2}
        if not glued:
            return tuple(sorted({part for row in rows for part in row if separator in part}))
        rows = [_glued(row, glued, separator) for row in rows]


def _closed(parts: Sequence[str], separator: str) -> list[str]:
    """Return parts of which those with an open bracket go on to its end."""
    found: list[str] = []
    for part in parts:
        if found and found[-1].count("(") > found[-1].count(")"):
            found[-1] += f"{separator}{part}"
        else:
            found.append(part)
    return found


def _glued(row: Sequence[str], glued: set[tuple[str, str]], separator: str) -> list[str]:
    """Return parts of which pairs that never occur apart are one part."""
    found: list[str] = []
    last = ""
    for part in row:
        if found and (last, part) in glued:
            found[-1] += f"{separator}{part}"
            last = ""  # a pair at a time: the next round looks at longer labels
        else:
            found.append(part)
            last = part
    return found


def with_blanks(counts: Counter[str]) -> tuple[tuple[str, ...], bool]:
    """Return the labels of cells with blanks between several choices, and whether every cell is made of them.

    No label is returned if no cell is made of other cells: each is one choice then.
    """
    answers = sorted(counts, key=lambda answer: len(answer.split()))
    if len(answers) > _MOST or any(len(answer.split()) > _MOST_WORDS for answer in answers):
        return (), True
    labels: set[tuple[str, ...]] = set()
    joined = 0
    for answer in answers:
        words = tuple(answer.split())
        if len(words) > 1 and _is_made_of(words, labels):
            joined += counts[answer]
        else:
            labels.add(words)
    if joined < 2:
        return (), True
    labels = _without_rests(labels)
    whole = tuple(" ".join(words) for words in sorted(labels, key=len, reverse=True))
    return whole, not any(_rest(words, labels - {words}) != words for words in labels)


def _is_made_of(words: tuple[str, ...], labels: set[tuple[str, ...]]) -> bool:
    """Return whether words are one label after another."""
    ends = {0}
    for end in range(1, len(words) + 1):
        if any(words[start:end] in labels for start in ends):
            ends.add(end)
    return len(words) in ends


def _rest(words: tuple[str, ...], labels: set[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the words that are left without labels at the beginning and at the end."""
    while True:
        for length in range(len(words) - 1, 0, -1):
            if words[:length] in labels:
                words = words[length:]
                break
            if words[-length:] in labels:
                words = words[:-length]
                break
        else:
            return words


def _without_rests(labels: set[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Return labels in which a label that nobody chose alone is by itself: two different cells have it."""
    while True:
        rests = Counter(rest for words in labels if (rest := _rest(words, labels - {words})) != words)
        new = {rest for rest, number in rests.items() if number > 1 and rest not in labels}
        if not new:
            return {words for words in labels if not (len(words) > 1 and _is_made_of(words, labels - {words}))}
        labels = labels | new
