"""The lists of ``csg init``: commas, semicolons, blanks and lines; members with and without a full name."""

import os
from pathlib import Path

import pytest
from conftest import Run
from terminal import Terminal, pasted

from csg.workspace import open_workspace

FACTS = ("--group", "A group", "--short", "AG", "--plan", "2023")
at_a_terminal = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal")


@pytest.mark.parametrize("periods", ["q1 q2", "q1,q2", "q1, q2", "q1;q2", "q1\nq2", " q1  q2 "])
def test_periods_are_split(csg: Run, tmp_path: Path, periods: str) -> None:
    assert csg("init", "new", *FACTS, "--periods", periods, cwd=tmp_path).returncode == 0
    new = tmp_path / "new"
    assert [period.id for period in open_workspace(str(new)).plan.periods] == ["q1", "q2"]
    (new / "data/workplan-2023.yaml").unlink()
    assert csg("workplan", "new", "2024", "--periods", periods, cwd=new).returncode == 0
    assert [period.id for period in open_workspace(str(new)).plan.periods] == ["q1", "q2"]


def test_a_period_keeps_the_blank_in_its_id(csg: Run, tmp_path: Path) -> None:
    assert csg("init", "new", *FACTS, "--periods", "Term 1,Term 2", cwd=tmp_path).returncode == 0
    assert [period.id for period in open_workspace(str(tmp_path / "new")).plan.periods] == ["Term 1", "Term 2"]


def test_a_member_with_a_blank_needs_an_equals_sign(csg: Run, tmp_path: Path) -> None:
    refused = csg("init", "new", *FACTS, "--lead", "HAN Harbour", cwd=tmp_path)
    assert (refused.returncode, refused.stderr) == (
        1,
        "CSG123 'HAN Harbour' is not a short name. Write the short name, = and the full name: HAN=Harbour.\n",
    )
    assert not (tmp_path / "new").exists()
    words = ("--lead", "HAN=Harbour Network", "--lead", "Frontline AIDS=Frontline AIDS", "--lead", "HRI")
    assert csg("init", "new", *FACTS, *words, cwd=tmp_path).returncode == 0
    members = open_workspace(str(tmp_path / "new")).directory.members
    assert [(member.id, member.name) for member in members] == [
        ("HAN", "Harbour Network"),
        ("Frontline AIDS", "Frontline AIDS"),
        ("HRI", "HRI"),
    ]


@at_a_terminal
@pytest.mark.parametrize(
    ("objectives", "members"),
    [
        ("Learn; Speak up", "A=Alpha; B"),
        ("Learn, Speak up", "A=Alpha, B"),
        (pasted("Learn\nSpeak up\n"), pasted("A=Alpha\nB")),
    ],
)
def test_a_list_is_separated_by_what_people_type(root: Path, objectives: str, members: str) -> None:
    with Terminal(root.parent, "init", "new") as terminal:
        terminal.answer("Full name of the group", "A group")
        terminal.answer("Short name", "AG")
        terminal.answer("first plan", "2023")
        terminal.answer("[mid,end]", "q1 q2")
        terminal.answer("Partner")
        terminal.answer("Objectives", objectives)
        terminal.answer("Members: short names", members)
        assert terminal.end() == 0, terminal.screen
    place = open_workspace(str(root.parent / "new"))
    assert [objective.title for objective in place.plan.objectives] == ["Learn", "Speak up"]
    assert [(member.id, member.name) for member in place.directory.members] == [("A", "Alpha"), ("B", "B")]
    assert [period.id for period in place.plan.periods] == ["q1", "q2"]
