"""Edits of YAML text that change only the lines they must.

The parse gives the position of every value. ``lines`` puts whole lines of block YAML in and takes them out, ``values``
replaces a value in its place, ``flow`` edits brackets and braces. ``edit_data`` works out apart from that which data
the new text must hold: the writer compares the two.
"""

from textwrap import indent
from typing import Any, NamedTuple

from csg.problem import Path
from csg.source import flow, lines, values
from csg.source.emit import WIDTH, emit
from csg.source.layout import HEADER, Block, Layout
from csg.source.parse import Mapping, Sequence, parse
from csg.source.text import BOM

MOST_LINES = 1_000
"""Lines of a file that are enough to see the width at which its text is folded."""


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
    """Return plain data with the edits made, which the edited text must hold. The rest of the data is shared."""
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
    """Return the text with the edits made. Comments, blank lines, quotes and line ends stay as they are.

    ``data`` is what the text holds, if it has been parsed already.
    """
    mark = BOM if text.startswith(BOM) else ""
    text = text.removeprefix(BOM)
    for edit in edits:
        known = data or parse(text, "").data
        data = None
        if known is None:
            raise ValueError("the text holds no mapping")
        text = _edited_text(Layout(text, known), edit)
    return mark + text


def _edited_text(layout: Layout, edit: Edit) -> str:
    match edit:
        case Put():
            return _put(layout, edit)
        case Insert():
            return _insert(layout, edit)
        case Remove():
            return _remove(layout, edit)
        case Move():
            return _move(layout, edit)


def _put(layout: Layout, edit: Put) -> str:
    """Replace a value, or add a key after those that come before it in their order."""
    *above, key = edit.path
    parent = layout.node(tuple(above))
    if isinstance(parent, Sequence) or key in parent:
        return values.replaced(layout, parent, key, edit.value, _width(layout))
    earlier = edit.order[: edit.order.index(str(key))] if key in edit.order else edit.order
    known = [name for name in parent if name in earlier] or list(parent)
    if parent.flow or not parent:
        new = flow.written(edit.value, str(key))
        return flow.inserted(layout, parent, max((list(parent).index(name) for name in known), default=-1) + 1, new)
    block = _block(layout, tuple(above))
    after = max(known, key=lambda name: block.parts[name][1])
    new_lines = _lines({str(key): edit.value}, block.column, layout)
    return lines.key_inserted(layout, block, parent, after, new_lines)


def _insert(layout: Layout, edit: Insert) -> str:
    """Insert an element, above the comments about the one that it comes before."""
    node = layout.node(edit.path)
    if not isinstance(node, Sequence) or (not node and not node.flow):
        return _put(layout, Put(edit.path, [edit.value], edit.order))
    if not node and not layout.node(edit.path[:-1]).flow:
        return _put(layout, Put(edit.path, [edit.value], edit.order))
    if node.flow:
        return flow.inserted(layout, node, edit.place, flow.written(edit.value))
    block = _block(layout, edit.path)
    return lines.element_inserted(layout, block, node, edit.place, _element(edit.value, block, node, layout))


def _remove(layout: Layout, edit: Remove) -> str:
    """Remove a record with the comments about it. The comments about a single field or name stay."""
    *above, part = edit.path
    parent = layout.node(tuple(above))
    if parent.flow:
        index = list(parent).index(str(part)) if isinstance(parent, Mapping) else int(part)
        return flow.removed(layout, parent, index, whole=isinstance(parent[part], Mapping))
    block = _block(layout, tuple(above))
    is_record = isinstance(parent[part], (Mapping, Sequence)) and bool(parent[part])
    if len(parent) == 1 and above:
        layout = Layout(lines.without_comments(layout, block, parent[part], part), layout.data) if is_record else layout
        return values.replaced(layout, layout.node(tuple(above[:-1])), above[-1], type(parent)(None), _width(layout))
    if block.shares_line and part == next(iter(block.parts)):
        return _first_key_removed(layout, block, part)
    if is_record:
        return lines.record_removed(layout, block, parent, part)
    return lines.line_removed(layout, block, parent, part)


def _first_key_removed(layout: Layout, block: Block, part: str | int) -> str:
    """Remove the first key of a mapping that begins after a dash: the next key takes its place."""
    second = list(block.parts)[1]
    start = layout.start_of(block.parts[part][0]) + block.column
    return layout.text[:start] + layout.text[layout.start_of(block.parts[second][0]) + block.column :]


def _move(layout: Layout, edit: Move) -> str:
    *above, part = edit.path
    node = layout.node(tuple(above))
    if node.flow:
        return flow.moved(layout, node, int(part), edit.place)
    return lines.element_moved(layout, _block(layout, tuple(above)), node, int(part), edit.place)


def _block(layout: Layout, path: Path) -> Block:
    block = layout.block(path)
    if block is None:
        raise ValueError(f"no block at {path}")
    return block


def _element(value: Any, block: Block, node: Sequence, layout: Layout) -> list[str]:
    """Return the lines of a new element, as far from its dash as the first of the list is."""
    first = node.marks[0]
    apart = int(first.column) - block.column if int(first.line) == block.parts[0][0] else 2
    body = _lines(value, block.column + apart, layout)
    return [f"{' ' * block.column}-{' ' * (apart - 1)}{body[0].lstrip(' ')}", *body[1:]]


def _lines(data: Any, column: int, layout: Layout) -> list[str]:
    """Return the lines of new data that is in a column of the text."""
    text = emit(data, width=_width(layout) - column)
    return indent(text, " " * column).removesuffix("\n").split("\n")


def _width(layout: Layout) -> int:
    """Return how wide the text folds: its widest folded line, as far as a person would choose that width."""
    widest, depth = 0, -1
    for line in layout.lines[:MOST_LINES]:
        indented = len(line) - len(line.lstrip(" "))
        if depth >= 0 and line.strip() and indented > depth:
            widest = max(widest, len(line.rstrip("\r")))
            continue
        last_word = line.split("#")[0].rstrip().rpartition(" ")[2]
        header = HEADER.fullmatch(last_word) if line[indented : indented + 1] != "#" else None
        depth = indented if header and last_word[0] == ">" else depth if not line.strip() else -1
    return min(max(widest or WIDTH, NARROWEST), WIDEST)


NARROWEST, WIDEST = 60, 120
"""Columns at which people fold text."""
