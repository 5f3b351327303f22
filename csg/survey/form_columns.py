"""Match the columns of an export with the questions of an XLSForm: texts, kinds, and choices in the order of the form.

KoboToolbox and ODK Central write names or labels, in any language of the form, with or without the names of groups.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from csg.survey.headers import key, plain_head
from csg.survey.services.base import NO, NO_HEADING, YES, Group, Sample, Survey, numbered
from csg.survey.table import refused
from csg.survey.tally import split
from csg.survey.xlsform import FormQuestion

BETWEEN = "\ue000;\ue000"
"""The separator that is put between the choices of one cell: no label has it."""
_SEPARATORS = re.compile(r" ?(?:/|::|:|\||-|>|\.|—) ?")
_REMEMBERED = 10_000
_KOBO_NOTHING = "n/a"


def with_form(path: Path, survey: Survey, sample: Sample, form: Sequence[FormQuestion]) -> Survey:
    """Return an export with the questions of a form alone. A column that is not in the form is not read.

    Raises Refused if no column is in the form.
    """
    matches = _Matches(form)
    found: dict[int, dict[int, int | None]] = {}
    dropped: list[str] = []
    for column, cell in enumerate(sample.row(0)):
        head = plain_head(cell)
        number, choice = matches.find(head) if head else (None, None)
        if number is None or form[number].kind is None:
            dropped.append(head or NO_HEADING)
        else:
            found.setdefault(number, {})[column] = choice
    if not found:
        raise refused(path, "no heading is a question of the form", "Give the form that this survey was made with")
    groups: list[Group] = []
    cells: dict[int, Callable[[str], str]] = {}
    for number, columns in sorted(found.items(), key=lambda pair: min(pair[1])):
        group, translated = _group(form[number], columns)
        groups.append(group)
        cells |= translated
    return Survey(survey.service, numbered(groups), dropped, survey.heads, _KOBO_NOTHING, survey.notes, cells)


class _Matches:
    """The questions of a form by their names and labels. A question that has got its column is not found again."""

    def __init__(self, form: Sequence[FormQuestion]) -> None:
        self._form = form
        self._by_name: dict[str, list[int]] = {}
        for number, question in enumerate(form):
            for name in dict.fromkeys(map(key, (question.name, *question.labels))):
                self._by_name.setdefault(name, []).append(number)
        self._taken: set[int] = set()

    def find(self, head: str) -> tuple[int | None, int | None]:
        """Return the number of the question that a heading is for, and that of its choice."""
        number = self._question(head)
        if number is not None:
            self._taken.add(number)
            return number, None
        for separator in _SEPARATORS.finditer(head):
            label = key(head[separator.end() :])
            for candidate in self._candidates(head[: separator.start()]):
                if self._form[candidate].kind == "several-choices":
                    for index, choice in enumerate(self._form[candidate].choices):
                        if label in map(key, (choice.name, *choice.labels)):
                            return candidate, index
        return None, None

    def _question(self, head: str) -> int | None:
        candidates = self._candidates(head)
        free = [number for number in candidates if number not in self._taken]
        inside = [number for number in free if all(group in head for group in self._form[number].groups)]
        return next(iter(inside or free), None)

    def _candidates(self, head: str) -> list[int]:
        """Return the questions whose name or label is a heading, or is after the names of groups in it."""
        starts = [0, *(separator.end() for separator in _SEPARATORS.finditer(head))]
        return next((found for start in starts if (found := self._by_name.get(key(head[start:])))), [])


def _group(
    question: FormQuestion, columns: Mapping[int, int | None]
) -> tuple[Group, Mapping[int, Callable[[str], str]]]:
    """Return the columns of a question, and how their cells are translated into the labels of the form."""
    labels = tuple(choice.labels[0] if choice.labels else choice.name for choice in question.choices)
    ticks = {index: column for column, index in columns.items() if index is not None}
    if ticks:
        order = sorted(ticks)
        offered = tuple(labels[index] for index in order)
        group = Group("", question.text, tuple(ticks[index] for index in order), offered)
        return group._replace(personal=question.personal, yes=YES, no=NO), {}
    column = next(iter(columns))
    group = Group("", question.text, (column,), personal=question.personal, free=question.kind == "text")
    group = group._replace(kind=question.kind, choices=labels)
    if not labels:
        return group, {}
    known = dict(_names(question, labels))
    if question.kind == "one-choice":
        return group, {column: lambda cell: known.get(key(cell), cell)}
    return group._replace(separators=(BETWEEN,)), {column: _several(known)}


def _names(question: FormQuestion, labels: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each name and label of a choice, as it is compared, with its first label. Names come last: they decide."""
    for choice, label in zip(question.choices, labels, strict=True):
        yield from ((key(other), label) for other in choice.labels)
    for choice, label in zip(question.choices, labels, strict=True):
        yield key(choice.name), label


def _several(known: Mapping[str, str]) -> Callable[[str], str]:
    """Return a function that separates the choices in a cell, between which are blanks."""

    @lru_cache(_REMEMBERED)
    def translated(cell: str) -> str:
        parts = split(" ".join(cell.split()), " ", tuple(known))
        return BETWEEN.join(dict.fromkeys(known.get(key(part), part) for part in parts))

    return translated
