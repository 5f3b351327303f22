"""Edits of one value: it gets another text in its place, and what is around it stays, comments too."""

from textwrap import indent

from csg.source import flow
from csg.source.emit import emit
from csg.source.layout import HEADER, Layout, Value
from csg.source.lines import inserted
from csg.source.parse import Mapping, Sequence
from csg.source.parse import parse as parsed

STEP = 2
"""Blanks by which a value on lines of its own is indented below its key."""


def replaced(layout: Layout, parent: Mapping | Sequence, part: str | int, new: object, width: int) -> str:
    """Return the text with another value of a key or of an element of a list."""
    old = layout.value(parent, part)
    if parent.flow:
        return _spliced(layout.text, old, flow.written(new))
    column = int(parent.mark.column)
    first, *below = _written(new, width - column - STEP)
    # What is below the first line is indented further than the key, or than the dash.
    below = [indent(line, " " * (column + STEP)) for line in below]
    if old.style == "block list":
        return _instead_of_lines(layout, parent, part, first, below)
    comments = layout.comments(old.start, old.end, old.node) if isinstance(old.node, (Mapping, Sequence)) else []
    below = [*below, *(f"{' ' * (column + STEP)}{comment}" for comment in comments)] if comments else below
    if old.style == "block text":
        return _instead_of_text(layout, old, first, below)
    text = _spliced(layout.text, old, first)
    return _with_below(text, old.start + len(first), below) if below else text


def _written(new: object, width: int) -> list[str]:
    """Return a value's lines: what follows the colon, and what is below, without indentation."""
    lines = emit({"k": new}, width=max(width, 20) + STEP).removesuffix("\n").split("\n")
    below = [line.removeprefix(" " * STEP) for line in lines[1:]]
    return [lines[0].removeprefix("k:").strip(" "), *below]


def _spliced(text: str, old: Value, new: str) -> str:
    """Return the text with a value that is within its line replaced; without a value, blanks go before it."""
    start, end = old.start, old.end
    before = " " if old.style == "nothing" and text[start - 1 : start] in (":", "-", "?") and new else ""
    if not new:  # the value is on the lines below: no blank at the end of this one
        start -= len(text[:start]) - len(text[:start].rstrip(" "))
    after = " " if new and text[end : end + 1] == "#" else ""
    return f"{text[:start]}{before}{new}{after}{text[end:]}"


def _with_below(text: str, index: int, below: list[str]) -> str:
    """Return the text with lines below the one that has the index."""
    layout = Layout(text, _parsed_or_empty(text))
    return inserted(layout, layout.line_at(min(index, len(text))) + 1, below)


def _parsed_or_empty(text: str) -> Mapping:
    return parsed(text, "").data or Mapping(None)


def _instead_of_text(layout: Layout, old: Value, first: str, below: list[str]) -> str:
    """Return the text with a ``|`` or ``>`` text replaced. Blank lines after it stay."""
    text = layout.text
    header = HEADER.match(text, old.start)
    assert header
    line = layout.line_at(old.start)
    last = layout.line_at(max(old.end - 1, old.start))
    start_of_line = layout.lines[line][: old.start - layout.start_of(line)]
    rest = layout.lines[line][header.end() - layout.start_of(line) :]
    carriage = "\r" if layout.lines[line].endswith("\r") else ""
    head = f"{start_of_line}{first}{rest}" if first or rest.strip() else f"{start_of_line.rstrip()}{carriage}"
    new = [head, *(f"{each}{carriage}" for each in below)]
    return "\n".join([*layout.lines[:line], *new, *layout.lines[last + 1 :]])


def _instead_of_lines(layout: Layout, parent: Mapping | Sequence, part: str | int, first: str, below: list[str]) -> str:
    """Return the text with a list or mapping on lines of its own replaced. Its comments stay, after the new value."""
    old = layout.value(parent, part)
    block = layout.block(_path_of(layout, parent))
    assert block
    start, end = block.parts[part]
    column = " " * (block.column + STEP)
    key_line = layout.lines[start]
    carriage = "\r" if key_line.endswith("\r") else ""
    if isinstance(parent, Mapping) and layout.line_at(old.start) > start:
        key_end = int(parent.marks[str(part)][0].index) - layout.start_of(start)
        colon = key_line.index(":", key_end) + 1
        head, kept_from = f"{key_line[:colon]}{' ' if first else ''}{first}{key_line[colon:]}", start + 1
    else:  # behind a dash
        head, kept_from = f"{key_line[: old.start - layout.start_of(start)]}{first}{carriage}", start
    comments = layout.comments(layout.start_of(kept_from), layout.start_of(end) - 1, old.node)
    new = [head, *(f"{line}{carriage}" for line in [*below, *(f"{column}{comment}" for comment in comments)])]
    return "\n".join([*layout.lines[:start], *new, *layout.lines[end:]])


def _path_of(layout: Layout, wanted: Mapping | Sequence) -> tuple[str | int, ...]:
    """Return the path that leads to a node."""
    pending: list[tuple[tuple[str | int, ...], object]] = [((), layout.data)]
    while pending:
        path, node = pending.pop()
        if node is wanted:
            return path
        if isinstance(node, Mapping):
            pending += [((*path, key), below) for key, below in node.items()]
        elif isinstance(node, Sequence):
            pending += [((*path, index), below) for index, below in enumerate(node)]
    raise KeyError("no such node")
