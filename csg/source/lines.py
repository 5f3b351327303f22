"""Whole lines of block YAML: which an element or a key has, and what stands around them."""

import re
from typing import Any, NamedTuple

from csg.problem import Path
from csg.source.parse import Mapping, Sequence


class Block(NamedTuple):
    """A block mapping or sequence in its lines: where its keys or dashes stand, and the lines of each of its parts."""

    column: int
    parts: dict[str | int, tuple[int, int]]
    """The first line of each part, and the one behind its last, from 0, by key or index."""
    first_shares_its_line: bool
    """Whether the first part stands on a line with something before it, as a key behind a dash."""


def block(data: Mapping | None, lines: list[str], path: Path) -> Block | None:
    """The block at ``path`` of parsed text; None where there is none, or it is in braces or brackets, or empty."""
    node = _follow(data, path)
    if not node or not isinstance(node, (Mapping, Sequence)):
        return None
    if lines[node.mark.line].startswith(("[", "{"), node.mark.column):
        return None
    column = int(node.mark.column)
    marks: dict[Any, Any] = dict(enumerate(node.marks))
    if isinstance(node, Mapping):
        marks = {key: mark for key, (mark, _) in node.marks.items()}
    parts: dict[str | int, tuple[int, int]] = {}
    for part, mark in marks.items():
        start = mark.line if isinstance(node, Mapping) else _dash(lines, mark.line, column)
        child = _follow(node, (part,))
        dashes = isinstance(child, Sequence) and isinstance(node, Mapping) and child.mark.column == column
        parts[part] = (start, _end(lines, start, column, dashes=dashes))
    return Block(column, parts, bool(lines[node.mark.line][:column].strip()))


def _follow(node: Any, path: Path) -> Any:
    for part in path:
        if isinstance(node, Mapping) and part in node:
            node = node[str(part)]
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node):
            node = node[part]
        else:
            return None
    return node


def _dash(lines: list[str], line: int, column: int) -> int:
    """The line of the dash whose element begins on ``line``."""
    while line and not lines[line][column:].startswith("-"):
        line -= 1
    return line


def _end(lines: list[str], start: int, column: int, *, dashes: bool) -> int:
    """The line behind the last one of what begins in ``column`` of line ``start``.

    Blank lines and comments count only where more of it follows. ``dashes``: its own elements stand in that column too.
    """
    end = start + 1
    for index in range(start + 1, len(lines)):
        line = lines[index]
        depth = len(line) - len(line.lstrip(" "))
        rest = line.strip()
        if not rest or (rest.startswith("#") and depth <= column):
            continue
        if depth > column or rest[0] in "]}" or (dashes and depth == column and re.match(r"-(\s|$)", rest)):
            end = index + 1
        else:
            break
    return _with_kept(lines, start, end)


def _with_kept(lines: list[str], start: int, end: int) -> int:
    """The end, behind the blank lines that are part of a text which keeps them (``|+``), where one stands last."""
    if keeps(lines, start, end):
        while end < len(lines) and not lines[end].strip():
            end += 1
    return end


def keeps(lines: list[str], start: int, end: int) -> bool:
    """Whether what ends some lines is a text that keeps the blank lines behind it."""
    header = last_text(lines, start, end)
    return header is not None and "+" in lines[header].split("#")[0][-4:]


def last_text(lines: list[str], start: int, end: int) -> int | None:
    """The line with the ``|`` or ``>`` of the text that ends some lines; None where they end in something else."""
    for index in range(end - 1, start - 1, -1):
        if re.search(r"(?:^|[\s:-])[|>][1-9+-]{0,2}\s*(?:#.*)?$", lines[index]):
            depth = len(lines[index]) - len(lines[index].lstrip(" "))
            deeper = all(not line.strip() or line.startswith(" " * (depth + 1)) for line in lines[index + 1 : end])
            return index if deeper else None
    return None


def with_comments(lines: list[str], found: Block, part: str | int) -> int:
    """The first of the comment lines that stand right above a part, in its column: they speak of it."""
    start = found.parts[part][0]
    while start and lines[start - 1].startswith(" " * found.column + "#"):
        start -= 1
    return start


def spaced(lines: list[str], found: Block) -> bool:
    """Whether a blank line stands before the last of several parts."""
    if len(found.parts) < 2:
        return False
    start = with_comments(lines, found, next(reversed(found.parts)))
    return start > 0 and not lines[start - 1].strip()


def without(lines: list[str], found: Block, part: str | int) -> list[str]:
    """The lines without a part and its comments; of the blank lines above and below, which then meet, one goes too."""
    start, end = with_comments(lines, found, part), found.parts[part][1]
    before = max((last for first, last in found.parts.values() if first < start), default=0)
    above = start > before and not lines[start - 1].strip()
    below = end == len(lines) or not lines[end].strip()
    return [*lines[: start - 1 if above and below else start], *lines[end:]]
