"""Repair data that does not match the schema, so that the rules can find more problems in it."""

import re
from pathlib import PurePosixPath
from typing import Any

from pydantic import ValidationError

from csg.model.base import Record
from csg.problem import Path
from csg.source.parse import Mapping, Sequence

_TEXTS = frozenset({"title", "name", "text", "summary", "comments"})
_NAMED_BY_FILE = frozenset({"workplan", "review"})
_LISTS = frozenset({"unodc_lead", "cso_lead", "activities", "objectives", "periods", "members"})


def salvaged(data: Mapping, error: ValidationError, model: type[Record], file: str) -> Mapping:
    """Return a copy of the data without the values that Pydantic refused.

    Required text and lists are replaced by neutral values. An element that needs the refused value is left out,
    for example an activity without an id.
    """
    copy: Mapping = _copied(data)
    removed: list[Path] = []
    for fault in error.errors(include_url=False, include_input=False):
        path: Path = fault["loc"]
        *above, last = path
        node = _follow(copy, above)
        if fault["type"] == "extra_forbidden":
            node.pop(last, None)
        elif above[-1:] == ["values"]:
            node.pop(last)
        elif last in _LISTS and isinstance(node, Mapping):
            _put(node, str(last), Sequence(node.mark))
        elif last in _TEXTS and isinstance(node, Mapping):
            _put(node, str(last), "-")
        elif last in _NAMED_BY_FILE and isinstance(node, Mapping):
            _put(node, str(last), PurePosixPath(file).stem.removeprefix("workplan-"))
        elif last == "status" and isinstance(node, Mapping):
            _put(node, "status", "not-started")
        elif last == "date" and isinstance(node, Mapping):
            _put(node, "date", _date_before(copy, above))
        elif isinstance(last, str) and fault["type"] != "missing" and _optional(model, path):
            node.pop(last, None)
        else:
            removed.append(path)
    elements = {_element(path) for path in removed}
    for element in sorted((path for path in elements if path), key=lambda path: (len(path), path[-1]), reverse=True):
        *above, index = element
        sequence = _follow(copy, above)
        if isinstance(sequence, Sequence) and isinstance(index, int) and index < len(sequence):
            del sequence[index], sequence.marks[index]
    return copy


def _date_before(data: Any, above: list[str | int]) -> str:
    """Return a valid date for the report at ``above``: the date of the report before it."""
    *list_path, index = above
    previous = _follow(data, [*list_path, index - 1]) if isinstance(index, int) and index else {}
    before = previous.get("date") if isinstance(previous, Mapping) else None
    return before if isinstance(before, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", before) else "0001-01-01"


def _copied(node: Any) -> Any:
    if isinstance(node, Mapping):
        mapping = Mapping(node.mark)
        mapping.marks = dict(node.marks)
        mapping.update((key, _copied(value)) for key, value in node.items())
        return mapping
    if isinstance(node, Sequence):
        sequence = Sequence(node.mark)
        sequence.marks = list(node.marks)
        sequence.extend(map(_copied, node))
        return sequence
    return node


def _follow(node: Any, path: list[str | int]) -> Any:
    for part in path:
        node = node[part]
    return node


def _put(node: Mapping, key: str, value: Any) -> None:
    node[key] = value
    node.marks.setdefault(key, (node.mark, node.mark))


def _element(path: Path) -> Path:
    """Return the path of the innermost list element on a path."""
    for end in range(len(path), 0, -1):
        if isinstance(path[end - 1], int):
            return path[:end]
    return ()


def _optional(model: type[Record], path: Path) -> bool:
    from csg.workspace.schema import record_at

    field = record_at(model, path[:-1]).model_fields.get(str(path[-1]))
    return field is not None and not field.is_required()
