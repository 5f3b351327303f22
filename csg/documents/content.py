"""The content of a document, the same for every format: headings, paragraphs, lists, tables and charts of typed text.

The modules in ``pages`` make a document from the summary of a plan; each format has one module that reads it. Text is
plain text: a renderer escapes it for its format.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, TypeAlias

from csg.language import RIGHT_TO_LEFT_MARK, Direction, end_mark, text_direction
from csg.problem import visible


class Text(NamedTuple):
    """Words in a line. ``data`` means a text from the data folder, in the language of the data.

    ``day`` is the date that the words give, as in 2021-12-15, so that a web page can sort by it.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    muted: bool = False
    data: bool = False
    day: str = ""
    kind: Literal["text"] = "text"


class Link(NamedTuple):
    """A web address. Only https and http addresses become links."""

    url: str
    text: str
    kind: Literal["link"] = "link"


class PageLink(NamedTuple):
    """A link to another document of the same rendering, by its path without an ending: ``2021-22/workplan``."""

    page: str
    text: str
    kind: Literal["page"] = "page"


class Status(NamedTuple):
    """The status of an activity: its key (``at-risk``) and the words for it."""

    status: str
    text: str
    kind: Literal["status"] = "status"


Inline: TypeAlias = Text | Link | PageLink | Status
Line: TypeAlias = tuple[Inline, ...]
Cell: TypeAlias = tuple[Line, ...]
"""The paragraphs of a cell."""


class Heading(NamedTuple):
    """A heading below the title, of level 2 or 3."""

    level: int
    line: Line
    kind: Literal["heading"] = "heading"


class Paragraph(NamedTuple):
    """A paragraph."""

    line: Line
    kind: Literal["paragraph"] = "paragraph"


class Bullets(NamedTuple):
    """A list of lines. With ``numbered``, their order has a meaning."""

    items: tuple[Line, ...]
    numbered: bool = False
    kind: Literal["bullets"] = "bullets"


class Quote(NamedTuple):
    """A quotation."""

    line: Line
    kind: Literal["quote"] = "quote"


class Code(NamedTuple):
    """Text that is shown unchanged, in letters of equal width."""

    text: str
    kind: Literal["code"] = "code"


ColumnKind = Literal["text", "short", "number"]


class Column(NamedTuple):
    """A column of a table: its heading, its share of the width, and the kind of its cells.

    A ``short`` column is as wide as its longest word needs; a ``number`` is aligned to the end.
    """

    label: str
    weight: float = 1
    content: ColumnKind = "text"


class Row(NamedTuple):
    """A row of a table. A heading row names a group of rows: its second cell spans the other columns.

    A search in the table finds the row by its ``words`` too, which it does not show.
    """

    cells: tuple[Cell, ...]
    heading: bool = False
    words: str = ""


class Table(NamedTuple):
    """A table. ``title`` describes it for screen readers."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    kind: Literal["table"] = "table"


class Part(NamedTuple):
    """A part of a bar: a status or another entry of the palette, its share, and the words for it."""

    look: str
    number: float
    text: str


class Bar(NamedTuple):
    """A row of a chart: its label, its parts, and the words after them."""

    label: str
    parts: tuple[Part, ...]
    text: str = ""


class Chart(NamedTuple):
    """Bars of equal scale. ``text`` describes the picture in words, and ``name`` names its file.

    ``most`` is the number for the whole width.
    """

    name: str
    text: str
    bars: tuple[Bar, ...]
    most: float
    legend: tuple[Status, ...] = ()
    kind: Literal["chart"] = "chart"


class Panel(NamedTuple):
    """Blocks in a panel."""

    blocks: "tuple[Block, ...]"
    kind: Literal["panel"] = "panel"


Block: TypeAlias = Heading | Paragraph | Bullets | Quote | Code | Table | Chart | Panel


class Document(NamedTuple):
    """A document.

    ``path`` is its path without an ending: ``2021-22/progress-mid``. ``file`` is the file name of a single document:
    ``CS-Group-2021-22-progress-mid``. ``data_language`` is the language of the text from the data folder. With
    ``one_page``, the text is smaller where that makes it fit on one page.
    """

    path: str
    file: str
    title: Line
    subtitle: Line
    blocks: tuple[Block, ...]
    footer: str = ""
    landscape: bool = False
    language: str = "en"
    direction: Direction = "ltr"
    data_language: str = "en"
    one_page: bool = False


def data(text: object, *, strong: bool = False, muted: bool = False) -> Text:
    """Return a text from the data folder."""
    return Text(str(text), strong=strong, muted=muted, data=True)


def own_marks(part: Inline) -> str:
    """Return the invisible characters that csg's own words may have: a comma from right to left needs one."""
    return RIGHT_TO_LEFT_MARK if part.kind == "text" and not part.data else ""


def shown_text(line: Iterable[Inline], direction: Direction) -> str:
    """Return the words of a line for a format without parts in lines, such as a slide.

    A mark keeps the last sign of a text, such as a full stop, with its words in a line of the other direction.
    """
    return "".join(visible(part.text, keep=own_marks(part)) + _end_mark(part, direction) for part in line)


def line_direction(line: Line, direction: Direction) -> Direction:
    """Return the direction of a line: the document's, unless the whole line is a text from the data."""
    only_data = all(part.kind != "text" or part.data for part in line)
    text = plain_text(line)
    return text_direction(text) if only_data and any(map(str.isalpha, text)) else direction


def _end_mark(part: Inline, direction: Direction) -> str:
    return end_mark(part.text, direction) if part.kind == "text" and part.data else ""


def plain_text(line: Iterable[Inline]) -> str:
    """Return the words of a line."""
    return "".join(part.text for part in line)


def paragraphs(text: str) -> tuple[Line, ...]:
    """Return each paragraph of a text from the data folder as a line."""
    return tuple((data(part),) for part in text.splitlines() if part.strip())


def joined(lines: Sequence[Line], separator: str) -> Line:
    """Join several lines into one."""
    parts: list[Inline] = []
    for line in lines:
        if parts:
            parts.append(Text(separator))
        parts.extend(line)
    return tuple(parts)


def pictures(document: Document) -> dict[str, Chart]:
    """Return the charts of a document by name, in order."""
    inner = (block for panel in document.blocks for block in (panel.blocks if panel.kind == "panel" else (panel,)))
    return {block.name: block for block in inner if block.kind == "chart"}


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many letters. A longer text ends with an ellipsis."""
    return text if len(text) <= most else f"{text[:most].rstrip()}…"
