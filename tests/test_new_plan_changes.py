"""``csg diff`` and ``csg log`` for a new plan, for several plans, and for members that were renamed."""

import json
import shutil
from pathlib import Path

import pytest
from conftest import Run
from test_history import commit, git

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
REPORT = ("--status", "on-track", "--summary", "Done.")
NEXT_YEAR = "2022-23 new plan of 19 activities"


@pytest.fixture
def repository(root: Path) -> Path:
    """The workspace as a repository, with one commit."""
    git(root, "init", "-q", "-b", "main")
    (root / ".gitignore").write_text("/data/.csg.lock\n", "utf-8")
    commit_all(root, "The plan")
    return root


def commit_all(root: Path, message: str) -> None:
    """Commit all files, new ones too."""
    git(root, "add", ".")
    commit(root, message)


def add_report(csg: Run, name: str, by: str, *words: str, period: str = "mid", date: str = "2022-12-10") -> None:
    """Add a report that is on track."""
    done = csg("progress", "add", name, "--period", period, "--by", by, *REPORT, "--date", date, *words)
    assert done.returncode == 0, done.stderr


def diff(csg: Run, *words: str) -> list[str]:
    """Return the lines that ``csg diff`` prints."""
    done = csg("diff", *words)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def change_new_plan(csg: Run) -> None:
    """Make next year's plan, and change it at once."""
    csg("workplan", "new", "2022-23")
    add_report(csg, "2.4", "INWUD", "--plan", "2022-23")
    csg("workplan", "set", "2.7", "cso_lead=HRI", "due=2023-03-14")
    csg("workplan", "set", "1.5", "id=1.7")
    csg("workplan", "set", "mid", "due=2022-12-15")
    csg("workplan", "remove", "2.6", "--yes")
    csg("workplan", "add", "--objective", "3", "--title", "More")


def test_a_new_plan_shows_what_differs_from_the_plan_before(csg: Run, repository: Path) -> None:
    change_new_plan(csg)
    assert diff(csg) == [
        NEXT_YEAR,
        "period mid due set to 2022-12-15",
        "1.7 renumbered from 1.5",
        "2.4 mid-year report by INWUD added: on-track",
        "2.7 CSO lead Secretariat → HRI",
        "2.7 due set to 2023-03-14",
        "3.7 new activity: More",
        "2.6 not carried over from 2021-22: Evaluation of IDUIT trainings to document impacts, etc.",
    ]
    commit_all(repository, "Next year")
    assert diff(csg, "HEAD~1")[0] == NEXT_YEAR
    assert diff(csg, "HEAD~1", "HEAD") == diff(csg, "HEAD~1")


def test_a_new_plan_alone_is_one_line(csg: Run, repository: Path) -> None:
    add_report(csg, "2.1", "YouthRISE", "--status", "completed", period="end", date="2022-06-10")
    csg("workplan", "set", "2.4", "related=2.1,2.5")
    commit_all(repository, "Done")
    csg("workplan", "new", "2022-23")
    assert diff(csg) == ["2022-23 new plan of 18 activities"]


def test_an_activity_that_ends_after_it_was_carried_over_is_not_new(csg: Run, repository: Path) -> None:
    csg("workplan", "new", "2022-23")
    add_report(csg, "2.1", "YouthRISE", "--status", "completed", "--plan", "2021-22", date="2022-06-10")
    assert diff(csg) == [
        "2021-22 2.1 mid-year report by YouthRISE added: completed",
        NEXT_YEAR,
    ]
    assert repository


def test_a_plan_that_was_carried_over_from_nothing_shows_its_reports(csg: Run, repository: Path) -> None:
    text = (repository / "data/workplan-2021-22.yaml").read_text("utf-8")
    (repository / "data/workplan-2022.yaml").write_text(text.replace("2021-22", "2022", 1), "utf-8")
    add_report(csg, "2.4", "INWUD", "--plan", "2022")
    assert diff(csg) == ["2022 new plan of 19 activities", "2.4 mid-year report by INWUD added: on-track"]


