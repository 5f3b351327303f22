"""The questions of an export, as a list and as a file of corrections to edit: no count and no answer is in it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from csg.model.review import Question
from csg.problem import Problem, Refused, reason
from csg.survey.answers import REST
from csg.survey.recognize import recognize
from csg.survey.reviews import Imported, Wanted
from csg.survey.scrub import without_details
from csg.survey.services.base import Group
from csg.survey.tables import open_tables

_CHOSEN = ("one-choice", "several-choices", "rating")
"""Kinds of questions whose choices a file of corrections can name."""
_HEAD = """\
# The questions of {file}, as csg reads them. Correct them, and import the survey with --questions and this file.
# kind: one-choice, several-choices, rating, number, text or leave-out.
"""


class Outlined(NamedTuple):
    """A question: its id, its text, its kind (``leave-out`` if it is not read), its choices, and why it is left out."""

    id: str
    text: str
    kind: str | None
    choices: tuple[str, ...] = ()
    why: str = ""


def outline(path: Path, wanted: Wanted, made: Imported | None = None) -> list[Outlined]:
    """Return the questions of an export. ``made`` is what an import of it found; without it, nothing is counted.

    Raises Refused if the file is not an export.
    """
    with open_tables(path, encoding=wanted.encoding) as tables:
        _, survey = recognize(path, tables, wanted.service, wanted.form)
    found: dict[str, list[Question]] = {}
    for question in made.review.questions if made else ():
        found.setdefault(question.id.partition(".")[0], []).append(question)
    suspected = {question.id for question in made.suspected} if made else set()
    return [_outlined(group, found.get(group.id, []), wanted, suspected) for group in survey.groups]


def _outlined(group: Group, questions: list[Question], wanted: Wanted, suspected: set[str]) -> Outlined:
    correction = wanted.corrections.get(group.id)
    text = without_details(correction.text if correction and correction.text else group.text)
    if correction and correction.kind == "leave-out":
        return Outlined(group.id, text, "leave-out", (), "--questions leaves it out")
    if group.personal and not (correction and correction.kind):
        return Outlined(group.id, text, "leave-out", (), "it could show who somebody is")
    if group.id in suspected:
        return Outlined(group.id, text, "leave-out", (), "its choices look like names of people")
    if not questions:
        return Outlined(group.id, text, correction.kind if correction else None, group.labels)
    is_country = any(choice.country for question in questions for choice in question.choices)
    labels = dict.fromkeys(
        choice.label for question in questions for choice in question.choices if choice.label != REST
    )
    kind = questions[0].kind
    return Outlined(group.id, text, kind, () if is_country or kind not in _CHOSEN else tuple(labels))


def lines(questions: list[Outlined]) -> Iterator[str]:
    """Return the questions as lines for a terminal."""
    for question in questions:
        kind = (question.kind or "").replace("-", " ")
        yield f"  {question.id:<6} {kind:<16} {question.text}"
        if question.why:
            yield f"         It is left out, because {question.why}."
        for choice in question.choices:
            yield f"         - {choice}"


def write_corrections(path: Path, questions: list[Outlined], source: str) -> None:
    """Write the questions as a file of corrections. Raises Refused if the file exists or cannot be written."""
    import yaml

    data = {"questions": [_correction(question) for question in questions]}
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110)
    try:
        with path.open("x", encoding="utf-8") as stream:
            stream.write(_HEAD.format(file=source) + text)
    except OSError as error:
        hint = "Name a new file with --write-questions"
        raise Refused(Problem("CSG401", f"cannot be written: {reason(error)}", path.name, hint=hint)) from None


def _correction(question: Outlined) -> Mapping[str, object]:
    # The choices of rows and of columns are their labels, which a correction cannot change.
    plain: dict[str, object] = {"id": question.id, "text": question.text}
    if question.kind:
        plain["kind"] = question.kind
    if question.choices and question.kind in ("one-choice", "rating"):
        plain["choices"] = list(question.choices)
    return plain
