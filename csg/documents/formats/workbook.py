"""The workbook, by XlsxWriter, with sheets for the plan, reports, owed reports, members and indicators."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from csg.documents.fitting import line_count, text_width
from csg.documents.palette import LOOKS
from csg.documents.source import Source
from csg.language import RIGHT_TO_LEFT_MARK
from csg.model.fields import field_text, fields_of
from csg.problem import visible

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_FIXED_DATE = datetime(2000, 1, 1)
"""The date in the properties, so that the same data makes the same bytes."""
_LONGEST_CELL = 32_000
"""The most letters of a cell, in units of UTF-16. Excel allows 32,767, and repairs a file with more."""
_FIRST_DAY = date(1900, 3, 1)
"""The first date on which programs agree: Excel has a 29 February 1900, and no earlier year. An earlier one is text."""
_WIDE, _BROAD, _MIDDLE, _NARROW = 52, 34, 24, 13
"""The most that a column is wide, in letters. A column whose texts are shorter is narrower."""
_LETTER, _BUTTON = 5.25, 3
"""The width of a letter of the program's own measure in points, and that of the button of a filter in letters."""
_USUAL = 0.9
"""The width of most Latin texts, as a share of the width that is measured: a little more than in Arial."""
_SIZE, _LINE_HEIGHT, _TALLEST_ROW = 10, 13.5, 400
"""The size of text, and the height of a line of text and of the tallest row, in points. Excel allows at most 409."""
_MARGIN = 0.4
"""The margin of a printed page at the sides, in inches."""
_DATE = "yyyy-mm-dd"


class StatusCell(NamedTuple):
    """A status in a cell: its key gives the colour, its words the text."""

    status: str
    text: str


class Sheet(NamedTuple):
    """A sheet: its name, its columns with the most that each is wide, and its rows."""

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: list[Sequence[object]]


def workbook(source: Source) -> bytes:
    """Return the workbook of a plan."""
    from xlsxwriter import Workbook

    saved = BytesIO()
    book = Workbook(saved, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({
        "title": visible(source.plan.title, keep=""),
        "author": visible(source.profile.short or source.profile.group or "", keep=""),
        "created": _FIXED_DATE,
    })  # fmt: skip
    formats = _formats(book)
    for sheet in _sheets(source):
        _write(book.add_worksheet(sheet.name), sheet, formats, right_to_left=source.language.direction == "rtl")
    book.close()
    return saved.getvalue()


def _sheets(source: Source) -> Iterable[Sheet]:
    yield _plan(source)
    yield _reports(source)
    yield _owed(source)
    yield _members(source)
    yield _indicators(source)


def _plan(source: Source) -> Sheet:
    _ = source.language.gettext
    model = source.plan.activity_model
    views = [view for view in fields_of(model, source.profile) if view.key in source.column_keys]
    periods = source.plan.periods
    columns = (
        (_("No."), _NARROW), (_("Objective"), _MIDDLE), (_("Activity"), _WIDE), (_("Due"), _NARROW),
        *((source.heading(view), _WIDE if view.key == "comments" else _MIDDLE) for view in views),
        *((period.name, _MIDDLE) for period in periods),
    )  # fmt: skip
    rows: list[Sequence[object]] = []
    for objective in source.plan.objectives:
        for activity in objective.activities:
            plain = activity.plain()
            statuses = {period.id: standing.status for period, standing in source.standings.get(activity.id, [])}
            rows.append((
                activity.id, f"{objective.id} {objective.title}", activity.title, activity.due,
                *(_value(getattr(activity, view.key), plain[view.key]) for view in views),
                *(_status(source, statuses.get(period.id)) for period in periods),
            ))  # fmt: skip
    return Sheet(_("Workplan"), columns, rows)


def _value(value: object, plain: object) -> object:
    """Return a number or a date as it is, and anything else as text."""
    return value if isinstance(value, (int, float, date)) and not isinstance(value, bool) else field_text(plain)


def _status(source: Source, status: str | None) -> object:
    return StatusCell(status, source.status(status).text) if status else ""


def _reports(source: Source) -> Sheet:
    _ = source.language.gettext
    columns = (
        (_("No."), _NARROW), (_("Activity"), _WIDE), (_("Period"), _NARROW), (_("Reported by"), _MIDDLE),
        (_("Date"), _NARROW), (_("Status"), _MIDDLE), (_("What was done"), _WIDE), (_("Help needed"), _BROAD),
        (_("Next steps"), _BROAD), (_("Evidence"), _BROAD),
    )  # fmt: skip
    names = {period.id: period.name for period in source.plan.periods}
    rows: list[Sequence[object]] = [
        (
            activity.id, activity.title, names.get(report.period, report.period), report.by, report.date,
            _status(source, report.status), report.summary, report.needs, report.next_steps, "\n".join(report.evidence),
        )
        for activity in source.plan.activities()
        for report in activity.progress
    ]  # fmt: skip
    return Sheet(_("Progress"), columns, rows)


def _owed(source: Source) -> Sheet:
    _ = source.language.gettext
    columns = (
        (_("Period"), _NARROW), (_("Due"), _NARROW), (_("Lead"), _MIDDLE), (_("No."), _NARROW), (_("Activity"), _WIDE),
        (_("Reported by"), _MIDDLE),
    )  # fmt: skip
    rows: list[Sequence[object]] = [
        (
            summary.period.name, summary.period.due, debt.lead, debt.activity.id, debt.activity.title,
            source.language.listed(debt.shared_with),
        )
        for summary in source.summaries
        for debt in summary.debts
    ]  # fmt: skip
    return Sheet(_("Reports owed"), columns, rows)


def _members(source: Source) -> Sheet:
    _ = source.language.gettext
    columns = ((_("Short name"), _MIDDLE), (_("Name"), _WIDE), (_("Type"), _MIDDLE), (_("Leads"), _MIDDLE))
    kinds = {kind.id: kind.name for kind in source.directory.membership_types}
    rows: list[Sequence[object]] = [
        (
            member.id, member.name, kinds.get(member.type or "", ""),
            source.language.listed(activity.id for activity in source.led.get(member.id, [])),
        )
        for member in source.directory.members
    ]  # fmt: skip
    return Sheet(_("Members"), columns, rows)


def _indicators(source: Source) -> Sheet:
    _ = source.language.gettext
    columns = (
        (_("No."), _NARROW), (_("Indicator"), _WIDE), (_("Unit"), _NARROW), (_("Baseline"), _NARROW),
        (_("Target"), _NARROW), (_("Lead"), _MIDDLE), (_("Reached"), _NARROW), (_("Date"), _NARROW),
    )  # fmt: skip
    rows: list[Sequence[object]] = []
    for progress in source.summaries[-1].indicators if source.summaries else ():
        indicator = progress.indicator
        head = (progress.activity.id, indicator.name, indicator.unit or "", indicator.baseline, indicator.target)
        reached = [(*head, value.by, value.value, value.date) for value in progress.values]
        rows += reached or [(*head, "", "", "")]
    return Sheet(_("Indicators"), columns, rows)


def _formats(book: "Workbook") -> dict[str, Any]:
    """Return the formats of cells by name, and those of statuses by status."""
    base = {"valign": "top", "text_wrap": True, "font_name": "Arial", "font_size": _SIZE}
    base |= {"bottom": 1, "bottom_color": "#c5ccd4"}
    formats = {
        "head": book.add_format(
            {**base, "num_format": "@", "bold": True, "bg_color": "#e4ecf4", "font_color": "#123a5c"}
        ),
        "text": book.add_format({**base, "num_format": "@"}),
        "number": book.add_format(base),
        "date": book.add_format({**base, "num_format": _DATE, "align": "left"}),
    }
    for name, look in LOOKS.items():
        if look.symbol:
            looks = {"bg_color": look.ground, "font_color": look.text, "bold": True}
            formats[name] = book.add_format({**base, **looks})
    return formats


def _write(sheet: "Worksheet", content: Sheet, formats: dict[str, Any], *, right_to_left: bool) -> None:
    """Write a sheet: a frozen heading row with filters, wrapped text, and settings for print."""
    if right_to_left:
        sheet.right_to_left()
    widths = [_width(content, index) for index in range(len(content.columns))]
    for index, ((label, _), width) in enumerate(zip(content.columns, widths, strict=True)):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, visible(label, keep=""), formats["head"])
    for number, row in enumerate(content.rows, 1):
        sheet.set_row(number, _height(row, widths))
        for index, value in enumerate(row):
            _write_cell(sheet, number, index, value, formats)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(content.rows), 1), len(content.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=_MARGIN, right=_MARGIN)
    sheet.set_footer("&L&A&R&P / &N")