def test_the_history_of_an_activity_has_what_came_with_its_plan(csg: Run, repository: Path) -> None:
    change_new_plan(csg)
    commit_all(repository, "Next year")
    entries = json.loads(csg("log", "2.4", "--format", "json").stdout)
    assert [change["words"] for change in entries[0]["changes"]][1:] == ["mid-year report by INWUD added: on-track"]
    entries = json.loads(csg("log", "2.7", "--format", "json").stdout)
    assert [entry["subject"] for entry in entries] == ["Next year", "The plan"]
    assert [change["words"] for change in entries[0]["changes"]][1:] == [
        "CSO lead Secretariat → HRI",
        "due set to 2023-03-14",
    ]
    entries = json.loads(csg("log", "3.3", "--format", "json").stdout)
    assert [len(entry["changes"]) for entry in entries] == [1, 1]


def test_changes_of_two_plans_name_their_plan(csg: Run, repository: Path) -> None:
    csg("workplan", "new", "2022-23")
    commit_all(repository, "Next year")
    csg("workplan", "set", "2.4", "due=2022-03-14", "--plan", "2021-22")
    assert diff(csg) == ["2.4 due set to 2022-03-14"]
    csg("workplan", "set", "2.4", "due=2023-03-14")
    csg("workplan", "set", "mid", "due=2022-12-14")
    csg("member", "set", "EHRA", "name=Another name")
    assert diff(csg) == [
        "EHRA name “Eurasian Harm Reduction Association” → “Another name”",
        "2021-22 2.4 due set to 2022-03-14",
        "2022-23 period mid due set to 2022-12-14",
        "2022-23 2.4 due set to 2023-03-14",
    ]
    commit_all(repository, "Both")
    changes = csg("log", "2.4").stdout.splitlines()[1:3]
    assert sorted(changes) == ["  2021-22 2.4 due set to 2022-03-14", "  2022-23 2.4 due set to 2023-03-14"]


def test_two_reports_of_an_author_in_a_period_have_their_dates(csg: Run, repository: Path) -> None:
    add_report(csg, "2.4", "INWUD", date="2021-12-10")
    assert diff(csg) == ["2.4 mid-year report by INWUD added: on-track"]
    add_report(csg, "2.4", "INWUD", date="2021-12-20")
    add_report(csg, "2.4", "WHRIN", date="2021-12-20")
    assert diff(csg) == [
        "2.4 mid-year report by INWUD of 2021-12-10 added: on-track",
        "2.4 mid-year report by INWUD of 2021-12-20 added: on-track",
        "2.4 mid-year report by WHRIN added: on-track",
    ]
    commit_all(repository, "Reports")
    words = ("2.4", "--period", "mid", "--by", "INWUD", "--number")
    assert csg("progress", "remove", *words, "1", "--yes").returncode == 0
    assert diff(csg) == ["2.4 mid-year report by INWUD of 2021-12-10 removed"]


def test_a_member_with_another_id_is_renamed(csg: Run, repository: Path) -> None:
    add_report(csg, "2.4", "INWUD", date="2021-12-10")
    commit_all(repository, "Report")
    csg("member", "set", "INWUD", "id=WOMEN", "type=drug-user-network")
    assert diff(csg)[:4] == [
        "WOMEN renamed from INWUD",
        "2.4 CSO lead INWUD, WHRIN → WOMEN, WHRIN",
        "2.4 mid-year report by WOMEN changed: by INWUD → WOMEN",
        "2.5 CSO lead INWUD, WHRIN → WOMEN, WHRIN",
    ]
    commit_all(repository, "Rename")
    history = csg("log", "WOMEN").stdout
    assert "WOMEN renamed from INWUD" in history
    assert "2.4 mid-year report by INWUD added: on-track" in history


def test_members_that_share_a_name_are_not_paired(csg: Run, repository: Path) -> None:
    """A name that several entries have does not say which of them was renamed."""
    members = repository / "data/members.yaml"
    text = members.read_text("utf-8")
    for name in ("X1", "X2"):
        text = text.replace("members:\n", f"members:\n  - {{id: {name}, name: Same}}\n", 1)
    members.write_text(text, "utf-8")
    commit_all(repository, "Two")
    members.write_text(text.replace("id: X1", "id: Y1").replace("id: X2", "id: Y2"), "utf-8")
    assert sorted(diff(csg)) == ["X1 member removed", "X2 member removed", "Y1 new member: Same", "Y2 new member: Same"]
