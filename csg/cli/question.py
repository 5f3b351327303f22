"""A question to a person at a terminal."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

Kind = Literal["choice", "short", "line", "text"]
"""Kinds of answers: one of some words; a few words; a line; a text, which keeps its line breaks.

A pasted line break ends none of them but a choice. A line and a text are kept in a file if they are not saved.
"""
PASTE_PAUSE = 0.15
"""Seconds within which the next line of a text arrives that is pasted, and not typed."""


class Question(NamedTuple):
    """A question: its label, and the text that the field has at first.

    ``words`` are offered as completions.
    """

    label: str
    kind: Kind = "line"
    words: Sequence[str] = ()
    text: str = ""


class Stopped(Exception):  # noqa: N818  (a person stops; it is not an error)
    """The person pressed Ctrl-C or Ctrl-D. Carries the text that was in the field."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
