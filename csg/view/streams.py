"""The streams that csg prints to: text on them does not act on a CI service or a terminal."""

import errno
import os
import re
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import Any

from csg.problem import visible

_COMMAND = re.compile(
    # GitHub reads a line that begins with ::, with or without blanks before it, as a command.
    r"^[^\S\n]*(?=::)"
    # GitHub and Azure read ##[…] and ##vso[…], and TeamCity ##teamcity[…], anywhere in a line.
    r"|#(?=#(?:\[|[A-Za-z]{1,20}\[))"
    # GitLab reads section_start:… and section_end:…, and Travis travis_fold:…, at the start of a line.
    r"|^[^\S\n]*(?=(?:section_(?:start|end)|travis_fold):)",
    re.MULTILINE,
)
COMMAND_SIGNS = ("::", "##", "section_", "travis_fold:")
"""Every command has one of these signs. Texts without them need no further check."""
_HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Characters that a terminal or a log acts on."""
_LONGEST_LINE_START = 64
"""The number of characters that are kept of an unfinished line, to find a command that is printed in parts."""


def without_commands(text: str) -> str:
    """Return text with backslashes, so that CI services do not read a part as a command.

    Markdown does not show the backslash, because it is before punctuation.

    >>> without_commands("::error::x"), without_commands("a ##[group]")
    ('\\\\::error::x', 'a #\\\\#[group]')
    """
    return _COMMAND.sub(r"\g<0>\\", text) if any(sign in text for sign in COMMAND_SIGNS) else text


class GuardedStream(TextIOWrapper):
    """Standard output or error on which text from data cannot act.

    Without a terminal, characters that act on one are written as escapes. If the stream fails, its text is dropped and
    ``failure`` has the first error: a command that has started to change files must not stop between two of them.
    """

    at_terminal = False
    failure: OSError | None = None
    _line = ""

    def write(self, text: str, /) -> int:
        """Write text that no CI service reads as a command."""
        plain = self.at_terminal or (text.isascii() and text.isprintable()) or text == "\n"
        safe = text if plain else _HIDDEN.sub(lambda match: visible(match[0], keep=""), text)
        joined = without_commands(self._line + safe)
        # A command can come in parts. Its first part is written already, so the backslash comes after it.
        safe = joined[len(self._line) :] if joined.startswith(self._line) else f"\\{without_commands(safe)}"
        last_line = joined.rpartition("\n")[2]
        self._line = last_line if len(last_line) <= _LONGEST_LINE_START else f"…{last_line[-_LONGEST_LINE_START:]}"
        self._write(safe)
        return len(text)

    def write_command(self, text: str) -> None:
        """Write a line that is a command to a CI service."""
        self._write(f"{text}\n")

    def _write(self, text: str) -> None:
        try:
            super().write(text)
        except OSError as error:
            self._fail(error)

    def flush(self) -> None:
        """Write what is buffered."""
        try:
            super().flush()
        except OSError as error:
            self._fail(error)

    def _fail(self, error: OSError) -> None:
        """Remember the first error, and drop the other text."""
        self.failure = self.failure or error
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)
        with suppress(OSError):
            super().flush()


def guard_streams() -> None:
    """Guard the standard streams, and make them UTF-8 in pipes and files. Replace closed streams."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream: Any = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
        elif isinstance(stream, TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            if mode == "r":
                stream.reconfigure(encoding=encoding, errors="surrogateescape")
            else:
                # If PYTHONUNBUFFERED is set, Python does not buffer the stream.
                buffering = stream.line_buffering or stream.write_through
                guarded = GuardedStream(stream.detach(), encoding, errors="backslashreplace", line_buffering=buffering)
                guarded.at_terminal = guarded.isatty()
                setattr(sys, name, guarded)


def note(text: str, *, wraps: bool = True) -> None:
    """Print something that is not the output itself, on standard error.

    At a terminal, lines break at blanks. For a command that people copy, ``wraps`` is False.
    """
    printed = visible(text)
    print(at_blanks(printed) if wraps else printed, file=sys.stderr)


def at_blanks(text: str) -> str:
    """Return a text for standard error with its long lines broken at blanks, if it is a terminal."""
    if not sys.stderr.isatty():
        return text
    from shutil import get_terminal_size
    from textwrap import fill

    width = max(get_terminal_size().columns - 1, _NARROWEST)
    return "\n".join(
        line if len(line) <= width else fill(line, width, break_long_words=False, break_on_hyphens=False)
        for line in text.split("\n")
    )


_NARROWEST = 20
"""The least width of wrapped text, in columns."""


def write_command(text: str) -> None:
    """Print a line that is a command to a CI service, on standard output."""
    if isinstance(sys.stdout, GuardedStream):
        sys.stdout.write_command(text)
    else:
        print(text)


def output_failure() -> OSError | None:
    """Return the error of standard output; None if it was complete, or if its reader has closed it."""
    sys.stdout.flush()
    sys.stderr.flush()
    error = getattr(sys.stdout, "failure", None)
    return None if error is None or error.errno == errno.EPIPE else error
