"""Tables from files, a row at a time: CSV of any encoding and separator, and workbooks (XLSX)."""

import csv
import re
import zipfile
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from io import TextIOWrapper
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from csg.problem import Problem, Refused

Row = list[str]
Progress = Callable[[int], None]
"""Told how many bytes of the file have been read."""
MOST_EMPTY = 10_000
"""Rows without anything, after which a sheet ends."""
SEPARATORS = (",", ";", "\t")
MOST_LOOKED_AT = 4 * 1024**2
"""Bytes by which the encoding is known: a letter that is not English stands well before."""
MOST_CELL = 1_000_000
"""The longest cell, in characters: one of more is a quotation mark that nothing closes."""
MOST_COLUMNS = 2_000
MOST_EXPANDED = 200 * 1024**2
"""The most that a workbook may be when it is unpacked: seven times a survey of 100,000 answers to 30 questions."""
MOST_STRINGS = 24 * 1024**2
"""The most that its texts may be, which openpyxl holds in memory: some 200,000 answers of a sentence each."""


class Table(NamedTuple):
    """A table: its encoding, its first rows, which hold its heads, and all rows with the columns one asks for.

    ``rows(columns)`` yields what is in those columns alone; nothing of another is kept.
    """

    encoding: str
    head: list[Row]
    rows: Callable[[Sequence[int]], Iterator[Sequence[str]]]


def refused(path: Path, message: str, hint: str) -> Refused:
    """What is wrong with a file that somebody gave, and nothing of what is in it."""
    return Refused(Problem("CSG701", message, path.name, hint=hint))


@contextmanager
def open_table(path: Path, progress: Progress = lambda _: None) -> Iterator[Table]:
    """The table in a file. Raises Refused where it cannot be read, or is none."""
    with _errors(path), path.open("rb") as stream:
        start = stream.read(4096)
    if not start.removeprefix(BOM_UTF8).removeprefix(BOM_UTF16_LE).removeprefix(BOM_UTF16_BE).strip():
        raise refused(path, "the file is empty", "export the responses again")
    if start.startswith(b"PK"):
        yield from _workbook(path)
    elif start.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b")):
        hint = "export individual responses as CSV, or save it as XLSX without a password"
        raise refused(path, "neither CSV nor a workbook that can be read", hint)
    else:
        yield _csv_table(path, _encoding(path), progress)


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    """Faults of the file's as what is told of them."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise refused(path, f"cannot be read: {reason}", "look at its name and place") from None


def _encoding(path: Path) -> str:
    """The encoding of a text file: what its first bytes say, UTF-8 where all that is looked at is, else Windows'."""
    with _errors(path), path.open("rb") as stream:
        start = stream.read(MOST_LOOKED_AT)
    if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    if start.startswith(BOM_UTF8):
        return "utf-8-sig"
    if b"\0" in start[:4]:
        return "utf-16-le" if start[1:2] == b"\0" else "utf-16-be"
    try:
        getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        # In no language that is written with Latin letters are three in a row not English ones.
        return "cp1251" if re.search(rb"[\xc0-\xff]{3}", start) else "cp1252"
    return "utf-8"


def _csv_table(path: Path, encoding: str, progress: Progress) -> Table:
    separator, skipped = _separator(path, encoding)
    with closing(_csv_rows(path, encoding, separator, skipped, progress)) as first:
        head = list(islice(first, 2))
    width = len(head[0]) if head else 0
    _fit(path, width)

    def rows(columns: Sequence[int]) -> Iterator[Sequence[str]]:
        cells = itemgetter(*columns, columns[0])  # of one column alone it would give no tuple
        for number, row in enumerate(_csv_rows(path, encoding, separator, skipped, progress), 1):
            if not any(row):
                continue
            if len(row) != width:
                message = f"row {number} has {len(row)} columns, and the first has {width}"
                raise refused(path, message, "export it again: a quotation mark may be missing, or a line be cut")
            yield cells(row)

    return Table(encoding, head, rows)


def _fit(path: Path, width: int) -> None:
    if width > MOST_COLUMNS:
        message = f"{width} columns; the most is {MOST_COLUMNS}"
        raise refused(path, message, "export fewer questions at a time, or the condensed form")


def _csv_rows(
    path: Path, encoding: str, separator: str, skipped: int, progress: Progress
) -> Generator[Row, None, None]:
    csv.field_size_limit(MOST_CELL)
    with _errors(path), path.open("rb") as raw, TextIOWrapper(raw, encoding, newline="") as stream:
        for _ in range(skipped):
            stream.readline()
        reader = csv.reader(stream, delimiter=separator)
        try:
            for number, row in enumerate(reader):
                if number % 4096 == 0:
                    progress(raw.tell())
                yield row
        except csv.Error:
            message = f"line {reader.line_num}: a cell that does not end, or a character that no CSV has"
            raise refused(path, message, "export it again: a quotation mark may be missing") from None
        except UnicodeError:
            raise refused(path, f"line {reader.line_num}: no {encoding} text", "export it as CSV in UTF-8") from None


