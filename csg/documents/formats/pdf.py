"""Documents as PDF (PDF/UA-1), by Typst and csg's template. The content reaches Typst as JSON, never as source."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from unicodedata import bidirectional

from csg.documents.charts import points_of, svg
from csg.documents.content import Block, Cell, Chart, Document, Line, Table, own_marks, plain_text
from csg.documents.fonts import Fonts, family_names
from csg.documents.palette import LOOKS
from csg.documents.templates import built_in
from csg.documents.widths import INSET, POINTS_OF_A_LETTER, column_widths
from csg.language import Language, text_direction
from csg.problem import Problem, Refused, shown, visible

_MEASURED = 150
"""The estimated height, in points, from which Typst measures a row, because it can be taller than a page."""
_LINE_HEIGHT = 14
"""The height of a line of a table, in points."""
_LONG_SIDE, _SHORT_SIDE, _MARGIN = 841.9, 595.3, 45.4
"""The sides of A4 and the margins of the template, in points."""
_PANEL_INSET = 9
"""The blank space within a panel, as in the template, in points."""
_LONG_WORD = re.compile(r"[!-~\u00a1-\u058f\u2010-\u2044]{18,}")
"""A long word of scripts whose letters do not join: Latin, Greek, Cyrillic, Armenian, with digits and signs."""
_PIECE = re.compile(r"[^/._?&=#-]{1,9}(?:[/._?&=#-]|(?![\u0300-\u036f]))")
"""The letters of a long word after which a line can end, but not before a mark of the letter."""
_TALL = re.compile("[\u0530-\u1dff]")
"""A letter of a script with marks above and below its letters, such as Burmese or Khmer."""
_ADDRESS, _RUN, _WORD = re.compile("https?://"), re.compile("[A-Za-z0-9]{24,}"), re.compile(".+")
"""A web address, a run of its letters that Typst does not break, and a whole word."""
CONTENTS_FROM = 12
"""The number of headings from which a document has a table of contents."""


def pdf(document: Document, fonts: Fonts) -> tuple[bytes, list[str]]:
    """Return a document as PDF, and the characters that are printed as codes because no font has them.

    Raise Refused if Typst fails.
    """
    import typst

    plain, missing = fonts.with_codes(_plain_document(document))
    for chart in _charts(plain["blocks"]):
        if any(bidirectional(letter) in ("R", "AL") for letter in chart["svg"]):
            # Typst cannot map joined letters in a picture to text, which PDF/UA requires. So use pixels, with the text.
            chart["png"] = list(points_of(chart["svg"], fonts))
    # With a date, each PDF would differ.
    inputs = {"document": json.dumps(plain, ensure_ascii=False)}
    try:
        content = typst.compile(
            (built_in("templates") / "document.typ").read_bytes(),
            font_paths=fonts.fonts,
            sys_inputs=inputs,
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        reason = shown(str(error).strip().partition("\n")[0], 200)
        hint = "This is a fault of csg. Please report it with the data of the document."
        raise Refused(
            Problem("CSG605", f"this report cannot become pdf ({reason})", document.path, hint=hint)
        ) from None
    return content, missing


def page_width(document: Document) -> float:
    """Return the width of the text of a page in points."""
    return (_LONG_SIDE if document.landscape else _SHORT_SIDE) - 2 * _MARGIN


def _charts(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the charts of plain blocks, also those in panels."""
    for block in blocks:
        yield from _charts(block["blocks"]) if block["kind"] == "panel" else [block] if block["kind"] == "chart" else []


def _plain_document(document: Document) -> dict[str, Any]:
    _ = Language(document.language).gettext
    headings = sum(1 for block in document.blocks if block.kind == "heading")
    return {
        "title": _line(document, document.title),
        "title-text": plain_text(document.title),
        "subtitle": _line(document, document.subtitle),
        "blocks": [_block(document, block, page_width(document)) for block in document.blocks],
        "footer": document.footer,
        "group": plain_text(document.subtitle),
        "page-words": _("Page {page} of {pages}"),
        "contents": headings >= CONTENTS_FROM,
        "contents-words": _("Contents"),
        "landscape": document.landscape,
        "one-page": document.one_page,
        "language": document.language,
        "direction": document.direction,
        "fonts": family_names(document.language),
        "looks": _looks(),
    }


