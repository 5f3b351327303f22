"""Read the Markdown of a workspace's template as the content of a document, for other formats."""

import math
import posixpath
from typing import Any

from csg.documents.content import (
    Block,
    Bullets,
    Cell,
    Code,
    Column,
    Document,
    Heading,
    Inline,
    Line,
    PageLink,
    Paragraph,
    Quote,
    Row,
    Table,
    Text,
    data,
)
from csg.documents.source import Source, link

MOST_LEVELS = 100
"""The most levels of nested quotes and lists in a document."""


def blocks_of(markdown: str, path: str = "") -> tuple[Line, tuple[Block, ...]]:
    """Return the title (the first heading, empty without one) and the blocks of a Markdown text on a path.

    HTML becomes text, a picture its description, and nested lists a single list.
    """
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": MOST_LEVELS}).enable(["table", "strikethrough"])
    title: Line = ()
    blocks: list[Block] = []
    for block in _blocks(reader.parse(markdown), path):
        if block.kind == "heading" and not title and block.level == 2 and not blocks:
            title = block.line
        else:
            blocks.append(block)
    return title, tuple(blocks)


def _blocks(tokens: list[Any], path: str) -> list[Block]:
    blocks: list[Block] = []
    items: list[Line] = []
    lists: list[bool] = []
    quotes = 0
    aligned: list[bool] = []
    rows: list[list[Cell]] = []
    for index, token in enumerate(tokens):
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            lists.append(kind == "ordered_list_open")
        elif kind in ("bullet_list_close", "ordered_list_close"):
            numbered = lists.pop()
            if not lists:
                blocks.append(Bullets(tuple(items), numbered))
                items = []
        elif kind == "blockquote_open":
            quotes += 1
        elif kind == "blockquote_close":
            quotes -= 1
        elif kind in ("fence", "code_block"):
            blocks.append(Code(token.content.rstrip("\n")))
        elif kind == "table_open":
            aligned, rows = [], []
        elif kind == "tr_open":
            rows.append([])
        elif kind == "th_open":
            aligned.append("right" in str(token.attrs.get("style", "")))
        elif kind == "table_close":
            blocks.append(_table(rows, aligned))
        elif kind == "inline":
            lines = _lines(token.children or [], path)
            opened = tokens[index - 1].type
            if opened in ("th_open", "td_open"):
                rows[-1].append(lines)
            elif opened == "heading_open":
                level = int(tokens[index - 1].tag[1:])
                blocks.append(Heading(min(max(level, 2), 3) if level > 1 else 2, _one(lines)))
            elif lists:
                items.append(_one(lines))
            elif quotes:
                blocks += [Quote(line) for line in lines]
            else:
                blocks += [Paragraph(line) for line in lines]
    return blocks


def _table(rows: list[list[Cell]], aligned: list[bool]) -> Table:
    """Return a table. A row with only a bold number and a bold title is a heading row, as in a workplan."""
    heads = [" ".join(part.text for line in cell for part in line) for cell in rows[0]]
    columns = tuple(
        Column(head, _weight([row[index] for row in rows[1:]]), "number" if right else "text")
        for index, (head, right) in enumerate(zip(heads, aligned, strict=True))
    )
    made = []
    for row in rows[1:]:
        heading = len(row) > 2 and not any(row[2:]) and _is_strong(row[0]) and _is_strong(row[1])
        made.append(Row(tuple(row[:2] if heading else row), heading))
    return Table(heads[0] or "Table", columns, tuple(made))


def _weight(cells: list[Cell]) -> float:
    """Return the share of a column: the square root of its longest cell."""
    longest = max((sum(len(part.text) for line in cell for part in line) for cell in cells), default=1)
    return math.sqrt(max(longest, 1))


def _is_strong(cell: Cell) -> bool:
    return bool(cell) and all(part.kind == "text" and part.strong for line in cell for part in line if part.text)


def _one(lines: Cell) -> Line:
    """Join several lines with blanks."""
    parts: list[Inline] = []
    for line in lines:
        parts += [*([Text(" ")] if parts else []), *line]
    return tuple(parts)


def _lines(tokens: list[Any], path: str) -> Cell:
    """Return the lines of a paragraph or cell."""
    lines: list[list[Inline]] = [[]]
    strong = emphasis = 0
    target = ""
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            strong += token.nesting
        elif token.type in ("em_open", "em_close"):
            emphasis += token.nesting
        elif token.type == "link_open":
            target = str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            target = ""
        elif token.type == "hardbreak" or (token.type == "text" and token.content.strip() == "<br>"):
            lines.append([])
        elif token.type == "softbreak":
            lines[-1].append(Text(" "))
        elif token.content:
            part = _linked(target, token.content, path) if target else None
            lines[-1].append(part or Text(token.content, bool(strong), bool(emphasis), data=True))
    return tuple(tuple(line) for line in lines if line)


def _linked(target: str, text: str, path: str) -> Inline | None:
    """Return a text with a link to a web address or to another document; None for any other target."""
    from urllib.parse import unquote

    if target.endswith(".md") and "://" not in target:
        folder = posixpath.dirname(path)
        return PageLink(posixpath.normpath(posixpath.join(folder, unquote(target).removesuffix(".md"))), text)
    part = link(target)
    return part._replace(text=text) if part.kind == "link" else None


def document_of(source: Source, path: str, markdown: str) -> Document:
    """Return the document from the Markdown of a workspace's template."""
    title, blocks = blocks_of(markdown, path)
    name = path.rpartition("/")[2]
    document = source.document(path, path.replace("/", "-"), title or (data(name),), (), blocks)
    return document._replace(landscape=any(block.kind == "table" and len(block.columns) > 4 for block in blocks))
