"""Answers to counts, a batch of rows at a time: what is held never grows with the number of rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

BATCH = 150
"""Rows that are counted together: as many as a processor's cache has room for (2,000 take half as long again)."""
MOST_ANSWERS = 1_000
"""Different answers up to which a column may be one of choices; from there on each is free text."""

MOST_CHOICES = 60
"""Choices up to which answers with separators in them are taken for several choices in one."""
SEPARATORS = (";", ", ")

Column = Sequence[str]
Keep = Callable[[int, Sequence[str] | Counter[str]], None]
"""Told the number of a column, and free texts that stand in it."""


class Tally:
    """The counts of one column: of each answer, while they are few; the rest is told to ``keep``.

    ``separator`` is what stands between the choices of one answer, where that was found out before it all was read.
    """

    def __init__(self, number: int, keep: Keep) -> None:
        self.number = number
        self.free = False
        self.separator = ""
        self._counts: Counter[str] = Counter()
        self._answered = 0
        self._keep = keep

    def add(self, column: Column) -> None:
        """Count the answers of a batch."""
        if self.free:
            texts = [answer for answer in column if answer and not answer.isspace()]
            self._answered += len(texts)
            self._keep(self.number, texts)
        elif self.separator:
            counts = Counter(column)
            self._answered += sum(number for answer, number in counts.items() if answer.strip())
            self._counts.update(pieces(counts, self.separator))
            if len(self._counts) > MOST_ANSWERS:
                self._let_go()
        else:
            self._counts.update(column)
            if len(self._counts) > MOST_ANSWERS:
                self._decide()

    def _decide(self) -> None:
        """There are too many answers for choices: they are numbers, or several choices in one, or free text."""
        if all(map(is_number, self._counts)) and len(self._counts) <= 50 * MOST_ANSWERS:
            return
        for separator in SEPARATORS:
            found = pieces(self._counts, separator)
            if len(found) <= MOST_CHOICES:
                self._answered = sum(self.counts.values())
                self.separator, self._counts = separator, found
                return
        self.set_free()

    def _let_go(self) -> None:
        """Take what only one answered for free text."""
        rare = [answer for answer, number in self._counts.items() if number == 1]
        self._keep(self.number, rare)
        for answer in rare:
            del self._counts[answer]

    def spill(self, rare: Counter[str]) -> None:
        """Take some of the answers for free text; they stay counted."""
        self._keep(self.number, rare)

    def set_free(self) -> None:
        """Take all that was counted for free text."""
        if not self.free:
            counts = self.counts
            self._answered = self.answered
            self.free, self.separator, self._counts = True, "", Counter()
            self._keep(self.number, counts)

    @property
    def counts(self) -> Counter[str]:
        """The counts, with blanks at either end taken off each answer, and those that are nothing left out."""
        found: Counter[str] = Counter()
        for answer, number in self._counts.items():
            found[answer.strip()] += number
        del found[""]
        return found

    @property
    def answered(self) -> int:
        """How many answered."""
        return self._answered if self.free or self.separator else sum(self.counts.values())


def is_number(answer: str) -> bool:
    """Whether an answer is a number, or nothing."""
    text = answer.strip().replace(",", ".", 1).removeprefix("-")
    return not text or (text.replace(".", "", 1).isdecimal() and len(text) <= 15)


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
                answered[index] += sum(map(any, zip(*(columns[each] for each in group), strict=True)))
    for index, group in enumerate(groups):
        if len(group) == 1:
            answered[index] = tallies[group[0]].answered
    return number, answered


def pieces(counts: Counter[str], separator: str) -> Counter[str]:
    """The counts of what stands between separators in each answer."""
    found: Counter[str] = Counter()
    for answer, number in counts.items():
        for piece in {each.strip() for each in answer.split(separator)} - {""}:
            found[piece] += number
    return found
