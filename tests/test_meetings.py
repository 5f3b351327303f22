"""Meetings of a plan: the data format and its checks."""

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
