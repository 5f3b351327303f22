"""Reduce counted questions to what may be published."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from csg.model.disclosure import PublishedCount, Rule, published_counts
from csg.model.review import HIDDEN, Choice, Question, fewer_than
from csg.survey.draw import lots
from csg.survey.questions import Counted


class Row(NamedTuple):
    """The choices of a question: their counts as they are, the codes of countries, and what may be published of them.

    ``published`` is empty if no count may be published.
    """

    counts: Mapping[str, int]
    codes: Mapping[str, str]
    published: Mapping[str, PublishedCount]


def row_of(question: Counted, threshold: int, names: Mapping[str, str]) -> Row:
    """Return the choices of a question with the counts that may be published. ``names`` are those of countries."""
    counts: Mapping[str, int] = question.counts
    codes: Mapping[str, str] = {}
    if question.codes:
        counts, codes = _by_country(question, names)
    present = frozenset(index for index, label in enumerate(counts) if label in codes or label in question.present)
    common = frozenset(index for index, label in enumerate(counts) if label in question.common) - present
    rule = Rule(question.answered, threshold, question.kind == "several-choices", present, common)
    values = list(counts.values())
    row = published_counts(values, rule, lots(values, question.seed)) if counts else []
    return Row(counts, codes, dict(zip(counts, row, strict=False)))


def publish(
    questions: list[Counted], rows: list[Row], withheld: Mapping[str, str], reviewers: int, threshold: int
) -> list[Question]:
    """Return the questions as they may be published. Of a question that is ``withheld``, only its text is."""
    return [
        _published(question, row, question.id in withheld, reviewers, threshold)
        for question, row in zip(questions, rows, strict=True)
    ]


def _published(question: Counted, row: Row, is_withheld: bool, reviewers: int, threshold: int) -> Question:
    few = question.answered < threshold
    choices = {} if is_withheld else row.published
    return Question(
        id=question.id,
        text=question.text,
        kind=question.kind,
        answered=HIDDEN if is_withheld else fewer_than(threshold) if few else question.answered,
        skipped=HIDDEN if is_withheld or few else reviewers - question.answered,
        choices=tuple(Choice(label=label, country=row.codes.get(label), count=each) for label, each in choices.items()),
    )


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
