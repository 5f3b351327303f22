"""Errors of Pydantic as problems in plain words, with line and column."""

from collections.abc import Iterator
from typing import Any, TypeVar, get_args

from pydantic import ValidationError

from csg.model.base import Record
from csg.problem import Path, Problem, Refused, Suggestions, listed, nearest, shown
from csg.source.parse import Document, locate
from csg.source.text import line_and_column

R = TypeVar("R", bound=Record)
MOST_MISSPELT = 200
"""The most errors of a file that are searched for misspelt keys. More errors come from a program, not from a person."""
_SINGULAR = {
    "activities": "activity",
    "fields": "field",
    "indicators": "indicator",
    "leads": "group",
    "meetings": "meeting",
    "members": "member",
    "membership_types": "membership type",
    "objectives": "objective",
    "periods": "period",
    "progress": "report",
    "questions": "question",
    "unodc": "section",
}


def validated(model: type[R], fields: dict[str, Any]) -> R:
    """Return a record from the fields of a person's input. Raise Refused if they do not match the schema."""
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        described = (_described(fault, fields, model, _KeySuggestions()) for fault in error.errors(include_url=False))
        # A value on a command line comes after no colon.
        raise Refused(
            *(Problem(code, message, hint=hint.replace(" after the colon", "")) for code, message, hint in described)
        ) from None


def problems_of(error: ValidationError, document: Document, model: type[Record]) -> Iterator[Problem]:
    """Yield the errors of Pydantic as problems at their positions in the document."""
    errors = error.errors(include_url=False)
    suggestions = _KeySuggestions()
    misspelt = {
        (fault["loc"][:-1], key)
        for fault in errors[:MOST_MISSPELT]
        if fault["type"] == "extra_forbidden"
        for key in record_at(model, fault["loc"][:-1]).model_fields
        if nearest(str(fault["loc"][-1]), [key])
    }
    for fault in errors:
        code, message, hint = _described(fault, document.data, model, suggestions)
        path: Path = fault["loc"]
        if code == "CSG121" and ((path[:-1], path[-1]) in misspelt or _is_lost(document, path)):
            continue  # reported already, with the misspelt key or with the line that is not YAML
        if code == "CSG122" and path[-1] == "<<":
            continue  # reported already as a merge key
        mark = locate(document.data, path[:-1] if code == "CSG121" else path, key=code == "CSG122")
        yield Problem(code, message, document.file, *line_and_column(mark), hint)


def _is_lost(document: Document, path: Path) -> bool:
    """Return whether a missing key of a record is on a line that is not YAML."""
    *above, key = path
    start, end = locate(document.data, tuple(above)).line, len(document.text)
    if above and isinstance(above[-1], int):
        later = (*above[:-1], above[-1] + 1)
        next_line = locate(document.data, later).line
        end = next_line if next_line > start else end
    return any(start <= line < end for line, lost in document.lost if lost == key)


class _KeySuggestions(dict[type[Record], Suggestions]):
    """Suggestions for unknown keys: the keys of each kind of record."""

    def __missing__(self, model: type[Record]) -> Suggestions:
        self[model] = Suggestions(model.model_fields)
        return self[model]


def _described(
    fault: Any, data: Any, model: type[Record], suggestions: dict[type[Record], Suggestions]
) -> tuple[str, str, str]:
    """Return the code, the message and the hint for an error of Pydantic."""
    path: Path = fault["loc"]
    kind, field = fault["type"], path[-1] if path else "the file"
    where = _where(data, path)
    if kind == "missing":
        return "CSG121", f"key {field} is missing{where}", f"Add a line `{field}: …`."
    if kind == "extra_forbidden":
        record = record_at(model, path[:-1])
        hint = suggestions[record].hint(str(field), f"The keys here are {listed(record.model_fields, 'and')}.")
        return "CSG122", f"unknown key '{shown(str(field))}'{where}", hint
    message, hint = _plain_words(kind, fault)
    if isinstance(field, int):
        if kind == "value_error" and isinstance(fault["input"], dict):
            return "CSG123", f"{_where(data, (*path, '')).removeprefix(' in ')} {message}", hint
        field = f"{path[-2]} number {field + 1}"
    return "CSG123", f"{field}{_where(data, path, 'of')} {message}", hint


_NOTHING = ("", "~", "null", "none", "n/a", "-")
"""Words that people write for no value. They are text in the data files."""


def _plain_words(kind: str, fault: Any) -> tuple[str, str]:
    """Return the error as the rest of a sentence that begins with the key, and the fix."""
    value = fault["input"]
    match kind:
        case "string_type":
            return (
                f"must be text, not {_kind(value)}",
                "Write text after the colon." if value is None else "Write it as text.",
            )
        case "tuple_type":
            is_name = isinstance(value, str) and value.casefold() not in _NOTHING
            written = f"Write [{shown(value)}]." if is_name else "Write [] for none."
            if isinstance(value, dict):
                written = "Begin each element with a dash and a blank."
            return f"must be a list, not {_kind(value)}", written
        case "model_type" | "model_attributes_type" | "dict_type":
            return f"must be a mapping of keys, not {_kind(value)}", "Write lines of `key: value`, indented below it."
        case "string_too_short":
            return "must not be empty", "Write text after the colon."
        case "string_too_long" | "too_long":
            most = fault["ctx"]["max_length"]
            return f"must have at most {most:,} characters, not {len(value):,}", "Shorten it."
        case "string_pattern_mismatch" if not value:
            return "must not be empty", "Write text after the colon."
        case "string_pattern_mismatch":
            return f"'{shown(value)}' must not have a comma, a line break, or a blank at an end", "Delete it."
        case "literal_error":
            allowed = str(fault["ctx"]["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
            hint = nearest(str(value), allowed, f"Write {listed(allowed)}.")
            return f"cannot be '{shown(value)}'" if isinstance(
                value, str
            ) else f"must be text, not {_kind(value)}", hint
        case "greater_than_equal":
            return f"must be at least {fault['ctx']['ge']}", "Correct the number."
        case "value_error":
            return str(fault["ctx"]["error"]), "Correct it."
        case _:
            return f"is not allowed ({fault['msg']})", "See docs/data-format.md."


def _kind(value: Any) -> str:
    if value is None:
        return "nothing"
    return "a mapping" if isinstance(value, dict) else "a list" if isinstance(value, list) else "text"


def _where(data: Any, path: Path, link: str = "in") -> str:
    """Return the words for the innermost record on the path: `` in activity 2.4``."""
    words, node = "", data
    for index, part in enumerate(path[:-1]):
        node = node[part]
        if isinstance(node, dict) and index and isinstance(path[index - 1], str):
            name = node.get("id")
            kind = _SINGULAR.get(str(path[index - 1]))
            if kind and isinstance(name, str):
                words = f" {link} {kind} {shown(name)}"
            elif kind:
                words = f" {link} {kind} number {int(part) + 1}{words}"
    return words


def record_at(model: type[Record], path: Path) -> type[Record]:
    """Return the kind of record at ``path`` below ``model``."""
    for part in path:
        if isinstance(part, str) and part in model.model_fields:
            model = _record(model.model_fields[part].annotation) or model
    return model


def _record(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next((record for argument in get_args(annotation) if (record := _record(argument))), None)
