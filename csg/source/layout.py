"""Write new data in the layout of its file: the width of text, the indentation of lists, and the width of dashes."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from csg.problem import Path
from csg.source.emit import WIDTH, Inline, emit, emit_entry
from csg.source.lines import follow
from csg.source.parse import Mapping, Sequence

BEGINNING = 50_000
"""The characters of a file that are read for the width of its text."""
NARROWEST, WIDEST = 60, 120
"""The narrowest and widest usual width of folded text."""
_FOLDED = re.compile(r">[-+1-9]{0,2}\s*(?:#.*)?")


class Layout(NamedTuple):
    """The layout of the lines around an edit."""

    width: int = WIDTH
    step: int = 2
    """The columns from a key to the dashes below it."""
    dash: int = 2
    """The columns from a dash to the text after it."""

    def mapping(self, data: dict[str, Any], column: int) -> list[str]:
        """Return the lines of a mapping with its keys in a column."""
        return [line for key, value in data.items() for line in self.key(key, value, column)]

    def key(self, key: str, value: Any, column: int) -> list[str]:
        """Return the lines of a key and its value."""
        if isinstance(value, dict) and value and not isinstance(value, Inline):
            return [" " * column + _key_line(key), *self.mapping(value, column + max(self.step, 2))]
        of_texts = isinstance(value, (list, tuple)) and all(isinstance(element, str) for element in value)
        if isinstance(value, (list, tuple)) and not of_texts:
            return [" " * column + _key_line(key), *self._elements(value, column)]
        first, *below = emit_entry(key, value, width=self.width - column - self._more).split("\n")
        if of_texts and below:
            return [" " * column + first, *self._elements(value, column)]
        return [" " * column + first, *(self._deeper(line, column) for line in below)]

    def _elements(self, values: Iterable[Any], column: int) -> list[str]:
        return [line for value in values for line in self.element(value, column + self.step)]

    def element(self, value: Any, column: int) -> list[str]:
        """Return the lines of a list's element with its dash in a column."""
        inner = column + self.dash
        if isinstance(value, dict) and value and not isinstance(value, Inline):
            lines = self.mapping(value, inner)
        else:
            first, *below = emit(value, width=self.width - inner).removesuffix("\n").split("\n")
            lines = [" " * inner + first, *(" " * inner + line if line else "" for line in below)]
        return [f"{' ' * column}-{' ' * (self.dash - 1)}{lines[0][inner:]}", *lines[1:]]

    @property
    def _more(self) -> int:
        """Return the number of columns of a text's indentation beyond two."""
        return max(self.step - 2, 0)

    def _deeper(self, line: str, column: int) -> str:
        return " " * (column + self._more) + line if line else ""


@lru_cache(64)
def _key_line(key: str) -> str:
    """Return the line of a key whose value is on the lines below."""
    return emit({key: [{}]}).partition("\n")[0]


def layout_around(text: str, data: Any, path: Path) -> Layout:
    """Return the layout at a path: the layout of the nearest list above it."""
    step, dash = 2, 2
    node = data
    for part in path:
        below = follow(node, (part,))
        if isinstance(below, Sequence) and below and isinstance(node, Mapping) and not below.flow:
            step = max(below.mark.column - node.mark.column, 0)
            if below.marks[0].line == below.mark.line:
                dash = max(below.marks[0].column - below.mark.column, 2)
        node = below
    return Layout(width_of(text), step, dash)


@lru_cache(4)
def width_of(text: str) -> int:
    """Return the width of folded text: its widest folded line, within the usual widths."""
    widest, depth = 0, -1
    for line in text[:BEGINNING].split("\n")[:-1]:
        line = line.rstrip("\r")
        column = len(line) - len(line.lstrip(" "))
        if depth >= 0 and column > depth:
            widest = max(widest, len(line))
            continue
        _, colon, value = line.partition(": ")
        depth = column if colon and _FOLDED.fullmatch(value) else -1
    return min(max(widest or WIDTH, NARROWEST), WIDEST)
