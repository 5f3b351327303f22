"""Details of edits that no other test holds: positions, empty lists, the end of a file."""

import pytest

from csg.source.edit import Insert, Put, edit_text
from csg.source.parse import parse

CASES = {
    "the first of an empty list on one line": (
        "a: []\nb: 1\n",
        Insert(("a",), 0, "x"),
        "a: [x]\nb: 1\n",
    ),
    "the first of an empty list with a comment in it": (
        "a: [\n  # none yet\n]\nb: 1\n",
        Insert(("a",), 0, "x"),
        "a: [\n  # none yet\n  x\n]\nb: 1\n",
    ),
    "before a part on a line of its own": (
        "a: [\n    y,\n    z,\n]\n",
        Insert(("a",), 0, "x"),
        "a: [\n    x,\n    y,\n    z,\n]\n",
    ),
    "text in place of a block, with a comment between": (
        "a:\n  # note\n  - x\nb: 1\n",
        Put(("a",), "y"),
        "a: y\n  # note\nb: 1\n",
    ),
    "a long text at the end of a file without a line end": (
        "a: x",
        Put(("a",), "one\ntwo"),
        "a: |-\n  one\n  two",
    ),
    "a text in place of a block text at the end": (
        "a: |-\n  one\n  two\n\nb: 1\n",
        Put(("a",), "three"),
        "a: three\n\nb: 1\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_an_edit_gives_exactly_this_text(name: str) -> None:
    """To the byte."""
    text, edit, after = CASES[name]
    assert edit_text(text, (edit,)) == after


def test_a_key_that_is_used_twice_names_the_first_line() -> None:
    """Which is not always the line above."""
    (problem,) = parse("x: 1\na: 1\nb: 2\nc: 3\na: 4\n", "f.yaml").problems
    assert (problem.line, problem.column) == (5, 1)
    assert problem.hint == "Delete this line, or line 2."


def test_a_tab_is_named_with_its_line_and_column() -> None:
    """Wherever it is in the indentation."""
    (problem,) = parse("a:\n  b: 1\n  \tc: 2\n", "f.yaml").problems
    assert (problem.line, problem.column) == (3, 3)
