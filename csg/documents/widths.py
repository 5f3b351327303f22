"""The widths of a table's columns: each has room for its longest word, and they share the other width by weight."""

from csg.documents.content import Cell, Table
from csg.language import text_direction

POINTS_OF_A_LETTER = 5.4
"""The width of a letter of 9.5 points, in points: a little more than the average of Noto Sans."""
_POINTS_OF_A_DIGIT = 4.9
"""The width of a letter in a column of numbers: its heading is the only text."""
_POINTS_OF_A_JOINED_LETTER = 6.6
"""The width of an Arabic or Hebrew letter: programs without Noto Sans show them in wider fonts."""
_WIDE = frozenset("mwMW@%")
_WIDE_LETTER, _CAPITAL, _BOLD = 1.5, 1.25, 1.07
"""The widths of a wide letter, of a capital and of bold letters, in letters of average width."""
_SYMBOL = 2
"""The width of the symbol before a status, in letters."""
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
    longest = max((_letters(word) * _BOLD for word in column.label.split()), default=1)
    for row in table.rows:
        if index < len(row.cells) and not (row.heading and index):
            longest = max(longest, _longest_word(row.cells[index], whole=column.content != "text"))
    letter = _POINTS_OF_A_DIGIT if column.content == "number" and column.label.isascii() else POINTS_OF_A_LETTER
    if text_direction(column.label) == "rtl":
        letter = _POINTS_OF_A_JOINED_LETTER
    return min(longest, _LONGEST_WORD) * letter + INSET


def _longest_word(cell: Cell, *, whole: bool) -> float:
    """Return the letters of the longest word; a status with its symbol is one word. ``whole``: a line is one word.

    A line that is too long for one line of its column is as many words as it has.
    """
    longest = 0.0
    for line in cell:
        for part in line:
            one = part.kind == "status" or (whole and len(part.text) <= _LONGEST_WORD)
            words = [part.text] if one else part.text.split()
            strong = part.kind == "status" or (part.kind == "text" and part.strong)
            longest = max((longest, *(_letters(word) * (_BOLD if strong else 1) for word in words)))
            if part.kind == "status":
                longest = max(longest, _letters(part.text) * _BOLD + _SYMBOL)
    return longest


def _letters(word: str) -> float:
    """Return the width of a word in letters of average width."""
    if word.isascii() and word.islower() and not _WIDE & {*word}:
        return len(word)
    return sum(_WIDE_LETTER if letter in _WIDE else _CAPITAL if letter.isupper() else 1 for letter in word)