@cache
def _looks() -> dict[str, dict[str, str]]:
    return {name: look._asdict() for name, look in LOOKS.items()}


def _line(document: Document, parts: Line) -> list[dict[str, Any]]:
    plain: list[dict[str, Any]] = []
    for part in parts:
        values = part._asdict()
        values["text"] = _breakable(visible(part.text, keep=own_marks(part)))
        if part.kind == "text" and part.data:
            other = _other(document, part.text)
            if other:
                values["other"] = other
            if _TALL.search(part.text):
                values["tall"] = True
        if part.kind == "text" and plain and _look(plain[-1]) == _look(values):
            plain[-1]["text"] += values["text"]  # one text takes less memory in Typst than two
        else:
            plain.append(values)
    return plain


def _look(values: dict[str, Any]) -> dict[str, Any]:
    """Return what texts of the same look have in common."""
    return {key: value for key, value in values.items() if key not in ("text", "data")}


def _breakable(text: str) -> str:
    """Return a text whose long words can break after a sign or after some letters.

    Typst breaks a web address after its signs itself, so that people can copy it. Here only a long run of its letters
    can break.
    """
    return _LONG_WORD.sub(lambda word: (_RUN if _ADDRESS.search(word[0]) else _WORD).sub(_pieces, word[0]), text)


def _pieces(word: re.Match[str]) -> str:
    return _PIECE.sub("\\g<0>\u200b", word[0])


def _other(document: Document, text: str) -> dict[str, str] | None:
    """Return the language and direction of a text from the data, if they differ from the document's."""
    if not any(map(str.isalpha, text)):
        return None
    direction = text_direction(text)
    if (document.data_language, direction) == (document.language, document.direction):
        return None
    return {"lang": document.data_language.partition("-")[0], "dir": direction}


def _block(document: Document, block: Block, width: float) -> dict[str, Any]:
    plain: dict[str, Any] = block._asdict()
    if block.kind in ("heading", "paragraph", "quote"):
        return plain | {"line": _line(document, block.line)}
    if block.kind == "bullets":
        return plain | {"items": [_line(document, item) for item in block.items]}
    if block.kind == "panel":
        return plain | {"blocks": [_block(document, inner, width - 2 * _PANEL_INSET) for inner in block.blocks]}
    if block.kind == "table":
        return _table(document, block, width)
    if block.kind == "chart":
        return _chart(document, block)
    return plain


def _table(document: Document, block: Table, width: float) -> dict[str, Any]:
    widths = column_widths(block, width)
    columns = [column._asdict() | {"points": points} for column, points in zip(block.columns, widths, strict=True)]
    rows = [
        {
            "heading": row.heading,
            "long": any(_height(cell, points) >= _MEASURED for cell, points in zip(row.cells, widths, strict=False)),
            "cells": [[_line(document, line) for line in cell] for cell in row.cells],
        }
        for row in block.rows
    ]
    return {"kind": "table", "columns": columns, "rows": rows}


def _height(cell: Cell, width: float) -> float:
    """Return the estimated height of a cell in points."""
    letters = max(1, int((width - INSET) / POINTS_OF_A_LETTER))
    return _LINE_HEIGHT * sum(1 + len(plain_text(line)) // letters for line in cell)


def _chart(document: Document, chart: Chart) -> dict[str, Any]:
    picture = svg(chart, font=", ".join(family_names(document.language)), right_to_left=document.direction == "rtl")
    return {
        "kind": "chart",
        "svg": picture,
        "text": chart.text,
        "legend": [_line(document, (status,))[0] for status in chart.legend],
    }
