"""Corrections of a survey's questions that were guessed wrong: a YAML file for ``--questions``."""

from pathlib import Path
from typing import Literal, NamedTuple

from csg.model.base import Id, Record, Several, Words
from csg.model.review import Kind
from csg.problem import Problem, Refused, reason
from csg.source.text import MOST_BYTES, decode
from csg.survey.countries import Gazetteer
from csg.workspace.files import open_given
from csg.workspace.load import load


class Correction(Record):
    """The correction of a question: its kind, its choices or its text. ``leave-out`` leaves the question out."""

    id: Id
    kind: Literal["one-choice", "several-choices", "rating", "number", "text", "leave-out"] | None = None
    text: Words | None = None
    choices: Several[Words] = ()


class Corrections(Record):
    """The whole of a file of corrections."""

    questions: Several[Correction]


def read_corrections(path: Path) -> dict[str, Correction]:
    """Return the corrections in a file, by the ids of questions in capitals. Raises Refused if the file has errors."""
    try:
        with open_given(path) as stream:
            text = decode(stream.read(MOST_BYTES + 1), path.name)
    except OSError as error:
        hint = "Name a file of corrections."
        raise Refused(Problem("CSG401", f"cannot be read: {reason(error)}", path.name, hint=hint)) from None
    found: dict[str, Correction] = {}
    for each in load(text, path.name, Corrections).sound.questions:
        if each.id.upper() in found:
            twice = each.problem(
                f"question {each.id} is in the file twice", ("id",), "Put all its corrections into one entry"
            )
            raise Refused(twice._replace(code="CSG201"))
        found[each.id.upper()] = each
    return found


class Asked(NamedTuple):
    """The way to read columns: the threshold, a correction, and the names of countries if the question asks for one.

    ``form_kind`` and ``form_choices`` are those of a form. A correction comes before them.
    """

    threshold: int
    correction: Correction | None
    for_country: Gazetteer | None
    form_kind: Kind | None = None
    form_choices: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind | None:
        """The kind that a correction gives, else a form."""
        corrected = self.correction.kind if self.correction and self.correction.kind != "leave-out" else None
        return corrected or self.form_kind

    @property
    def choices(self) -> tuple[str, ...]:
        """The choices that a correction gives, else a form. Those of a form for a country are found by their names."""
        corrected = self.correction.choices if self.correction else ()
        return corrected or (() if self.for_country else self.form_choices)
