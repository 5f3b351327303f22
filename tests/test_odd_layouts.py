"""Edits of layouts that people write by hand: the data is exact, and comments, line ends and other lines stay."""

import re
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from odd_layouts import Layout, random_edit

from csg.editing.change import change, unified
from csg.problem import Refused
from csg.source.data_edits import Edit, Insert, Move, Put, Remove, edit_data
from csg.source.edit import edit_text
from csg.source.parse import parse
from csg.workspace import Workspace


def data_of(text: str) -> Any:
    document = parse(text, "x")
    assert not document.problems, document.problems
    return document.data


@settings(max_examples=300)
@given(seed=st.integers(0, 2**32))
@example(seed=103306)  # the last element of a list goes, and a comment below it is further right than its dash
def test_any_edit_of_any_layout(seed: int) -> None:
    """The new text holds the intended data; comments, line ends and what is not edited stay."""
    random = Random(seed)  # noqa: S311
    text = Layout(random).text()
    document = parse(text, "x")
    assert not document.problems
    if any("# n" in value for value, _ in document.texts()):
        return  # a comment so far right that it is part of a text
    edit = random_edit(random, document.data)
    after = edit_text(text, (edit,), document.data)
    assert data_of(after) == edit_data(document.data, (edit,))
    before, now = (Counter(re.findall(r"# n\d+", each)) for each in (text, after))
    assert not now - before
    removes_a_record = isinstance(edit, Remove) and len(edit.path) in (2, 4) and edit.path[-2] != "cso_lead"
    assert removes_a_record or not before - now
    ends = {line.endswith("\r") for line in text.split("\n")[:-1]}
    assert len(ends) > 1 or {line.endswith("\r") for line in after.split("\n")[:-1]} <= ends
    if isinstance(edit, (Put, Insert)):
        _is_unchanged_before_and_after(text, after, edit.path)


def _is_unchanged_before_and_after(text: str, after: str, path: Any) -> None:
    """Require the lines of the other activities to be as they were."""
    if len(path) < 2:
        return
    activities = data_of(text)["activities"]
    lines, new_lines = text.split("\n"), after.split("\n")
    first = activities.marks[path[1]].line
    assert lines[:first] == new_lines[:first]
    if path[1] + 1 < len(activities):
        rest = lines[activities.marks[path[1] + 1].line :]
        assert new_lines[-len(rest) :] == rest


