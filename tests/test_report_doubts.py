"""Reports that are probably a mistake: by somebody who does not lead the activity, or with a date far from the plan."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import Run
from terminal import CTRL_C, Terminal

from csg.workspace import open_workspace

PLAN = "data/workplan-2021-22.yaml"
REPORT = ("--period", "mid", "--status", "cancelled", "--summary", "Stopped.", "--date", "2021-12-10")
at_a_terminal = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal")


def number_of_reports(root: Path, name: str) -> int:
    """Return the number of reports on an activity."""
    return len(open_workspace(str(root)).plan.find(name).progress)


def test_a_report_by_another_author_is_saved_with_a_warning(csg: Run, root: Path) -> None:
    done = csg("progress", "add", "1.3", "--by", "HRI", *REPORT)
    assert done.returncode == 0
    assert done.stderr.endswith(
        "CSG206 warning: HRI reports on activity 1.3 but does not lead it. Its status counts, but not as the report of"
        " a lead (IDPC, HAS). If the author is wrong, remove the report and add it again.\n"
    )
    assert number_of_reports(root, "1.3") == 1
    assert "IDPC" in csg("progress", "due").stdout
    explained = " ".join(csg("explain", "206").stdout.split())
    assert "The report is saved and its status counts, but each lead still owes a report of its own." in explained


@at_a_terminal
@pytest.mark.parametrize(("answer", "exit_status"), [("y", 0), ("n", 1), ("", 1), (CTRL_C, 1)])
def test_a_terminal_asks_for_another_author(root: Path, answer: str, exit_status: int) -> None:
    with Terminal(root, "progress", "add", "1.3", "--by", "HRI", *REPORT) as terminal:
        terminal.expect("HRI does not lead activity 1.3 (lead: IDPC).")
        terminal.answer("Add the report? [y/N]", answer)
        assert terminal.end() == exit_status, terminal.screen
    assert number_of_reports(root, "1.3") == 1 - exit_status


@at_a_terminal
@pytest.mark.parametrize("by", ["IDPC", "HAS", "has (Anna)", "Secretariat"])
def test_nobody_is_asked_who_may_report(root: Path, by: str) -> None:
    with Terminal(root, "progress", "add", "1.3", "--by", by, *REPORT) as terminal:
        assert terminal.end() == 0, terminal.screen
    assert number_of_reports(root, "1.3") == 1


@pytest.mark.parametrize(
    ("day", "plan", "warned"),
    [
        ("2021-12-10", "", False),
        ("2020-01-05", "", False),
        ("2019-12-10", "", True),
        ("2012-12-10", "", True),
        ("2023-12-31", "", False),
        ("2024-12-10", "", True),
        ("2026-12-10", "2026-12-15 2027-06-15", False),
        ("2021-12-10", "2026-12-15 2027-06-15", True),
        ("2025-12-16", "2026-12-15 2027-06-15", False),
    ],
)
def test_a_date_far_from_the_plan_is_a_warning(csg: Run, day: str, plan: str, warned: bool) -> None:
    """The due dates say when the plan is; without them, the years in its name."""
    for period, due in zip(("mid", "end"), plan.split(), strict=False):
        assert csg("workplan", "set", period, f"due={due}").returncode == 0
    done = csg("progress", "add", "2.4", "--by", "INWUD", *REPORT[:-1], day)
    assert done.returncode == 0
    assert (f"CSG229 warning: the report is dated {day}, more than a year from the plan (" in done.stderr) is warned


@pytest.mark.parametrize(("days", "warned"), [(0, False), (360, False), (400, True)])
def test_a_plan_without_years_is_compared_with_today(csg: Run, root: Path, days: int, warned: bool) -> None:
    text = (root / PLAN).read_text("utf-8")
    (root / PLAN).unlink()
    (root / "data/workplan-alpha.yaml").write_text(text.replace("workplan: 2021-22", "workplan: alpha"), "utf-8")
    day = (date.today() - timedelta(days=days)).isoformat()
    done = csg("progress", "add", "2.4", "--by", "INWUD", *REPORT[:-1], day)
    assert ("more than a year from today" in done.stderr) is warned


def test_blanks_around_a_name_make_no_difference(csg: Run, root: Path) -> None:
    words = ("--period", " mid ", "--by", "INWUD ", *REPORT[2:])
    done = csg("progress", "add", " 2.4 ", *words)
    assert done.returncode == 0, done.stderr
    assert open_workspace(str(root)).plan.find("2.4").progress[0].by == "INWUD"
    for command in (
        ("workplan", "list", "--lead", " inwud "),
        ("workplan", "list", "--unodc-lead", "HAS "),
        ("workplan", "list", "--objective", "2 "),
        ("workplan", "show", " 2.4"),
        ("member", "show", " INPUD "),
        ("workplan", "set", "mid ", "due=2021-12-15"),
        ("workplan", "list", "--status", "on-track "),
    ):
        assert csg(*command).returncode == 0, command
