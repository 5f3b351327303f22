"""The form as a workbook: a row for each question, with its code, its words and a cell for the answer."""

import re
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from csg.forms.own_words import ANSWER_BY, PUBLIC, THIRD_COLUMN
from csg.forms.questions import status_choices
from csg.forms.request import Form
from csg.language import RIGHT_TO_LEFT_MARK, Direction, end_mark, text_direction
from csg.problem import visible

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FIXED_DATE = datetime(2000, 1, 1)
_FIRST_DATE = (1980, 1, 1, 0, 0, 0)
_WIDTHS = {"A": 18, "B": 46, "C": 70}
_LETTERS_OF_A_LINE, _LINE_HEIGHT, _TALLEST_ROW = 40, 16, 400
"""The letters of a line in the column of the words, the height of a line in points, and the most that Excel allows."""
_SIDES: dict[Direction, Literal["left", "right"]] = {"ltr": "left", "rtl": "right"}
_READING_ORDERS = {"ltr": 1, "rtl": 2}
"""The directions of a text as Excel numbers them."""
_KEPT = f"\n{RIGHT_TO_LEFT_MARK}"
_MODIFIED = re.compile(rb"(<dcterms:modified[^<>]*>)[^<>]*<")
"""The time of saving, which openpyxl writes."""
_TEXT = "@"
"""The format of a cell that a program must not take for a number, a date or a formula."""


def xlsx_form(form: Form) -> bytes:
    """Return a form as a workbook."""
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet: Worksheet = book.active  # type: ignore[assignment]
    sheet.title = form.language.gettext("Form")
    sheet.sheet_view.rightToLeft = form.language.direction == "rtl"
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[column].width = width
    words = ",".join(status_choices(form.language))
    choices = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=False)
    sheet.add_data_validation(choices)
    _write(form, sheet, choices)
    book.properties.title, book.properties.identifier = form.title, form.tag
    book.properties.creator = "csg"
    book.properties.created = book.properties.modified = _FIXED_DATE
    saved = BytesIO()
    book.save(saved)
    return _with_fixed_dates(saved.getvalue())


def _write(form: Form, sheet: "Worksheet", choices: object) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    _ = form.language.gettext
    bold, small = Font(bold=True), Font(size=8, color="5F656D")
    ground = PatternFill("solid", fgColor="EDF3F8")
    set_text = partial(_set, sheet, form.language.direction)

    def set_line(row: int, text: str, font: object = None) -> None:
        """Write a line that nobody edits. Its row is as high as it needs, because not every program adjusts it."""
        set_text(row, 2, text, font)
        sheet.row_dimensions[row].height = min(_LINE_HEIGHT * -(-len(text) // _LETTERS_OF_A_LINE), _TALLEST_ROW)

    lines = [form.title, form.lead_name]
    if form.due:
        lines.append(_(ANSWER_BY, date=form.language.date(form.due)))
    lines += [
        _(THIRD_COLUMN),
        form.needed_words,
        form.status_words,
        form.status_meanings,
        _(PUBLIC),
        form.tag,
    ]
    row = 0
    for text in lines:
        row += 1
        set_line(row, text, bold if row == 1 else None)
    for asked in form.activities:
        row += 2
        set_text(row, 1, f"[{asked.activity.id}]", small)
        set_line(row, asked.activity.title, bold)
        for text in asked.notes(form.language):
            row += 1
            set_line(row, text)
        for question in asked.questions:
            row += 1
            set_text(row, 1, str(question.code), small)
            set_text(row, 2, question.label, bold)
            answer = sheet.cell(row, 3)
            answer.number_format, answer.fill = _TEXT, ground
            answer.alignment = Alignment(horizontal=_SIDES[form.language.direction], wrap_text=True, vertical="top")
            if question.code.field == "status":
                choices.add(answer)  # type: ignore[attr-defined]


def _set(sheet: "Worksheet", direction: Direction, row: int, column: int, text: str, font: object) -> None:
    """Write a text that no program can take for a formula, on the side of the form and in its own direction."""
    from openpyxl.styles import Alignment

    cell = sheet.cell(row, column)
    own = text_direction(text)
    words = visible(text, keep=_KEPT) + end_mark(text, own)
    cell.value, cell.data_type, cell.number_format = words, "s", _TEXT
    order = _READING_ORDERS[own if any(map(str.isalpha, text)) else direction]
    cell.alignment = Alignment(horizontal=_SIDES[direction], readingOrder=order, wrap_text=True, vertical="top")
    if font:
        cell.font = font  # type: ignore[assignment]


def _with_fixed_dates(content: bytes) -> bytes:
    new = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(new, "w") as archive:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z<", part)
            archive.writestr(ZipInfo(entry.filename, _FIRST_DATE), part, ZIP_DEFLATED)
    return new.getvalue()