def _width(content: Sheet, index: int) -> float:
    """Return the width of a column in letters: that of its longest line, as far as the column may be wide."""
    label, most = content.columns[index]
    longest = max(
        (text_width(line, _SIZE) for row in content.rows for line in _text(row[index]).split("\n")), default=0
    )
    return min(max(longest / _LETTER + 1, text_width(label, _SIZE) / _LETTER + _BUTTON), most)


def _text(value: object) -> str:
    """Return the text that a cell shows."""
    if isinstance(value, StatusCell):
        return f"{LOOKS[value.status].symbol} {value.text}"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _height(row: Sequence[object], widths: Sequence[float]) -> float:
    """Return the height of a row in points, because not every program adjusts it to the text."""
    lines = max(
        sum(line_count(line, (width - 1) * _LETTER, _measured(line)) for line in _text(value).split("\n"))
        for value, width in zip(row, widths, strict=True)
    )
    return min(lines * _LINE_HEIGHT + 4, _TALLEST_ROW)


def _measured(text: str) -> float:
    """Return the size with which the width of a text is measured."""
    return _SIZE * _USUAL if text.isascii() else _SIZE


def _write_cell(sheet: "Worksheet", row: int, column: int, value: object, formats: dict[str, Any]) -> None:
    """Write a value by its type. Text stays text, so that no program runs it as a formula."""
    if isinstance(value, StatusCell):
        sheet.write_string(row, column, _text(value), formats[value.status])
    elif isinstance(value, date) and value >= _FIRST_DAY:
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), formats["date"])
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value, formats["number"])
    elif value in (None, ""):
        sheet.write_blank(row, column, None, formats["text"])
    else:
        text = visible(str(value), keep=f"\n{RIGHT_TO_LEFT_MARK}")
        sheet.write_string(row, column, _within_a_cell(text), formats["text"])


def _within_a_cell(text: str) -> str:
    """Return a text that a cell can hold. A longer one ends with an ellipsis."""
    units = text.encode("utf-16-le")
    most = 2 * _LONGEST_CELL
    return text if len(units) <= most else f"{units[:most].decode('utf-16-le', 'ignore')}…"
