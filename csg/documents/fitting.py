"""Shorten a text to the lines that a box has room for, by the widths of letters."""

import unicodedata
from math import ceil
from typing import NamedTuple

_NARROW, _WIDE = frozenset(" .,:;'|!ijlftrI()[]{}/\\-"), frozenset("mwMW@%&—…")
_SHARES = {"narrow": 0.36, "wide": 1.0, "capital": 0.74, "other": 0.6, "full": 1.05}
"""The width of a letter as a share of the size: a little more than in Arial and in Noto Sans."""


def fitted(text: str, width: float, size: float, lines: int) -> str:
    """Return a text that needs at most so many lines of a width in points. A longer text ends with an ellipsis.

    >>> fitted("one two three", 40, 10, 1)
    'one…'
    """
    words = text.split()
    if line_count(" ".join(words), width, size) <= lines:
        return " ".join(words)
    ellipsis = _share("…") * size
    position, kept = _START, 0
    for word in words:
        length = text_width(word, size)
        if _after(position, length + ellipsis, width, size).line > lines:
            break
        position, kept = _after(position, length, width, size), kept + 1
    start = _beginning(words[kept], position, width, size, lines) if kept < len(words) else ""
    return f"{' '.join((*words[:kept], *([start] if start else [])))}…"


def _beginning(word: str, position: "_Position", width: float, size: float, lines: int) -> str:
    """Return the letters of a word for which there is room. A word that is shorter than a line stays whole, or goes.

    Chinese, Japanese and Thai have no blanks: a title can be one word.
    """
    if text_width(word, size) <= width and position.used:
        return ""
    if position.used and position.line == lines:
        room = width - position.used - _share(" ") * size
    else:
        room = width * (lines - position.line + (not position.used))
    length = _share("…") * size
    for number, letter in enumerate(word):
        length += _share(letter) * size
        if length > room:
            while number and unicodedata.category(word[number]).startswith("M"):
                number -= 1
            return word[:number]
    return word


def line_count(text: str, width: float, size: float) -> int:
    """Return the lines that a text needs in a width in points. A word that is too long for a line breaks."""
    position = _START
    for word in text.split(" "):
        position = _after(position, text_width(word, size), width, size)
    return position.line


class _Position(NamedTuple):
    """The end of a text: its line, from 1, and the points that are used in it."""

    line: int
    used: float


_START = _Position(1, 0.0)


def _after(position: _Position, length: float, width: float, size: float) -> _Position:
    """Return the end of a text after one more word."""
    line, used = position
    space = _SHARES["narrow"] * size if used else 0.0
    if used + space + length <= width:
        return _Position(line, used + space + length)
    line += bool(used)
    full = max(ceil(length / width) - 1, 0)
    return _Position(line + full, length - full * width)


def text_width(text: str, size: float) -> float:
    """Return the width of a text on one line, in points."""
    return sum(map(_share, text)) * size


def _share(letter: str) -> float:
    if letter in _NARROW:
        return _SHARES["narrow"]
    if letter in _WIDE:
        return _SHARES["wide"]
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return _SHARES["full"]
    return _SHARES["capital" if letter.isupper() else "other"]
