"""Compare two reviews: are they of one survey, imported twice?

If a survey has grown by one response between two imports, the difference is the whole record of one person. The words
of the questions are no sign, because they can be translated or numbered. So the numbers are compared: could each count
of one review have grown into a count of the other by the responses that one of them has more? The more counts fit, the
less likely is a coincidence. It is measured in bits: ten bits are a chance of one in a thousand.
"""

import re
from math import log2
from typing import Literal, NamedTuple

from csg.model.review import Question, Review
from csg.survey.answers import REST
from csg.survey.headers import key

Likeness = Literal["same", "perhaps", "other"]

CERTAIN = 20
"""Bits from which on a coincidence is out of the question."""
POSSIBLE = 7
"""Bits from which on a person has to say that it is another survey."""
_HALF, _MOST = 0.5, 0.75
"""The parts of the questions that must fit. Not all do if somebody corrected answers between two imports."""
_NEAR = 0.1
"""The part of the responses by which two imports of one survey usually differ at most."""
_CHANGED = 0.05
"""The part of the responses that could have been replaced between two imports with the same words."""
_NUMBER = re.compile(r"^\W*(q(uestion)?|п|س)? ?\d{1,3}([.)\d]{0,6})[.):\s-]+")


class _Match(NamedTuple):
    """The comparison of two questions: the bits that speak for one survey, and whether they have the same words.

    ``is_comparable`` is false if the two have no count that both of them show.
    """

    bits: float
    same_words: bool
    is_comparable: bool = True


def likeness(new: Review, old: Review) -> Likeness:
    """Return whether two reviews are of one survey: ``same``, ``other``, or ``perhaps`` if only a person can know."""
    few, many = sorted((new, old), key=lambda review: review.reviewers)
    grown = many.reviewers - few.reviewers
    is_near = grown <= _NEAR * many.reviewers
    asked = [question for question in new.questions if _visible(question)]
    options = [question for question in old.questions if _visible(question)]
    best = [_best_match(question, options, new, old) for question in asked]
    # Between two imports of one survey with the same words, every count of every question must have grown.
    needed = _MOST if sum(match.same_words for match in best) > _HALF * len(best) else _HALF
    bits = sum(match.bits for match in best)
    fitting = sum(match.bits > 0 for match in best)
    matched = fitting / max(len(best), 1)
    if grown <= few.reviewers and bits >= POSSIBLE and fitting >= needed * sum(match.is_comparable for match in best):
        is_sure = bits >= CERTAIN or (is_near and any(match.same_words for match in best))
        return "same" if is_sure and matched >= _MOST else "perhaps"
    if not _has_same_words(new, old) and not _has_same_words(old, new):
        return "other"
    could_be = (is_near and _could_be_changed(new, old)) or _could_be_a_part(few, many)
    return "perhaps" if could_be else "other"


def _best_match(question: Question, options: list[Question], new: Review, old: Review) -> _Match:
    """Return the comparison with the question that has the same words, else with the one that fits best."""
    namesakes = [option for option in options if _words(option.text) == _words(question.text)]
    matches = (_match(question, option, new, old) for option in namesakes or options)
    return max(matches, default=_Match(0, False))


def has_same_questions(new: Review, old: Review) -> bool:
    """Return whether more than half of the questions have the same words, but for a number before them."""
    texts = {_words(question.text) for question in new.questions}
    return len(texts) > 1 and 2 * len(texts & {_words(question.text) for question in old.questions}) > len(texts)


def _visible(question: Question) -> list[int]:
    return sorted((choice.count for choice in question.choices if isinstance(choice.count, int)), reverse=True)


def _words(text: str) -> str:
    return _NUMBER.sub("", key(text))


