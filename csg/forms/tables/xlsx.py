"""The tables of a workbook (XLSX): each visible sheet is one."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csg.forms.packages import Package, attribute, children, opened
from csg.forms.tables.beside import number_shown, texts_beside
from csg.forms.tables.table import MOST_COLUMNS, MOST_ROWS, Cell, Contents, Remark, Row, Table
from csg.forms.tables.walk import NOT_READ, Counter, clean
from csg.problem import Refused

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Corner = tuple[int, int]
"""A row and a column, from 1."""


def read_xlsx(package: Package, path: Path) -> Contents:
    """Return the tables of a workbook's visible sheets. Raises Refused if a cell has a formula."""
    from openpyxl import load_workbook

    package.check_parts()
    tables: list[Table] = []
    remarks: list[Remark] = []
    counter = Counter(package)
    with opened(path) as stream:
        try:
            book = load_workbook(stream, read_only=True, keep_links=False)
            try:
                for name, part, is_hidden in _sheets(package):
                    position = f"sheet {name}"
                    if is_hidden:
                        remarks.append(Remark("This sheet is hidden, and its text was not read.", position))
                    elif part in package and name in book.sheetnames:
                        merged, far = _layout(package, package.xml(part))
                        tables.append(_table(package, book[name], position, merged, counter))
                        remarks.extend(Remark(text, position) for text in texts_beside(package, part, NOT_READ))
                        remarks.extend(
                            Remark(f"Cell {cell} is too far from the table and was not read.", position) for cell in far
                        )
            finally:
                book.close()
        except (Refused, MemoryError):
            raise
        except Exception:  # openpyxl has no error of its own for a damaged workbook
            raise package.refused("this workbook is damaged") from None
    return Contents(tuple(tables), tuple(remarks))


def _sheets(package: Package) -> Iterator[tuple[str, str, bool]]:
    """Yield the name of each sheet, its part, and whether it is hidden."""
    links = package.relations(package.main)
    for element in package.xml(package.main).iter():
        if element.tag == "sheet":
            link = links.get(attribute(element, "id"))
            if link and link.type == "worksheet":
                yield element.get("name", ""), link.part, element.get("state", "visible") != "visible"


def _layout(package: Package, sheet: "Element") -> tuple[dict[Corner, Corner], list[str]]:
    """Return the first cell of each merged one, by the others, and the filled cells that are too far away."""
    from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries

    merged: dict[Corner, Corner] = {}
    far: list[str] = []
    area = 0
    for element in sheet.iter():
        if element.tag == "mergeCell":
            left, top, right, bottom = (edge or 1 for edge in range_boundaries(element.get("ref", "A1")))
            rows, columns = range(top, min(bottom, MOST_ROWS) + 1), range(left, min(right, MOST_COLUMNS) + 1)
            area += len(rows) * len(columns)
            if area > MOST_MERGED:
                raise package.refused("this workbook has more merged cells than any workplan")
            merged |= {(row, column): (top, left) for row in rows for column in columns}
        elif element.tag == "c" and (reference := element.get("r")) and any(children(element)):
            letters, row = coordinate_from_string(reference)
            if row > MOST_ROWS or column_index_from_string(letters) > MOST_COLUMNS:
                far.append(reference)
    return merged, far[:MOST_FAR]


MOST_MERGED = MOST_ROWS * MOST_COLUMNS
"""The most cells that are part of a merged one: all cells of a sheet that are read."""
MOST_FAR = 20
"""Cells far from the table that are listed."""


def _table(package: Package, sheet: Any, position: str, merged: dict[Corner, Corner], counter: Counter) -> Table:
    rows: list[Row] = []
    texts: dict[Corner, Cell] = {}
    firsts = set(merged.values())
    sheet.reset_dimensions()
    for number, values in enumerate(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS), 1):
        cells = []
        for column, value in enumerate(values, 1):
            corner = merged.get((number, column), (number, column))
            if corner == (number, column):
                cell = _cell(package, value, position)
                if corner in firsts:
                    texts[corner] = cell
            else:
                # The text is in the first column of a merged cell, and in each of its rows.
                first = texts.get(corner, Cell("")) if corner[1] == column else Cell("")
                cell = first._replace(is_continued=corner[0] != number)
            cells.append(cell)
        while cells and not cells[-1].text and not cells[-1].is_continued:
            cells.pop()
        if cells:
            counter.add(cells)
            rows.append(Row(tuple(cells), f"{position}, row {number}"))
    return Table(tuple(rows), position)


def _cell(package: Package, cell: Any, position: str) -> Cell:
    value = cell.value
    if value is None:
        return Cell("")
    if cell.data_type == "f":
        message = f"cell {cell.coordinate} of {position} has a formula"
        raise package.refused(message, "Copy the cells, and paste them as values.")
    return Cell(
        clean(_text(value, str(cell.number_format))),
        is_number=isinstance(value, int | float) and not isinstance(value, bool),
    )


def _text(value: Any, number_format: str) -> str:
    """Return a value as the sheet shows it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return number_shown(value, number_format)
    if isinstance(value, datetime):
        value = value.date() if value.time() == value.min.time() else value
    return value.isoformat() if isinstance(value, date) else str(value)
