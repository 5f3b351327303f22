"""A second report by the same author in the same period, and reports that are dated in the future."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import Run
from terminal import CTRL_C, Terminal

from csg.model.workplan import Progress
from csg.workspace import open_workspace

REPORT = ("--status", "off-track", "--summary", "Another text.", "--date", "2021-12-10")
FIRST = ("--status", "on-track", "--summary", "First text.", "--date", "2021-12-10")
at_a_terminal = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal")


def reports(root: Path, name: str) -> tuple[Progress, ...]:
    """Return the reports on an activity."""
    return open_workspace(str(root)).plan.find(name).progress


@pytest.fixture
def reported(csg: Run, root: Path) -> Path:
    """A workspace with a report by a network, and with one by a section that has a contact."""
    assert csg("progress", "add", "2.4", "--period", "mid", "--by", "INWUD", *FIRST).returncode == 0
    assert csg("progress", "add", "2.7", "--period", "mid", "--by", "HAS (Zhannat)", *FIRST).returncode == 0
    return root


def test_a_date_of_its_own_makes_a_follow_up(csg: Run, reported: Path) -> None:
    """Without a terminal, a report with another date is added; the same command again is refused."""
    words = ("progress", "add", "2.4", "--period", "mid", "--by", "INWUD", *REPORT[:-1], "2021-12-20")
    assert csg(*words).returncode == 0
    assert csg(*words[:-1], "2021-12-01").returncode == 0
    assert csg(*words).returncode == 1
    assert csg(*words[:-2]).returncode == 1
    assert len(reports(reported, "2.4")) == 3


@pytest.mark.parametrize(
    ("name", "by", "author", "quoted"),
    [
        ("2.4", "INWUD", "INWUD", "INWUD"),
        ("2.4", "inwud", "INWUD", "INWUD"),
        ("2.7", "HAS", "HAS (Zhannat)", "'HAS (Zhannat)'"),
        ("2.7", "has (Anna)", "HAS (Zhannat)", "'HAS (Zhannat)'"),
    ],
)
@pytest.mark.parametrize("period", ["mid", "Mid-year"])
def test_it_needs_another_without_a_terminal(
    csg: Run, reported: Path, name: str, by: str, author: str, quoted: str, period: str
) -> None:
    """The message names the report, and the two ways to go on; nothing is written."""
    words = ("progress", "add", name, "--period", period, "--by", by, *REPORT)
    for dry_run in ((), ("--dry-run",)):
        done = csg(*words, *dry_run)
        assert (done.returncode, done.stdout, done.stderr) == (
            1,
            "",
            f"CSG317 {author} has reported on {name} in Mid-year already (2021-12-10, on-track). "
            f"Change that report with csg progress edit {name} --period mid --by {quoted}, "
            "or add a second one with --another.\n",
        )
    assert len(reports(reported, name)) == 1
    assert csg(*words, "--another").returncode == 0
    assert len(reports(reported, name)) == 2


@pytest.mark.parametrize("words", [("--period", "end", "--by", "INWUD"), ("--period", "mid", "--by", "WHRIN")])
def test_another_author_or_period_needs_nothing(csg: Run, reported: Path, words: tuple[str, ...]) -> None:
    """It is no second report."""
    assert csg("progress", "add", "2.4", *words, *REPORT).returncode == 0
    assert len(reports(reported, "2.4")) == 2


def test_the_command_that_the_message_names_changes_the_report(csg: Run, reported: Path) -> None:
    """With the plan, if one was chosen."""
    words = ("progress", "add", "2.4", "--period", "mid", "--by", "INWUD", *REPORT, "--plan", "2021-22")
    command = "csg progress edit 2.4 --period mid --by INWUD --plan 2021-22"
    assert f"with {command}, or" in csg(*words).stderr
    assert csg(*command.split()[1:], "--status", "at-risk").returncode == 0
    assert reports(reported, "2.4")[0].status == "at-risk"


@at_a_terminal
@pytest.mark.parametrize(("answer", "exit_status", "number"), [("y", 0, 2), ("n", 1, 1), ("", 1, 1), (CTRL_C, 1, 1)])
def test_it_asks_at_a_terminal(reported: Path, answer: str, exit_status: int, number: int) -> None:
    """Before the text is typed; Enter is a no."""
    with Terminal(reported, "progress", "add", "2.4", "--period", "mid", "--status", "off-track") as terminal:
        terminal.answer("Reported by", "inwud")
        terminal.expect("INWUD has reported on 2.4 in Mid-year already (2021-12-10, on-track).")
        terminal.answer("Add a second report? [y/N]", answer)
        if answer == "y":
            terminal.answer("What was done (summary):", "More.")
            terminal.answer("The decision or help that is needed")
            terminal.answer("Next steps")
            terminal.answer("Web links")
        assert terminal.end() == exit_status, terminal.screen
    assert len(reports(reported, "2.4")) == number


@at_a_terminal
def test_nobody_is_asked_with_another(reported: Path) -> None:
    """The option answers the question."""
    words = ("progress", "add", "2.4", "--period", "mid", "--by", "INWUD", *REPORT, "--another")
    with Terminal(reported, *words) as terminal:
        assert terminal.end() == 0, terminal.screen
        assert "second report" not in terminal.screen
    assert len(reports(reported, "2.4")) == 2


@pytest.mark.parametrize(("days", "warned"), [(-1, False), (0, False), (1, False), (2, True), (40, True)])
def test_a_report_in_the_future_is_a_warning(csg: Run, root: Path, days: int, warned: bool) -> None:
    """Tomorrow is allowed, for it is that day in the east already."""
    day = date.today() + timedelta(days=days)
    words = ("--period", "mid", "--by", "INWUD", "--status", "on-track", "--summary", "x", "--date", day.isoformat())
    added = csg("progress", "add", "2.4", *words)
    assert added.returncode == 0
    message = f"CSG219 warning: the report by INWUD on activity 2.4 is dated {day}, in the future. Correct the date.\n"
    assert (message in added.stderr) is warned
    checked = csg("check")
    assert (checked.returncode, message in checked.stdout + checked.stderr) == (0, warned)
    assert csg("check", "--strict").returncode == int(warned)
    assert len(reports(root, "2.4")) == 1
