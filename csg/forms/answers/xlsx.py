"""The answers in a form that is a workbook."""

import warnings
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

from csg.forms.answers.pieces import sheet_of
from csg.forms.answers.sheet import Piece, Sheet
from csg.forms.packages import Package
from csg.forms.questions import Codes
from csg.problem import Problem, Refused, shown

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
        return sheet_of(file, _pieces(file, book), codes, _comments(package))
    finally:
        book.close()


def _comments(package: Package) -> list[str]:
    """Return the comments on cells."""
    links = package.relations(package.main).values()
    sheets = [link.part for link in links if link.type == "worksheet" and link.part in package]
    parts = [link.part for sheet in sheets for link in package.relations(sheet).values() if link.type == "comments"]
    comments = (comment for part in parts for comment in package.xml(part).iter() if comment.tag == "comment")
    texts = ("".join(each.text or "" for each in comment.iter() if each.tag == "t") for comment in comments)
    return [text.strip() for text in texts if text.strip()]


def _pieces(file: str, book: object) -> Iterator[Piece]:
    for sheet in book.worksheets:  # type: ignore[attr-defined]
        rows = sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS)
        for number, row in enumerate(rows, 1):
            texts: list[str] = []
            for cell in row:
                if cell.data_type in _NO_TEXT and any("[" in text for text in texts):
                    where = f"row {number} of {shown(sheet.title)} has {_NO_TEXT[cell.data_type]}"
                    raise Refused(Problem("CSG803", where, file, hint="Write the answer as text."))
                texts.append(_text(cell.value))
            if any(texts):
                yield Piece(tuple(texts), f"row {number}")


def _text(value: object) -> str:
    """Return the value of a cell as a person wrote it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
