"""Tables from files, a row at a time: CSV of any encoding and separator, and workbooks (XLSX)."""

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from io import TextIOWrapper
from itertools import islice
from operator import itemgetter
from pathlib import Path

from csg.survey.encoding import encoding_of
from csg.survey.table import Row, Table, errors, fit, refused, sampled
from csg.survey.workbooks import workbook
from csg.workspace.files import open_given

Progress = Callable[[int], None]
"""Called with the number of bytes that have been read."""

SEPARATORS = (",", ";", "\t")
_SAID = re.compile(r'"?sep=([,;\t])"?[,;\t]*\r?\n', re.IGNORECASE)
"""The line before a table that names its separator. Spreadsheets that save it again put it into quotation marks."""
BEGINNING = 4096
"""Bytes that show what kind of file it is."""
MOST_LOOKED_AT = 4 * 1024**2
"""Bytes that are read to find the encoding: a letter that is not English comes well before."""
MOST_CELL = 1_000_000
"""The longest cell, in characters. In a longer one, a quotation mark is not closed."""


@contextmanager
def open_tables(path: Path, progress: Progress = lambda _: None, encoding: str | None = None) -> Iterator[list[Table]]:
    """Open the tables in a file: one, or the sheets of a workbook.

    ``encoding`` is the encoding of a text file, if somebody has named it.

    Raises Refused if the file cannot be read or is not a table.
    """
    with errors(path), open_given(path) as stream:
        start = stream.read(BEGINNING)
    if not start.removeprefix(BOM_UTF8).removeprefix(BOM_UTF16_LE).removeprefix(BOM_UTF16_BE).strip():
        raise refused(path, "the file is empty", "Export the responses again")
    if start.startswith(b"PK"):
        yield from workbook(path)
    elif start.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b")):
        hint = "Export individual responses as CSV, or save the file as XLSX without a password"
        raise refused(path, "this is neither CSV nor a workbook that csg can read", hint)
    else:
        yield [_csv_table(path, encoding or _encoding(path), progress)]


def _encoding(path: Path) -> str:
    """Return the encoding of a text file: by its first bytes, else UTF-8 if it is that, else by its words.

    Raises Refused if the encoding is not sure.
    """
    with errors(path), open_given(path) as stream:
        start = stream.read(MOST_LOOKED_AT)
    if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    if start.startswith(BOM_UTF8):
        return "utf-8-sig"
    # UTF-16 without a mark: commas, digits and the ends of lines have an empty byte before or after them.
    after, before = (start[first:BEGINNING:2].count(0) for first in (1, 0))
    if after or before:
        return "utf-16-le" if after > before else "utf-16-be"
    try:
        getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return encoding_of(path, start)
    return "utf-8"


def _csv_table(path: Path, encoding: str, progress: Progress) -> Table:
    separator, skipped = _separator(path, encoding)
    with closing(_csv_rows(path, encoding, separator, skipped, progress)) as first:
        sample = list(sampled(first))
    fit(path, max(map(len, sample), default=0))

    def rows(columns: Sequence[int], heads: int) -> Iterator[Sequence[str]]:
        width = len(sample[heads - 1]) if heads else 0
        # For a single column, itemgetter would return the cell and not a tuple.
        cells = itemgetter(*columns) if len(columns) > 1 else lambda row: (row[columns[0]],)
        for number, row in enumerate(_csv_rows(path, encoding, separator, skipped, progress), 1):
            if number <= heads or not any(row):
                continue
            if len(row) != width:
                message = f"row {number} has {len(row)} columns, but row {heads} with the headings has {width}"
                raise refused(
                    path, message, "Export the file again: a quotation mark may be missing, or a line may be cut"
                )
            yield cells(row)

    return Table(encoding, "", sample, rows)


def _csv_rows(
    path: Path, encoding: str, separator: str, skipped: int, progress: Progress
) -> Generator[Row, None, None]:
    csv.field_size_limit(MOST_CELL)
    with errors(path), open_given(path) as raw, TextIOWrapper(raw, encoding, newline="") as stream:
        for _ in range(skipped):
            stream.readline()
        reader = csv.reader(stream, delimiter=separator)
        try:
            for number, row in enumerate(reader):
                if number % 4096 == 0:
                    progress(raw.tell())
                yield row
        except csv.Error:
            message = f"line {reader.line_num}: a cell does not end, or a character is not allowed in CSV"
            raise refused(path, message, "Export the file again: a quotation mark may be missing") from None
        except UnicodeError:
            raise refused(
                path, f"line {reader.line_num}: this is not {encoding} text", "Export the file as CSV in UTF-8"
            ) from None


def _separator(path: Path, encoding: str) -> tuple[str, int]:
    """Return the separator of the cells, and the number of lines before the table (``sep=;``, as spreadsheets write
    it).
    """
    with errors(path), TextIOWrapper(open_given(path), encoding, newline="", errors="replace") as stream:
        sample = stream.read(64 * 1024)
    if said := _SAID.match(sample):
        return said[1], 1

    def fits(separator: str) -> tuple[bool, int]:
        try:
            rows = list(islice(csv.reader(sample.splitlines(True), delimiter=separator), 50))
        except csv.Error:
            return False, 0
        # The end of the sample can cut the last row. With a wrong separator, few rows are equally wide.
        widths = Counter(len(row) for row in rows[: max(1, len(rows) - 1)] if row)
        width, number = widths.most_common(1)[0] if widths else (0, 0)
        return number >= 0.8 * sum(widths.values()) and width > 1, width

    csv.field_size_limit(MOST_CELL)
    return max(SEPARATORS, key=fits), 0
