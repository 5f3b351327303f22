"""The table of a text file with separators: commas, semicolons or tabs."""

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from pathlib import Path

from csg.forms.packages import opened, refused
from csg.forms.tables.table import MOST_COLUMNS, MOST_ROWS, Cell, Contents, Remark, Row, Table
from csg.forms.tables.walk import clean

MOST_BYTES = 8 * 1024**2
"""The largest text file that is read: a hundred times the plan of a large group."""
MOST_CELL = 1_000_000
"""The longest cell, in characters. In a longer one, a quotation mark is not closed."""
_HIGH = re.compile(rb"[\x80-\xff]")
_TWO_HIGH = re.compile(rb"[\x80-\xff]{2}")
_FREQUENT = {
    encoding: tuple(letter.encode(encoding) for letter in letters)
    for encoding, letters in {"cp1251": "оеаинт", "cp1256": "ايلمون"}.items()
}
"""The most frequent letters of Russian and of Arabic, as the two encodings write them."""
SEPARATORS = "\t;,"


def read_text(path: Path) -> tuple[str, tuple[Remark, ...]]:
    """Return the text of a file, and a remark if it is not UTF-8. Raises Refused if it is not text."""
    with opened(path, MOST_BYTES) as stream:
        content = stream.read()
    encoding = _unicode(content)
    remarks: tuple[Remark, ...] = ()
    if not encoding:
        encoding = _windows(content)
        name = encoding.replace("cp", "Windows-")
        remarks = (Remark(f"The file is not UTF-8. It was read as {name}: check its letters.", "the file"),)
    try:
        text = content.decode(encoding)
    except UnicodeError:
        raise refused(path.name, "this is not a text file", "Save it as CSV in the encoding UTF-8.") from None
    if "\0" in text:
        raise refused(path.name, "this is not a text file", "Save it as CSV in the encoding UTF-8.")
    return text, remarks


def _unicode(content: bytes) -> str:
    """Return the Unicode encoding of a text; empty for another."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "utf-8-sig" if content.startswith(BOM_UTF8) else "utf-8"


def _windows(content: bytes) -> str:
    """Return the encoding of Windows that a text most likely has, by the letters that are frequent in its languages.

    In Western languages, letters with accents are alone among those of ASCII; Cyrillic and Arabic words have no others.
    """
    pairs = len(_TWO_HIGH.findall(content))
    alone = len(_HIGH.findall(content)) - 2 * pairs
    if alone >= pairs:
        return "cp1252"
    counts = {encoding: sum(map(content.count, letters)) for encoding, letters in _FREQUENT.items()}
    return max(counts, key=lambda encoding: counts[encoding])


def read_csv(path: Path) -> Contents:
    """Return the table of a CSV file, and its text that is in no column."""
    text, remarks = read_text(path)
    rows: list[Row] = []
    for line, values in _records(path, text):
        if len(rows) >= MOST_ROWS or len(values) > MOST_COLUMNS:
            raise refused(path.name, "the table is larger than any workplan", "Send the table alone.")
        cells = tuple(Cell(clean(value)) for value in values)
        if any(cell.text for cell in cells):
            rows.append(Row(cells, f"line {line}"))
    return Contents((Table(tuple(rows), "the table"),), remarks)


def _records(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which each record begins, and its cells."""
    csv.field_size_limit(MOST_CELL)
    lines = text.splitlines(keepends=True) if "\n" not in text else [f"{line}\n" for line in text.split("\n")]
    separator = _separator(lines)
    reader = csv.reader(lines, delimiter=separator, strict=False)
    start = 1
    while True:
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error:
            message = f"the cell that begins after line {start} has no end"
            raise refused(path.name, message, "Check the quotation marks.") from None
        if reader.line_num - start > MOST_LINES:
            message = f"the cell that begins on line {start} has no end"
            raise refused(path.name, message, "Check the quotation marks.")
        yield start, values
        start = reader.line_num + 1


MOST_LINES = 200
"""The most lines of a record. If it has more, a quotation mark is not closed."""


def _separator(lines: list[str]) -> str:
    """Return the separator that divides most of the first lines into the most cells."""
    counts = dict.fromkeys(SEPARATORS, 0)
    for separator in SEPARATORS:
        counts[separator] = sum(min(line.count(separator), 5) for line in lines[:50])
    return max(SEPARATORS, key=lambda separator: counts[separator] if counts[separator] else -1)
