"""Find questions whose answers decide the answer to another one: the country decides the region, the age its group.

The counts of two such questions add up to each other. A region of two countries has 9 people, one of the countries has
7: so the other one has 2, and a count that is hidden in one question can be calculated with the other. The choices of
one of the two are therefore left out.

A reader knows that a country is in a region. csg does not know it, and looks at the responses: nearly all people with
one answer must have the same other answer. It measures in bits how unlikely this is as a coincidence.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import pairwise, permutations
from math import log2

from csg.survey.answers import REST
from csg.survey.numbers import number_of
from csg.survey.publish import Row
from csg.survey.questions import Counted
from csg.survey.routing import SKIPPED, Cells, label_of

_SURE = 7
"""Bits from which on it is no coincidence: one in a hundred."""
_MOST_STRAYS = 4
"""People whose two answers contradict each other: they made a mistake."""
_STRAYS = 25
"""One in so many people can have made one."""


def nested(
    questions: Sequence[Counted],
    rows: Sequence[Row],
    reviewers: int,
    read: Callable[[Sequence[int]], Iterable[Cells]],
) -> dict[str, str]:
    """Return the questions whose choices must be left out, each with the question that it is nested with.

    ``read`` returns the cells of columns in every response. It is only called if a count is hidden.
    """
    closed = [
        (question, row)
        for question, row in zip(questions, rows, strict=True)
        if row.published and question.kind in ("one-choice", "rating", "number")
    ]
    pairs = [
        _Pair(fine, coarse, reviewers, _hidden(fine_row), _hidden(coarse_row))
        for (fine, fine_row), (coarse, coarse_row) in permutations(closed, 2)
        if _is_risky(fine, fine_row) or _is_risky(coarse, coarse_row)
    ]
    if not pairs:
        return {}
    columns = list(dict.fromkeys(column for question, _ in closed for column in question.columns))
    index = {column: number for number, column in enumerate(columns)}
    labels = {question.id: label_of(question, row) for question, row in closed}
    places = {question.id: [index[column] for column in question.columns] for question, _ in closed}
    for cells in read(columns):
        answers = {name: labels[name](tuple(cells[place] for place in places[name])) for name in labels}
        pairs = [pair for pair in pairs if pair.add(answers[pair.fine.id], answers[pair.coarse.id])]
        if not pairs:
            return {}
    return _left_out(pair for pair in pairs if pair.is_nested)


def _is_risky(question: Counted, row: Row) -> bool:
    """Return whether a count is hidden, or could be calculated from the bands of other numbers."""
    return question.kind == "number" or not all(isinstance(count, int) for count in row.published.values())


def _hidden(row: Row) -> frozenset[str]:
    """Return the choices whose counts are hidden."""
    return frozenset(label for label in row.counts if not isinstance(row.published.get(label), int))


def _left_out(pairs: Iterable["_Pair"]) -> dict[str, str]:
    """Return one question of each pair. The question for the country stays, else the one with more answers."""
    found: dict[str, str] = {}
    for fine, coarse in ((pair.fine, pair.coarse) for pair in pairs):
        if found.keys().isdisjoint((fine.id, coarse.id)):
            first, other = (fine, coarse) if coarse.codes else (coarse, fine)
            found[first.id] = other.id
    return found


class _Pair:
    """Two questions, of which the answers to the ``fine`` one may decide those to the ``coarse`` one."""

    def __init__(
        self, fine: Counted, coarse: Counted, reviewers: int, hidden: frozenset[str], coarse_hidden: frozenset[str]
    ) -> None:
        """``hidden`` and ``coarse_hidden`` are the choices of the two whose counts are hidden."""
        self.fine, self.coarse = fine, coarse
        self._hidden, self._coarse_hidden = hidden, coarse_hidden
        self._together: defaultdict[Hashable, Counter[Hashable]] = defaultdict(Counter)
        self._most: Counter[Hashable] = Counter()
        self._strays = 0
        self._allowed = min(reviewers // _STRAYS, _MOST_STRAYS)

    def add(self, one: Hashable, other: Hashable) -> bool:
        """Count a person. Return whether the answers can still be nested."""
        if not {one, other} & {SKIPPED, REST}:
            counts = self._together[one]
            counts[other] += 1
            if counts[other] > self._most[one]:
                self._most[one] += 1
            else:
                self._strays += 1
        return self._strays <= self._allowed

    @property
    def is_nested(self) -> bool:
        """Return whether it is no coincidence that one answer decides the other, and the two can be subtracted."""
        sizes = sum(self._together.values(), Counter[Hashable]())
        people = sizes.total()
        if len(sizes) < 2 or (len(sizes) == len(self._together) and self._is_hidden_alike):
            return False
        agreeing = log2(people * people / sum(number * number for number in sizes.values()))
        repeated = people - len(self._together)
        return repeated * agreeing - self._strays * log2(people) >= _SURE and self._is_in_order

    @property
    def _is_hidden_alike(self) -> bool:
        """Return whether the two are one question asked twice, and the same counts are hidden in both.

        If somebody answered only one of them, other counts can be hidden. Numbers are published in bands, which begin
        at other numbers.
        """
        if "number" in (self.fine.kind, self.coarse.kind):
            return False
        return all(
            (one in self._hidden) == (counts.most_common(1)[0][0] in self._coarse_hidden)
            for one, counts in self._together.items()
        )

    @property
    def _is_in_order(self) -> bool:
        """Return whether a number decides by an interval: from numbers that are all different, any answer follows."""
        if self.fine.kind != "number":
            return True
        numbers = sorted((str(number) for number in self._together), key=number_of)
        usual = [self._together[number].most_common(1)[0][0] for number in numbers]
        return sum(one != other for one, other in pairwise(usual)) < len(set(usual)) + self._allowed


def without_choices(questions: Sequence[Counted], rows: Sequence[Row], left_out: Mapping[str, str]) -> list[Row]:
    """Return what may be published of each question, without the choices of those that are left out."""
    return [
        row._replace(published={}) if question.id in left_out else row
        for question, row in zip(questions, rows, strict=True)
    ]
