"""Edits of files without a last line break, of comments in brackets, of quotes, and of many places at once."""

from unittest.mock import Mock

import pytest

from csg.source.data_edits import Edit, Move, Put, Remove, edit_data
from csg.source.edit import edit_text
from csg.source.parse import parse

ENDS = pytest.mark.parametrize("end", ["\n", "\r\n"])
LONG = "A long comment that does not fit on a line of its own. " * 4


def edited(text: str, *edits: Edit) -> str:
    """Return the text with the edits made; it must hold just the data that they give."""
    document = parse(text, "")
    new = edit_text(text, edits, document.data)
    assert parse(new, "").data == edit_data(document.data, edits)
    assert not parse(new, "").problems
    return new


@ENDS
@pytest.mark.parametrize("edit", [Remove(("b", 0)), Put(("b", 0, "c"), LONG.strip()), Remove(("b",))])
@pytest.mark.parametrize("value", ["F", ">-\n      A\n      B", "|-\n      A\n      B", '"F"', "[A]"])
def test_a_file_without_a_last_line_break_gets_no_half_of_one(end: str, edit: Edit, value: str) -> None:
    """Its last entry is removed, or gets a long text."""
    new = edited(f"a: 1\nb:\n  - id: x\n    c: {value}".replace("\n", end), edit)
    assert not new.endswith("\r")
    assert new.count("\r\n") == new.count("\r") == (new.count("\n") if end == "\r\n" else 0)


@ENDS
def test_a_comment_that_moves_before_the_bracket_does_not_take_it_in(end: str) -> None:
    """The bracket goes to a line of its own."""
    text = "p: [{i: 1, d: x},   # first\n  {i: 2, d: y}]   # second\n".replace("\n", end)
    wanted = "p: [{i: 2, d: y},\n  {i: 1, d: z}   # first\n  ]   # second\n".replace("\n", end)
    assert edited(text, Put(("p", 0, "d"), "z"), Move(("p", 0), 1)) == wanted


@pytest.mark.parametrize(
    ("text", "value", "wanted"),
    [
        ('a: "One" # note\n', "Short", 'a: "Short" # note\n'),
        ("a: 'One' # note\n", "It's", "a: 'It''s' # note\n"),
        ('a: "One"\n', "a: b", 'a: "a: b"\n'),
        ("a: One # note\n", "Short", "a: Short # note\n"),
        ('- "One" # note\n', "Short", '- "Short" # note\n'),
    ],
)
def test_a_text_in_quotes_stays_in_quotes(text: str, value: str, wanted: str) -> None:
    """A comment after it then cannot be taken for a part of it."""
    head = "x:\n" if text.startswith("-") else ""
    path = ("x", 0) if head else ("a",)
    assert edited(head + text, Put(path, value)) == head + wanted
    assert edited(f"z: n\n{head}{text}", Put(path, value), Put(("z",), "m")) == f"z: m\n{head}{wanted}"


def test_many_short_texts_change_at_once() -> None:
    """In brackets, in blocks and with comments; each as it is written."""
    text = 'b: [A, B (x), \'C\', "D"] # A\nc: {"x": "A"}\nd:\n  - A # one\n  # A\n  -   A\n'
    paths = (("b", 0), ("b", 3), ("c", "x"), ("d", 0), ("d", 1))
    wanted = 'b: [Q, B (x), \'C\', "Q"] # A\nc: {"x": "Q"}\nd:\n  - Q # one\n  # A\n  -   Q\n'
    assert edited(text, *(Put(path, "Q") for path in paths)) == wanted


def test_a_rename_parses_a_file_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many places name the member."""
    text = "a:\n" + "".join("  - {by: HRI, leads: [HRI, X]}\n" for _ in range(50))
    document = parse(text, "")
    edits = tuple(Put(("a", number, *path), "HRX") for number in range(50) for path in (("by",), ("leads", 0)))
    calls = Mock(wraps=parse)
    monkeypatch.setattr("csg.source.edit.parse", calls)
    assert edit_text(text, edits, document.data) == text.replace("HRI", "HRX")
    calls.assert_not_called()


def test_the_diff_of_a_long_file_is_the_same_as_that_of_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where lines change and none comes or goes, its lines are compared in pairs, which takes far less work."""
    from csg.editing import change

    lines = [f"line {number}\n" for number in range(60)]
    changed = [
        line.replace("line", "LINE") if number in (0, 9, 13, 14, 30, 59) else line for number, line in enumerate(lines)
    ]
    before, after = "".join(lines), "".join(changed)
    wanted = change.unified("data/members.yaml", before, after)
    monkeypatch.setattr(change, "MOST_COMPARED", 0)
    assert change.unified("data/members.yaml", before, after) == wanted


@ENDS
@pytest.mark.parametrize(
    ("text", "path", "wanted"),
    [
        (
            "a: [{i: 1}   # one\n  , {i: 2}   # two\n  , {i: 3}\n  ]\n",
            ("a", 1),
            "a: [{i: 1}   # one\n  , {i: 3}\n  ]\n",
        ),
        ("a: [{i: 1}\n  , {i: 2}\n  ]\n", ("a", 1), "a: [{i: 1}\n  ]\n"),
        ("a: [ x\n  , y\n  , z ]\n", ("a", 1), "a: [ x\n  , z ]\n"),
        ("a: [ x\n  , y   # y\n  , z ]\n", ("a", 1), "a: [ x\n  , # y\n   z ]\n"),
        ("a: [{i: 1}, # one\n  {i: 2}]\n", ("a", 0), "a: [ # one\n  {i: 2}]\n"),
    ],
)
def test_a_removal_in_brackets_leaves_no_blank_at_the_end_of_a_line(
    text: str, path: tuple[str, int], wanted: str, end: str
) -> None:
    """An element after its comma goes with its line, and a comment still begins after a blank."""
    assert edited(text.replace("\n", end), Remove(path)) == wanted.replace("\n", end)


@pytest.mark.parametrize(("comment", "wanted"), [(" # said", "  # said"), ("   # said", "   # said"), ("", "")])
def test_a_short_text_in_place_of_a_block_is_not_cut_off(comment: str, wanted: str) -> None:
    """A comment after one blank would look like a part of the text (CSG225)."""
    assert edited(f"title: >-{comment}\n  A\n  B\n", Put(("title",), "C")) == f"title: C{wanted}\n"
