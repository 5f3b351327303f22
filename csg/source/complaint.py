"""What libyaml says of text that is no YAML, in words a person can act on, at the place where the thing began."""

import re

from yaml.error import MarkedYAMLError, YAMLError

from csg.problem import Problem
from csg.source.text import place

MOST_LEVELS = 32
TOO_DEEP = (f"nested more than {MOST_LEVELS} levels deep", "a plan nests six")
_PLAINLY = {
    "found character that cannot start any token": ("a character no value may start with", "put the text in quotes"),
    "mapping values are not allowed in this context": (
        "a colon where none may stand",
        "check the indentation, or put the text in quotes",
    ),
    "did not find expected key": ("a line that fits nothing above it", "check its indentation, quotes and brackets"),
    "did not find expected node content": ("a value that is not finished", "close its brackets and quotes"),
    "did not find expected '-' indicator": ("a line that is no list entry", "start it with '- ' or indent it further"),
}
_PLAINLY_AT_ITS_START = {
    "could not find expected ':'": ("a key without a colon", "write key: value"),
    "did not find expected ',' or ']'": ("a list that is not closed", "end it with ]"),
    "did not find expected ',' or '}'": ("a mapping that is not closed", "end it with }"),
    "found unexpected end of stream": ("a quotation mark that is not closed", "close it"),
}
"""Complaints that libyaml places where it gave up; people look where the thing began."""


def _first_tab(lines: list[str], start: int) -> int | None:
    """Return the first line from ``start`` on that has a tab before its text."""
    for index in range(start, len(lines)):
        if "\t" in lines[index][: len(lines[index]) - len(lines[index].lstrip())] or lines[index].strip(" \r") == "\t":
            return index
    return None


def complaint(error: YAMLError, text: str, file: str) -> Problem:
    """libyaml's complaint in words a person can act on."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return Problem("CSG101", f"not YAML: {error}", file, 1, 1, "see docs/data-format.md")
    said, mark = error.problem or "not YAML", error.problem_mark
    if said == "exceeded maximum nesting depth":  # libyaml 0.2.6 and newer look ahead, and give up before csg does
        return Problem("CSG115", TOO_DEEP[0], file, *place(mark), TOO_DEEP[1])
    if said in _PLAINLY_AT_ITS_START:
        message, hint = _PLAINLY_AT_ITS_START[said]
        return Problem("CSG101", message, file, *place(error.context_mark or mark), hint)
    lines = text.split("\n")
    if "tab" in said and (tab := _first_tab(lines, mark.line)) is not None:
        return Problem(
            "CSG101",
            "a tab in the indentation",
            file,
            tab + 1,
            lines[tab].index("\t") + 1,
            "Use blanks, or delete the tab",
        )
    if mark.line >= len(lines) or not lines[mark.line].strip():
        # libyaml gave up at the end, or on a blank line: what was not finished is above it.
        line = max((n for n in range(min(mark.line, len(lines))) if lines[n].strip()), default=0)
        message, hint = _PLAINLY.get(said, (said, "see docs/data-format.md"))
        return Problem("CSG101", message, file, line + 1, len(lines[line]) - len(lines[line].lstrip()) + 1, hint)
    if mark.line < len(lines) and "\t" in lines[mark.line][: mark.column + 1]:
        return Problem("CSG101", "a tab in the indentation", file, *place(mark), "indent with spaces")
    message, hint = _PLAINLY.get(said, (said, "see docs/data-format.md"))
    if (
        said == "did not find expected key"
        and mark.line < len(lines)
        and re.search(r"(['\"])[^'\"]*\1\w", lines[mark.line])
    ):
        message, hint = "a quotation mark within quotes of its kind", "put the text in quotes of the other kind"
    return Problem("CSG101", message, file, *place(mark), hint)
