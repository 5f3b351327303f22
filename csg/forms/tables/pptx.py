"""The tables of a presentation (PPTX), slide by slide."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from csg.forms.packages import Package, attribute, children
from csg.forms.tables.table import Cell, Contents, Remark, Row, Table
from csg.forms.tables.walk import Counter, clean, spanned

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SIGNS = {"br": "\n", "p": "\n", "tab": "\t"}


def read_pptx(package: Package) -> Contents:
    """Return the tables of a presentation, and the text around them. A hidden slide is not read."""
    counter = Counter(package)
    tables: list[Table] = []
    remarks: list[Remark] = []
    for number, part in enumerate(_slides(package), 1):
        slide = package.xml(part)
        position = f"slide {number}"
        if attribute(slide, "show") in ("0", "false"):
            remarks.append(Remark("This slide is hidden, and its text was not read.", position))
            continue
        on_slide, seen = 0, len(remarks)
        for shape in _shapes(slide):
            if shape.tag == "tbl":
                on_slide += 1
                name = position if on_slide == 1 else f"{position}, table {on_slide}"
                tables.append(_table(shape, name, counter)._replace(above=tuple(remarks[seen:])))
                seen = len(remarks)
            elif text := clean(_text(shape)):
                remarks.append(Remark(text, position))
        remarks.extend(_speaker_notes(package, part, position))
    return Contents(tuple(tables), tuple(remarks))


def _slides(package: Package) -> Iterator[str]:
    """Yield the parts of the slides in the order in which they are shown."""
    links = package.relations(package.main)
    for element in package.xml(package.main).iter():
        if element.tag == "sldId":
            # The slide's own number is an attribute `id` too: the link is the one with a namespace.
            link = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            if link in links and links[link].part in package:
                yield links[link].part


def _shapes(element: "Element") -> "Iterator[Element]":
    """Yield the tables and the texts of a slide, also those in groups."""
    for child in children(element):
        if child.tag in ("tbl", "txBody"):
            yield child
        else:
            yield from _shapes(child)


def _table(element: "Element", position: str, counter: Counter) -> Table:
    rows: list[Row] = []
    above: list[str] = []
    for number, row in enumerate((child for child in element if child.tag == "tr"), 1):
        cells: list[Cell] = []
        for cell in (child for child in row if child.tag == "tc"):
            column = len(cells)
            is_continued = _is_on(cell, "vMerge") and column < len(above)
            if _is_on(cell, "hMerge"):
                cells.append(Cell(""))
            else:
                text = above[column] if is_continued else clean(_text(cell))
                cells.extend(spanned(Cell(text, is_continued), 1))
        counter.add(cells)
        above = [cell.text for cell in cells]
        rows.append(Row(tuple(cells), f"{position}, row {number}"))
    return Table(tuple(rows), position)


def _is_on(cell: "Element", name: str) -> bool:
    return attribute(cell, name) in ("1", "true")


def _text(element: "Element") -> str:
    return "".join(_pieces(element))


def _pieces(element: "Element") -> Iterator[str]:
    name = element.tag
    if name == "t":
        yield (element.text or "").replace("\n", " ")
    for child in children(element):
        yield from _pieces(child)
    if name in _SIGNS:
        yield _SIGNS[name]


def _speaker_notes(package: Package, slide: str, position: str) -> Iterator[Remark]:
    """Yield the notes of a slide, without its number."""
    for link in package.relations(slide).values():
        if link.type == "notesSlide" and link.part in package:
            texts = (clean(_text(shape)) for shape in _shapes(package.xml(link.part)))
            yield from (Remark(text, f"{position}, notes") for text in texts if text and not text.isdecimal())
