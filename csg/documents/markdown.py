"""Text as Markdown that shows it as the text it is, in any CommonMark or GFM reader and in any cell."""

import re
from collections.abc import Iterable, Sequence

from csg.problem import visible

_ACTIVE = re.compile(r"[\\`*_\[\]<>|~$@]|&(?=[#\w])")
_PROTOCOL = re.compile(r"(?i)\b(https?|ftp):")
_HOST = re.compile(
    r"(?<=\w)\.(?=(?:[^\W\d_]{2}|xn--[\w-]+|biz|com|edu|gov|net|org|pro|web|xxx|aero|asia|coop|info|museum|name|shop)"
    r"(?!\w))|(?<=\bwww)\.",
    re.IGNORECASE,
)
"""The point before what may be the last part of a host's name: so markdown-it has it, where GitHub makes no link."""
_START = re.compile(r"^(?:[#+=-]|\d+(?=[.)](?:\s|$)))")


def escaped(text: str) -> str:
    """Text with every character that Markdown or HTML acts on escaped; a line break becomes ``<br>``.

    >>> escaped("~6 | <b>")
    '\\\\~6 \\\\| \\\\<b\\\\>'
    """
    return "<br>".join(_line(line) for line in visible(text).strip().split("\n"))


def _line(text: str) -> str:
    text = _ACTIVE.sub(r"\\\g<0>", " ".join(text.split()))
    kept = text.rstrip("#")  # number signs at the end of a heading close it
    text = _PROTOCOL.sub(r"\1\\:", kept) + "\\#" * (len(text) - len(kept))
    text = _HOST.sub(r"\\.", text)
    start = _START.match(text)
    if start and text[0].isdecimal():
        return f"{start[0]}\\{text[start.end() :]}"
    return f"\\{text}" if start else text


def address(url: str) -> str:
    """Return a web address or a path as the target of a link, whatever characters are in it."""
    from urllib.parse import quote

    return quote(url, safe="/:?#@!$&'*+,;=%~-._")


def row(cells: Iterable[str]) -> str:
    """A row of a table whose cells are Markdown."""
    return f"| {' | '.join(cells)} |"


def table(heads: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of plain text as a GFM table."""
    lines = [row(map(escaped, heads)), row(["---"] * len(heads))]
    return "\n".join([*lines, *(row(map(escaped, cells)) for cells in rows)])
