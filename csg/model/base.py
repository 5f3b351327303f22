"""The base class of every record: a strict schema, a position in a file, and problems at that position."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, PrivateAttr, WithJsonSchema

from csg.model.names import ambiguous, meant_ids
from csg.problem import MOST_LISTED, Path, Position, Problem, Refused, listed, nearest, shown

MOST_CHARACTERS = 20_000
"""The longest text of a field: about 3,000 words, ten times the longest comment of the source."""


def _date(value: object) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"cannot be {value}: this day does not exist") from None
    raise ValueError("must be a date as in 2021-12-10 (year-month-day)")


def _count(value: object) -> int:
    if isinstance(value, int) or (isinstance(value, str) and re.fullmatch(r"\d{1,9}", value, re.ASCII)):
        return int(value)
    raise ValueError("must be a whole number")


def _number(value: object) -> int | float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,15}", value, re.ASCII):
        return int(value)
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,12}\.\d{1,6}", value, re.ASCII):
        return float(value)
    raise ValueError("must be a number, for example 1200 or 12.5")


_FLAGS = {"true": True, "yes": True, "false": False, "no": False}


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in _FLAGS:
        return _FLAGS[value.lower()]
    raise ValueError("must be true or false")


class Marker(str):
    """A mark on a field of a record that says how the field is shown."""


LONG = Marker("long")
"""Text of several sentences. A list of changes says only that it changed, and a prompt opens an editor for it."""
IN_TABLE = Marker("in table")
"""A field that tables on a terminal show. Other formats show every field."""
TEXTS = Marker("texts")
"""A list of sentences: a comma does not end one of them, as it does in a list of names."""
KEPT = Marker("kept")
"""A list whose key stays in the file, as [], if the list is empty."""


def matching(pattern: str, message: str) -> BeforeValidator:
    """Return a validator: a regular expression must match the whole text. ``message`` says what the text must be."""

    def check(value: object) -> str:
        if isinstance(value, str) and re.fullmatch(pattern, value):
            return value
        raise ValueError(message)

    return BeforeValidator(check)


Element = TypeVar("Element")
Several = Annotated[tuple[Element, ...], BeforeValidator(lambda value: () if value is None else value)]
"""A list. A key without a value is an empty list."""
Words = Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS)]
"""Text that must not be empty."""
Prose = Annotated[Words, LONG]
"""Sentences that must not be empty."""
Blank = Annotated[
    str, BeforeValidator(lambda value: "" if value is None else value), Field(max_length=MOST_CHARACTERS), LONG
]
"""Sentences that can be empty."""
Id = Annotated[str, Field(max_length=100, pattern=r"^[^\s,](?:[^\r\n,]*[^\s,])?$")]
"""A name on one line, as in a list of names: without commas, and without blanks at its ends."""
Names = tuple[Id, ...]
Texts = Annotated[tuple[Words, ...], BeforeValidator(lambda value: () if value is None else value), TEXTS]
"""Sentences, each a text of its own."""
Date = Annotated[date, BeforeValidator(_date), PlainSerializer(date.isoformat, str, when_used="json")]
Count = Annotated[int, BeforeValidator(_count), WithJsonSchema({"type": "integer", "minimum": 0})]
Flag = Annotated[bool, BeforeValidator(_flag)]
Number = Annotated[int | float, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
Numbers = Annotated[dict[str, Number], BeforeValidator(lambda value: {} if value is None else value)]
"""Numbers by the id of what they count."""


LanguageCode = Annotated[
    str, matching(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", "must be the code of a language, for example es or pt-BR")
]


class Record(BaseModel):
    """A value read from a data file. It never changes and never saves itself."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    _position: Position | None = PrivateAttr(default=None)

    def set_position(self, position: Position) -> None:
        """Remember the position that the record was read from."""
        self._position = position

    @property
    def source(self) -> dict[str, Any] | None:
        """Return the file and line of the record; None if it was not read from a file."""
        return {"file": self._position.file, "line": self._position.line} if self._position else None

    def problem(self, message: str, at: Path = (), hint: str = "") -> Problem:
        """Return a problem of this record. ``at`` is the path of keys, indices or list values in the record.

        The caller adds the code and the severity.
        """
        if self._position is None:
            return Problem("", message, hint=hint)
        return Problem("", message, self._position.file, *self._position.at(at), hint)

    def plain(self) -> dict[str, Any]:
        """Return the record as plain data: text, numbers, lists and mappings, with the data file's own keys."""
        return self.model_dump(mode="json")

    @property
    def content(self) -> str:
        """Return text that is equal for records with equal data. It makes many comparisons fast."""
        return self.model_dump_json()


class Identified(Record):
    """A record with an id."""

    id: str


Named = TypeVar("Named", bound=Identified)


def pick(
    records: tuple[Named, ...],
    name: str,
    kind: str,
    where: str,
    words: Callable[[Named], str] | None = None,
    *,
    are_titles: bool = False,
) -> Named:
    """Return the record with this id, regardless of case. Raise Refused if it is not found.

    ``words`` returns the words that csg prints for a record. They and their unique beginnings are accepted too;
    of titles, only beginnings that are whole words.
    """
    name = name.strip()
    match = {record.id.casefold(): record for record in records}.get(name.casefold())
    if match is None and words is not None:
        ids = meant_ids(name, {record.id: (words(record),) for record in records}, are_titles=are_titles)
        if len(ids) > 1:
            raise ambiguous(kind, name, ids)
        match = next((record for record in records if record.id in ids), None)
    if match is None:
        ids = [record.id for record in records]
        hint = nearest(name, ids, _known(ids, kind))
        raise Refused(Problem("CSG303", f"no {kind} '{shown(name)}' in {where}", hint=hint))
    return match


def _known(ids: list[str], kind: str) -> str:
    """Return a sentence with the ids that can be meant."""
    if not ids:
        return f"Add one first: there is no {kind} yet."
    if len(ids) > MOST_LISTED:
        return f"The ids are {ids[0]} to {ids[-1]}."
    return f"The ids are {listed(ids, 'and')}."
