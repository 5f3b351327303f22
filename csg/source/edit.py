"""Edits of YAML text that change only the lines they must.

yaml-edit places and indents; this module says what is put where, keeps blank lines where a person would have them, and
gives the data that the new text must hold, for whoever checks it.
"""

import re
from typing import Any, NamedTuple

import yaml_edit

from csg.problem import Path
from csg.source.emit import WIDTH, emit
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


Edit = Put | Insert | Remove


def edit_data(data: Any, edits: tuple[Edit, ...]) -> Any:
    """Plain data with the edits made: what the edited text must hold. Whatever is not on an edit's path is shared."""
    for edit in edits:
        data = _edited(data, edit.path, edit)
    return data


def _edited(node: Any, path: Path, edit: Edit) -> Any:
    part, *below = path
    copy: Any = dict(node) if isinstance(node, dict) else list(node)
    if below:
        copy[part] = _edited(node[part], tuple(below), edit)
        return copy
    match edit:
        case Put():
            copy[part] = edit.value
        case Remove():
            del copy[part]
        case Insert():
            elements = list(node.get(part) or ())
            elements.insert(edit.place, edit.value)
            copy[part] = elements
    return copy


def edit_text(text: str, edits: tuple[Edit, ...]) -> str:
    """The text with the edits made: comments, blank lines, quoting, line ends and all else stay as they are."""
    mark = BOM if text.startswith(BOM) else ""
    whole = text.removeprefix(BOM)
    newline = "\r\n" if "\r\n" in whole else "\n"
    old = whole if whole.endswith("\n") else whole + newline
    for edit in edits:
        document = yaml_edit.Document.parse(old)
        spaced = _make(document, old, edit, _width(old[:BEGINNING]))
        old = _settle(old, str(document), spaced=spaced)
    if not whole.endswith("\n") and old.splitlines()[-1:] == whole.splitlines()[-1:]:
        old = old.removesuffix("\n").removesuffix("\r")
    return mark + old


def _make(document: yaml_edit.Document, text: str, edit: Edit, width: int) -> bool:
    """Make one edit in the syntax tree; tell whether a blank line belongs between the elements around it."""
    *above, last = edit.path
    parent = _node(document, tuple(above))
    if isinstance(edit, Remove):
        del parent[last]
        return False
    if isinstance(edit, Insert):
        elements = _collection(parent.get(last)) if last in parent else None
        if elements:
            spaced = _spaced(elements, text)
            elements.insert(edit.place, _fragment(edit.value, width - _indent(elements, text) - 2, elements))
            return spaced
        edit = Put(edit.path, [edit.value], edit.order)
    room = width - _indent(parent, text)
    if isinstance(parent, yaml_edit.Sequence):
        parent[int(last)] = _fragment(edit.value, room - 2, parent)
        return False
    # Emitted below its key, so that what fits on a line with it is told from what does not.
    value = _collection(_fragment({str(last): edit.value}, room, parent))[str(last)]
    if last in parent or not edit.order:
        parent[last] = value
    else:
        parent.set(last, value, field_order=edit.order)
    return False


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


def _spaced(elements: yaml_edit.Sequence, text: str) -> bool:
    """Whether a blank line stands before the last of several elements."""
    if len(elements) < 2 or elements.is_flow_style():
        return False
    line, _ = elements[-1].start_position(text)
    lines = text.splitlines()[: line - 1]
    while lines and lines[-1].lstrip().startswith("#"):
        lines.pop()
    return bool(lines) and not lines[-1].strip()


def _width(text: str) -> int:
    """How wide the text folds: its widest folded line, as far as that is a width someone would choose."""
    folded = re.findall(r"^( *)[^#\n]*: >[-+]?\r?\n((?:\1 +\S.*\r?\n)+)", text, re.MULTILINE)
    widest = max((len(line) for _, block in folded for line in block.splitlines()), default=WIDTH)
    return min(max(widest, 60), 120)


def _settle(old: str, new: str, *, spaced: bool) -> str:
    """``new`` with its blank lines where a person would have them.

    yaml-edit puts a new key after the blank line that trails a folded text; a person puts it before. What is removed
    leaves its blank line; a person takes that too.
    """
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    start = _alike(before, after)
    end = _alike(before[: start - len(before) - 1 : -1], after[: start - len(after) - 1 : -1])
    removed, added = before[start : len(before) - end], after[start : len(after) - end]
    if added and not removed:
        while start and not before[start - 1].strip():
            start -= 1
        newline = "\r\n" if before[0].endswith("\r\n") else "\n"
        return "".join((*before[:start], *([newline] if spaced else []), *added, *before[start:]))
    if removed and not added:
        # The blank lines below go with what stays, but for one where there is another above.
        while removed and not removed[-1].strip():
            removed.pop()
            end += 1
        last = not end or not before[len(before) - end].strip()
        first = start - 1 if last and start and not before[start - 1].strip() else start
        return "".join((*before[:first], *before[len(before) - end :]))
    return new


def _alike(some: list[str], others: list[str]) -> int:
    """How many lines two texts have in common from the beginning on."""
    return next((n for n, (a, b) in enumerate(zip(some, others, strict=False)) if a != b), min(len(some), len(others)))
