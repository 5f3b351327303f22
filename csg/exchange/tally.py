"""Answers to counts, a batch of rows at a time: what is held never grows with the number of rows."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

BATCH = 150
"""Rows that are counted together: as many as a processor's cache has room for (2,000 take half as long again)."""
MOST_ANSWERS = 1_000
"""Different answers up to which a column may be one of choices; from there on each is free text, or rare."""
MOST_NUMBERS = 50_000
MOST_CHOICES = 60
"""Choices that a question may have, countries aside."""

Column = Sequence[str]
Keep = Callable[[int, Sequence[str] | Counter[str]], None]
"""Told the number of a column, and free texts that stand in it."""


class Tally:
    """The counts of one column: of each answer, while they are few; free text is told to ``keep``.

    Where answers become too many, those that are choices by then are known, each alone or with others between one of
    the ``separators``; whatever comes besides is free text, and only how many gave such an answer is counted.
    """

    def __init__(self, number: int, separators: tuple[str, ...], keep: Keep) -> None:
        self.number = number
        self.free = False
        self.separator = ""
        self.others = 0
        self._separators = separators
        self._known: frozenset[str] | None = None
        self._counts: Counter[str] = Counter()
        self._answered = 0
        self._keep = keep

    def add(self, column: Column) -> None:
        """Count the answers of a batch."""
        if self.free:
            texts = [answer for answer in column if answer and not answer.isspace()]
            self._answered += len(texts)
            self._keep(self.number, texts)
        elif self._known is not None:
            self._add_known(Counter(column))
        else:
            self._counts.update(column)
            if len(self._counts) > MOST_ANSWERS:
                self._decide()

    def _add_known(self, counts: Counter[str]) -> None:
        assert self._known is not None
        rest: Counter[str] = Counter()
        for answer, number in counts.items():
            parts = split(answer, self.separator)
            for part in self._known.intersection(parts):
                self._counts[part] += number
            if not self._known.issuperset(parts):
                rest[answer] += number
            self._answered += number if parts else 0
        self.others += sum(rest.values())
        self._keep(self.number, rest)

    def _decide(self) -> None:
        """There are too many answers to count: they are numbers, or a few are choices, or all are free text."""
        if len(self._counts) <= MOST_NUMBERS and all(
            is_number(answer) or not answer.strip() for answer in self._counts
        ):
            return
        counts, total = self.counts, self.answered
        for separator in ("", *self._separators):
            parts = pieces(counts, separator)
            often = frozenset(part for part, number in parts.items() if number >= 0.01 * total)
            covered = sum(number for answer, number in counts.items() if often.issuperset(split(answer, separator)))
            if covered >= 0.5 * total and len(often) <= MOST_CHOICES:
                self._known, self.separator, self._counts, self._answered = often, separator, Counter(), 0
                self._add_known(counts)
                return
        self.set_free()

    def spill(self, rare: Counter[str]) -> None:
        """Take some of the answers for free text; they stay counted."""
        self._keep(self.number, rare)

    def set_free(self) -> None:
        """Take all that was counted for free text."""
        if not self.free:
            counts = self.counts
            self._answered = self.answered
            self.free, self.separator, self._known, self._counts = True, "", None, Counter()
            self._keep(self.number, counts)

    @property
    def counts(self) -> Counter[str]:
        """The counts, with blanks at either end taken off each answer, and those that are nothing left out."""
        found: Counter[str] = Counter()
        for answer, number in self._counts.items():
            found[answer.strip()] += number
        for mark in _NO_ANSWER:
            del found[mark]
        return found

    @property
    def answered(self) -> int:
        """How many answered."""
        return self._answered if self.free or self._known is not None else sum(self.counts.values())


_NO_ANSWER = ("", "-", "–", "—", ".")
"""What people write where they have no answer."""
_NUMBER = re.compile(r"-?(?:\d{1,6}|\d{1,3}(?:,\d{3}))(?:[.,]\d{1,6})?", re.ASCII)


def is_number(answer: str) -> bool:
    """Whether an answer is a number. One of seven digits and more rather is somebody's telephone."""
    return _NUMBER.fullmatch(answer.strip()) is not None


def split(answer: str, separator: str, choices: Iterable[str] = ()) -> list[str]:
    """What stands between separators in an answer, each once. ``choices`` may have separators in them themselves."""
    marks = {"": ""}
    if separator:
        for choice in sorted((each for each in choices if separator in each), key=len, reverse=True):
            mark = f"\x1f{len(marks)}\x1f"
            marks[mark] = choice
            answer = re.sub(rf"(?i)(?<![^;,\s]){re.escape(choice)}(?=\s*(?:[;,]|$))", mark, answer)
    parts = (part.strip() for part in (answer.split(separator) if separator else [answer]))
    return list(dict.fromkeys(marks.get(part, part) for part in parts if part))


def pieces(counts: Counter[str], separator: str, choices: Iterable[str] = ()) -> Counter[str]:
    """How many gave each of the choices that stand between separators in their answers."""
    found: Counter[str] = Counter()
    for answer, number in counts.items():
        for part in split(answer, separator, choices):
            found[part] += number
    return found


def count(
    rows: Iterable[Sequence[str]], groups: Sequence[Sequence[int]], tallies: Sequence[Tally]
) -> tuple[int, list[int]]:
    """Count rows, whose cells are of the columns that the tallies are of, in their order.

    ``groups`` are the positions in a row of the cells of one question. Gives the number of rows, and for each group how
    many rows have anything in it.
    """
    rows = iter(rows)
    number, answered = 0, [0] * len(groups)
    while batch := list(islice(rows, BATCH)):
        number += len(batch)
        columns: list[Column] = list(zip(*batch, strict=True))
        for tally, column in zip(tallies, columns, strict=False):
            tally.add(column)
        for index, group in enumerate(groups):
            if len(group) > 1:
                together = map("".join, zip(*(columns[each] for each in group), strict=True))
                answered[index] += sum(map(bool, map(str.strip, together)))
    for index, group in enumerate(groups):
        if len(group) == 1:
            answered[index] = tallies[group[0]].answered
    return number, answered