LONG_TEXT = "word " * 30
LAYOUTS: dict[str, tuple[str, Edit, str]] = {
    "a block text that ends a file without a line end": (
        "a:\n  - b: >\n      F",
        Insert(("a",), 1, {"b": "z"}),
        "a:\n  - b: >-\n      F\n  - b: z\n",
    ),
    "comments below the only element of a list": (
        "a:\n  - b:\n    - F  # one\n      # below\n    c: 1\n",
        Remove(("a", 0, "b", 0)),
        "a:\n  - b: []\n    # one\n      # below\n    c: 1\n",
    ),
    "a commented-out record below the only record": (
        "a:\n  - b:\n      - c: 1\n        d: 2\n        # - c: 3\n        #   d: 4\n    e: 1\n",
        Remove(("a", 0, "b", 0)),
        "a:\n  - b: []\n        # - c: 3\n        #   d: 4\n    e: 1\n",
    ),
    "a text that keeps blank lines and has a comment": (
        "a: |+      # keeps\n  x\n\nb: y\n",
        Put(("c",), "z", ("a", "c", "b")),
        "a: |+      # keeps\n  x\n\nc: z\nb: y\n",
    ),
    "the comment of a block text that goes": (
        "a: |  # of x\n  x\n\nb: y\n",
        Put(("a",), "z"),
        "a: z  # of x\n\nb: y\n",
    ),
    "brackets in the column of their key": (
        "a:\n  b: [\n  x\n  ]\nc: y\n",
        Put(("a", "d"), "z", ("b", "d")),
        "a:\n  b: [\n  x\n  ]\n  d: z\nc: y\n",
    ),
    "quoted text in the column of its key": (
        "a:\n  b: 'x\n  # y'\nc: z\n",
        Put(("a", "d"), "w", ("b", "d")),
        "a:\n  b: 'x\n  # y'\n  d: w\nc: z\n",
    ),
    "explicit keys": (
        "? a\n: x\n? c\n: - y\n  - z\n",
        Put(("b",), "w", ("a", "b", "c")),
        "? a\n: x\nb: w\n? c\n: - y\n  - z\n",
    ),
    "the first element of a list after an explicit key": (
        "? a\n: - x\n  - y\n",
        Insert(("a",), 0, "w"),
        "? a\n: - w\n  - x\n  - y\n",
    ),
    "one line with a carriage return": (
        "a: x\r\nb: y\nc: z\n",
        Put(("d",), "w", ("a", "d", "b")),
        "a: x\r\nd: w\nb: y\nc: z\n",
    ),
    "the blank line after a block text": ("a: >-\n  x\n  y\n\nb: z\n", Put(("a",), "w"), "a: w\n\nb: z\n"),
    "a comment between a key and its value": ("a:\n  # why\n  x\nb: y\n", Put(("a",), "z"), "a:\n  # why\n  z\nb: y\n"),
    "a comment in a list over several lines": (
        "a: [\n  x,  # one\n  y   # two\n]\n",
        Remove(("a", 1)),
        "a: [\n  x,  # one\n  # two\n]\n",
    ),
    "a comment at a list item": ("a:\n  - x  # one\n  - y  # two\n", Remove(("a", 0)), "a:\n  # one\n  - y  # two\n"),
    "a record that is commented out, above and below": (
        "a:\n  # - b: old\n  #   c: d\n  # of x\n  - b: x\n    c: y\n    # - b: older\n    #   c: d\n  - b: z\n",
        Remove(("a", 0)),
        "a:\n  # - b: old\n  #   c: d\n  # - b: older\n  #   c: d\n  - b: z\n",
    ),
    "a record that is commented out, beside the only one": (
        "a: x\nb:\n  # - c: old\n  - c: y  # goes\n",
        Remove(("b",)),
        "a: x\n# - c: old\n",
    ),
    "wide dashes": (
        "a:\n-   b: x\n    c: y\n",
        Insert(("a",), 1, {"b": "z", "c": "w"}),
        "a:\n-   b: x\n    c: y\n-   b: z\n    c: w\n",
    ),
    "wide dashes in a new list": (
        "a:\n-   b: x\n",
        Insert(("a", 0, "c"), 0, {"d": "z"}, ("b", "c")),
        "a:\n-   b: x\n    c:\n    -   d: z\n",
    ),
    "a move in brackets takes the comment with it": (
        "a: [\n  {b: x},  # one\n  {b: y}\n]\n",
        Move(("a", 0), 1),
        "a: [\n  {b: y},\n  {b: x}  # one\n]\n",
    ),
    "JSON": (
        '{"a": [\n  {"b": "x"}\n]}\n',
        Insert(("a",), 1, {"b": "2021-12-10"}),
        '{"a": [\n  {"b": "x"},\n  {"b": "2021-12-10"}\n]}\n',
    ),
    "a comment so far right that a block text would take it in": (
        "a: x\n      # note\nb: y\n",
        Put(("a",), "one\ntwo"),
        'a: "one\\ntwo"\n      # note\nb: y\n',
    ),
    "blanks so far right that a block text would take them in": (
        "a:\n  - b: |\n      x\n  - b: y\n        \n",
        Remove(("a", 1)),
        "a:\n  - b: |\n      x\n",
    ),
    "a comment with a dash in the column of the dashes": (
        "a:\n  -\n# - note\n    b: x\n  - b: y\n",
        Insert(("a",), 0, {"b": "z"}),
        "a:\n  - b: z\n  -\n# - note\n    b: x\n  - b: y\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts(name: str) -> None:
    """The edited text is as a person would have written it, to the byte."""
    text, edit, wanted = LAYOUTS[name]
    after = edit_text(text, (edit,))
    assert after == wanted
    assert data_of(after) == edit_data(data_of(text), (edit,))


def test_text_folds_as_wide_as_the_text_around_it() -> None:
    """A narrow file stays narrow."""
    text = "a: >-\n  " + "word " * 12 + "\n  words\nb: x\n"
    after = edit_text(text, (Put(("b",), LONG_TEXT.strip()),))
    assert max(map(len, after.split("\n")[3:])) <= 62


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("a\nb\r\n", "a\r\nb\r\n", "-a\n+a\r\n b\r\n"),
        ("a\u2028b\n", "a\u2028c\n", "-a\u2028b\n+a\u2028c\n"),
        ("a\nb", "a\nb\n", " a\n-b\n\\ No newline at end of file\n+b\n"),
    ],
)
def test_a_diff_shows_line_ends(before: str, after: str, wanted: str) -> None:
    """A diff shows a changed line end, and only a line feed ends a line."""
    assert unified("x", before, after).partition("@@\n")[2] == wanted


@pytest.mark.parametrize(
    "text", ["One  two  \r\n \r\nthree\u00a0 \n", " One\t\n\n  - a\u2028b ", "x" * 60 + "  \n" + "y " * 60]
)
def test_text_that_csg_writes_has_no_warning(csg: Any, text: str) -> None:
    """What a person pastes is written without the blanks and line ends that `csg check` warns about."""
    arguments = ("1.1", "--period", "mid", "--by", "HRI", "--status", "on-track", "--date", "2021-12-10")
    done = csg("progress", "add", *arguments, "--summary", "-", stdin=text)
    assert done.returncode == 0, done.stderr
    assert "CSG22" not in done.stderr
    assert "CSG22" not in csg("check").stdout


@pytest.mark.parametrize("broken", [lambda text, *_: text, lambda text, *_: {}[text]])
def test_a_layout_that_csg_cannot_edit_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch, broken: Any) -> None:
    """If the new text would not hold the intended data, the message names the lines, and nothing is written."""
    file = "data/workplan-2021-22.yaml"
    before = (root / file).read_bytes()
    monkeypatch.setattr("csg.editing.change.edit_text", broken)
    with pytest.raises(Refused) as refused:
        change(Workspace(root), lambda _: file, lambda _: [Put(("objectives", 0, "title"), "New")])
    (problem,) = refused.value.problems
    line = before.decode().split("\n")[problem.line - 1]
    assert (problem.code, problem.file, "title:" in line) == ("CSG412", file, True)
    assert (root / file).read_bytes() == before