def _match(one: Question, other: Question, new: Review, old: Review) -> _Match:
    """Return the bits by which two questions are the same one; none if a count could not have grown into the other."""
    words = _words(one.text) == _words(other.text) or [c.label for c in one.choices] == [c.label for c in other.choices]
    nothing = _Match(0, words)
    if (one.kind == "several-choices") != (other.kind == "several-choices"):
        return nothing
    if new.reviewers < old.reviewers:
        one, other, new, old = other, one, old, new
    grown = new.reviewers - old.reviewers
    has_numbers = isinstance(one.answered, int) and isinstance(other.answered, int)
    if has_numbers and not 0 <= int(one.answered) - int(other.answered) <= grown:
        return nothing
    pairs = _pairs(one, other, grown)
    if not pairs:
        return nothing if pairs is None else nothing._replace(is_comparable=False)
    several = one.kind == "several-choices"
    if not several and sum(after - before for before, after in pairs) > grown:
        return nothing
    is_complete = len(pairs) == len(one.choices) == len(other.choices)
    free = len(pairs) - (1 if is_complete and not several else 0)
    tries = log2(len(old.questions) + len(new.questions)) - 1 if not words else 0
    return _Match(max(free * log2(max(old.reviewers, 2) / (grown + 1)) - tries, 0), words)


def _pairs(one: Question, other: Question, grown: int) -> list[tuple[int, int]] | None:
    """Return the visible counts before and after that belong together; None if one of them has no partner.

    A count that is hidden in one of the questions can be the partner of any other. A choice can be new.
    """
    if (by_label := _pairs_by_label(one, other)) is not None:
        return by_label if all(0 <= now - then <= grown for then, now in by_label) else None
    after, before = _visible(one), _visible(other)
    pairs, alone = [], 0
    for count in before:
        partner = next((found for found in reversed(after) if 0 <= found - count <= grown), None)
        if partner is None:
            alone += 1
        else:
            after.remove(partner)
            pairs.append((count, partner))
    hidden_before, hidden_after = len(other.choices) - len(before), len(one.choices) - len(_visible(one))
    is_new = sum(count > grown for count in after)
    return pairs if alone <= hidden_after and is_new <= hidden_before else None


def _has_same_words(new: Review, old: Review) -> bool:
    return has_same_questions(new, old) or (
        len(new.questions) == 1 and _words(new.questions[0].text) in {_words(each.text) for each in old.questions}
    )


def _could_be_changed(new: Review, old: Review) -> bool:
    """Return whether few responses were added, removed or replaced between two reviews with the same questions."""
    known = {_words(question.text): question for question in old.questions}
    moved = abs(new.reviewers - old.reviewers) + max(_CHANGED * max(new.reviewers, old.reviewers), 2)
    both = [(question, known[_words(question.text)]) for question in new.questions if _words(question.text) in known]
    pairs = [(one, pairs) for one, other in both if (pairs := _pairs_by_label(one, other))]
    fitting = [counts for one, counts in pairs if _moved(one, counts) <= moved]
    if not pairs:  # one of the reviews shows too little: it can only be subtracted if the other shows more
        return any(map(_visible, old.questions))
    return len(fitting) >= _MOST * len(pairs)


def _could_be_a_part(few: Review, many: Review) -> bool:
    """Return whether the people of one review can all be in the other one: those of one country, for example.

    The difference is then the answers of the other people, and what is published of the few are answers by country.
    """
    if few.reviewers == many.reviewers:
        return False
    known = {_words(question.text): question for question in many.questions}
    both = [(one, known[_words(one.text)]) for one in few.questions if _words(one.text) in known]
    pairs = [pair for one, other in both for pair in _pairs_by_label(other, one) or ()]
    return bool(pairs) and all(part <= whole for part, whole in pairs)


def _moved(question: Question, counts: list[tuple[int, int]]) -> int:
    """Return by how much counts differ. Of several choices, a person can change all of them."""
    changes = [abs(now - then) for then, now in counts]
    return max(changes) if question.kind == "several-choices" else sum(changes)


def _pairs_by_label(one: Question, other: Question) -> list[tuple[int, int]] | None:
    """Return the counts before and after of the choices that both questions show; None if they have other choices.

    The other answers are no such choice: one of them is a choice of its own as soon as enough people give it.
    """
    before = {choice.label: choice.count for choice in other.choices if choice.label != REST}
    shared = [choice for choice in one.choices if choice.label in before]
    if len(shared) * 2 < min(len(one.choices), len(other.choices)) or not shared:
        return None
    both = [(before[choice.label], choice.count) for choice in shared]
    return [(then, now) for then, now in both if isinstance(then, int) and isinstance(now, int)]
