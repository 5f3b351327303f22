"""Edits of YAML text: the new text holds what it should, and every other line is as it was."""

import copy
from typing import Any

import pytest
from conftest import OWN
from hypothesis import example, given
from hypothesis import strategies as st

from csg.source.data_edits import Edit, Insert, Move, Put, Remove, edit_data
from csg.source.edit import edit_text
from csg.source.emit import emit
from csg.source.parse import parse

PLAN = (OWN / "data" / "workplan-2021-22.yaml").read_text("utf-8")
ORDER = ("id", "title", "unodc_lead", "cso_lead", "comments", "due", "related", "carried_from", "recurring", "progress")
LETTERS = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co"), exclude_characters="\ufeff"
)
TEXT = st.one_of(
    st.text(LETTERS, min_size=1, max_size=30),
    st.lists(
        st.sampled_from(["- a", "x: y", "# no", "'", '"', "", "%", "{a}", "word", "long" * 30, "1.10", "NO"]),
        min_size=1,
    )
    .map(" ".join)
    .filter(bool),
    st.lists(st.text(LETTERS, min_size=1, max_size=20), min_size=2, max_size=3).map("\n".join),
    st.sampled_from(
        [
            "null",
            "~",
            "yes",
            "2021-12-10",
            "1e3",
            "0x1F",
            " lead",
            "trail ",
            "a\n",
            "\na",
            "a\n\n\nb",
            "a \nb",
            "\tx",
            "---",
            "...",
        ]
    ),
)
REPORT = st.fixed_dictionaries(
    {"period": st.sampled_from(["mid", "end"]), "by": TEXT, "status": st.just("on-track"), "summary": TEXT},
    optional={"next_steps": TEXT, "evidence": st.lists(TEXT, min_size=1, max_size=2)},
)


def data_of(text: str) -> Any:
    document = parse(text, "x")
    assert not document.problems, document.problems
    return document.data


@given(st.recursive(TEXT, lambda inner: st.one_of(st.lists(inner), st.dictionaries(TEXT, inner)), max_leaves=12))
@example("a: b\n  c")
@example("x\n")
@example({"a": "b", "\u00a0c": "d"})
def test_what_is_emitted_reads_back(value: Any) -> None:
    """Any text, list and mapping comes back from YAML as it was, in blocks and on one line."""
    for one_line in (False, True):
        assert data_of(emit({"key": value}, one_line=one_line)) == {"key": value}


def only_lines_changed(before: str, after: str, *, added: bool = True) -> None:
    """Every line of the one text stands in the other, in order: the rest was only added."""
    few, many = (before, after) if added else (after, before)
    rest = iter(many.splitlines())
    assert all(line in rest for line in few.splitlines())


@given(objective=st.integers(0, 2), activity=st.integers(0, 5), report=REPORT, crlf=st.booleans(), bom=st.booleans())
def test_a_report_is_only_added(objective: int, activity: int, report: dict[str, Any], crlf: bool, bom: bool) -> None:
    """A report adds lines and touches none, whatever its text, the file's line ends and its byte order mark."""
    text = ("\ufeff" if bom else "") + (PLAN.replace("\n", "\r\n") if crlf else PLAN)
    edits = (Insert(("objectives", objective, "activities", activity, "progress"), 0, report, ORDER),)
    after = edit_text(text, edits)
    assert data_of(after) == edit_data(data_of(text), edits)
    only_lines_changed(text, after)
    assert after.startswith("\ufeff") == bom
    assert after.count("\r\n") == (after.count("\n") if crlf else 0)


@given(report=REPORT, place=st.integers(0, 2), more=st.lists(REPORT, min_size=2, max_size=2), last=st.booleans())
def test_reports_are_inserted_between_others(
    report: dict[str, Any], place: int, more: list[dict[str, Any]], last: bool
) -> None:
    """So does one among others, at the end of the file too."""
    where = ("objectives", 2, "activities", 5) if last else ("objectives", 0, "activities", 0)
    text = edit_text(PLAN, tuple(Insert((*where, "progress"), 0, each, ORDER) for each in more))
    edits = (Insert((*where, "progress"), place, report, ORDER),)
    after = edit_text(text, edits)
    assert data_of(after) == edit_data(data_of(text), edits)
    only_lines_changed(text, after)
    removed = edit_text(after, (Remove((*where, "progress", place)),))
    assert removed == text


