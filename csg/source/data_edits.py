"""Edits of plain data: the same as those of the text, so that the caller can compare the results."""

from typing import Any, NamedTuple

from csg.problem import Path
from csg.source.emit import number_text


class Put(NamedTuple):
    """Set the value of the key at the end of ``path``. ``order``, a list of keys, decides the position of a new key."""

    path: Path
    value: Any
    order: tuple[str, ...] = ()


class Insert(NamedTuple):
    """Insert an element at an index of the list at ``path``. If the list is missing, create it."""

    path: Path
    position: int
    value: Any
    order: tuple[str, ...] = ()


class Remove(NamedTuple):
    """Remove the key or element at ``path``."""

    path: Path


class Move(NamedTuple):
    """Move the element at ``path``, with its comments, to another index of its list."""

    path: Path
    position: int


Edit = Put | Insert | Remove | Move


def edit_data(data: Any, edits: tuple[Edit, ...]) -> Any:
    """Return plain data after the edits, which the edited text must have. Unchanged parts are shared."""
    own: dict[int, Any] = {}  # copies that the edits before have made, and that need no further copy
    for edit in edits:
        data = _edited(data, edit.path, edit, own)
    return data


def as_text(value: Any) -> Any:
    """Return plain data as in a parsed file, where each scalar is text until the schema gives it a type."""
    if isinstance(value, dict):
        return {key: as_text(below) for key, below in value.items()}
    if isinstance(value, list):
        return [as_text(element) for element in value]
    if isinstance(value, float):
        return number_text(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _edited(node: Any, path: Path, edit: Edit, own: dict[int, Any]) -> Any:
    part, *below = path
    copy: Any = node if id(node) in own else dict(node) if isinstance(node, dict) else list(node)
    own[id(copy)] = copy
    if below:
        copy[part] = _edited(node[part], tuple(below), edit, own)
        return copy
    match edit:
        case Put():
            copy[part] = as_text(edit.value)
        case Remove():
            del copy[part]
        case Insert():
            copy[part] = list(node.get(part) or ())
            copy[part].insert(edit.position, as_text(edit.value))
        case Move():
            copy.insert(edit.position, copy.pop(part))
    return copy
