"""The form as a workbook: a row for each question, with its code, its words and a cell for the answer."""

import re
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from csg.forms.own_words import ANSWER_BY, PUBLIC, THIRD_COLUMN
from csg.forms.questions import status_choices
from csg.forms.request import Form
from csg.problem import visible

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FIXED_DATE = datetime(2000, 1, 1)
_FIRST_DATE = (1980, 1, 1, 0, 0, 0)
_WIDTHS = {"A": 18, "B": 46, "C": 70}
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
    lines = [form.title, form.lead_name]
    if form.due:
        lines.append(_(ANSWER_BY, date=form.language.date(form.due)))
    lines += [
        _(THIRD_COLUMN),
        form.needed_words,
        form.status_words,
        _(PUBLIC),
        form.tag,
    ]
    row = 0
    for text in lines:
        row += 1
        _set(sheet, row, 2, text, bold if row == 1 else None)
    for asked in form.activities:
        row += 2
        _set(sheet, row, 1, f"[{asked.activity.id}]", small)
        _set(sheet, row, 2, asked.activity.title, bold)
        for text in asked.notes(form.language):
            row += 1
            _set(sheet, row, 2, text, None)
        for question in asked.questions:
            row += 1
            _set(sheet, row, 1, str(question.code), small)
            _set(sheet, row, 2, question.label, bold)
            answer = sheet.cell(row, 3)
            answer.number_format, answer.fill = _TEXT, ground
            answer.alignment = Alignment(wrap_text=True, vertical="top")
            if question.code.field == "status":
                choices.add(answer)  # type: ignore[attr-defined]


def _set(sheet: "Worksheet", row: int, column: int, text: str, font: object) -> None:
    """Write a text that no program can take for a formula."""
    from openpyxl.styles import Alignment

    cell = sheet.cell(row, column)
    cell.value, cell.data_type, cell.number_format = visible(text, keep="\n"), "s", _TEXT
    cell.alignment = Alignment(wrap_text=True, vertical="top")
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
