"""The lines of block YAML: the lines of each element or key, and the comments and blank lines around them."""

import re
from typing import Any, NamedTuple

from csg.problem import Path
from csg.source.parse import Mapping, Sequence
from csg.source.text import Mark

_HEADER = re.compile(r"[|>][1-9+-]{0,2}")
_COMMENTED_OUT = re.compile(r"#\s*-\s")


class Block(NamedTuple):
    """The lines of a block mapping or sequence: the column of its keys or dashes, and the lines of each part."""

    column: int
    parts: dict[str | int, tuple[int, int]]
    """The first line of each part, and the line after its last line, from 0, by key or index."""
    first_shares_its_line: bool
    """True if the first part has other text before it on its line, as a key after a dash."""
    node: Any
    """The mapping or sequence itself."""


def block_at(data: Mapping | None, lines: list[str], path: Path) -> Block | None:
    """Return the block at ``path``; None if it is missing, empty or in brackets."""
    node = follow(data, path)
    if not node or not isinstance(node, (Mapping, Sequence)) or node.flow:
        return None
    column = int(node.mark.column)
    parts: dict[str | int, tuple[int, int]] = {}
    for part in node if isinstance(node, Mapping) else range(len(node)):
        start = _first_line(lines, node, part, column)
        parts[part] = (start, _end(lines, node, part, column))
    return Block(column, parts, bool(lines[node.mark.line][:column].strip()), node)


def follow(node: Any, path: Path) -> Any:
    """Return the value at ``path`` below a node; None if it is missing."""
    for part in path:
        if isinstance(node, Mapping) and part in node:
            node = node[str(part)]
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node):
            node = node[part]
        else:
            return None
    return node


def span(node: Any, part: str | int) -> tuple[Mark, Mark]:
    """Return the start and end of the value of a part, from the parser."""
    value = node[part]
    mapping = isinstance(node, Mapping)
    start = node.marks[part][1] if mapping else node.marks[part]
    if isinstance(value, (Mapping, Sequence)):
        return start, value.end
    return start, node.ends[part][1] if mapping else node.ends[part]


def header(lines: list[str], node: Any, part: str | int) -> str:
    """Return the ``|`` or ``>`` of a block text with its signs; an empty text for another value."""
    start, _ = span(node, part)
    match = _HEADER.match(lines[start.line], start.column) if isinstance(node[part], str) else None
    return match[0] if match else ""


def last_value(node: Any, part: str | int) -> tuple[Any, Any]:
    """Return the mapping or sequence, and its part, with the last value in the lines of a part."""
    while isinstance(value := node[part], (Mapping, Sequence)) and not value.flow:
        node, part = value, next(reversed(value)) if isinstance(value, Mapping) else len(value) - 1
    return node, part


def last_line(lines: list[str], node: Any, part: Any) -> int:
    """Return the last line of a part, without the blank lines and comments that follow it."""
    node, part = last_value(node, part)
    start, end = span(node, part)
    if node[part] is None:
        return int(node.ends[part][0].line if _has_no_colon(lines, node, part) else start.line)
    last = int(end.line)
    if header(lines, node, part):
        last -= end.column == 0 and last > start.line
        written = [indentation(line) for line in lines[start.line + 1 : last + 1] if line.strip()]
        # Blanks that are further right than the text belong to it.
        while last > start.line and not lines[last].strip() and indentation(lines[last]) <= min(written, default=0):
            last -= 1
    return last


def _has_no_colon(lines: list[str], node: Any, part: str | int) -> bool:
    """Return whether an empty value comes from a key without a colon: ``? key``."""
    start, _ = span(node, part)
    return isinstance(node, Mapping) and lines[start.line][start.column - 1 : start.column] != ":"


def keeps(lines: list[str], node: Any, part: str | int) -> bool:
    """Return whether a part ends in a text that keeps the blank lines after it (``|+``)."""
    return "+" in header(lines, *last_value(node, part))


def _first_line(lines: list[str], node: Any, part: Any, column: int) -> int:
    """Return the line of a part's key, or of the dash or question mark before it."""
    mark = node.marks[part][0] if isinstance(node, Mapping) else node.marks[part]
    line = int(mark.line)
    if isinstance(node, Mapping) and mark.column == column:
        return line
    while line > node.mark.line and (lines[line][column : column + 1] not in ("-", "?") or is_comment(lines[line])):
        line -= 1
    return line


def is_comment(line: str) -> bool:
    """Return whether a line outside of text has only a comment."""
    return line.lstrip().startswith("#")


def line_end(line: str) -> str:
    """Return the carriage return at the end of a line, or an empty text."""
    return "\r" if line.endswith("\r") else ""


def indentation(line: str) -> int:
    """Return the number of spaces at the beginning of a line."""
    return len(line) - len(line.lstrip(" "))


def _end(lines: list[str], node: Any, part: str | int, column: int) -> int:
    """Return the line after a part, which includes comments and blanks further right than its key or dash."""
    end = last_line(lines, node, part) + 1
    if keeps(lines, node, part):
        end = max(end, int(span(*last_value(node, part))[1].line))
    index = end
    while index < len(lines) and (not lines[index].strip() or is_comment(lines[index])):
        if indentation(lines[index]) > column:
            end = index + 1
        index += 1
    return end


def with_comments(lines: list[str], block: Block, part: str | int) -> int:
    """Return the first line of the comments directly above a part, in its column.

    An element that is commented out does not belong to the part below it.
    """
    first = block.parts[part][0]
    if block.first_shares_its_line and part == next(iter(block.parts)):
        return first
    start = first
    while start and lines[start - 1].startswith(" " * block.column + "#"):
        start -= 1
    index = start
    while index < first:
        if is_commented_out(lines[index]):
            start = index = _after_commented_out(lines, index, first)
        else:
            index += 1
    return start


def is_commented_out(line: str) -> bool:
    """Return whether a line is the beginning of a list entry that is commented out: ``# - period: mid``."""
    return bool(_COMMENTED_OUT.match(line.strip()))


def _after_commented_out(lines: list[str], start: int, end: int) -> int:
    """Return the line after a list entry that is commented out from line ``start`` on."""
    dash = lines[start].index("-")
    index = start + 1
    while index < end and is_comment(lines[index]) and _depth_of_comment(lines[index]) > dash:
        index += 1
    return index


def _depth_of_comment(line: str) -> int:
    """Return the column in which the words of a comment begin."""
    return len(line) - len(line.lstrip(" #"))


def spaced(lines: list[str], block: Block) -> bool:
    """Return whether a blank line is before the last of several parts."""
    if len(block.parts) < 2:
        return False
    start = with_comments(lines, block, next(reversed(block.parts)))
    return start > 0 and not lines[start - 1].strip()
