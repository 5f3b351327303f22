"""The sizes of text on slides, in points, and the size with which a table fits."""

from collections.abc import Sequence

from csg.documents.fitting import line_count

TITLE, LARGE, SMALL, NOTE = 28, 18, 14, 10
"""Sizes of text: the title, paragraphs and lists, longer lists, and the footer."""
_WHOLE_SIZES, _SHORT_SIZES, _TABLE_SIZES = (18, 16, 14), (16, 14, 12), (14, 12, 10)
"""Sizes of the text of a table: with whole texts, with texts of three lines, and with as many lines as have room."""
LINE = 1.25
"""The height of a line, as a multiple of the size of its text."""
INSET, ROW_INSET = 14, 8
"""The blank space in a cell: left and right together, and above and below together."""
MOST_LINES = 3
"""The lines of a cell or a list element."""


def table_size(rows: Sequence[Sequence[tuple[str, float]]], room: float, scale: float) -> tuple[float, int]:
    """Return the size of a table's text, and the most lines of a cell. Each row has its texts with their widths.

    It is the largest size with which every text is whole, or else one that is still easy to read with texts of three
    lines. A table with more rows has fewer lines in each. ``scale`` is the size of the slide beside the usual one.
    """
    inset = ROW_INSET * scale
    whole, short, every = ([size * scale for size in sizes] for sizes in (_WHOLE_SIZES, _SHORT_SIZES, _TABLE_SIZES))
    for size, is_whole in (*((size, True) for size in whole), *((size, False) for size in short)):
        lines = [max(line_count(text, width, size) for text, width in row) for row in rows]
        height = sum(min(count, MOST_LINES) for count in lines) * size * LINE + len(lines) * inset
        if height <= room and not (is_whole and max(lines) > MOST_LINES):
            return size, MOST_LINES
    size = next((size for size in every if room / len(rows) >= size * LINE + inset), every[-1])
    return size, max(1, min(MOST_LINES, int((room / len(rows) - inset) / (size * LINE))))
