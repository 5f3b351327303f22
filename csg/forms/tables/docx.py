"""The tables of a Word document (DOCX)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from csg.forms.packages import Package, attribute
from csg.forms.tables.table import Cell, Contents, Remark, Row, Table
from csg.forms.tables.walk import NOT_READ, Counter, clean, spanned
from csg.forms.tables.words import PICTURES, text_of, visible_children

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ASIDE = {"footnotes": ("footnote", "footnote"), "endnotes": ("endnote", "endnote"), "comments": ("comment", "comment")}
"""Parts with text beside the document: the element that holds each, and its name for people."""


def read_docx(package: Package) -> Contents:
    """Return the tables of a Word document, and the text around them."""
    counter = Counter(package)
    tables: list[Table] = []
    remarks: list[Remark] = []
    seen = 0
    body = next((child for child in package.xml(package.main) if child.tag == "body"), None)
    for block in () if body is None else visible_children(body):
        if block.tag == "tbl":
            table = _table(block, f"table {len(tables) + 1}", counter)
            tables.append(table._replace(above=tuple(remarks[seen:])))
            seen = len(remarks)
        elif text := clean(text_of(block)):
            remarks.append(Remark(text, f"after table {len(tables)}" if tables else "before the first table"))
    if any(element.tag in PICTURES for element in package.xml(package.main).iter()):
        remarks.append(Remark(NOT_READ, "the document"))
    remarks.extend(asides(package))
    remarks.extend(page_texts(package))
    return Contents(tuple(tables), tuple(remarks))


def _table(element: "Element", position: str, counter: Counter) -> Table:
    rows: list[Row] = []
    above: list[str] = []
    for number, row in enumerate(_named(element, "tr"), 1):
        if _is_deleted(row):
            continue
        cells = [Cell("")] * _skipped(row)
        for cell in _named(row, "tc"):
            properties = next((child for child in cell if child.tag == "tcPr"), None)
            column, span, merge = len(cells), 1, ""
            for child in () if properties is None else properties:
                if child.tag == "gridSpan":
                    span = counter.span(attribute(child, "val"))
                elif child.tag == "vMerge":
                    merge = attribute(child, "val") or "continue"
            is_continued = merge == "continue" and column < len(above)
            text = above[column] if is_continued else clean(text_of(cell))
            cells.extend(spanned(Cell(text, is_continued), span))
        counter.add(cells)
        above = [cell.text for cell in cells]
        rows.append(Row(tuple(cells), f"{position}, row {number}"))
    return Table(tuple(rows), position)


def _named(element: "Element", name: str) -> "Iterator[Element]":
    """Yield the rows of a table or the cells of a row, also those in a content control."""
    return (child for child in visible_children(element) if child.tag == name)


def _properties(row: "Element") -> "Iterator[Element]":
    return (each for child in row if child.tag == "trPr" for each in child)


def _is_deleted(row: "Element") -> bool:
    return any(each.tag == "del" for each in _properties(row))


def _skipped(row: "Element") -> int:
    """Return the number of columns that the row leaves out at its start."""
    skipped = next((attribute(each, "val") for each in _properties(row) if each.tag == "gridBefore"), "0")
    return min(int(skipped), 10) if skipped.isdecimal() else 0


def page_texts(package: Package) -> Iterator[Remark]:
    """Yield the texts at the top and at the bottom of pages. A page number is none."""
    for link in package.relations(package.main).values():
        if link.type in ("header", "footer") and link.part in package:
            text = clean(text_of(package.xml(link.part)))
            if any(letter.isalpha() for letter in text):
                yield Remark(text, f"{link.type} of the pages")


def asides(package: Package) -> Iterator[Remark]:
    """Yield footnotes, endnotes and comments."""
    for link in package.relations(package.main).values():
        element, name = _ASIDE.get(link.type, ("", ""))
        if not name or link.part not in package:
            continue
        notes = (child for child in package.xml(link.part) if child.tag == element)
        texts = [text for note in notes if (text := clean(text_of(note)))]
        yield from (Remark(text, f"{name} {number}") for number, text in enumerate(texts, 1))
