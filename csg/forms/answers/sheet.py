"""The answers of one file, whatever kind of file it is."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from csg.forms.questions import Code


class Answer(NamedTuple):
    """The answer to a question: its code, the text as it was written, and where it is in the file."""

    code: Code
    text: str
    position: str


class Sheet(NamedTuple):
    """The answers of one file.

    ``tags`` is all text in brackets that can be the tag of a form; ``lead``, ``plan`` and ``period`` are what a form
    without a tag names. ``titles`` are the activities' titles as the form shows them. ``remarks`` is text that could be
    an answer and has no question, ``doubts`` are what a person must look at, each with a hint.
    """

    file: str
    answers: tuple[Answer, ...]
    tags: tuple[str, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    doubts: tuple[tuple[str, str], ...] = ()

    def given(self) -> list[Answer]:
        """Return the answers that are not empty."""
        return [answer for answer in self.answers if answer.text]


class Piece(NamedTuple):
    """A piece of a file in reading order: a line of text, or the cells of a row. ``position`` says where it is."""

    cells: tuple[str, ...]
    position: str


def tidy(text: str) -> str:
    """Return an answer without blanks at the ends of its lines, and without empty lines around it."""
    lines = [line.rstrip(" \t\u00a0") for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return "\n".join(lines).strip("\n").strip()


def without_placeholders(answers: Iterable[Answer], placeholders: frozenset[str]) -> Iterator[Answer]:
    """Yield answers; one that is only the words that ask for it is empty."""
    for answer in answers:
        yield answer._replace(text="") if answer.text.casefold() in placeholders else answer
