"""The answers in a Word form, as Word, LibreOffice, Google Docs and telephones save it.

Everything that a reader sees counts, in its order: tables in content controls, text boxes, inserted text. Text that
was deleted does not count. The words that ask for an answer are sorted out later.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from csg.forms.answers.pieces import sheet_of
from csg.forms.answers.sheet import OBJECT, STRUCK, Piece, Sheet, address_after
from csg.forms.packages import Package, attribute
from csg.forms.questions import Codes
from csg.forms.tables.docx import asides, page_texts
from csg.forms.tables.words import PICTURES, symbol, visible_children
from csg.problem import shown

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_children = partial(visible_children, placeholders=True)
"""A program can fill a list and leave the note that it shows no answer, so its words decide."""
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_docx(file: str, package: Package, codes: Codes) -> Sheet:
    """Return the answers of a Word document."""
    root = package.xml(package.main)
    _show_links(root, package.addresses(package.main))
    sheet = sheet_of(file, _pieces(root), codes, [remark.text for remark in asides(package)])
    on_pages = (f"the {remark.position}: '{shown(remark.text)}'" for remark in page_texts(package))
    return sheet._replace(asides=(*sheet.asides, *on_pages))


def _pieces(element: "Element", position: str = "") -> Iterator[Piece]:
    """Yield the paragraphs outside tables, and the rows of tables, in reading order."""
    tables = 0
    for child in _children(element):
        name = child.tag
        if name == "p":
            yield Piece((_text(child),), position or "text")
            yield from _boxes(child)
        elif name in PICTURES:
            yield Piece((OBJECT,), position or "text")
        elif name == "tbl":
            tables += 1
            yield from _rows(child, f"table {tables}")
        else:
            yield from _pieces(child, position)


def _rows(table: "Element", position: str) -> Iterator[Piece]:
    rows = [row for row in _children(table) if row.tag == "tr"]
    for number, row in enumerate(rows, 1):
        cells = [cell for cell in _children(row) if cell.tag == "tc"]
        texts = [_cell(cell) for cell in cells]
        if len(cells) == 1:  # a table of one column, as some telephones make of two
            yield from (Piece((line,), f"{position}, row {number}") for line in texts[0].split("\n"))
        elif texts:
            yield Piece(tuple(texts), f"{position}, row {number}")


def _cell(cell: "Element") -> str:
    """Return the text of a cell: its paragraphs, and the rows of tables that were pasted into it."""
    return "\n".join("\t".join(piece.cells) for piece in _pieces(cell))


def _text(paragraph: "Element") -> str:
    return "".join(_letters(paragraph))


def _letters(element: "Element") -> Iterator[str]:
    name = element.tag
    if name == "t":
        yield element.text or ""
    elif name in _BREAKS:
        yield _BREAKS[name]
    elif name == "sym":
        yield symbol(element)
    elif name in PICTURES:
        yield OBJECT
    for child in _children(element):
        if child.tag != "txbxContent":
            yield from _letters(child)
    if name == "r" and _is_struck(element):
        yield STRUCK


def _is_struck(run: "Element") -> bool:
    """Return whether words have a line through them."""
    signs = (each for part in run if part.tag == "rPr" for each in part if each.tag in ("strike", "dstrike"))
    has_words = any(child.tag == "t" and child.text and child.text.strip() for child in run)
    return has_words and any(attribute(each, "val") not in ("0", "false", "off") for each in signs)


def _show_links(root: "Element", addresses: Mapping[str, str]) -> None:
    """Write the address of each link after its words, unless the words are the address."""
    from xml.etree.ElementTree import SubElement

    for link in [element for element in root.iter("hyperlink") if attribute(element, "id") in addresses]:
        address = addresses[attribute(link, "id")]
        if shown_address := address_after(_text(link), address):
            SubElement(SubElement(link, "r"), "t").text = shown_address


def _boxes(paragraph: "Element") -> Iterator[Piece]:
    """Yield what is in the text boxes of a paragraph."""
    if all(element.tag != "txbxContent" for element in paragraph.iter()):
        return
    stack = [paragraph]
    while stack:
        element = stack.pop()
        for child in _children(element):
            if child.tag == "txbxContent":
                yield from _pieces(child, "text box")
            else:
                stack.append(child)