@given(
    objective=st.integers(0, 2),
    activity=st.integers(0, 5),
    field=st.sampled_from(["title", "comments", "due", "carried_from"]),
    value=TEXT,
)
def test_a_field_is_set(objective: int, activity: int, field: str, value: str) -> None:
    """A field that is set changes its own lines: what stands before and behind it is as it was."""
    path = ("objectives", objective, "activities", activity, field)
    edits = (Put(path, value, ORDER),)
    after = edit_text(PLAN, edits)
    assert data_of(after) == edit_data(data_of(PLAN), edits)
    old, new = PLAN.splitlines(), after.splitlines()
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
    end = next((n for n, (a, b) in enumerate(zip(old[::-1], new[::-1], strict=False)) if a != b), len(old))
    assert all(not line.lstrip().startswith(("- id", "#")) for line in old[start : len(old) - end])


@given(names=st.lists(st.sampled_from(["HRI", "ALL", "A B", "é", "no", "1.1", "#x", "a:b"]), unique=True, max_size=5))
def test_a_list_stays_on_its_line(names: list[str]) -> None:
    """A list of leads is written as the others are: on one line, in brackets."""
    edits = (Put(("objectives", 1, "activities", 3, "cso_lead"), names, ORDER),)
    after = edit_text(PLAN, edits)
    assert data_of(after) == edit_data(data_of(PLAN), edits)
    assert after.count("\n") == PLAN.count("\n")


@pytest.mark.parametrize("activity", range(6))
def test_an_activity_removed_takes_its_blank_line(activity: int) -> None:
    """One blank line between activities stays one."""
    edits = (Remove(("objectives", 0, "activities", activity)),)
    after = edit_text(PLAN, edits)
    assert data_of(after) == edit_data(data_of(PLAN), edits)
    only_lines_changed(PLAN, after, added=False)
    assert "\n\n\n" not in after


def test_an_activity_added_stands_apart_as_the_others_do() -> None:
    """A blank line stands before it, and its long text is folded as wide as the file's."""
    words = "word " * 40
    value = {"id": "1.7", "title": "T", "unodc_lead": [], "cso_lead": ["HRI"], "comments": words.strip()}
    after = edit_text(PLAN, (Insert(("objectives", 0, "activities"), 6, value),))
    added = after[after.index('\n\n      - id: "1.7"') : after.index('\n\n  - id: "2"')]
    assert "comments: >-" in added
    assert max(map(len, added.splitlines())) <= max(map(len, PLAN.splitlines()[9:]))


@pytest.mark.parametrize("text", ["a: [x]\nb: y", "a: [x]\nb: y\n", "# top\na:\n  - x  # one\n\n  # two\nb: y # end"])
@pytest.mark.parametrize("edit", [Put(("b",), "z"), Put(("c",), "z", ("a", "b", "c")), Insert(("a",), 1, "z")])
def test_a_file_without_a_final_newline(text: str, edit: Put | Insert) -> None:
    """Whatever ends the file, the edit holds and comments stay."""
    after = edit_text(text, (edit,))
    assert data_of(after) == edit_data(data_of(text), (edit,))
    assert [line for line in text.split("\n") if line.startswith("#")] == [
        line for line in after.split("\n") if line.startswith("#")
    ]


def test_edited_data_leaves_the_old_as_it_was() -> None:
    """What an edit should give is told without changing what there is."""
    data = {"a": [{"b": "c"}]}
    before = copy.deepcopy(data)
    assert edit_data(data, (Put(("a", 0, "b"), "d"), Insert(("a",), 0, "x"), Remove(("a", 1)))) == {"a": ["x"]}
    assert data == before


