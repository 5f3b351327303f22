"""A question to a person at a terminal."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

Kind = Literal["choice", "short", "line", "text"]
"""Kinds of answers: a choice, a few words, a line, or a text, which keeps its line breaks.

A pasted line break ends only a choice. If the command fails, csg keeps a line or a text in a file.
"""
PASTE_PAUSE = 0.15
"""The longest time in seconds between two lines of a pasted text."""


class Question(NamedTuple):
    """A question: its label, and the first text of the answer.

    ``words`` are offered as completions.
    """

    label: str
    kind: Kind = "line"
    words: Sequence[str] = ()
    text: str = ""


class Stopped(Exception):  # noqa: N818  (a person stops; it is not an error)
    """The person pressed Ctrl-C or Ctrl-D. ``text`` is the answer so far."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
