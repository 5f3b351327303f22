"""A table that was read from a file, with the position of each row."""

from typing import NamedTuple


class Cell(NamedTuple):
    """A cell of a row: its text, with line feeds between paragraphs.

    ``is_continued`` says that the cell began in a row above, whose text it repeats. ``is_number`` says that the file
    has a number here, which may have lost a zero at its end: 3.1 for 3.10.
    """

    text: str
    is_continued: bool = False
    is_number: bool = False


class Row(NamedTuple):
    """A row of a table, and its position in the file: ``slide 3, row 4``."""

    cells: tuple[Cell, ...]
    position: str

    def text(self, column: int | None) -> str:
        """Return the text of a cell; empty for a column that the row does not have."""
        return self.cells[column].text if column is not None and column < len(self.cells) else ""

    @property
    def filled(self) -> list[int]:
        """Return the columns that have text."""
        return [column for column, cell in enumerate(self.cells) if cell.text]


class Remark(NamedTuple):
    """Text of the file that is in no table, and its position."""

    text: str
    position: str


class Table(NamedTuple):
    """A table, its position in the file: ``table 2``, and the text between the table before and this one."""

    rows: tuple[Row, ...]
    position: str
    above: tuple[Remark, ...] = ()

    @property
    def width(self) -> int:
        """Return the number of columns up to the last that has text."""
        return 1 + max((column for row in self.rows for column in row.filled), default=-1)


class Contents(NamedTuple):
    """All that was read from a file: its tables and the text around them."""

    tables: tuple[Table, ...]
    remarks: tuple[Remark, ...]


MOST_ROWS = 5_000
"""The most rows of a table. The plan of a group has about a hundred."""
MOST_COLUMNS = 50
"""The most columns of a table."""
MOST_CELLS = 50_000
"""The most cells of all tables of a file."""
