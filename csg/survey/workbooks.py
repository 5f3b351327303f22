"""Workbooks (XLSX) as tables, a row at a time. A workbook that was made to fill the memory is refused."""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO
from warnings import catch_warnings, simplefilter

from csg.problem import Refused
from csg.survey.headers import is_part_of_another
from csg.survey.table import MOST_COLUMNS, SAMPLE, Table, errors, fit, refused, sampled
from csg.workspace.files import open_given

MOST_EXPANDED = 200 * 1024**2
"""The largest size of an unpacked workbook: seven times a survey of 100,000 answers to 30 questions."""
MOST_STRINGS = 24 * 1024**2
"""The largest size of its texts, which openpyxl holds in memory: some 200,000 answers of a sentence each."""
MOST_SHEETS = 20
"""Sheets that are looked at."""
MOST_EMPTY = 10_000
"""Empty rows after which a sheet ends."""


def _loaded(stream: BinaryIO) -> Any:
    """Return a workbook without openpyxl's warnings, for example about a missing stylesheet."""
    from openpyxl import load_workbook

    with catch_warnings():
        simplefilter("ignore")
        return load_workbook(stream, read_only=True, keep_links=False)


def workbook(path: Path) -> Iterator[list[Table]]:
    """Open the tables in the sheets of a workbook that can have responses, and close the workbook afterwards.

    Raises Refused if the workbook is damaged or would fill the memory.
    """
    with errors(path):
        _look_into(path)
        stream = open_given(path)
    with stream:
        with _damage(path):
            book = _loaded(stream)
        try:
            with _damage(path):
                sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
                tables = [_sheet_table(path, sheet) for sheet in sheets[:MOST_SHEETS] if not _is_part(sheet)]
            if not tables:
                raise refused(path, "this workbook has no sheet of responses", "Export individual responses")
            yield tables
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
    return any(isinstance(head, str) and is_part_of_another(head) for head in heads)


def _sheet_table(path: Path, sheet: Any) -> Table:
    with _damage(path):
        cells_of_rows = sheet.iter_rows(values_only=True, max_row=SAMPLE, max_col=MOST_COLUMNS + 1)
        sample = list(sampled(["" if value is None else _written(value) for value in row] for row in cells_of_rows))
    width = max((at for row in sample for at, value in enumerate(row, 1) if value), default=0)
    fit(path, width)

    def rows(columns: Sequence[int], heads: int) -> Iterator[Sequence[str]]:
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
            if filled and number > heads:
                yield texts

    while sample and not any(sample[-1]):
        sample.pop()
    return Table("", sheet.title, [[*row[:width], *[""] * (width - len(row))] for row in sample], rows)


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
