"""Word documents (DOCX) as text: what a reader sees, in its order, without what was deleted."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from csg.forms.packages import attribute, children

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HIDDEN = frozenset({"del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "delText", "tblPr", "tblGrid"})
"""Elements whose text no reader sees: it was deleted or moved away, or it describes the text."""
PICTURES = frozenset({"pic", "imagedata", "OLEObject", "contentPart", "altChunk", "chart", "relIds"})
"""Pictures, drawings, charts and embedded files: a reader sees them, and csg does not read them."""
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
        yield symbol(element)
    elif name == "txbxContent":
        yield "\n"
    for child in visible_children(element):
        yield from _pieces(child)
    if name in _SIGNS:
        yield _SIGNS[name]


def symbol(element: "Element") -> str:
    """Return the character of a symbol font. One that has no text is the sign for a character that is lost."""
    try:
        character = chr(int(attribute(element, "char"), 16))
    except (ValueError, OverflowError):
        return _LOST
    if "\uf000" <= character <= "\uf0ff":
        font = attribute(element, "font").casefold()
        return (_WINGDINGS if "wingdings" in font else _SYMBOL_FONT).get(ord(character) - _PRIVATE, _LOST)
    return _LOST if "\ue000" <= character <= "\uf8ff" or "\ud800" <= character <= "\udfff" else character


_LOST = "\ufffd"
_PRIVATE = 0xF000
_WINGDINGS = {
    0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x71: "❑", 0x76: "❖", 0xA7: "▪", 0xA8: "☐",
    0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE7: "⬅", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_SYMBOL_FONT = {
    0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB1: "±", 0xB3: "≥", 0xB4: "×",
    0xB7: "•", 0xB9: "≠", 0xBB: "≈", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD6: "√",
}  # fmt: skip
"""The characters of the fonts that Word writes symbols and corrected smileys in."""


def _is_placeholder(control: "Element") -> bool:
    """Return whether a content control shows the text that asks for an answer, and not an answer."""
    properties = (child for child in control if child.tag == "sdtPr")
    return any(each.tag == "showingPlcHdr" and _is_on(each) for part in properties for each in part)


def _is_on(element: "Element") -> bool:
    return attribute(element, "val") not in ("0", "false", "off")
