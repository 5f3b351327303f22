"""A new id of an activity or a period, and the references to it; parts of a plan that are not found."""

from pathlib import Path

import pytest
from conftest import Run

from csg.workspace import open_workspace

PLAN = "data/workplan-2021-22.yaml"
REVIEW = "data/reviews/hpc-reports.yaml"
REPORT = ("--period", "mid", "--by", "IDPC", "--status", "on-track", "--summary", "Done.", "--date", "2021-12-10")


def test_related_activities_follow_a_new_id(csg: Run, root: Path) -> None:
    csg("workplan", "set", "2.4", "related=1.2,2.5")
    csg("workplan", "set", "2.6", "related=1.2")
    before = (root / PLAN).read_text("utf-8")
    done = csg("workplan", "set", "1.2", "id=1.9")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1.9  Host an all-day")
    plan = open_workspace(str(root)).plan
    assert plan.find("2.4").related == ("1.9", "2.5")
    assert plan.find("2.6").related == ("1.9",)
    assert csg("undo").returncode == 0
    assert (root / PLAN).read_text("utf-8") == before


def test_later_plans_follow_a_new_id(csg: Run, root: Path) -> None:
    csg("workplan", "new", "2022-23")
    assert csg("workplan", "set", "1.2", "id=1.9", "--plan", "2021-22").returncode == 0
    assert open_workspace(str(root)).plan.find("1.2").carried_from == "2021-22 1.9"
    assert csg("check", "--strict").returncode == 0


def test_a_review_follows_a_new_id_if_no_other_plan_has_the_old_one(csg: Run, root: Path) -> None:
    assert csg("workplan", "set", "3.1", "id=3.9").returncode == 0
    assert 'activity: "3.9"' in (root / REVIEW).read_text("utf-8")
    csg("workplan", "new", "2022-23")
    assert csg("workplan", "set", "3.9", "id=3.8").returncode == 0
    assert 'activity: "3.9"' in (root / REVIEW).read_text("utf-8")
    assert csg("check").returncode == 0


def test_reports_follow_a_new_id_of_their_period(csg: Run, root: Path) -> None:
    csg("progress", "add", "1.1", *REPORT)
    assert csg("workplan", "set", "mid", "id=q1", "name=Quarter 1").returncode == 0
    assert open_workspace(str(root)).plan.find("1.1").progress[0].period == "q1"


def test_an_id_of_another_objective_is_refused(csg: Run, root: Path) -> None:
    before = (root / PLAN).read_bytes()
    refused = csg("workplan", "set", "1.2", "id=2.9")
    assert refused.returncode == 1
    assert refused.stderr == "CSG202 activity '2.9' is in objective 1. Give it an id like 1.7.\n"
    assert (root / PLAN).read_bytes() == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("q5", "due=2022-01-01"),
            "CSG303 no activity 'q5' in Workplan 2021/22. The ids are 1.1 to 3.6. The periods are mid and end.",
        ),
        (("midd", "due=2022-01-01"), "CSG303 no activity 'midd' in Workplan 2021/22. Did you mean mid?"),
        (
            ("2.7", "status=completed"),
            "CSG306 no field 'status'. It is part of a progress report. Run `csg progress add 2.7` to add one.",
        ),
        (("2.7", "title="), "CSG123 title must be text, not nothing. Write text."),
    ],
)
def test_what_cannot_be_set_says_why(csg: Run, words: tuple[str, ...], message: str) -> None:
    done = csg("workplan", "set", *words)
    assert (done.returncode, done.stderr) == (1, f"{message}\n")


def test_an_empty_summary_is_refused_without_a_colon(csg: Run) -> None:
    done = csg("progress", "add", "1.1", *REPORT[:-4], "--summary", "")
    assert done.returncode == 1
    assert "colon" not in done.stderr
