"""The tables of a Markdown page, as GitHub and csg itself write them."""

from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from csg.forms.packages import refused
from csg.forms.tables.csv import read_text
from csg.forms.tables.table import MOST_COLUMNS, MOST_ROWS, Cell, Contents, Remark, Row, Table
from csg.forms.tables.walk import clean

if TYPE_CHECKING:
    from markdown_it.token import Token

_BREAKS = ("<br>", "<br/>", "<br />")


def read_markdown(path: Path) -> Contents:
    """Return the tables of a Markdown page, and the text around them."""
    from markdown_it import MarkdownIt

    text, remarks = read_text(path)
    tables: list[Table] = []
    around: list[Remark] = []
    rows: list[Row] = []
    cells: list[Cell] = []
    in_table, line, seen = False, 0, 0
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        line = token.map[0] + 1 if token.map else line
        if token.type == "table_open":
            in_table, rows = True, []
        elif token.type == "table_close":
            in_table = False
            tables.append(Table(tuple(rows), f"table {len(tables) + 1}", tuple(around[seen:])))
            seen = len(around)
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            if len(rows) >= MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise refused(path.name, "the table is larger than any workplan", "Send the table alone.")
            rows.append(Row(tuple(cells), f"line {line}"))
        elif token.type == "inline" and in_table:
            cells.append(Cell(clean(_text(token))))
        elif words := clean(_text(token)):
            around.append(Remark(words, f"line {line}"))
    return Contents(tuple(tables), (*remarks, *around))


def _text(token: "Token") -> str:
    """Return the text of a piece of Markdown, without its marks. A comment of HTML is not text."""
    if token.type == "html_block":
        return "" if token.content.lstrip().startswith("<!--") else unescape(token.content)
    if token.type in ("fence", "code_block"):
        return token.content
    return "".join(_piece(child) for child in token.children or ())


def _piece(child: "Token") -> str:
    if child.type in ("softbreak", "hardbreak"):
        return "\n"
    if child.type == "html_inline":
        return "\n" if child.content.casefold() in _BREAKS else ""
    return child.content if child.type in ("text", "code_inline") else _image_text(child)


def _image_text(child: "Token") -> str:
    return child.content if child.type == "image" else ""
