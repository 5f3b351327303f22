"""Statistical disclosure control for a question's counts: which must be hidden, and which can be calculated.

The choices of a question are one row of cells. The counts of a one-choice question add up to the number of answers,
which is shown. For several choices it is only known that each reviewer chose at least one. A hidden cell lies between
two bounds. The sum narrows them, and the result is exact, because a row has one sum.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from csg.model.review import HIDDEN, Question, fewer_than

Told = int | str
"""A count, or the words that replace a hidden one."""


WIDTH = 2
"""The least distance between the bounds of a hidden count: three values are possible."""


class Bounds(NamedTuple):
    """The least and the greatest possible value of a count."""

    least: int
    most: int


class Rule(NamedTuple):
    """The relation between the counts of a question: the number of answers, and whether several could be chosen.

    ``present`` are the indices of choices that are listed only if somebody chose them.
    """

    answered: int
    threshold: int
    several: bool = False
    present: frozenset[int] = frozenset()

    def least(self, place: int) -> int:
        """Return the least possible count of a choice."""
        return int(place in self.present)


def known(counts: Sequence[Told], rule: Rule) -> list[Bounds]:
    """Return the bounds of each count of a published question for a reader who knows the rule.

    If no value is possible for a count, its bounds are crossed: the counts contradict each other.
    """
    # If counts below the threshold have words of their own, a hidden count is not below it.
    above = rule.threshold if fewer_than(rule.threshold) in counts else 0
    cells = [
        _bounds(count, max(above, rule.least(place)), rule.least(place), rule) for place, count in enumerate(counts)
    ]
    low, high = sum(cell.least for cell in cells), sum(cell.most for cell in cells)
    most = high if rule.several else rule.answered
    return [
        Bounds(max(cell.least, rule.answered - (high - cell.most)), min(cell.most, most - (low - cell.least)))
        for cell in cells
    ]


def _bounds(count: Told, hidden: int, few: int, rule: Rule) -> Bounds:
    if isinstance(count, int):
        return Bounds(count, count)
    if count == HIDDEN:
        return Bounds(hidden, rule.answered)
    return Bounds(few, min(rule.threshold - 1, rule.answered))


def told(counts: Sequence[int], rule: Rule, lots: Sequence[Any]) -> list[Told]:
    """Return the counts of a question as they can be published: none if too few reviewers answered it.

    A count below the threshold is always hidden. Other counts are hidden too, until each small count can have any
    value below the threshold. ``lots``, one for each count, decides which, because a reader who knew the order could
    calculate with it. If no other count is left, all are hidden; if a count could still be calculated, the choices
    are left out as well.
    """
    if rule.answered < rule.threshold + (WIDTH + 1 if rule.several else 0):
        return []  # for several choices, the number who did not choose must have several values too
    untold = {index for index, count in enumerate(counts) if count < rule.threshold}
    if rule.several:  # that nearly all chose it identifies the few who did not
        untold |= {index for index, count in enumerate(counts) if 0 < rule.answered - count < rule.threshold}
    left = sorted((index for index in range(len(counts)) if index not in untold), key=lambda index: lots[index])
    while left or not untold:
        row = [_told(count, index in untold, rule) for index, count in enumerate(counts)]
        if _safe(row, rule):
            return row
        # One after the other, not the one that suffices: that would show that the others do not suffice.
        untold.add(left.pop())
    hidden: list[Told] = [HIDDEN] * len(counts)
    return hidden if _safe(hidden, rule) else []


def _told(count: int, untold: bool, rule: Rule) -> Told:
    if not untold:
        return count
    return fewer_than(rule.threshold) if count < rule.threshold else HIDDEN


def _safe(row: Sequence[Told], rule: Rule) -> bool:
    """Return whether each count below the threshold can have any such value, and each other hidden count several."""
    return all(
        bounds == Bounds(rule.least(place), rule.threshold - 1)
        if count != HIDDEN
        else bounds.most - bounds.least >= WIDTH
        for place, (count, bounds) in enumerate(zip(row, known(row, rule), strict=True))
        if isinstance(count, str)
    )


def exposed(question: Question, threshold: int) -> list[int]:
    """Return the indices of choices whose hidden count can be calculated, exactly or nearly."""
    bounds = worked_out(question, threshold)
    found = []
    for place, (choice, (least, most)) in enumerate(zip(question.choices, bounds, strict=True)):
        width = min(WIDTH, threshold - 2) if choice.count == fewer_than(threshold) else WIDTH
        if isinstance(choice.count, str) and most - least < width:
            found.append(place)
    return found


def worked_out(question: Question, threshold: int) -> list[Bounds]:
    """Return the bounds of each count of a question in a file that gives the number of answers."""
    assert isinstance(question.answered, int)
    present = frozenset(place for place, choice in enumerate(question.choices) if choice.country)
    rule = Rule(question.answered, threshold, question.kind == "several-choices", present)
    return known([choice.count for choice in question.choices], rule)
