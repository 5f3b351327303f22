"""Edits of YAML text that change only the lines they must.

Whole lines of block YAML, which is what people write, are put in and taken out here; what is set within a line, or in
braces and brackets, is left to yaml-edit. What the new text must hold is told apart, for whoever compares the two.
"""

import re
from itertools import pairwise
from textwrap import indent
from typing import Any, NamedTuple

import yaml_edit

from csg.problem import Path
from csg.source.emit import WIDTH, emit
from csg.source.lines import block, keeps, last_text, spaced, with_comments, without
from csg.source.parse import Mapping, parse
from csg.source.text import BOM

BEGINNING = 50_000
"""As much of a file as says how wide its text is folded."""


class Put(NamedTuple):
    """Give the key at the end of ``path`` this value. A new key goes where ``order``, a list of keys, has it."""

    path: Path
    value: Any
    order: tuple[str, ...] = ()


class Insert(NamedTuple):
    """Insert an element into the list at ``path``, before the one that is ``place``-th. A missing list is made."""

    path: Path
    place: int
    value: Any
    order: tuple[str, ...] = ()


class Remove(NamedTuple):
    """Remove the key or element at ``path``."""

    path: Path


class Move(NamedTuple):
    """Move the element at ``path``, with its comments, so that it is the ``place``-th of its list."""

    path: Path
    place: int


Edit = Put | Insert | Remove | Move


def edit_data(data: Any, edits: tuple[Edit, ...]) -> Any:
    """Plain data with the edits made: what the edited text must hold. Whatever is not on an edit's path is shared."""
    for edit in edits:
        data = _edited(data, edit.path, edit)
    return data


