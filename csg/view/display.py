"""Records as tables, pages, JSON, CSV, Markdown and YAML. Text from the data never acts."""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, NamedTuple, TextIO

from csg.problem import shown, visible
from csg.view.streams import COMMAND_SIGNS
from csg.view.streams import note as note  # the commands import it from this module

Format = Literal["table", "json", "csv", "markdown", "yaml"]
Row = dict[str, Any]


class Column(NamedTuple):
    """A column of a table: its heading, the text of a row's cell, and whether the text can wrap.

    A column with ``whole`` is only in the formats for other programs, because a terminal is too narrow for all.
    """

    heading: str
    text: Callable[[Row], str]
    wraps: bool = False
    whole: bool = False


def joined(names: Iterable[str], nothing: str = "n/a") -> str:
    """Return names as the text of a cell."""
    return ", ".join(names) or nothing


def width() -> int:
    """Return the width of the output: of the terminal, of COLUMNS, or 80 in a pipe or a file."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdecimal():
        return max(shutil.get_terminal_size().columns, NARROWEST)
    return PIPE_WIDTH


NARROWEST = 40
"""The least width of a table, in columns."""
PIPE_WIDTH = 80
"""The width, in columns, if the width of the reader's screen is unknown."""


def coloured() -> bool:
    """Return whether the output has colours: at a terminal, unless NO_COLOR is set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def show(rows: Sequence[Row], columns: Sequence[Column], format: Format = "table", nothing: str = "nothing") -> None:
    """Print rows. For a table without rows, print ``nothing`` to standard error."""
    if format in ("json", "yaml"):
        show_data(list(rows), format)
    elif format == "csv":
        _csv(rows, columns)
    elif format == "markdown":
        from csg.documents.markdown import table

        print(table([column.heading for column in columns], ([column.text(row) for column in columns] for row in rows)))
    elif not rows:
        note(nothing)
    else:
        _table(rows, [column for column in columns if not column.whole], width())


def show_one(row: Row, columns: Sequence[Column], format: Format, page: Callable[[], str]) -> None:
    """Print a record: as an object in JSON and YAML, and as ``page`` instead of a table."""
    if format == "table":
        print(visible(page()))
    elif format in ("json", "yaml"):
        show_data(row, format)
    else:
        show([row], columns, format)


def show_data(data: Row | list[Row], format: Format) -> None:
    """Print data as JSON or YAML."""
    if format == "json":
        print_json(data)
    else:
        from csg.source.emit import emit

        # In double quotes, no line begins with a command, and an escape can be in the middle of ##[…].
        print(visible(emit(data, quoted=COMMAND_SIGNS)).replace("##", "#\\x23"), end="")


def print_json(data: Any) -> None:
    """Print JSON. Invisible characters, and those that a terminal acts on, are escapes."""
    print(json_text(data))


def json_text(data: Any) -> str:
    """Return JSON in which invisible characters, and those that a terminal acts on, are escapes."""
    import json

    text = json.dumps(data, ensure_ascii=False, indent=2, default=list)
    text = re.sub(r"[^\n\x20-\x7e\xa1-\u024f]", _json_escape, text)
    return text.replace("##", "#\\u0023")  # it is only in text, and CI services read ##[…] as a command


def _json_escape(match: re.Match[str]) -> str:
    import json

    return match[0] if visible(match[0]) == match[0] else json.dumps(match[0])[1:-1].replace("\x7f", "\\u007f")


def _csv(rows: Sequence[Row], columns: Sequence[Column]) -> None:
    write_csv(sys.stdout, rows, columns)


def write_csv(stream: TextIO, rows: Sequence[Row], columns: Sequence[Column]) -> None:
    """Write a table as CSV. No cell is a formula."""
    import csv

    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([as_cell(column.heading) for column in columns])
    writer.writerows([as_cell(column.text(row)) for column in columns] for row in rows)


_SEPARATORS = ";,|\t\r\n\u061b\u060c\u3001\uff0c\uff1b"
"""Characters that separate cells in some locale, and line ends. Quotes do not protect a cell in every locale."""
_FORMULA = re.compile(
    rf"(?:^|[{_SEPARATORS}])[\s\"'{_SEPARATORS}\u2018-\u201f\xa0]*+"
    "([=+@|%\\-\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20\uff05\uff5c\u207a-\u207c\u208a-\u208c])?"
)
"""The start of a cell, or of a part that is a cell in some locale, and a sign that begins a formula there."""


_NUMBER = re.compile(r"-?[0-9]++(?:\.[0-9]++)?")


def as_cell(text: str) -> str:
    """Return text that no spreadsheet reads as a formula, with any separator of cells.

    An apostrophe before each sign that could begin a formula marks the cell as text. A negative number is no formula.

    >>> as_cell("ok;=1+1"), as_cell("-2.5"), as_cell("-2+3")
    ("ok;'=1+1", '-2.5', "'-2+3")
    """
    if _NUMBER.fullmatch(text):
        return text
    safe = _FORMULA.sub(lambda match: f"{match[0][:-1]}'{match[1]}" if match[1] else match[0], text)
    return visible(safe)


def _table(rows: Sequence[Row], columns: Sequence[Column], room: int) -> None:
    """Print a table that wraps, for a terminal. Leave out columns that are empty in every row."""
    from csg.view.table import GAP, fitted, longest_line, longest_word, table_lines

    cells = {column: [visible(column.text(row)) for row in rows] for column in columns}
    filled = [column for column in columns if any(cells[column])]
    heads = [visible(column.heading, keep="") for column in filled]
    texts = [cells[column] for column in filled]
    widths = [longest_line((head, *column)) for head, column in zip(heads, texts, strict=True)]
    if sum(widths) + len(GAP) * len(filled) > room:
        words = [longest_word((head, *column)) for head, column in zip(heads, texts, strict=True)]
        # A column of names breaks between names, so that the text has more room.
        # The first column, which has the ids, breaks only if the others cannot become narrow enough.
        if widths[0] + sum(words[1:]) + len(GAP) * len(filled) <= room:
            words[0] = widths[0]
        for index, column in enumerate(filled):
            if not column.wraps:
                widths[index] = min(widths[index], max(words[index], room // 7))
        widths = fitted(widths, words, room)
    if sys.stdout.isatty():
        pairs = zip(filled, widths, strict=True)
        widths = [min(width, TEXT_WIDTH) if column.wraps else width for column, width in pairs]
    styles, head_style = (STYLES, BOLD) if coloured() else ({}, "")
    print("\n".join(table_lines(heads, texts, widths, styles, head_style)))


TEXT_WIDTH = 80
"""The widest text, in columns, that is comfortable to read at a terminal."""
BOLD, DIM = "\x1b[1m", "\x1b[2m"
STYLES = {
    "on-track": "\x1b[32m",
    "completed": "\x1b[36m",
    "at-risk": "\x1b[33m",
    "off-track": "\x1b[1;31m",
    "no report": DIM,
    "not-started": DIM,
    "cancelled": DIM,
}
"""The escape sequence of a status: green, cyan, yellow, bold red, and dim if no action is needed."""


LONGEST_FIELD_NAME = 30
"""The longest name of a field on a page, in characters, so that its text has room beside it."""


def page(title: str, fields: Iterable[tuple[str, str]], body: Iterable[str] = ()) -> str:
    """Return a record as a page: its title, its fields beside their names, and paragraphs below."""
    room = min(width(), 100)
    named = [(shown(name, LONGEST_FIELD_NAME), text) for name, text in fields if text]
    indent = max((len(name) for name, _ in named), default=0) + 2
    lines = [_wrapped(title, room), ""]
    for name, text in named:
        for number, paragraph in enumerate(text.split("\n")):
            lines.append(_wrapped(paragraph, room, (name if number == 0 else "").ljust(indent)))
    for paragraph in body:
        lines += [
            _wrapped(line.lstrip(" "), room, " " * (len(line) - len(line.lstrip(" "))))
            for line in paragraph.split("\n")
        ]
    return "\n".join(lines)


def _wrapped(text: str, room: int, before: str = "") -> str:
    """Fold a paragraph at ``room``. After an id or a bar and two blanks, its other lines are indented."""
    from textwrap import fill

    hanging = re.match(r".{1,38}  ", text)
    indent = " " * (len(before) + (hanging.end() if hanging else 0))
    return fill(text, room, initial_indent=before, subsequent_indent=indent, break_on_hyphens=False)
