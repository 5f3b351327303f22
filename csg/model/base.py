"""The base of every record: a strict schema, a position in a file, and a way to report a problem there."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, PrivateAttr, WithJsonSchema

from csg.model.names import ambiguous, meant_ids
from csg.problem import MOST_LISTED, Path, Place, Problem, Refused, listed, nearest, shown

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
"""Text of several sentences: a list of changes says that it changed, and a prompt opens an editor for it."""
IN_TABLE = Marker("in table")
"""A field that tables on a terminal have room for; other formats have every field."""
TEXTS = Marker("texts")
"""A list of sentences: a comma does not end one of them, as it does in a list of names."""
KEPT = Marker("kept")
"""A list whose key stays in the file, with [], when it is emptied."""


def matching(pattern: str, message: str) -> BeforeValidator:
    """Return the validator of a text that a regular expression matches whole; ``message`` says what it must be."""

    def check(value: object) -> str:
        if isinstance(value, str) and re.fullmatch(pattern, value):
            return value
        raise ValueError(message)

    return BeforeValidator(check)


Element = TypeVar("Element")
Several = Annotated[tuple[Element, ...], BeforeValidator(lambda value: () if value is None else value)]
"""A list. A key with nothing after it holds an empty one, as its author meant."""
Words = Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS)]
"""Text that must not be empty."""
Prose = Annotated[Words, LONG]
"""Sentences that must not be empty."""
Blank = Annotated[
    str, BeforeValidator(lambda value: "" if value is None else value), Field(max_length=MOST_CHARACTERS), LONG
]
"""Sentences that can be empty."""
Id = Annotated[str, Field(max_length=100, pattern=r"^[^\s,](?:[^\r\n,]*[^\s,])?$")]
"""A name on one line, as people write it in a list: no comma, no blank at either end."""
Names = tuple[Id, ...]
Texts = Annotated[tuple[Words, ...], BeforeValidator(lambda value: () if value is None else value), TEXTS]
"""Sentences, each a text of its own."""
Date = Annotated[date, BeforeValidator(_date), PlainSerializer(date.isoformat, str, when_used="json")]
Count = Annotated[int, BeforeValidator(_count), WithJsonSchema({"type": "integer", "minimum": 0})]
Flag = Annotated[bool, BeforeValidator(_flag)]
Number = Annotated[int | float, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
Numbers = Annotated[dict[str, Number], BeforeValidator(lambda value: {} if value is None else value)]
"""Numbers by the id of what they count."""


class Record(BaseModel):
    """A value read from a data file. It never changes and never saves itself."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    _place: Place | None = PrivateAttr(default=None)

    def placed(self, place: Place) -> None:
        """Remember the position that the record was read from."""
        self._place = place

    @property
    def source(self) -> dict[str, Any] | None:
        """Return file and line of the record, or None for a record that was not read."""
        return {"file": self._place.file, "line": self._place.line} if self._place else None

    def problem(self, message: str, at: Path = (), hint: str = "") -> Problem:
        """Return a problem of this record at ``at``, the path of keys, indices or list values from it.

        The caller gives its code and severity: a rule has both.
        """
        if self._place is None:
            return Problem("", message, hint=hint)
        return Problem("", message, self._place.file, *self._place.at(at), hint)

    def plain(self) -> dict[str, Any]:
        """Return the record as plain data: text, numbers, lists and mappings, with the data file's own keys."""
        return self.model_dump(mode="json")

    @property
    def content(self) -> str:
        """Return text that is the same for records with the same data, to compare many records in one pass."""
        return self.model_dump_json()


class Identified(Record):
    """A record that people speak of by an id."""

    id: str


Named = TypeVar("Named", bound=Identified)


def pick(
    records: tuple[Named, ...], name: str, kind: str, where: str, words: Callable[[Named], str] | None = None
) -> Named:
    """Return the record with this id, regardless of case. Raises Refused if there is none.

    With ``words``, which csg prints for a record, they and a unique beginning are accepted too.
    """
    found = {record.id.casefold(): record for record in records}.get(name.casefold())
    if found is None and words is not None:
        ids = meant_ids(name, {record.id: (words(record),) for record in records})
        if len(ids) > 1:
            raise ambiguous(kind, name, ids)
        found = next((record for record in records if record.id in ids), None)
    if found is None:
        ids = [record.id for record in records]
        few = listed(ids, "and") if len(ids) <= MOST_LISTED else f"{ids[0]} to {ids[-1]}"
        hint = nearest(name, ids, f"The ids are {few}." if ids else f"Add one first: there is no {kind} yet.")
        raise Refused(Problem("CSG303", f"no {kind} '{shown(name)}' in {where}", hint=hint))
    return found