def as_text(value: Any) -> Any:
    """Return plain data as a parsed file holds it: each scalar is text until the schema gives it a type."""
    if isinstance(value, dict):
        return {key: as_text(below) for key, below in value.items()}
    if isinstance(value, list):
        return [as_text(element) for element in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def _edited(node: Any, path: Path, edit: Edit) -> Any:
    part, *below = path
    copy: Any = dict(node) if isinstance(node, dict) else list(node)
    if below:
        copy[part] = _edited(node[part], tuple(below), edit)
        return copy
    match edit:
        case Put():
            copy[part] = as_text(edit.value)
        case Remove():
            del copy[part]
        case Insert():
            copy[part] = list(node.get(part) or ())
            copy[part].insert(edit.place, as_text(edit.value))
        case Move():
            copy.insert(edit.place, copy.pop(part))
    return copy


def edit_text(text: str, edits: tuple[Edit, ...], data: Mapping | None = None) -> str:
    """The text with the edits made: comments, blank lines, quoting, line ends and all else stay as they are.

    ``data`` is what the text holds, for whoever has parsed it already.
    """
    mark = BOM if text.startswith(BOM) else ""
    whole = text.removeprefix(BOM)
    newline = "\r\n" if "\r\n" in whole else "\n"
    for edit in edits:
        lines = whole.split("\n")
        if newline == "\r\n":
            lines = [line.removesuffix("\r") for line in lines]
        made = _by_lines(whole, data or parse(whole, "").data, lines, edit)
        data = None
        whole = _in_place(whole, edit, newline) if made is None else newline.join(made)
    return mark + whole


def _by_lines(text: str, data: Mapping | None, lines: list[str], edit: Edit) -> list[str] | None:
    """The lines with the edit made; None where it is none of whole lines."""
    ended = lines[-1] == ""
    lines = lines[:-1] if ended else lines
    made: list[str] | None
    match edit:
        case Put():
            made = _put(text, data, lines, edit)
        case Insert():
            made = _insert(text, data, lines, edit)
        case Remove():
            made = _remove(data, lines, edit)
        case Move():
            made = _move(data, lines, edit)
    if made is None or (not ended and made[-1] is lines[-1]):
        return made
    if not ended and (header := last_text(lines, 0, len(lines))) is not None and lines[header] in made:
        # A text that ended with the file gets a line's end behind it, which is to be no part of it.
        index = made.index(lines[header])
        made[index] = re.sub(r"([|>][1-9]?)\+?(?=\s*(?:#.*)?$)", r"\1-", made[index])
    return [*made, ""]


def _put(text: str, data: Mapping | None, lines: list[str], edit: Put) -> list[str] | None:
    """A new key, behind those that come before it in their order."""
    *above, key = edit.path
    found = block(data, lines, tuple(above))
    if found is None or key in found.parts:
        return None
    earlier = edit.order[: edit.order.index(str(key))] if key in edit.order else edit.order
    ends = [end for name, (_, end) in found.parts.items() if name in earlier] or [
        end for _, end in found.parts.values()
    ]
    new = _written({str(key): edit.value}, found.column, text)
    return [*lines[: max(ends)], *new, *lines[max(ends) :]]


def _insert(text: str, data: Mapping | None, lines: list[str], edit: Insert) -> list[str] | None:
    """A new element, above the comments of the one that it comes before."""
    found = block(data, lines, edit.path)
    if found is None:
        return _put(text, data, lines, Put(edit.path, [edit.value], edit.order))
    value = edit.value
    new = _written([value], found.column, text) if isinstance(value, dict) else _dashed(value, found.column, text)
    apart = [""] if spaced(lines, found) else []
    if edit.place < len(found.parts):
        start = with_comments(lines, found, edit.place)
        return [*lines[:start], *new, *apart, *lines[start:]]
    start, end = found.parts[edit.place - 1]
    return [*lines[:end], *([] if keeps(lines, start, end) else apart), *new, *lines[end:]]


def _remove(data: Mapping | None, lines: list[str], edit: Remove) -> list[str] | None:
    *above, part = edit.path
    found = block(data, lines, tuple(above))
    if found is None or len(found.parts) == 1 or (found.first_shares_its_line and part == next(iter(found.parts))):
        return None
    return without(lines, found, part)


def _move(data: Mapping | None, lines: list[str], edit: Move) -> list[str] | None:
    *above, part = edit.path
    found = block(data, lines, tuple(above))
    if found is None or found.first_shares_its_line or any(keeps(lines, *span) for span in found.parts.values()):
        return None
    places = [(with_comments(lines, found, index), end) for index, (_, end) in found.parts.items()]
    blocks = [lines[start:end] for start, end in places]
    gaps = [lines[end:start] for (_, end), (start, _) in pairwise(places)]
    blocks.insert(edit.place, blocks.pop(int(part)))
    joined = [line for each, gap in zip(blocks, [*gaps, []], strict=True) for line in (*each, *gap)]
    return [*lines[: places[0][0]], *joined, *lines[places[-1][1] :]]


def _written(data: Any, column: int, text: str) -> list[str]:
    """The lines of new data that stands in a column of the text."""
    return indent(emit(data, width=_width(text[:BEGINNING]) - column), " " * column).removesuffix("\n").split("\n")


def _dashed(value: Any, column: int, text: str) -> list[str]:
    """The lines of a new element that is no mapping: its first behind a dash, the rest below it."""
    first, *rest = _written(value, column + 2, text)
    return [f"{' ' * column}- {first.lstrip(' ')}", *rest]


def _width(text: str) -> int:
    """How wide the text folds: its widest folded line, as far as that is a width someone would choose."""
    widest, depth = 0, -1
    for line in text.replace("\r", "").split("\n"):
        blanks = len(line) - len(line.lstrip(" "))
        if 0 <= depth < blanks < len(line):
            widest = max(widest, len(line))
        else:
            depth = blanks if line.endswith((": >", ": >-", ": >+")) and "#" not in line else -1
    return min(max(widest or WIDTH, 60), 120)


_HEAD = re.compile(r"(?:[ \t]*(?:#.*)?\r?\n|%.*\r?\n)*---[ \t]*(?:#.*)?\r?\n")
_TAIL = re.compile(r"^\.\.\.[ \t]*(?:#.*)?(?:\r?\n|$)", re.MULTILINE)


def _in_place(text: str, edit: Edit, newline: str) -> str:
    """The text with an edit that yaml-edit makes: within a line, in braces or brackets, or of a value as a whole.

    What stands before the document's start and behind its end is kept from it: it takes no comments there.
    """
    head = found[0] if (found := _HEAD.match(text)) else ""
    end = found.start() if (found := _TAIL.search(text, len(head))) else len(text)
    body = text[len(head) : end]
    document = yaml_edit.Document.parse(body if body.endswith("\n") else body + newline)
    _set(document, str(document), edit, _width(text[:BEGINNING]))
    made = str(document) if body.endswith("\n") else str(document).removesuffix("\n").removesuffix("\r")
    return head + made + text[end:]


def _set(document: yaml_edit.Document, text: str, edit: Edit, width: int) -> None:
    *above, last = edit.path
    parent = _node(document, tuple(above))
    if isinstance(edit, Move):
        value = _node_value(parent[last])
        del parent[last]
        parent.insert(edit.place, _fragment(value, width, parent))
    elif isinstance(edit, Remove) and isinstance(parent, yaml_edit.Sequence) and len(parent) == 1 and above:
        _set(document, text, Put(tuple(above), []), width)
    elif isinstance(edit, Remove):
        del parent[last]
    elif isinstance(edit, Insert):
        elements = _collection(parent.get(last)) if last in parent else None
        if elements:
            elements.insert(edit.place, _fragment(edit.value, width - _indent(elements, text) - 2, elements))
        else:
            _set(document, text, Put(edit.path, [edit.value], edit.order), width)
    elif isinstance(parent, yaml_edit.Sequence):
        parent[int(last)] = _fragment(edit.value, width - _indent(parent, text) - 2, parent)
    else:
        # Emitted below its key, so that what fits on a line with it is told from what does not.
        room = width - _indent(parent, text)
        value = _collection(_fragment({str(last): edit.value}, room, parent))[str(last)]
        if last in parent or not edit.order:
            parent[last] = value
        else:
            parent.set(last, value, field_order=edit.order)


def _node_value(node: Any) -> Any:
    return node.to_python() if hasattr(node, "to_python") else node


def _indent(node: Any, text: str) -> int:
    """How many characters stand before the node on its first line."""
    _, column = node.start_position(text)
    return int(column) - 1


def _collection(node: Any) -> Any:
    return node and (node.as_mapping() or node.as_sequence())


def _node(document: yaml_edit.Document, path: Path) -> Any:
    node: Any = document.as_mapping()
    for part in path:
        node = _collection(node[part])
    return node


def _fragment(value: Any, width: int, parent: Any) -> Any:
    """A value as a syntax tree of its own, which keeps its layout wherever it is put."""
    return yaml_edit.Document.parse(emit(value, width=width, one_line=parent.is_flow_style())).root()
