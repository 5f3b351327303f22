"""Escape text, so that every reader of CommonMark or GFM shows it unchanged, also in a table's cell."""

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
"""The point before the possible last part of a host name, from which markdown-it makes a link."""
_START = re.compile(r"^(?:[#+=-]|\d+(?=[.)](?:\s|$)))")


def escaped(text: str, keep: str = "") -> str:
    """Escape every character that Markdown or HTML acts on. A line break becomes ``<br>``.

    Invisible characters are written as escapes, but for those in ``keep``.

    >>> escaped("~6 | <b>")
    '\\\\~6 \\\\| \\\\<b\\\\>'
    """
    return "<br>".join(_line(line) for line in visible(text, keep=f"\n{keep}").strip().split("\n"))


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
    """Return a web address or a path as the target of a link, with any characters."""
    from urllib.parse import quote

    return quote(url, safe="/:?#@!$&'*+,;=%~-._")


def row(cells: Iterable[str]) -> str:
    """Return a row of a table with cells in Markdown."""
    return f"| {' | '.join(cells)} |"


def table(heads: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table of plain text as a GFM table."""
    lines = [row(map(escaped, heads)), row(["---"] * len(heads))]
    return "\n".join([*lines, *(row(map(escaped, cells)) for cells in rows)])
