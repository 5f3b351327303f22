"""The layout of a parsed text: where each value begins and ends, and which lines a part of a block has."""

import re
from bisect import bisect_right
from typing import Any, Literal, NamedTuple

from csg.problem import Path
from csg.source.parse import Mapping, Sequence

Style = Literal["nothing", "block text", "inline", "block list"]
"""How a value is written: not at all, as ``|`` or ``>`` text, within its line or in brackets, as indented lines."""
HEADER = re.compile(r"[|>][0-9+-]{0,2}")
_COMMENT = re.compile(r"(?:^|(?<=[ \t\r\n,\[\]{}]))#[^\r\n]*")


class Value(NamedTuple):
    """A value in the text: its first and last index, and how it is written."""

    start: int
    end: int
    style: Style
    node: Any


class Block(NamedTuple):
    """A block mapping or sequence in its lines: the column of its keys or dashes, and the lines of each of its parts.

    ``parts`` has the first line of each part and the line after its last, from 0, by key or index. ``shares_line`` says
    that the first part is on a line with something before it, as a key after a dash.
    """

    column: int
    parts: dict[str | int, tuple[int, int]]
    shares_line: bool


class Layout:
    """A text and the data that was parsed from it."""

    def __init__(self, text: str, data: Mapping) -> None:
        self.text = text
        self.data = data
        self.lines = text.split("\n")
        self._starts = [0]
        for line in self.lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def line_at(self, index: int) -> int:
        """Return the line, from 0, of the character at an index."""
        return bisect_right(self._starts, index) - 1

    def start_of(self, line: int) -> int:
        """Return the index of the first character of a line."""
        return self._starts[line]

    def node(self, path: Path) -> Any:
        """Return the node that a path leads to; None if there is none."""
        node: Any = self.data
        for part in path:
            if isinstance(node, Mapping) and part in node:
                node = node[str(part)]
            elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node):
                node = node[part]
            else:
                return None
        return node

    @staticmethod
    def _child(parent: Any, part: Any) -> Any:
        return parent[part]

    def value(self, parent: Any, part: Any) -> Value:
        """Return the place of a value in its mapping or sequence."""
        child = parent[part]
        mark = parent.marks[part][1] if isinstance(parent, Mapping) else parent.marks[part]
        start = int(mark.index)
        if isinstance(child, (Mapping, Sequence)):
            style: Style = "inline" if child.flow else "block list"
            return Value(start, self._end(child), style, child)
        end = int(parent.ends[part].index)
        if child is None and end == start:
            return Value(start, end, "nothing", child)
        if not parent.flow and self.text[start] in "|>":
            return Value(start, self._end_of_text(start, end), "block text", child)
        return Value(start, end, "inline", child)

    def _end(self, node: Any) -> int:
        if node.flow:
            return int(node.end.index)
        last = self.last_value(node)
        return last.end if last else int(node.mark.index)

    def last_value(self, node: Any) -> Value | None:
        """Return the last value in a block mapping or sequence; None if it is empty."""
        part: Any = next(reversed(node), None) if isinstance(node, Mapping) else len(node) - 1
        if part is None or part == -1:
            return None
        if not isinstance(node[part], (Mapping, Sequence)) or node[part].flow or not node[part]:
            return self.value(node, part)
        return self.last_value(node[part])

    def _end_of_text(self, start: int, end: int) -> int:
        """Return the index after a ``|`` or ``>`` text, without the blank lines at its end.

        A line of blanks that is longer than the text is indented is no blank line, but part of the text.
        """
        written = start + max(len(self.text[start:end].rstrip()), 1)
        below = self.text[self._line_end(start) + 1 : written].split("\n")
        indent = next((len(line) - len(line.lstrip(" ")) for line in below if line.strip()), len(self.text))
        index = self._line_end(written)
        for line in self.text[index + 1 : end].split("\n"):
            index += len(line) + 1
            if len(line.rstrip("\r")) > indent:
                written = index
        return written

    def _line_end(self, index: int) -> int:
        found = self.text.find("\n", index)
        return len(self.text) if found < 0 else found

    def block(self, path: Path) -> Block | None:
        """Return the block at a path; None if there is none, or it is empty, or in braces or brackets."""
        node = self.node(path)
        if not node or not isinstance(node, (Mapping, Sequence)) or node.flow:
            return None
        column = int(node.mark.column)
        parts: dict[str | int, tuple[int, int]] = {}
        keys: Any = node if isinstance(node, Mapping) else range(len(node))
        for part in keys:
            if isinstance(node, Mapping):
                start = int(node.marks[part][0].line)
            else:
                start = self._dash(int(node.marks[part].line), column)
            last = self.line_at(max(self._last_index(node, part), self.start_of(start)))
            parts[part] = (start, self._with_notes(last + 1, column))
        return Block(column, parts, bool(self.lines[int(node.mark.line)][:column].strip()))

    def _last_index(self, node: Any, part: Any) -> int:
        """Return the index of the last character of a part."""
        value = self.value(node, part)
        if value.style == "nothing":
            return value.start
        return max(value.start, value.end - 1)

    def _dash(self, line: int, column: int) -> int:
        """Return the line of the dash whose element begins on ``line``."""
        while line and not self.lines[line][column:].startswith("-"):
            line -= 1
        return line

    def _with_notes(self, end: int, column: int) -> int:
        """Return the line after the comments that follow a part and are indented further than it: they belong to it."""
        for index in range(end, len(self.lines)):
            line = self.lines[index].rstrip("\r")
            rest = line.lstrip(" ")
            if rest and not (rest.startswith("#") and len(line) - len(rest) > column):
                break
            if rest:
                end = index + 1
        return end

    def keeps_blank_lines(self, parent: Any, part: str | int) -> bool:
        """Return whether a part ends in a text that keeps the blank lines after it (``|+``)."""
        value = self.value(parent, part)
        last = self.last_value(value.node) if value.style == "block list" else value
        if last is None or last.style != "block text":
            return False
        header = HEADER.match(self.text, last.start)
        return header is not None and "+" in header[0]

    def comments(self, start: int, end: int, node: Any) -> list[str]:
        """Return the comments in a part of the text that one node has, the node's own scalars left out."""
        return [self.text[first:last] for first, last in self.comment_spans(start, end, node)]

    def comment_spans(self, start: int, end: int, node: Any) -> list[tuple[int, int]]:
        """Return the first and the last index of each comment in a part of the text that one node has."""
        found: list[tuple[int, int]] = []
        index = start
        for first, last in [*sorted(self._scalars(node)), (end, end)]:
            gap = _COMMENT.finditer(self.text, index, max(first, index))
            found += [(match.start(), match.start() + len(match[0].rstrip())) for match in gap]
            index = max(index, last)
        return found

    def _scalars(self, node: Any) -> list[tuple[int, int]]:
        spans: list[tuple[int, int]] = []
        pending = [node]
        while pending:
            parent = pending.pop()
            if not isinstance(parent, (Mapping, Sequence)):
                continue
            keys: Any = list(parent) if isinstance(parent, Mapping) else range(len(parent))
            for part in keys:
                child = self._child(parent, part)
                if isinstance(child, (Mapping, Sequence)):
                    pending.append(child)
                else:
                    value = self.value(parent, part)
                    header = HEADER.match(self.text, value.start) if value.style == "block text" else None
                    # The rest of the line with the sign of a text can have a comment; the lines below are the text.
                    spans.append((self._line_end(value.start) if header else value.start, value.end))
        return spans
