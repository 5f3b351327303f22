"""Workbooks (XLSX) as tables, a row at a time. A workbook that was made to fill the memory is refused."""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from csg.problem import Refused
from csg.survey.table import HEADS, MOST_COLUMNS, Row, Table, errors, fit, refused
from csg.workspace.files import open_given

MOST_EXPANDED = 200 * 1024**2
"""The largest size of an unpacked workbook: seven times a survey of 100,000 answers to 30 questions."""
MOST_STRINGS = 24 * 1024**2
"""The largest size of its texts, which openpyxl holds in memory: some 200,000 answers of a sentence each."""
MOST_EMPTY = 10_000
"""Empty rows after which a sheet ends."""


def workbook(path: Path) -> Iterator[Table]:
    """Open the table in the first sheet of a workbook that has responses, and close the workbook afterwards.

    Raises Refused if the workbook is damaged or would fill the memory.
    """
    from openpyxl import load_workbook

    with errors(path):
        _look_into(path)
        stream = open_given(path)
    with stream:
        with _damage(path):
            book = load_workbook(stream, read_only=True, keep_links=False)
        try:
            with _damage(path):
                sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
                sheet = next((each for each in sheets if not _is_part(each)), None)
            if sheet is None:
                raise refused(path, "this workbook has no sheet of responses", "Export individual responses")
            yield _sheet_table(path, sheet)
        finally:
            book.close()


@contextmanager
def _damage(path: Path) -> Iterator[None]:
    """Turn any error of openpyxl for a damaged or hostile workbook into one sentence."""
    try:
        yield
    except (Refused, OSError, MemoryError):
        raise
    except Exception:
        raise refused(path, "this workbook cannot be read", "Save it as XLSX again, or export it as CSV") from None


def _look_into(path: Path) -> None:
    """Refuse a workbook that would fill the memory when it is unpacked.

    zipfile stops at the size that an archive states.
    """
    try:
        with open_given(path) as stream, zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError):
        raise refused(path, "this workbook is damaged", "Export it again") from None
    names = [entry.filename for entry in entries]
    if "xl/workbook.xml" not in names:
        csvs = any(name.lower().endswith((".csv", ".xlsx")) for name in names)
        hint = "Unpack it, and import the file of responses in it" if csvs else "Export individual responses as CSV"
        raise refused(path, "this is an archive, not a workbook", hint)
    texts = sum(entry.file_size for entry in entries if entry.filename.lower().endswith("sharedstrings.xml"))
    bomb = any(entry.file_size > 1024**2 and entry.file_size > 200 * max(1, entry.compress_size) for entry in entries)
    if bomb or sum(entry.file_size for entry in entries) > MOST_EXPANDED or texts > MOST_STRINGS:
        raise refused(path, "this workbook is too large when it is unpacked", "Export it as CSV")


def _is_part(sheet: Any) -> bool:
    """Return whether a sheet belongs to the rows of another sheet, as KoboToolbox writes repeated questions."""
    sheet.reset_dimensions()
    heads = next(sheet.iter_rows(values_only=True, max_row=1, max_col=MOST_COLUMNS), ())
    return "_parent_index" in heads or not any(heads)


def _sheet_table(path: Path, sheet: Any) -> Table:
    with _damage(path):
        first, second = ([*row, None] for row in _first_rows(sheet))
    width = max((at for row in (first, second) for at, value in enumerate(row, 1) if value is not None), default=0)
    fit(path, width)

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
            if filled or number <= HEADS:
                yield texts

    head = [_padded(row, width) for row in (first, second)]
    return Table("", head if any(head[1]) else head[:1], rows)


def _first_rows(sheet: Any) -> list[tuple[Any, ...]]:
    rows = list(islice(sheet.iter_rows(values_only=True, max_row=HEADS, max_col=MOST_COLUMNS + 1), HEADS))
    return [*rows, (), ()][:HEADS]


def _padded(row: Sequence[Any], width: int) -> Row:
    cells = ["" if value is None else _written(value) for value in row[:width]]
    return cells + [""] * (width - len(cells))


def _text(path: Path, number: int, cell: Any) -> str:
    if cell.value is None:
        return ""
    if cell.data_type == "f":
        message = f"row {number} has a formula"
        raise refused(path, message, "Export the responses again, or save the sheet as CSV, which has the values")
    return _written(cell.value)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
