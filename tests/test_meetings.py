"""Meetings of a plan: the data format and its checks."""

import json
from pathlib import Path

import pytest
from conftest import Run

PLAN = "data/workplan-2021-22.yaml"


def with_meetings(root: Path, meetings: str) -> None:
    """Give the plan meetings, as YAML on a line."""
    path = root / PLAN
    path.write_text(
        path.read_text("utf-8").replace("objectives:\n", f"meetings: {meetings}\n\nobjectives:\n", 1), "utf-8"
    )


FAULTS = [
    ("[{title: Yearly meeting}]", "CSG121 key date is missing in meeting number 1. Add a line `date: …`."),
    ("[{date: 2022-03-14}]", "CSG121 key title is missing in meeting number 1. Add a line `title: …`."),
    ("[{date: March, title: Yearly meeting}]", "CSG123 date of meeting number 1 must be a date as in 2021-12-10"),
    ("[{date: 2022-03-14, title: Yearly, decisions: Agreed}]", "CSG123 decisions of meeting number 1 must be a list"),
    ("[{date: 2022-03-14, title: A}, {date: 2022-03-14, title: a}]", "CSG228 the meeting 'a' of 2022-03-14 is listed"),
    (
        "[{date: 2022-03-14, title: A, decisions: ['Write to a@example.org']}]",
        "CSG220 an e-mail address is not allowed",
    ),
]


@pytest.mark.parametrize(("meetings", "sentence"), FAULTS)
def test_each_fault_gives_its_sentence(csg: Run, root: Path, meetings: str, sentence: str) -> None:
    with_meetings(root, meetings)
    lines = [line for line in csg("check").stdout.splitlines() if line.startswith(f"{PLAN}:")]
    assert len(lines) == 1, lines
    assert f": {sentence}" in lines[0]


def test_a_meeting_is_added_changed_listed_and_removed(csg: Run, root: Path) -> None:
    """In the order of dates; a sentence with a comma is one decision. In the end the file is as it was."""
    before = (root / PLAN).read_bytes()
    assert csg("meeting", "add", "2022-03-14", "--title", "Spring", "--decision", "Move it, to May.").returncode == 0
    assert csg("meeting", "add", "2021-12-01", "--title", "Winter").returncode == 0
    assert csg("meeting", "set", "2022-03", "decisions+=Write, too.").returncode == 0
    rows = json.loads(csg("meeting", "list", "--format", "json").stdout)
    assert [(row["date"], row["title"], row["decisions"]) for row in rows] == [
        ("2021-12-01", "Winter", []),
        ("2022-03-14", "Spring", ["Move it, to May.", "Write, too."]),
    ]
    assert csg("check").returncode == 0
    assert csg("meeting", "remove", "2021-12-01", "--yes").returncode == 0
    assert csg("meeting", "remove", "2022-03-14 spring", "--yes").returncode == 0
    assert (root / PLAN).read_bytes() == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("remove", "2022-01-01", "--yes"), "CSG305 no meeting '2022-01-01' in Workplan 2021/22."),
        (
            ("set", "2022", "title=X"),
            "CSG315 meeting '2022' can mean '2022-03-14 A' or '2022-03-14 B'. Write the",
        ),
        (("add", "March", "--title", "X"), "date must be a date as in 2021-12-10"),
        (("add", "2022-03-14", "--title", "a"), "CSG228 the meeting 'a' of 2022-03-14 is listed"),
    ],
)
def test_a_wrong_meeting_is_refused(csg: Run, root: Path, words: tuple[str, ...], sentence: str) -> None:
    """Nothing is written."""
    with_meetings(root, "[{date: 2022-03-14, title: A}, {date: 2022-03-14, title: B}]")
    before = (root / PLAN).read_bytes()
    done = csg("meeting", *words)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert (root / PLAN).read_bytes() == before


def test_a_meeting_whose_date_changes_moves(csg: Run, root: Path) -> None:
    with_meetings(root, "[{date: 2021-12-01, title: A}, {date: 2022-03-14, title: B}]")
    assert csg("meeting", "set", "2021-12-01", "date=2022-06-01").returncode == 0
    rows = json.loads(csg("meeting", "list", "--format", "json").stdout)
    assert [row["title"] for row in rows] == ["B", "A"]


@pytest.mark.parametrize("words", [("meeting", "add", "2022-03-14"), ("indicator", "add", "2.4", "people")])
def test_a_name_that_nobody_can_be_asked_for_is_an_error_of_the_command_line(csg: Run, words: tuple[str, ...]) -> None:
    done = csg(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "missing --" in done.stderr
