"""Decode the bytes of a data file, and refuse characters that it must not have."""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import Protocol

from csg.problem import Problem, Refused

BOM = "\ufeff"
MOST_BYTES = 64 * 1024 * 1024
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)")
"""Characters that YAML refuses, line ends of only one YAML version (U+0085, U+2028, U+2029), and a lone CR."""
_LINE_END = re.compile("\n")
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?= |$)", re.MULTILINE)


def position(text: str, index: int) -> tuple[int, int]:
    """Return the line and the column, from 1, of the character at ``index``."""
    starts = _line_starts(text)
    line = bisect_right(starts, index)
    return line, index - starts[line - 1] + 1


@lru_cache(maxsize=4)
def _line_starts(text: str) -> list[int]:
    """Return the index of the first character of each line, so that a file with many problems is searched once."""
    return [0, *(match.end() for match in _LINE_END.finditer(text))]


class Mark(Protocol):
    """A position that the YAML parser gives: line and column from 0, and the index in the text."""

    line: int
    column: int
    index: int


def line_and_column(mark: Mark) -> tuple[int, int]:
    """Return the line and the column, from 1, of a parser's mark."""
    return mark.line + 1, mark.column + 1


def decode(content: bytes, file: str) -> str:
    """Return the text of a data file, with its byte order mark.

    Raise Refused if the bytes are not UTF-8, or have a character that is not allowed or a conflict marker of git.
    """
    if len(content) > MOST_BYTES:
        message = f"the file must have at most {MOST_BYTES:,} bytes"
        raise Refused(Problem("CSG104", message, file, hint="Delete the data that does not belong in it."))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        line, column = position(before, len(before))
        message = f"byte 0x{content[error.start]:02x} is not UTF-8"
        raise Refused(Problem("CSG105", message, file, line, column, "Save the file as UTF-8.")) from None
    if match := _UNFIT.search(text.removeprefix(BOM)):
        index = match.start() + text.startswith(BOM)
        message = f"character U+{ord(match[0]):04X} is not allowed in a data file"
        raise Refused(Problem("CSG106", message, file, *position(text, index), "Delete it."))
    if match := _CONFLICT.search(text):
        message = f"a merge left the conflict marker {match[0]}"
        hint = "Keep the lines that are right, and delete the markers."
        raise Refused(Problem("CSG107", message, file, *position(text, match.start()), hint))
    return text