def _separator(path: Path, encoding: str) -> tuple[str, int]:
    """What stands between the cells, and how many lines stand before the table: ``sep=;``, as spreadsheets write it."""
    with _errors(path), path.open(encoding=encoding, newline="", errors="replace") as stream:
        sample = stream.read(64 * 1024)
    first = sample.split("\n", 1)[0].strip("\r")
    if first.lower().startswith("sep=") and first[4:] in SEPARATORS:
        return first[4:], 1

    def fits(separator: str) -> tuple[bool, int]:
        try:
            rows = list(islice(csv.reader(sample.splitlines(True), delimiter=separator), 50))
        except csv.Error:
            return False, 0
        width = len(rows[0]) if rows else 0
        # The last may be cut off by the end of the sample; with another separator few have the width of the first.
        return sum(len(row) == width for row in rows[:-1]) >= 0.8 * (len(rows) - 1) and width > 1, width

    csv.field_size_limit(MOST_CELL)
    return max(SEPARATORS, key=fits), 0


def _workbook(path: Path) -> Iterator[Table]:
    from openpyxl import load_workbook

    with _errors(path):
        _look_into(path)
        stream = path.open("rb")
    with stream:
        with _damage(path):
            book = load_workbook(stream, read_only=True, keep_links=False)
        try:
            with _damage(path):
                sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
                sheet = next((each for each in sheets if not _is_part(each)), None)
            if sheet is None:
                raise refused(path, "a workbook without a sheet of responses", "export individual responses")
            yield _sheet_table(path, sheet)
        finally:
            book.close()


@contextmanager
def _damage(path: Path) -> Iterator[None]:
    """Whatever openpyxl makes of a workbook that is damaged, or was made to do damage, as one sentence."""
    try:
        yield
    except (Refused, OSError, MemoryError):
        raise
    except Exception:
        raise refused(path, "a workbook that cannot be read", "save it as XLSX again, or export it as CSV") from None


def _look_into(path: Path) -> None:
    """Refuse what would fill the memory when it is unpacked. zipfile stops at the size that an archive states."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError):
        raise refused(path, "a workbook that is damaged", "export it again") from None
    names = [entry.filename for entry in entries]
    if "xl/workbook.xml" not in names:
        csvs = any(name.lower().endswith((".csv", ".xlsx")) for name in names)
        hint = "unpack it, and import the file of responses in it" if csvs else "export individual responses as CSV"
        raise refused(path, "an archive, and no workbook", hint)
    texts = sum(entry.file_size for entry in entries if entry.filename.lower().endswith("sharedstrings.xml"))
    bomb = any(entry.file_size > 1024**2 and entry.file_size > 200 * max(1, entry.compress_size) for entry in entries)
    if bomb or sum(entry.file_size for entry in entries) > MOST_EXPANDED or texts > MOST_STRINGS:
        raise refused(path, "a workbook that is too large when it is unpacked", "export it as CSV")


def _is_part(sheet: Any) -> bool:
    """Whether a sheet holds what belongs to the rows of another, as KoboToolbox writes repeated questions."""
    sheet.reset_dimensions()
    heads = next(sheet.iter_rows(values_only=True, max_row=1, max_col=MOST_COLUMNS), ())
    return "_parent_index" in heads or not any(heads)


def _sheet_table(path: Path, sheet: Any) -> Table:
    with _damage(path):
        first, second = ([*row, None] for row in _first_rows(sheet))
    width = max((at for row in (first, second) for at, value in enumerate(row, 1) if value is not None), default=0)
    _fit(path, width)

    def rows(columns: Sequence[int]) -> Iterator[Sequence[str]]:
        cells = enumerate(sheet.iter_rows(max_col=width), 1)
        empty = 0
        while empty < MOST_EMPTY:
            with _damage(path):
                number, row = next(cells, (0, ()))
                texts = [_text(path, number, row[column]) if column < len(row) else "" for column in columns]
                filled = any(cell.value is not None for cell in row)
            if not number:
                return
            empty = 0 if filled else empty + 1
            if filled:
                yield texts

    head = [_padded(row, width) for row in (first, second)]
    return Table("", head if any(head[1]) else head[:1], rows)


def _first_rows(sheet: Any) -> list[tuple[Any, ...]]:
    rows = list(islice(sheet.iter_rows(values_only=True, max_row=2, max_col=MOST_COLUMNS + 1), 2))
    return [*rows, (), ()][:2]


def _padded(row: Sequence[Any], width: int) -> Row:
    cells = ["" if value is None else _written(value) for value in row[:width]]
    return cells + [""] * (width - len(cells))


def _text(path: Path, number: int, cell: Any) -> str:
    if cell.value is None:
        return ""
    if cell.data_type == "f":
        message = f"a formula in row {number}"
        raise refused(path, message, "export the responses again, or save the sheet as CSV, which has its values")
    return _written(cell.value)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
