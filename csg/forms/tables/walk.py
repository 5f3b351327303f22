"""Shared by the readers of Office files: limits, clean text, and cells that span columns."""

import re

from csg.checks.text import UNSEEN
from csg.forms.packages import Package
from csg.forms.tables.table import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Cell

_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]|_x000[BDbd]_")
_BLANKS = re.compile("[ \t\xa0\u2000-\u200a\u202f\u205f\u3000]+")

NOT_READ = "A picture or another object, which was not read."


def clean(text: str) -> str:
    """Return text as people see it: one blank between words, no empty lines, nothing invisible."""
    lines = UNSEEN.sub("", _LINE_END.sub("\n", text)).split("\n")
    return "\n".join(line for line in (_BLANKS.sub(" ", line).strip() for line in lines) if line)


def spanned(cell: Cell, columns: int) -> list[Cell]:
    """Return the cells of one that spans several columns: its text is in the first."""
    return [cell, *[Cell("", cell.is_continued)] * (columns - 1)]


class Counter:
    """Counts the rows and cells that are read from a file, which has a limit."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._rows = 0
        self._cells = 0

    def span(self, value: str) -> int:
        """Return the number of columns that a cell spans, as the file says it."""
        return min(int(value), MOST_COLUMNS) if value.isdecimal() and len(value) < 6 and int(value) else 1

    def add(self, cells: list[Cell]) -> None:
        """Count a row. Raises Refused if the tables are larger than any plan."""
        self._rows += 1
        self._cells += len(cells)
        if self._rows > MOST_ROWS or self._cells > MOST_CELLS or len(cells) > MOST_COLUMNS:
            raise self._package.refused("the tables are larger than any workplan", "Send the table alone.")
