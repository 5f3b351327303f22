"""Load a data file as a record: parse and validate it, and set the position of every record in it."""

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
    """The result of reading a file: its document, its record (None if it cannot be read) and its problems.

    The record of a file with problems has the readable data, so that the rules can find more problems.
    """

    document: Document | None
    record: R | None
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> R:
        """Return the record. Raise Refused if the file has problems."""
        if self.record is None or self.problems:
            raise Refused(*self.problems)
        return self.record


def load(text: str, file: str, model: type[R]) -> Loaded[R]:
    """Parse and validate the text of a data file. All problems of YAML and schema are reported at once."""
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
        _set_positions(record, data, file)
    return Loaded(document, record, tuple(problems))


def _set_positions(record: Record, node: Mapping, file: str) -> None:
    record.set_position(Spot(file, node))
    for key, value in record.__dict__.items():
        if isinstance(value, Record) and key in node:
            _set_positions(value, node[key], file)
        elif isinstance(value, tuple) and value and isinstance(value[0], Record):
            for element, element_node in zip(value, node[key], strict=True):
                _set_positions(element, element_node, file)
