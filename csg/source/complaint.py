"""Errors of libyaml as problems in plain words, at the position where the mistake begins."""

import re

from yaml.error import MarkedYAMLError, YAMLError

from csg.problem import Problem
from csg.source.text import line_and_column

MOST_LEVELS = 32
TOO_DEEP = (
    f"lists and mappings are nested more than {MOST_LEVELS} levels deep",
    "Delete the extra brackets. A plan needs six levels.",
)
_MESSAGES = {
    "found character that cannot start any token": (
        "a value cannot begin with this character",
        "Put the text in quotes.",
    ),
    "mapping values are not allowed in this context": (
        "a colon is not allowed here",
        "Check the indentation, or put the text in quotes.",
    ),
    "did not find expected key": (
        "this line does not match the lines above it",
        "Check its indentation, quotes and brackets.",
    ),
    "did not find expected node content": ("the value is not finished", "Close its brackets and quotes."),
    "did not find expected '-' indicator": (
        "the line is not an element of the list",
        "Begin it with '- ', or indent it further.",
    ),
}
_MESSAGES_AT_START = {
    "could not find expected ':'": ("the key has no colon", "Write `key: value`."),
    "did not find expected ',' or ']'": ("the list is not closed", "End it with ]."),
    "did not find expected ',' or '}'": ("the mapping is not closed", "End it with }."),
    "found unexpected end of stream": ("the quotation mark is not closed", "Close it."),
}
"""Errors that libyaml reports where it stopped. csg reports them where the mistake begins."""


def _first_tab(lines: list[str], start: int) -> int | None:
    """Return the first line from ``start`` on that has a tab before its text."""
    for index in range(start, len(lines)):
        if "\t" in lines[index][: len(lines[index]) - len(lines[index].lstrip())] or lines[index].strip(" \r") == "\t":
            return index
    return None


def complaint(error: YAMLError, text: str, file: str) -> Problem:
    """Return an error of libyaml as a problem, with a fix."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return Problem("CSG101", f"the file is not YAML ({error})", file, 1, 1, "See docs/data-format.md.")
    error_text, mark = error.problem or "not YAML", error.problem_mark
    if error_text == "exceeded maximum nesting depth":  # libyaml 0.2.6 and newer stop before csg does
        return Problem("CSG115", TOO_DEEP[0], file, *line_and_column(mark), TOO_DEEP[1])
    if error_text in _MESSAGES_AT_START:
        message, hint = _MESSAGES_AT_START[error_text]
        return Problem("CSG101", message, file, *line_and_column(error.context_mark or mark), hint)
    lines = text.split("\n")
    if "tab" in error_text and (tab := _first_tab(lines, mark.line)) is not None:
        return Problem(
            "CSG101",
            "the indentation has a tab",
            file,
            tab + 1,
            lines[tab].index("\t") + 1,
            "Use spaces, or delete the tab.",
        )
    if mark.line >= len(lines) or not lines[mark.line].strip():
        # libyaml stopped at the end, or on a blank line. The unfinished value is above it.
        line = max((n for n in range(min(mark.line, len(lines))) if lines[n].strip()), default=0)
        message, hint = _MESSAGES.get(error_text, (error_text, "See docs/data-format.md."))
        return Problem("CSG101", message, file, line + 1, len(lines[line]) - len(lines[line].lstrip()) + 1, hint)
    if mark.line < len(lines) and "\t" in lines[mark.line][: mark.column + 1]:
        return Problem("CSG101", "the indentation has a tab", file, *line_and_column(mark), "Indent with spaces.")
    message, hint = _MESSAGES.get(error_text, (error_text, "See docs/data-format.md."))
    if (
        error_text == "did not find expected key"
        and mark.line < len(lines)
        and re.search(r"(['\"])[^'\"]*\1\w", lines[mark.line])
    ):
        message, hint = (
            "the text in quotes has the same quotation mark in it",
            "Put the text in quotes of the other kind.",
        )
    return Problem("CSG101", message, file, *line_and_column(mark), hint)
