"""Word documents (DOCX) as text: what a reader sees, in its order, without what was deleted."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from csg.forms.packages import attribute, children

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HIDDEN = frozenset({"del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "delText", "tblPr", "tblGrid"})
"""Elements whose text no reader sees: it was deleted or moved away, or it describes the text."""
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "p": "\n", "tr": "\n"}


def visible_children(element: "Element", *, placeholders: bool = False) -> "Iterator[Element]":
    """Yield the elements in an element that a reader sees. Of a content control, yield what is in it.

    Text that a control shows in place of an answer is left out, unless ``placeholders`` asks for it.
    """
    for child in children(element):
        name = child.tag
        if name in _HIDDEN:
            continue
        if name == "sdt" and (placeholders or not _is_placeholder(child)):
            yield from (inner for content in child if content.tag == "sdtContent" for inner in content)
        elif name in ("customXml", "smartTag"):
            yield from visible_children(child, placeholders=placeholders)
        elif name != "sdt":
            yield child


def text_of(element: "Element") -> str:
    """Return the text that a reader sees in an element, with a line feed after each paragraph."""
    return "".join(_pieces(element))


def _pieces(element: "Element") -> Iterator[str]:
    name = element.tag
    if name == "t":
        yield (element.text or "").replace("\n", " ")
    elif name == "sym":
        yield _symbol(attribute(element, "char"))
    elif name == "txbxContent":
        yield "\n"
    for child in visible_children(element):
        yield from _pieces(child)
    if name in _SIGNS:
        yield _SIGNS[name]


def _symbol(code: str) -> str:
    """Return the character of a symbol font; those of Wingdings are in a private range and have no text."""
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "" if "\ue000" <= character <= "\uf8ff" or "\ud800" <= character <= "\udfff" else character


def _is_placeholder(control: "Element") -> bool:
    """Return whether a content control shows the text that asks for an answer, and not an answer."""
    properties = (child for child in control if child.tag == "sdtPr")
    return any(each.tag == "showingPlcHdr" and _is_on(each) for part in properties for each in part)


def _is_on(element: "Element") -> bool:
    return attribute(element, "val") not in ("0", "false", "off")
