"""The answers in a form that is a workbook."""

import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from csg.forms.answers.pieces import sheet_of
from csg.forms.answers.sheet import OBJECT, Piece, Sheet
from csg.forms.packages import Package
from csg.forms.questions import Codes
from csg.forms.tables.beside import number_shown, sheet_parts, texts_beside
from csg.problem import Problem, Refused, Sentence, shown

_MOST_ROWS, _MOST_COLUMNS = 20_000, 12
"""The rows and columns that are read: one stray cell in a far corner makes a sheet huge."""
_NO_TEXT = {"f": "a formula in place of an answer", "e": "an error of the program in place of an answer"}
"""The types of cells that are no answer."""


def read_xlsx(file: str, package: Package, content: bytes, codes: Codes) -> Sheet:
    """Return the answers of a workbook. Raise Refused for a formula in place of an answer."""
    from openpyxl import load_workbook

    package.check_parts()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl does not know matters to nobody here
        book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        beside = [text for part in sheet_parts(package) for text in texts_beside(package, part, OBJECT)]
        sheet = sheet_of(file, _pieces(file, book), codes, beside)
        hint = Sentence("Write it into the cell of an answer, or delete it.")
        return sheet._replace(doubts=tuple((message, hint) for message in _far_cells(package)))
    finally:
        book.close()


def _far_cells(package: Package) -> Iterator[str]:
    """Yield a sentence for each sheet with filled cells that are too far from the form to be read."""
    from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

    for part in sheet_parts(package):
        for cell in package.xml(part).iter("c"):
            if not (place := cell.get("r", "")) or not any(
                each.text for each in cell.iter() if each.tag in ("v", "t", "f")
            ):
                continue
            letters, row = coordinate_from_string(place)
            if row > _MOST_ROWS or column_index_from_string(letters) > _MOST_COLUMNS:
                yield Sentence("cell {cell} is too far from the form and was not read", cell=place)
                break


def _pieces(file: str, book: Any) -> Iterator[Piece]:
    for sheet in book.worksheets:
        of_sheet = f" of {shown(sheet.title, 40)}" if len(book.worksheets) > 1 else ""
        rows = sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS)
        for number, row in enumerate(rows, 1):
            texts: list[str] = []
            for cell in row:
                if cell.data_type in _NO_TEXT and any("[" in text for text in texts):
                    where = f"row {number} of {shown(sheet.title)} has {_NO_TEXT[cell.data_type]}"
                    raise Refused(Problem("CSG803", where, file, hint="Write the answer as text."))
                texts.append(_text(cell))
            if any(texts):
                yield Piece(tuple(texts), f"row {number}{of_sheet}")


def _text(cell: Any) -> str:
    """Return the value of a cell as a person wrote it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return number_shown(value, str(cell.number_format))
    return str(value).replace("_x000D_", "").replace("_x000d_", "")
