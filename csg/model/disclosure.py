"""Statistical disclosure control for a question's counts: which must be hidden, and which can be calculated.

The choices of a question are one row of cells. The counts of a one-choice question add up to the number of answers,
which is shown. If reviewers can choose several, each reviewer chose at least one. A hidden cell has a
least and a greatest possible value. The sum narrows these bounds, and the result is exact: a row has one sum.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from csg.model.review import HIDDEN, Question, fewer_than

PublishedCount = int | str
"""A count, or the words that replace a hidden one."""


WIDTH = 2
"""The least distance between the bounds of a hidden count: three values are possible."""


class Bounds(NamedTuple):
    """The least and the greatest possible value of a count."""

    least: int
    most: int


class Rule(NamedTuple):
    """The relation between the counts of a question: the number of answers, and whether several could be chosen.

    ``present`` are the indices of choices that are listed only if a reviewer chose them, ``common`` of those that are
    listed only if as many reviewers as the threshold chose them.
    """

    answered: int
    threshold: int
    several: bool = False
    present: frozenset[int] = frozenset()
    common: frozenset[int] = frozenset()

    def least(self, index: int) -> int:
        """Return the least possible count of a choice."""
        return self.threshold if index in self.common else int(index in self.present)


def count_bounds(counts: Sequence[PublishedCount], rule: Rule) -> list[Bounds]:
    """Return the bounds of each count of a published question for a reader who knows the rule.

    If the counts contradict each other, a count has no possible value: its least is above its most.
    """
    # If counts below the threshold have words of their own, a hidden count is not below it.
    above = rule.threshold if fewer_than(rule.threshold) in counts else 0
    cells = [
        _bounds(count, max(above, rule.least(index)), rule.least(index), rule) for index, count in enumerate(counts)
    ]
    low, high = sum(cell.least for cell in cells), sum(cell.most for cell in cells)
    most = high if rule.several else rule.answered
    return [
        Bounds(max(cell.least, rule.answered - (high - cell.most)), min(cell.most, most - (low - cell.least)))
        for cell in cells
    ]


def _bounds(count: PublishedCount, hidden: int, few: int, rule: Rule) -> Bounds:
    if isinstance(count, int):
        return Bounds(count, count)
    if count == HIDDEN:
        return Bounds(hidden, rule.answered)
    return Bounds(few, min(rule.threshold - 1, rule.answered))


def published_counts(counts: Sequence[int], rule: Rule, lots: Sequence[Any]) -> list[PublishedCount]:
    """Return the counts of a question as they can be published: none if too few reviewers answered it.

    A count below the threshold is always hidden. Other counts are hidden too, until each small count can have any
    value below the threshold. ``lots``, one for each count, decides which, because a reader who knew the order could
    calculate with it. If no other count is left, all are hidden. If a count can still be calculated, the choices
    are left out too.
    """
    if rule.answered < rule.threshold + (WIDTH + 1 if rule.several else 0):
        # If reviewers can choose several, the number who did not choose must have several possible values too.
        return []
    hidden = {index for index, count in enumerate(counts) if count < rule.threshold}
    if rule.several:  # a choice of nearly all reviewers identifies the few who did not choose it
        hidden |= {index for index, count in enumerate(counts) if 0 < rule.answered - count < rule.threshold}
    shown = sorted((index for index in range(len(counts)) if index not in hidden), key=lambda index: lots[index])
    if rule.several and shown and not hidden and sum(counts) < rule.answered + rule.threshold:
        hidden.add(shown.pop())  # the counts add up to the few reviewers who chose more than one
    while shown or not hidden:
        row = [_published_count(count, index in hidden, rule) for index, count in enumerate(counts)]
        if _safe(row, rule):
            return row
        # Hide them in the order of the lots. Hiding only the one that is enough would reveal the others.
        hidden.add(shown.pop())
    all_hidden: list[PublishedCount] = [HIDDEN] * len(counts)
    return all_hidden if _safe(all_hidden, rule) else []


def _published_count(count: int, hidden: bool, rule: Rule) -> PublishedCount:
    if not hidden:
        return count
    return fewer_than(rule.threshold) if count < rule.threshold else HIDDEN


def _safe(row: Sequence[PublishedCount], rule: Rule) -> bool:
    """Return whether each count below the threshold can have any such value, and each other hidden count several."""
    return all(
        bounds == Bounds(rule.least(index), rule.threshold - 1)
        if count != HIDDEN
        else bounds.most - bounds.least >= WIDTH
        for index, (count, bounds) in enumerate(zip(row, count_bounds(row, rule), strict=True))
        if isinstance(count, str)
    )


def exposed(question: Question, threshold: int) -> list[int]:
    """Return the indices of choices whose hidden count can be calculated, exactly or nearly."""
    bounds = bounds_of(question, threshold)
    exposed_indices = []
    for index, (choice, (least, most)) in enumerate(zip(question.choices, bounds, strict=True)):
        width = min(WIDTH, threshold - 2) if choice.count == fewer_than(threshold) else WIDTH
        if isinstance(choice.count, str) and most - least < width:
            exposed_indices.append(index)
    return exposed_indices


def bounds_of(question: Question, threshold: int) -> list[Bounds]:
    """Return the bounds of each count of a question in a file that gives the number of answers."""
    assert isinstance(question.answered, int)
    present = frozenset(index for index, choice in enumerate(question.choices) if choice.country)
    rule = Rule(question.answered, threshold, question.kind == "several-choices", present)
    return count_bounds([choice.count for choice in question.choices], rule)
