"""One data file to one record: parsed, validated, and every record in it told where it stands."""

from contextlib import suppress
from typing import Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from csg.model.base import Record
from csg.problem import Problem, Refused
from csg.source.parse import Document, Mapping, Spot, parse
from csg.workspace.salvage import salvaged
from csg.workspace.schema import problems_of

R = TypeVar("R", bound=Record)


class Loaded(NamedTuple, Generic[R]):
    """What came of reading a file: its document and its record, each None where there is none, and what is wrong.

    A record of a file at fault holds what could be read: enough for the rules to tell what else is wrong.
    """

    document: Document | None
    record: R | None
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> R:
        """The record. Raises Refused with the file's problems where there are any."""
        if self.record is None or self.problems:
            raise Refused(*self.problems)
        return self.record


def load(text: str, file: str, model: type[R]) -> Loaded[R]:
    """Parse and validate the text of a data file. All that is wrong with its YAML or its schema is told at once."""
    document = parse(text, file)
    data, problems = document.data, list(document.problems)
    if data is None:
        return Loaded(document, None, document.problems)
    record = None
    try:
        record = model.model_validate(data)
    except ValidationError as error:
        problems += problems_of(error, document, model)
        data = salvaged(data, error, model, file)
        with suppress(ValidationError):
            record = model.model_validate(data)
    if record is not None:
        _place(record, data, file)
    return Loaded(document, record, tuple(problems))


def _place(record: Record, node: Mapping, file: str) -> None:
    record.placed(Spot(file, node))
    for key, value in record.__dict__.items():
        if isinstance(value, Record) and key in node:
            _place(value, node[key], file)
        elif isinstance(value, tuple) and value and isinstance(value[0], Record):
            for element, place in zip(value, node[key], strict=True):
                _place(element, place, file)
