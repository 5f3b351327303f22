"""Commands that ask or explain where something is missing: the activity of a report, a date, a revision, an undo."""

import os
import shutil
from pathlib import Path

import pytest
from conftest import Run
from terminal import CTRL_C, Terminal
from test_history import git

from csg.workspace import open_workspace

PLAN = "data/workplan-2021-22.yaml"
at_a_terminal = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal")
REPORT = ("--period", "mid", "--by", "INWUD", "--status", "on-track", "--date", "2021-12-10")


@at_a_terminal
def test_the_activity_of_a_report_is_asked_for(root: Path) -> None:
    with Terminal(root, "progress", "add", *REPORT, "--summary", "Done.") as terminal:
        terminal.answer("Activity: 1.1 to 3.6", "9.9")
        terminal.expect("no activity '9.9'")
        terminal.answer("Activity: 1.1 to 3.6", "2.4")
        assert terminal.end() == 0, terminal.screen
    assert len(open_workspace(str(root)).plan.find("2.4").progress) == 1


@at_a_terminal
def test_the_activity_is_part_of_the_command_for_another_try(root: Path) -> None:
    with Terminal(root, "progress", "add", *REPORT) as terminal:
        terminal.answer("Activity: 1.1 to 3.6", "2.4")
        terminal.expect("What was done (summary):")
        terminal.send("Half", CTRL_C)
        assert terminal.end() == 1
    command = terminal.screen.rpartition("To try again")[2]
    assert "2021-12-10 2.4 --summary - <" in command
    assert "--id" not in command


def test_without_a_terminal_the_activity_must_be_given(csg: Run) -> None:
    done = csg("progress", "add", *REPORT, "--summary", "Done.")
    assert done.returncode == 2
    assert "missing the activity's ID" in done.stderr


@pytest.mark.parametrize("day", ["31.3.2027", "2027-02-30", "tomorrow", "2027-3-1"])
def test_a_date_is_explained_with_an_example(csg: Run, day: str) -> None:
    done = csg("report", "render", "--on", day)
    assert done.returncode == 2
    assert f"'{day}' must be an existing day as in 2021-12-10 (year-month-day)." in " ".join(done.stderr.split())
    assert "%Y" not in done.stderr
    for words in (
        ("progress", "add", "2.4", *REPORT[:-1], day, "--summary", "x"),
        ("workplan", "set", "mid", f"due={day}"),
    ):
        refused = csg(*words)
        assert refused.returncode == 1
        assert "%Y" not in refused.stderr


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_an_unknown_revision_names_commands_that_list_them(csg: Run, root: Path) -> None:
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "The plan")
    assert csg("diff", "mian").stderr == (
        "CSG503 no revision 'mian'. Run `git log --oneline` to see the commits, or `git branch --all` to see the"
        " branches.\n"
    )


def test_undo_says_what_it_takes_back(csg: Run, root: Path) -> None:
    csg("progress", "add", "2.4", *REPORT, "--summary", "Done.")
    dry = csg("undo", "--dry-run")
    assert dry.stderr == "Would undo: 2.4 mid-year report by INWUD added: on-track\n"
    done = csg("undo")
    assert done.stderr == "Undone: 2.4 mid-year report by INWUD added: on-track\n"
    assert done.stdout == dry.stdout
    csg("workplan", "new", "2022-23")
    assert csg("undo").stderr == "Undone: 2022-23 new plan of 19 activities\n"
    csg("member", "set", "INWUD", "id=WOMEN")
    assert csg("undo").stderr == (
        "Undone: WOMEN renamed from INWUD; 2.4 CSO lead INWUD, WHRIN → WOMEN, WHRIN;"
        " 2.5 CSO lead INWUD, WHRIN → WOMEN, WHRIN\n"
    )
    assert "INWUD" in (root / PLAN).read_text("utf-8")


def test_a_new_plan_lists_the_periods_that_owe_reports_in_their_order(csg: Run) -> None:
    lines = csg("workplan", "new", "2022-23").stderr.splitlines()[1:]
    assert [line.split("report", 1)[0].split()[-1] for line in lines] == ["Mid-year", "End-year"]
