"""Replace the value of a key or element of a block. Its comments and the blank lines around it stay."""

from typing import Any

from csg.source.comments import comments_in
from csg.source.emit import emit_inline
from csg.source.layout import Layout
from csg.source.lines import header, indentation, is_comment, last_line, last_value, span
from csg.source.parse import Mapping, Sequence
from csg.source.short_texts import as_before

LONGEST_KEY = 100
"""The longest key, in characters, that is measured for the width of its value."""


class Value:
    """The value of a part of a block, with its text."""

    def __init__(self, text: str, lines: list[str], node: Any, part: Any) -> None:
        self.text, self.lines, self.node, self.part = text, lines, node, part
        self.column = int(node.mark.column)
        self.old = node[part]
        self.is_block = isinstance(self.old, (Mapping, Sequence)) and not self.old.flow
        self.last = last_line(lines, node, part)

    def replaced(self, value: Any, layout: Layout, end: str, kept: list[str] | None = None) -> list[str]:
        """Return the lines with another value. ``end`` is the end of new lines, before the line break.

        ``kept`` are the comments of a list or mapping that stay. Without it, all stay.
        """
        head, body = self._written(value, layout)
        if head.startswith(("|", ">")) and self._comments_would_be_text():
            head, body = emit_inline(value), []
        body = [line + end for line in body]
        if self.is_block:
            return self._instead_of_block(head, body, end, kept)
        return self._instead_of_text(head, body, end, value)

    def _written(self, value: Any, layout: Layout) -> tuple[str, list[str]]:
        """Return the text after the key or dash on its line, and the lines below."""
        if isinstance(self.node, Mapping):
            key_end, key_start = self.node.ends[self.part][0], self.node.marks[self.part][0]
            key = "k" * min(max(key_end.index - key_start.index, 1), LONGEST_KEY)
            first, *body = layout.key(key, value, self.column)
            return first[self.column + len(key) + 1 :].strip(" "), body
        first, *body = layout.element(value, self.column)
        return first[self.column + 1 :].strip(" "), body

    def _comments_would_be_text(self) -> bool:
        """Return whether comments or blanks below the value are so far right that a block text would include them."""
        start, _ = span(self.node, self.part)
        between = self.lines[self._slot()[0] + 1 : start.line] if self.is_block else []
        below = self.last + 1
        while below < len(self.lines) and (not self.lines[below].strip() or is_comment(self.lines[below])):
            below += 1
        return any(indentation(line) > self.column for line in (*between, *self.lines[self.last + 1 : below]))

    def _slot(self) -> tuple[int, int]:
        """Return the line, and the column in it, after the colon or dash that comes before the value."""
        if isinstance(self.node, Sequence):
            line = int(self.node.marks[self.part].line)
            while self.lines[line][self.column : self.column + 1] != "-" or is_comment(self.lines[line]):
                line -= 1
            return line, self.column + 1
        key = self.node.ends[self.part][0]
        line, column = int(key.line), int(key.column)
        while (colon := self.lines[line].partition("#")[0].find(":", column)) < 0:
            line, column = line + 1, 0
        return line, colon + 1

    def _instead_of_block(self, head: str, body: list[str], end: str, kept: list[str] | None) -> list[str]:
        """Return the lines with text or brackets instead of a block. Its comments stay, on separate lines."""
        line, column = self._slot()
        first = int(self.old.mark.line)
        before, rest = self.lines[line][:column], self.lines[line][column:]
        between = self.lines[line + 1 : first]
        new = f"{before} {head}".rstrip(" ")
        if first == line:
            rest, between = end, []
        last = sum(len(text) + 1 for text in self.lines[: self.last + 1]) - 1
        stay = comments_in(self.text, self.lines, self.old, last) if kept is None else kept
        comments = [" " * self.column + comment for comment in stay]
        return [*self.lines[:line], new + rest, *body, *between, *comments, *self.lines[self.last + 1 :]]

    def _instead_of_text(self, head: str, body: list[str], end: str, value: Any) -> list[str]:
        """Return the lines with a value instead of text, brackets or an empty value."""
        start, stop = span(self.node, self.part)
        first, column, last, after = int(start.line), int(start.column), int(stop.line), int(stop.column)
        kept: list[str] = []
        if self.old is None:
            first, column = last, after = self._slot()
            head = f" {head}" if head else ""
        elif signs := header(self.lines, self.node, self.part):
            last, after = first, column + len(signs)
        elif isinstance(self.old, (Mapping, Sequence)):
            kept = comments_in(self.text, self.lines, self.old, stop.index)
        elif not body and isinstance(value, str):
            head = as_before(self.text[start.index : stop.index], value, head)
        line = self.lines[first][:column] + head
        rest = self.lines[last][after:]
        if header(self.lines, self.node, self.part) and head and not body and rest.startswith(" #"):
            rest = f" {rest}"  # after text on its line, one blank would mean that the text is cut off (CSG225)
        below = self.last + 1
        if not rest.strip():
            line = line.rstrip(" ")
        own = [line + rest] if line.strip() or rest.strip() else []
        if body and not rest.endswith("\r") and end and last + 1 == len(self.lines):
            own = [line + rest + end]
            body[-1] = body[-1].removesuffix(end)
        comments = [" " * self.column + comment for comment in kept]
        skip = self._own_comments(below) if body and not head.strip() else below
        return [*self.lines[:first], *own, *self.lines[below:skip], *body, *comments, *self.lines[skip:]]

    def _own_comments(self, below: int) -> int:
        """Return the line after the comments below an empty value that are indented further than its key."""
        index = below
        while index < len(self.lines) and is_comment(self.lines[index]):
            index += 1
            below = index if indentation(self.lines[index - 1]) > self.column else below
        return below


def terminated(lines: list[str], data: Any, end: str) -> list[str]:
    """Return lines that end in a line break, which does not become part of a text at the end of the file."""
    if not lines[-1]:
        return lines
    lines = [*lines[:-1], lines[-1] + end, ""]
    node, part = last_value(data, next(reversed(data)))
    start, stop = span(node, part)
    signs = header(lines, node, part)
    if signs and "-" not in signs and stop.line >= len(lines) - 2 and stop.column:
        line = lines[start.line]
        new = signs.replace("+", "") + "-"
        lines[start.line] = line[: start.column] + new + line[start.column + len(signs) :]
    return lines
