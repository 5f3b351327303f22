"""Statistical disclosure control for a question's counts: what must not be told, what can be worked out.

The choices of a question are one row of cells. Those of a one-choice question add up to those who answered it, who are
told; of several choices it is only known that everybody who answered chose one at least. A cell that is not told lies
between two bounds, which such a sum narrows: exactly so, as there is one sum to a row.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from csg.model.review import HIDDEN, Question, fewer_than

Told = int | str
"""A count, or why it is not told."""


WIDTH = 2
"""How far apart the least and the most must be that a count may be which is not told: three values are possible."""


class Bounds(NamedTuple):
    """The least and the most that a count can be."""

    least: int
    most: int


class Rule(NamedTuple):
    """How the counts of a question hang together: how many answered it, and whether each chose one or several.

    ``present`` are the places of choices that are only listed where somebody chose them.
    """

    answered: int
    threshold: int
    several: bool = False
    present: frozenset[int] = frozenset()

    def least(self, place: int) -> int:
        """The least that a choice can have."""
        return int(place in self.present)


def known(counts: Sequence[Told], rule: Rule) -> list[Bounds]:
    """What whoever knows the rule can tell of each count of a question that is published.

    Where a count could be nothing at all its bounds are crossed: the counts do not fit each other.
    """
    # Where counts below the threshold are called that, one that is hidden is none of them.
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
    """What may be told of the counts of a question: nothing at all where too few answered it.

    A count below the threshold never is. Nor are others, until each of those can still be anything below it: which
    others is left to ``lots``, one for each count, since whoever knew how they are chosen could reckon with it. Where
    no other is left, it is not even told which are the small ones; where it could still be reckoned, not which choices
    there are.
    """
    if rule.answered < rule.threshold + (WIDTH + 1 if rule.several else 0):
        return []  # of several choices, what few did not choose has to have several values as well
    untold = {index for index, count in enumerate(counts) if count < rule.threshold}
    if rule.several:  # that nearly all chose it tells as much of the few who did not
        untold |= {index for index, count in enumerate(counts) if 0 < rule.answered - count < rule.threshold}
    left = sorted((index for index in range(len(counts)) if index not in untold), key=lambda index: lots[index])
    while left or not untold:
        row = [_told(count, index in untold, rule) for index, count in enumerate(counts)]
        if _safe(row, rule):
            return row
        # One after the other, not the one that would do: that would tell that those left to be told would not.
        untold.add(left.pop())
    hidden: list[Told] = [HIDDEN] * len(counts)
    return hidden if _safe(hidden, rule) else []


def _told(count: int, untold: bool, rule: Rule) -> Told:
    if not untold:
        return count
    return fewer_than(rule.threshold) if count < rule.threshold else HIDDEN


def _safe(row: Sequence[Told], rule: Rule) -> bool:
    """Whether every count below the threshold can still be any that is, and every other that is not told several."""
    return all(
        bounds == Bounds(rule.least(place), rule.threshold - 1)
        if count != HIDDEN
        else bounds.most - bounds.least >= WIDTH
        for place, (count, bounds) in enumerate(zip(row, known(row, rule), strict=True))
        if isinstance(count, str)
    )


def exposed(question: Question, threshold: int) -> list[int]:
    """The places of choices whose count is not told and can be worked out all the same, or nearly so."""
    bounds = worked_out(question, threshold)
    found = []
    for place, (choice, (least, most)) in enumerate(zip(question.choices, bounds, strict=True)):
        width = min(WIDTH, threshold - 2) if choice.count == fewer_than(threshold) else WIDTH
        if isinstance(choice.count, str) and most - least < width:
            found.append(place)
    return found


def worked_out(question: Question, threshold: int) -> list[Bounds]:
    """What can be worked out of each count of a question, as it stands in a file, that says how many answered it."""
    assert isinstance(question.answered, int)
    present = frozenset(place for place, choice in enumerate(question.choices) if choice.country)
    rule = Rule(question.answered, threshold, question.kind == "several-choices", present)
    return known([choice.count for choice in question.choices], rule)
