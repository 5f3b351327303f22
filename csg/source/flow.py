"""Edit within braces and brackets. The rest of their text and its line breaks stay."""

from typing import Any

from csg.source.emit import ALL, emit_inline
from csg.source.lines import span
from csg.source.parse import Mapping, Sequence


class Flow:
    """A mapping or sequence in braces or brackets, with its text."""

    def __init__(self, text: str, data: Any, node: Any, newline: str) -> None:
        self.text, self.node, self.newline = text, node, newline
        self.mapping = isinstance(node, Mapping)
        self.parts: list[str | int] = list(node) if self.mapping else list(range(len(node)))
        self.close = node.end.index - 1
        self.quoted = in_flow_quotes(text, node if node or not data.flow else data)

    def start(self, index: int) -> int:
        """Return the start of the part with this index."""
        part = self.parts[index]
        return int(self.node.marks[part][0].index if self.mapping else self.node.marks[part].index)

    def end(self, index: int) -> int:
        """Return the end of the part with this index."""
        part = self.parts[index]
        if self.mapping and self.node[part] is None and not self._has_colon(part):
            return int(self.node.ends[part][0].index)
        return int(span(self.node, part)[1].index)

    def put(self, part: str | int, value: Any) -> str:
        """Return the text with another value for a part."""
        start, end = (mark.index for mark in span(self.node, part))
        new = self._written(value)
        if self.node[part] is None:
            start = end = self.end(self.parts.index(part))
            new = f" {new}" if self._has_colon(part) else f": {new}"
        return self.text[:start] + new + self.text[end:]

    def put_key(self, index: int, key: str, value: Any) -> str:
        """Return the text with a new key at this index."""
        return self._insert(index, self._written({key: value})[1:-1])

    def insert(self, index: int, value: Any) -> str:
        """Return the text with a new element."""
        return self._insert(index, self._written(value))

    def remove(self, index: int) -> str:
        """Return the text without a part. If the part is a record, remove the comment after it on its line too."""
        start, end = self.start(index), self.end(index)
        record = isinstance(self.node[self.parts[index]], Mapping)
        if (line := self._own_line_after_comma(start, end, record=record)) is not None:
            return self.text[: line[0]] + self.text[line[1] :]
        comma = self._comma(end, self.close)
        cuts = []
        if comma >= 0 and not self.text[end:comma].strip(" "):
            end = comma + 1
        elif comma >= 0:
            cuts.append((comma, comma + 1))
        elif index and "#" not in (between := self.text[self.end(index - 1) : start]):
            if "\n" not in between:
                return self.text[: self.end(index - 1)] + self.text[end:]
            comma = self._comma(self.end(index - 1), start)
            cuts.append((comma, comma + 1))
        cuts.append(self._cut(start, end, record=record))
        text = self.text
        for first, last in sorted(cuts, reverse=True):
            text = text[:first] + text[last:]
        return text

    def _cut(self, start: int, end: int, *, record: bool) -> tuple[int, int]:
        """Return the range that is removed with a part: its line if it has no other text, or the blanks after it."""
        line_end = self._line_end(end)
        if self._line_can_go(end, record=record) and self._first_on_its_line(start):
            return self._line(start), line_end + 1
        after = self.text[end:line_end]
        blanks = len(after) - len(after.lstrip(" "))
        if blanks and after[blanks:].startswith("#") and not self.text[start - 1].isspace():
            blanks -= 1  # a comment begins after a blank
        return start, end + blanks

    def _own_line_after_comma(self, start: int, end: int, *, record: bool) -> tuple[int, int] | None:
        """Return the line of a part that is alone on it after its comma; None for another part."""
        line = self._line(start)
        if self.text[line:start].strip() == "," and self._line_can_go(end, record=record):
            return line, self._line_end(end) + 1
        return None

    def _line_can_go(self, end: int, *, record: bool) -> bool:
        """Return whether nothing follows a part on its line, except the comment of a record."""
        line_end = self._line_end(end)
        after = self.text[end:line_end].strip()
        return line_end < self.close and (not after or (record and after.startswith("#")))

    def move(self, index: int, new_index: int) -> str:
        """Return the text after an element is moved, with the comments above it and after it on its line."""
        order = list(range(len(self.parts)))
        order.insert(new_index, order.pop(index))
        regions = [self._regions(number) for number in range(len(self.parts))]
        pieces, start = [], 0
        for slot, number in enumerate(order):
            for (first, last), (new_first, new_last) in zip(regions[slot], regions[number], strict=True):
                pieces += [self.text[start:first], self.text[new_first:new_last]]
                start = last
            comment = self.text[slice(*regions[number][2])]
            if comment and self.text[start : self._line_end(start)].strip():
                # Something follows on the line, such as the bracket: the comment must not take it in.
                pieces.append(self.newline + " " * (self.start(slot) - self._line(self.start(slot))))
        return "".join(pieces) + self.text[start:]

    def _written(self, value: Any) -> str:
        return emit_inline(value, quoted=self.quoted)

    def _has_colon(self, part: str | int) -> bool:
        return self.text[span(self.node, part)[0].index - 1] == ":"

    def _line(self, index: int) -> int:
        """Return the start of a character's line."""
        return self.text.rfind("\n", 0, index) + 1

    def _line_end(self, index: int) -> int:
        """Return the index of the line break after a character; without one, the end of the text."""
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end

    def _first_on_its_line(self, index: int) -> bool:
        return not self.text[self._line(index) : index].strip()

    def _comma(self, start: int, end: int) -> int:
        """Return the index of the comma between two parts, outside of comments; -1 without a comma."""
        while start < end:
            if self.text[start] == "#":
                start = self._line_end(start)
            elif self.text[start] == ",":
                return start
            start += 1
        return -1

    def _insert(self, index: int, new: str) -> str:
        if not self.parts:
            return self._fill(new)
        if not index:
            start = self.start(0)
            own_line = self._first_on_its_line(start)
            between = self.newline + " " * (start - self._line(start)) if own_line else " "
            return f"{self.text[:start]}{new},{between}{self.text[start:]}"
        return self._insert_after(index - 1, new)

    def _fill(self, new: str) -> str:
        """Return the text with a first part between empty braces or brackets."""
        line = self._line(self.close)
        if line <= self.node.mark.index:
            return self.text[: self.node.mark.index + 1] + new + self.text[self.close :]
        return f"{self.text[:line]}{self.text[line : self.close]}  {new}{self.newline}{self.text[line:]}"

    def _insert_after(self, index: int, new: str) -> str:
        start, end = self.start(index), self.end(index)
        comma = self._comma(end, self.close)
        after = comma + 1 if comma >= 0 else end
        line_end = self._line_end(after)
        if not self._first_on_its_line(start) or line_end >= self.close or self._shares_its_line(index, line_end):
            return f"{self.text[:after]} {new},{self.text[after:]}" if comma >= 0 else self._joined(end, new)
        comma_before = "" if comma >= 0 else ","
        line = " " * (start - self._line(start)) + new + ("," if comma >= 0 else "")
        rest = self.text[line_end + 1 :]
        return f"{self.text[:end]}{comma_before}{self.text[end : line_end + 1]}{line}{self.newline}{rest}"

    def _joined(self, end: int, new: str) -> str:
        return f"{self.text[:end]}, {new}{self.text[end:]}"

    def _shares_its_line(self, index: int, line_end: int) -> bool:
        """Return whether the next part starts on the line on which a part ends."""
        return index + 1 < len(self.parts) and self.start(index + 1) < line_end

    def _regions(self, index: int) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
        """Return the ranges of the comments above an element, of the element, and of the comment after it."""
        start, end = self.start(index), self.end(index)
        above = line = self._line(start)
        while self._first_on_its_line(start) and self.text[self._line(above - 1) : above].lstrip().startswith("#"):
            above = self._line(above - 1)
        comma = self._comma(end, self.close)
        line_end = self._line_end(end)
        after = comma + 1 if 0 <= comma < line_end else end
        comment = self.text[after:line_end]
        tail = line_end - comment.endswith("\r") if comment.lstrip().startswith("#") else after
        return (above, line) if above < line else (start, start), (start, end), (after, tail)


def in_flow_quotes(text: str, node: Any) -> tuple[str, ...]:
    """Return what ``emit_inline`` needs to write quotes as a node in brackets has them."""
    return ALL if _is_quoted(text, node) else ()


def _is_quoted(text: str, node: Any) -> bool:
    """Return whether the first key or text within brackets is in double quotes, as in JSON."""
    while isinstance(node, Sequence) and node and isinstance(node[0], (Mapping, Sequence)):
        node = node[0]
    mark = node.marks[next(iter(node))][0] if isinstance(node, Mapping) and node else next(iter(node.marks), None)
    return mark is not None and text[mark.index] == '"'