LAYOUTS: dict[str, tuple[str, Edit, str]] = {
    "comments in a list": (
        "a:\n  - x   # one\n  - y   # two\n",
        Insert(("a",), 2, "z"),
        "a:\n  - x   # one\n  - y   # two\n  - z\n",
    ),
    "a comment stays with what it is about": (
        "a:\n  - b: 1\n\n  # of two\n  - b: 2\n",
        Insert(("a",), 1, {"b": "3"}),
        'a:\n  - b: 1\n\n  - b: "3"\n\n  # of two\n  - b: 2\n',
    ),
    "blank lines between what is alike": (
        "a:\n  - b: x\n    c: y\n\n  - b: x\n    c: z\n",
        Insert(("a",), 0, {"b": "x", "c": "w"}),
        "a:\n  - b: x\n    c: w\n\n  - b: x\n    c: y\n\n  - b: x\n    c: z\n",
    ),
    "a comment at the edge is not moved": (
        "a:\n  - b: x\n#  - b: z\n  - b: y\n",
        Remove(("a", 0)),
        "a:\n#  - b: z\n  - b: y\n",
    ),
    "text that keeps its blank lines": (
        "a:\n  b: |+\n    x\n\n  c: y\n",
        Put(("a", "d"), "z", ("b", "d", "c")),
        "a:\n  b: |+\n    x\n\n  d: z\n  c: y\n",
    ),
    "dashes in the column of their key": ("a:\n- x\n- y\nb: z\n", Insert(("a",), 2, "w"), "a:\n- x\n- y\n- w\nb: z\n"),
    "a bracket in the column of its key": ("a: [\n  x\n]\nb: y\n", Remove(("a",)), "b: y\n"),
    "a document's start below a comment": (
        "# top\n---\na: x\nb: y\n",
        Put(("a",), "z"),
        "# top\n---\na: z\nb: y\n",
    ),
    "a document's end": ("a: x\n...\n# after\n", Put(("a",), "z"), "a: z\n...\n# after\n"),
    "a move with comments": (
        "a:\n  # one\n  - b: x  # is x\n    c: [p]\n\n  - b: y\n",
        Move(("a", 0), 1),
        "a:\n  - b: y\n\n  # one\n  - b: x  # is x\n    c: [p]\n",
    ),
    "in brackets": ("a: [x, y]  # both\n", Insert(("a",), 2, "z"), "a: [x, y, z]  # both\n"),
    "the last of a list in brackets": ("a: [x]  # one\n", Remove(("a", 0)), "a: []  # one\n"),
    "four blanks": (
        "a:\n    - b: x\n      c: y\n",
        Insert(("a",), 1, {"b": "z"}),
        "a:\n    - b: x\n      c: y\n    - b: z\n",
    ),
    "a comment stays when a field goes": (
        "a: x\n# of b\nb: y  # too\nc: z\n",
        Remove(("b",)),
        "a: x\n# of b\n# too\nc: z\n",
    ),
    "a deeper comment stays with what is above it": (
        "a:\n  - b: x\n    # of x\n  - b: y\n",
        Insert(("a",), 1, {"b": "z"}),
        "a:\n  - b: x\n    # of x\n  - b: z\n  - b: y\n",
    ),
    "a line of text is no comment": (
        "a:\n  - b: |\n      x\n      #y\n  - b: z\n",
        Move(("a", 1), 0),
        "a:\n  - b: z\n  - b: |\n      x\n      #y\n",
    ),
    "no blank line behind a text that would keep it": (
        "a:\n  - b: x\n\n  - b: |+\n      y\n",
        Insert(("a",), 2, {"b": "z"}),
        "a:\n  - b: x\n\n  - b: |+\n      y\n  - b: z\n",
    ),
    "a blank line that is a text's own": (
        "a:\n  - b: |+\n      x\n\n  - b: y\n",
        Remove(("a", 1)),
        "a:\n  - b: |+\n      x\n\n",
    ),
    "a text that ends with the file": (
        "a: x\nb: >\n  Some text.",
        Put(("c",), "z", ("a", "b", "c")),
        "a: x\nb: >-\n  Some text.\nc: z\n",
    ),
    "an edit above a text that ends with the file": (
        "a: x\nb: >\n  Some text.",
        Put(("a",), "z"),
        "a: z\nb: >\n  Some text.",
    ),
    "no newline at the end": ("a:\n  - x", Insert(("a",), 1, "y"), "a:\n  - x\n  - y\n"),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts_people_write(name: str) -> None:
    """The edited text is as a person would have written it, to the byte."""
    text, edit, wanted = LAYOUTS[name]
    made = edit_text(text, (edit,))
    assert made == wanted
    assert data_of(made) == edit_data(data_of(text), (edit,))


SMALL = """\
workplan: 2021-22
objectives:
  - id: "1"
    title: One
    activities:
      - id: "1.1"
        title: A
        cso_lead: [X, Y]
        progress:
          - period: mid
            date: 2021-12-10
            summary: S
          - period: end
            date: 2022-05-10
            summary: T
      - id: "1.2"
        title: B
        cso_lead:
          - X
          - Y
        comments: C
  - id: "2"
    title: Two
    activities:
      - id: "2.1"
        title: D
        cso_lead: []
"""
ACTIVITY = ("objectives", 0, "activities")
EDITS = st.sampled_from(
    [
        Insert((*ACTIVITY, 0, "progress"), 0, {"period": "new", "summary": "N"}),
        Insert((*ACTIVITY, 0, "progress"), 1, {"period": "new", "summary": "N"}),
        Insert((*ACTIVITY, 0, "progress"), 2, {"period": "new", "summary": "N"}),
        Insert((*ACTIVITY, 1, "progress"), 0, {"period": "new", "summary": "N"}, ORDER),
        Insert(ACTIVITY, 2, {"id": "1.3", "title": "new"}),
        Insert(ACTIVITY, 0, {"id": "1.3", "title": "new"}),
        Insert((*ACTIVITY, 1, "cso_lead"), 2, "Z"),
        Insert((*ACTIVITY, 0, "cso_lead"), 2, "Z"),
        Insert(("objectives", 1, "activities", 0, "cso_lead"), 0, "Z"),
        Put((*ACTIVITY, 0, "title"), "new", ORDER),
        Put((*ACTIVITY, 1, "due"), "2022-01-01", ORDER),
        Put(("objectives", 1, "activities", 0, "due"), "2022-01-01", ORDER),
        Move((*ACTIVITY, 0, "progress", 0), 1),
        Move((*ACTIVITY, 0, "progress", 1), 0),
    ]
)
REMOVALS = st.sampled_from(
    [
        Remove((*ACTIVITY, 0)),
        Remove((*ACTIVITY, 1)),
        Remove((*ACTIVITY, 0, "progress", 0)),
        Remove((*ACTIVITY, 0, "progress", 1)),
        Remove((*ACTIVITY, 1, "comments")),
        Remove((*ACTIVITY, 1, "cso_lead", 0)),
        Remove(("objectives", 0)),
    ]
)
BETWEEN = st.dictionaries(
    st.integers(0, SMALL.count("\n")),
    st.lists(
        st.one_of(st.just(""), st.integers(0, 14).map(lambda depth: " " * depth + "# note")), min_size=1, max_size=2
    ),
    max_size=5,
)


def scattered(between: dict[int, list[str]], final: bool) -> str:
    """The small plan with comments and blank lines between its lines, each comment with a number of its own."""
    lines: list[str] = []
    for index, line in enumerate([*SMALL.splitlines(), None]):
        lines += [f"{extra} {index}.{number}" if extra else "" for number, extra in enumerate(between.get(index, ()))]
        lines += [] if line is None else [line]
    return "\n".join(lines) + ("\n" if final else "")


@given(between=BETWEEN, edit=st.one_of(EDITS, REMOVALS), final=st.booleans())
def test_comments_and_blank_lines_anywhere(between: dict[int, list[str]], edit: Any, final: bool) -> None:
    """Wherever they stand, an edit holds what it should, and loses no comment but those of what is removed."""
    text = scattered(between, final)
    after = edit_text(text, (edit,))
    assert data_of(after) == edit_data(data_of(text), (edit,))
    before, now = ([line.strip() for line in each.splitlines() if "#" in line] for each in (text, after))
    assert len(set(now)) == len(now)
    assert set(now) <= set(before)
    if not isinstance(edit, Remove):
        assert set(now) == set(before)
