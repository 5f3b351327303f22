"""Find questions that were only asked after a certain answer to another question.

The number of people who answered such a question is the count of that answer. If that count is hidden, the question is
withheld. The number alone is no sign: another count can be the same by coincidence, and a rule that compares numbers
would reveal by what it publishes which values a hidden count does not have. So the rows are read once more. A question
is withheld only if the people who answered it are those who gave an answer whose count is hidden. A reader does not
know who answered, so what is published excludes no value of a hidden count: docs/privacy.md has the argument.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from csg.survey.numbers import number_of
from csg.survey.publish import Row
from csg.survey.questions import Counted
from csg.survey.tally import NO_ANSWER

Cells = Sequence[str]
SKIPPED = None
"""The group of the people who did not answer a question."""
_REMEMBERED = 1_024
"""Different answers to a question whose group is remembered."""


class Partition(NamedTuple):
    """The people in groups by their answer to a question. ``public`` are the groups whose size is published.

    ``has_empty`` is true if an answer that nobody gave has a hidden count, too.
    """

    question: str
    columns: tuple[int, ...]
    group_of: Callable[[Cells], Hashable]
    public: frozenset[Hashable]
    has_empty: bool = False
    is_number: bool = False


def routed(
    questions: Sequence[Counted],
    rows: Sequence[Row],
    reviewers: int,
    threshold: int,
    read: Callable[[Sequence[int]], Iterable[Cells]],
) -> dict[str, str]:
    """Return the questions to withhold, each with the question whose hidden count it would reveal.

    ``read`` returns the cells of columns in every response. It is only called if a question could be withheld.
    """
    withheld: dict[str, str] = {}
    while True:
        # Also those that few people answered: else a reader would know that more people answered what is withheld.
        asked = [each for each in questions if each.answered < reviewers and each.id not in withheld]
        partitions = [
            partition
            for question, row in zip(questions, rows, strict=True)
            for partition in _partitions(question, row, question.answered < threshold or question.id in withheld)
        ]
        followed = _followed(asked, partitions, threshold, read) if asked and partitions else {}
        if not followed:
            return withheld
        withheld |= followed  # what is withheld can be revealed by a third question


def _partitions(question: Counted, row: Row, is_hidden: bool) -> Iterator[Partition]:
    """Return the partitions of the people by a question that have a group of hidden size."""
    columns = question.columns
    if is_hidden:
        yield Partition(question.id, columns, _answered, frozenset())
    labels = frozenset(label for label in row.counts if not isinstance(row.published.get(label), int))
    if question.kind == "text" or (row.counts and not labels and not is_hidden):
        return
    groups = _countries(question, row)
    public = frozenset([*([] if is_hidden else [SKIPPED]), *([] if is_hidden else row.counts.keys() - labels)])
    if question.kind == "several-choices":
        for label in labels:
            yield Partition(question.id, columns, _has(label, question, groups), frozenset({SKIPPED}) & public)
        return
    empty = any(row.counts[label] == 0 for label in labels)
    yield Partition(question.id, columns, label_of(question, row), public, empty, question.kind == "number")


def _countries(question: Counted, row: Row) -> dict[str, str]:
    """Return the label of the country of each answer that names one."""
    labels = {code: label for label, code in row.codes.items()}
    return {answer: labels.get(code, answer) for answer, code in question.codes.items()}


def _answered(cells: Cells) -> bool:
    return any(cell.strip() not in NO_ANSWER for cell in cells)


def _has(label: str, question: Counted, groups: Mapping[str, str]) -> Callable[[Cells], Hashable]:
    def group_of(cells: Cells) -> Hashable:
        labels = question.labels_in(cells)
        return any(groups.get(each, each) == label for each in labels) if labels else SKIPPED

    return lru_cache(_REMEMBERED)(group_of)


def label_of(question: Counted, row: Row) -> Callable[[Cells], Hashable]:
    """Return a function that returns the choice in the cells of a question, or the number; ``SKIPPED`` for none."""
    groups = _countries(question, row)

    def group_of(cells: Cells) -> Hashable:
        return next((groups.get(each, each) for each in question.labels_in(cells)), SKIPPED)

    return lru_cache(_REMEMBERED)(group_of)


class _Pair:
    """A question that may follow from the answers to another one: who of each group answered it, and who did not."""

    def __init__(self, follower: str, partition: Partition) -> None:
        self.follower = follower
        self.partition = partition
        self.inside: set[Hashable] = set()
        self.outside: Counter[Hashable] = Counter()
        self.strays = 0

    def add(self, group: Hashable, *, answered: bool) -> None:
        """Count a person. A stray is somebody who did not answer, unlike others who are in the same group."""
        if not answered:
            self.outside[group] += 1
            self.strays += group in self.inside
        elif group not in self.inside:
            self.inside.add(group)
            self.strays += self.outside[group]

    @property
    def reveals(self) -> bool:
        """Return whether those who answered are a part of the groups of hidden size, but not all of these groups.

        If it is one group, a few strays are allowed: some people skip a question that they are asked.
        """
        groups = self.inside | self.outside.keys()
        hidden = groups - self.partition.public
        some, all_answers = hidden & self.inside, groups - {SKIPPED} <= self.inside
        is_part = bool(some) and (some != hidden or (self.partition.has_empty and not all_answers))
        return is_part and (self.strays == 0 or len(self.inside) == 1) and self._is_interval

    @property
    def _is_interval(self) -> bool:
        """Return whether those who answered gave numbers without another one between them.

        If everybody gave a number of their own, any question would follow from it. Only an interval can be asked for.
        """
        if not self.partition.is_number:
            return True
        numbers = (str(group) for group in self.inside | self.outside.keys() if group is not SKIPPED)
        sides = [number in self.inside for number in sorted(numbers, key=number_of)]
        return sum(one != other for one, other in pairwise(sides)) <= 2


def _followed(
    asked: Sequence[Counted],
    partitions: Sequence[Partition],
    threshold: int,
    read: Callable[[Sequence[int]], Iterable[Cells]],
) -> dict[str, str]:
    """Return the questions whose answers follow from a partition of the people, each with the partition's question."""
    pairs = {
        partition: [_Pair(question.id, partition) for question in asked if question.id != partition.question]
        for partition in partitions
    }
    groups = [*(question.columns for question in asked), *(partition.columns for partition in partitions)]
    columns = list(dict.fromkeys(column for group in groups for column in group))
    index = {column: number for number, column in enumerate(columns)}
    for row in read(columns):
        answered = {each.id: _answered([row[index[column]] for column in each.columns]) for each in asked}
        for partition in list(pairs):
            group = partition.group_of(tuple(row[index[column]] for column in partition.columns))
            for pair in pairs[partition]:
                pair.add(group, answered=answered[pair.follower])
            pairs[partition] = [pair for pair in pairs[partition] if pair.strays < threshold]
            if not pairs[partition]:
                del pairs[partition]
        if not pairs:
            break
    return {pair.follower: partition.question for partition in pairs for pair in pairs[partition] if pair.reveals}
