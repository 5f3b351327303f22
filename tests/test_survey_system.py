"""A review as one system: every survey that fits what is published, for a reader who knows every rule of csg.

Small surveys of all possible people are published, in every way in which the draw can turn out. A reader who sees one
of the publications knows that the survey is one of those that lead to it.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pytest

from csg.model.review import Kind, Question
from csg.survey import publish as publishing
from csg.survey.publish import Row, publish, row_of
from csg.survey.questions import Counted
from csg.survey.routing import routed

Response = tuple[str, ...]
"""An answer to each question: several choices have a plus sign between them, and an empty text is no answer."""


class Asked(NamedTuple):
    """A question, its choices, and the answers that people can give.

    Of a scale, only the labels that somebody took are listed.
    """

    kind: Kind
    labels: tuple[str, ...]
    answers: tuple[str, ...]
    is_scale: bool = False


TEXT = Asked("text", (), ("", "t"))
TWO = Asked("one-choice", ("x", "y"), ("", "x", "y"))
SURVEYS = {
    "three choices, and a text": ([Asked("one-choice", ("x", "y", "z"), ("", "x", "y", "z")), TEXT], 7, 3),
    "several choices, and a text": ([Asked("several-choices", ("x", "y"), ("", "x", "y", "x+y")), TEXT], 9, 4),
    "two questions of two choices": ([TWO, TWO], 6, 4),
    "two choices, and two texts": ([TWO, TEXT, TEXT], 5, 4),
    "a scale of three, and a text": ([Asked("one-choice", ("x", "y", "z"), ("", "x", "y", "z"), True), TEXT], 7, 4),
    "a scale of four": ([Asked("one-choice", ("w", "x", "y", "z"), ("", "w", "x", "y", "z"), True)], 11, 4),
}
"""The questions of a survey, the number of people, and the threshold."""


def all_surveys(asked: Sequence[Asked], people: int) -> Iterator[tuple[Response, ...]]:
    """Every survey of so many people, whatever their order."""
    return itertools.combinations_with_replacement(itertools.product(*(each.answers for each in asked)), people)


def labels_in(cells: Sequence[str]) -> frozenset[str]:
    """The choices in the cell of a question."""
    return frozenset(filter(None, cells[0].split("+")))


def counted(asked: Sequence[Asked], survey: Sequence[Response]) -> list[Counted]:
    """The questions of a survey with their counts."""
    found = []
    for column, (kind, labels, _, is_scale) in enumerate(asked):
        answers = [response[column] for response in survey if response[column]]
        counts = {label: sum(label in answer.split("+") for answer in answers) for label in labels}
        counts = {label: number for label, number in counts.items() if number or not is_scale}
        question = Counted(f"Q{column}", "x", kind, len(answers), counts, {}, frozenset(counts if is_scale else ()))
        found.append(question._replace(columns=(column,), labels_in=labels_in))
    return found


def publications(questions: list[Counted], survey: Sequence[Response], threshold: int) -> Iterator[list[Question]]:
    """The questions as csg publishes them, for each way in which the draw can turn out.

    The draw decides only the rows, so the same rows are published once.
    """
    people = len(survey)
    tried: list[list[Row]] = []
    for order in itertools.permutations(range(max(len(question.counts) for question in questions))):
        drawn = [question._replace(seed=bytes(order)) for question in questions]
        rows = [row_of(question, threshold, {}) for question in drawn]
        if rows in tried:
            continue
        tried.append(rows)
        withheld = routed(
            drawn, rows, people, threshold, lambda columns: ([row[each] for each in columns] for row in survey)
        )
        yield publish(drawn, rows, withheld, people, threshold)


@pytest.mark.parametrize("name", SURVEYS)
def test_no_hidden_count_is_left_with_fewer_values_than_promised(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three values are possible for each, whatever else is published, and whatever is withheld."""
    asked, people, threshold = SURVEYS[name]
    monkeypatch.setattr(publishing, "lots", lambda counts, seed: list(seed[: len(counts)]))
    seen: dict[tuple[object, ...], dict[tuple[int, str], set[int]]] = defaultdict(lambda: defaultdict(set))
    for survey in all_surveys(asked, people):
        questions = counted(asked, survey)
        for shown in publications(questions, survey, threshold):
            view: tuple[object, ...] = tuple(
                (each.answered, each.skipped, *((c.label, c.count) for c in each.choices)) for each in shown
            )
            for index, question in enumerate(shown):
                for choice in question.choices:
                    if isinstance(choice.count, str):
                        seen[view][index, choice.label].add(questions[index].counts[choice.label])
    assert seen
    for view, cells in seen.items():
        assert [cell for cell, values in cells.items() if max(values) - min(values) < 2] == [], view
