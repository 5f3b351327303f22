"""The answers of one file, whatever kind of file it is."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from csg.checks.text import UNSEEN
from csg.forms.questions import Code
from csg.problem import Problem, Sentence

LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
"""The ends of lines in other programs than csg."""


OBJECT = "\ufffc"
"""The character in a text for a picture or another object."""

_PICTURE_NAME = re.compile(r"\[(?:image|cid|imagen|изображение|صورة): ?[^\[\]\n]{0,200}\]", re.IGNORECASE)
_MARKDOWN_PICTURE = re.compile(r"!\[[^\[\]\n]{0,200}\]\([^()\s]{1,500}\)")
STRUCK = "\u0336"
"""The character after words that have a line through them. A person took them back, or a status was chosen so."""


class Answer(NamedTuple):
    """The answer to a question: its code, the text as it was written, and where it is in the file."""

    code: Code
    text: str
    position: str


class Sheet(NamedTuple):
    """The answers of one file.

    ``tags`` is all text in brackets that can be the tag of a form; ``lead``, ``plan`` and ``period`` are what a form
    without a tag names. ``titles`` are the activities' titles as the form shows them. ``remarks`` is text that could be
    an answer and has no question, ``doubts`` are what a person must look at, each with a hint. ``asides`` is content
    beside the answers that is not taken, such as the words of a mail that brings a form.
    """

    file: str
    answers: tuple[Answer, ...]
    tags: tuple[str, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    doubts: tuple[tuple[str, str], ...] = ()
    asides: tuple[str, ...] = ()

    def problem(self, message: str, hint: str) -> Problem:
        """Return a problem of the answers in this file."""
        return Problem("CSG803", message, self.file, hint=hint)

    def given(self) -> list[Answer]:
        """Return the answers that are not empty."""
        return [answer for answer in self.answers if answer.text]


class Piece(NamedTuple):
    """A piece of a file in reading order: a line of text, or the cells of a row. ``position`` says where it is."""

    cells: tuple[str, ...]
    position: str


def tidy(text: str) -> str:
    """Return an answer without blanks at the ends of its lines, empty lines around it, and invisible characters.

    Keyboards and web pages add such characters, and a person cannot see them to delete them.
    """
    lines = [line.rstrip(" \t\u00a0") for line in UNSEEN.sub("", LINE_END.sub("\n", text)).split("\n")]
    return "\n".join(lines).strip("\n").strip()


def address_after(words: str, address: str) -> str:
    """Return the address of a link as it is written after the words of the link; empty if the words show it."""
    is_shown = "://" in words or words.strip().casefold() in address.casefold()
    return "" if is_shown else f" <{address}>"


def _with_objects(text: str) -> str:
    """Return an answer with the sign of an object for the words that mail programs write in place of a picture."""
    if "[" not in text:
        return text
    with_objects = _PICTURE_NAME.sub(OBJECT, text)
    return OBJECT if _MARKDOWN_PICTURE.fullmatch(with_objects.strip()) else with_objects


def without_objects(sheet: Sheet) -> Sheet:
    """Return a sheet with words only. A picture in place of an answer is a doubt; beside answers it is an aside."""
    sheet = sheet._replace(answers=tuple(answer._replace(text=_with_objects(answer.text)) for answer in sheet.answers))
    if not any(OBJECT in text for text in (*sheet.remarks, *(answer.text for answer in sheet.answers))):
        return sheet
    hint = Sentence("Write the answer as words, and remove the picture or object.")
    answers, doubts, asides = [], list(sheet.doubts), list(sheet.asides)
    for answer in sheet.answers:
        text = tidy(answer.text.replace(OBJECT, ""))
        if OBJECT in answer.text and text:
            asides.append(f"a picture or object beside the answer to {answer.code}")
        elif OBJECT in answer.text:
            message = Sentence(
                "the answer to {question} is a picture or object, which csg does not read", question=answer.code
            )
            doubts.append((message, hint))
        answers.append(answer._replace(text=text if OBJECT in answer.text else answer.text))
    remarks = [remark for remark in (tidy(text.replace(OBJECT, "")) for text in sheet.remarks) if remark]
    if any(OBJECT in text for text in sheet.remarks):
        if any(answer.text for answer in answers):
            asides.append("a picture or object")
        elif not doubts:
            doubts.append((Sentence("the file has a picture or object, which csg does not read, and no answers"), hint))
    return sheet._replace(answers=tuple(answers), remarks=tuple(remarks), doubts=tuple(doubts), asides=tuple(asides))


def with_struck_doubts(sheet: Sheet) -> Sheet:
    """Return a sheet with a doubt for each answer that has words with a line through them."""
    hint = Sentence("Delete these words, or remove the line through them.")
    struck = [answer.code for answer in sheet.answers if STRUCK in answer.text]
    doubts = (
        (Sentence("the answer to {question} has words with a line through them", question=code), hint)
        for code in struck
    )
    return sheet._replace(doubts=(*sheet.doubts, *doubts)) if struck else sheet


def without_placeholders(answers: Iterable[Answer], placeholders: frozenset[str]) -> Iterator[Answer]:
    """Yield answers; one that is only the words that ask for it is empty."""
    for answer in answers:
        yield answer._replace(text="") if answer.text.casefold() in placeholders else answer
