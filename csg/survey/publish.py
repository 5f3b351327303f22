"""Reduce counted questions to what may be published."""

import hashlib
import re
from collections.abc import Mapping

from csg.model.disclosure import Rule, published_counts
from csg.model.review import HIDDEN, Choice, Question, fewer_than
from csg.survey.questions import Counted


def publish(
    questions: list[Counted], reviewers: int, threshold: int, names: Mapping[str, str], seed: str
) -> list[Question]:
    """Return the questions with the counts that may be published."""
    made: list[Question] = []
    untold: set[int] = set()
    for question in questions:
        counts: Mapping[str, int] = question.counts
        codes: Mapping[str, str] = {}
        if question.codes:
            counts, codes = _by_country(question, names)
        present = frozenset(index for index, label in enumerate(counts) if label in codes or label in question.present)
        rule = Rule(question.answered, threshold, question.kind == "several-choices", present)
        row = (
            published_counts(list(counts.values()), rule, [_lot(seed, question.id, label) for label in counts])
            if counts
            else []
        )
        # If a question was asked only after a certain answer to another one, its number would reveal that count.
        routed = question.answered < reviewers and question.answered in untold
        few = 0 < question.answered < threshold
        told_of = {} if routed else dict(zip(counts, row, strict=False))
        untold |= {count for label, count in counts.items() if not isinstance(told_of.get(label), int)}
        made.append(
            Question(
                id=question.id,
                text=question.text,
                kind=question.kind,
                answered=HIDDEN if routed else fewer_than(threshold) if few else question.answered,
                skipped=HIDDEN if routed or few else reviewers - question.answered,
                choices=tuple(
                    Choice(label=label, country=codes.get(label), count=each) for label, each in told_of.items()
                ),
            )
        )
    return made


def _lot(seed: str, question: str, label: str) -> bytes:
    """Return the lot of a choice.

    It depends on the file, so that nobody without the file can know it, and on the choice alone, so that it is the same
    whatever happens to other choices and questions.
    """
    return hashlib.sha256(f"{seed}\0{question}\0{label}".encode()).digest()


def _by_country(question: Counted, names: Mapping[str, str]) -> tuple[dict[str, int], dict[str, str]]:
    """Return the counts of a question for a country by country, and the codes of the countries' names. The name is the
    group's, else the one that most people wrote. Only countries that were chosen are in it.
    """
    chosen = {answer: number for answer, number in question.counts.items() if number}
    spelt: dict[str, str] = {}
    for answer in sorted(chosen, key=lambda answer: -chosen[answer]):
        if answer in question.codes:
            spelt.setdefault(question.codes[answer], re.sub(r"^[\W_]+|(?<=[\w)])[^\w)]+$", "", answer))
    labels = {code: names.get(code, answer) for code, answer in spelt.items()}
    found: dict[str, int] = {}
    for answer, number in chosen.items():
        label = labels.get(question.codes.get(answer, ""), answer)
        found[label] = found.get(label, 0) + number
    codes = {label: code for code, label in labels.items()}
    return dict(sorted(found.items(), key=lambda pair: (pair[0] not in codes, pair[0].casefold()))), codes
