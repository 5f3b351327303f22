"""The widths of a table's columns: each has room for its longest word, and they share the other width by weight."""

from csg.documents.content import Cell, Table
from csg.language import text_direction

POINTS_OF_A_LETTER = 5.4
"""The width of a letter of 9.5 points, in points: a little more than the average of Noto Sans."""
_POINTS_OF_A_DIGIT = 4.9
"""The width of a letter in a column of numbers: its heading is the only text."""
_POINTS_OF_A_JOINED_LETTER = 6.6
"""The width of an Arabic or Hebrew letter: programs without Noto Sans show them in wider fonts."""
INSET = 10
"""The blank space left and right of a cell's text, in points."""
_LONGEST_WORD = 17
"""Letters of a word for which a column makes room. A longer word, such as an address, breaks."""


def column_widths(table: Table, width: float) -> list[float]:
    """Return the width of each column in points; together they are ``width``."""
    least = [_least(table, index) for index in range(len(table.columns))]
    scale = min(1.0, width / sum(least)) if sum(least) else 1.0
    widths = [points * scale for points in least]
    growing = [index for index, column in enumerate(table.columns) if column.content == "text"] or [len(widths) - 1]
    # A column whose share of the rest is less than it needs keeps what it needs; the others share again.
    while growing:
        free = width - sum(widths[index] for index in range(len(widths)) if index not in growing)
        weights = sum(table.columns[index].weight for index in growing)
        shares = {index: free * table.columns[index].weight / weights for index in growing}
        small = [index for index in growing if shares[index] < widths[index]]
        if not small:
            for index, share in shares.items():
                widths[index] = share
            break
        growing = [index for index in growing if index not in small]
    return widths


def _least(table: Table, index: int) -> float:
    """Return the points that the longest word of a column needs."""
    column = table.columns[index]
    longest = max(map(len, column.label.split()), default=1)
    for row in table.rows:
        if index < len(row.cells) and not (row.heading and index):
            longest = max(longest, _longest_word(row.cells[index], whole=column.content != "text"))
    letter = _POINTS_OF_A_DIGIT if column.content == "number" and column.label.isascii() else POINTS_OF_A_LETTER
    if text_direction(column.label) == "rtl":
        letter = _POINTS_OF_A_JOINED_LETTER
    return min(longest, _LONGEST_WORD) * letter + INSET


def _longest_word(cell: Cell, *, whole: bool) -> int:
    """Return the letters of the longest word; a status with its symbol is one word. ``whole``: a line is one word."""
    longest = 0
    for line in cell:
        for part in line:
            words = [f"xxx{part.text}"] if part.kind == "status" else [part.text] if whole else part.text.split()
            longest = max(longest, *map(len, words), 0)
    return longest
