"""The text of a mail that is a web page, with a line for each block and a sign before quoted text."""

import re
from html.parser import HTMLParser

from csg.forms.answers.sheet import STRUCK, address_after

_BLOCKS = frozenset({"p", "div", "li", "tr", "table", "blockquote", "h1", "h2", "h3", "hr", "ul", "ol", "pre"})
_SILENT = frozenset({"style", "script", "title"})
_STRUCK = frozenset({"s", "strike", "del"})
"""Elements whose words have a line through them."""
_ALONE = frozenset({"br", "hr", "img", "meta", "link", "input", "col", "area", "base", "wbr"})
"""Elements without an end."""
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_KEEPS_LINES = re.compile(r"white-space\s?:\s?(?:pre|break-spaces)", re.IGNORECASE)
_DEEPEST_QUOTE = 3
_LONGEST_EMOJI = 12
"""The most characters of an emoji: a family has seven, and some have signs of their colour."""
_MOST_OPEN = 10_000
"""The most elements in each other that are remembered. A mail has some fifty."""


def text_of_html(html: str) -> str:
    """Return the text of a web page as a reader sees it."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    return "\n".join(reader.lines)


def _sign(words: str) -> str:
    """Return the words in place of a picture if they are an emoji, which some mail programs send as a picture."""
    return "" if len(words) > _LONGEST_EMOJI or any(letter.isalnum() or letter.isspace() for letter in words) else words


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines = [""]
        self._silent = 0
        self._quotes = 0
        self._open: list[tuple[str, bool]] = []
        self._address = ""
        self._words_of_link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        if tag in _BLOCKS:
            self._start_line()
        if tag == "br":
            self.lines.append("")
        if tag == "a":
            address = next((value or "" for name, value in attrs if name == "href"), "")
            self._address = address if address.casefold().startswith(("http://", "https://")) else ""
            self._words_of_link = ""
        if tag == "img":
            self._write(_sign(next((value or "" for name, value in attrs if name == "alt"), "")))
        if tag == "blockquote":
            self._quotes += 1
        if tag not in _ALONE and len(self._open) < _MOST_OPEN:
            style = next((value or "" for name, value in attrs if name == "style"), "")
            self._open.append((tag, tag == "pre" or bool(_KEEPS_LINES.search(style)) or self._keeps_lines()))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._address and self._words_of_link.strip():
            self._write(address_after(self._words_of_link, self._address))
            self._address = ""
        if tag in _STRUCK and self.lines[-1].strip():
            self.lines[-1] += STRUCK
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        if tag == "blockquote":
            self._quotes = max(self._quotes - 1, 0)
        if tag in _BLOCKS:
            self._start_line()
        if tag in ("td", "th") and self.lines[-1]:
            self.lines[-1] += "\t"
        if self._open and self._open[-1][0] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        first, *others = data.replace("\r\n", "\n").split("\n") if self._keeps_lines() else [_BLANKS.sub(" ", data)]
        self._write(first)
        for line in others:
            self.lines.append("")
            self._write(line)

    def _keeps_lines(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def _write(self, text: str) -> None:
        self._words_of_link += text if self._address else ""
        if not self.lines[-1]:
            text = text.lstrip(" ")
            text = "> " * min(self._quotes, _DEEPEST_QUOTE) + text if text else ""
        self.lines[-1] += text.replace("\u00a0", " ")

    def _start_line(self) -> None:
        if self.lines[-1]:
            self.lines.append("")
