"""The changes of indicators, values, meetings and texts of a period, as ``csg diff`` and ``csg log`` show them."""

import shutil
from pathlib import Path

import pytest
from conftest import Run
from test_history import commit, git

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
REPORT = ("--period", "mid", "--by", "INWUD", "--status", "on-track", "--date", "2021-12-10", "--summary", "Done.")


@pytest.fixture
def repository(csg: Run, root: Path) -> Path:
    """A repository with an indicator, a value, a meeting and a decision that is needed."""
    git(root, "init", "-q", "-b", "main")
    (root / ".gitignore").write_text("/data/.csg.lock\n", "utf-8")
    git(root, "add", ".")
    git(root, "commit", "-qm", "The plan")
    for words in (
        ("indicator", "add", "2.4", "locations", "--name", "Locations", "--target", "7"),
        ("progress", "add", "2.4", *REPORT, "--value", "locations=3"),
        ("meeting", "add", "2022-03-14", "--title", "Spring", "--decision", "Agreed."),
        ("workplan", "set", "mid", "introduction=It went well.", "decisions_needed=Name a date, and a place."),
    ):
        assert csg(*words).returncode == 0
    return root


def test_new_parts_have_a_line_each(csg: Run, repository: Path) -> None:
    assert csg("diff").stdout.splitlines() == [
        "2021-22 meeting 2022-03-14 Spring added: Agreed.",
        "period mid introduction added",
        "period mid decisions needed: added “Name a date, and a place.”",
        "2.4 indicator locations added: Locations, target 7",
        "2.4 mid-year report by INWUD added: on-track",
    ]
    commit(repository, "New parts")
    assert "indicator locations added: Locations, target 7" in csg("log", "2.4").stdout


def test_changes_of_parts_say_which_part(csg: Run, repository: Path) -> None:
    commit(repository, "New parts")
    for words in (
        ("indicator", "set", "2.4", "locations", "target=0", "unit=places", "name=Places"),
        ("indicator", "add", "2.4", "people", "--name", "People"),
        ("progress", "edit", "2.4", "--value", "locations=0", "--value", "people=12.5", "--needs", "Money."),
        ("meeting", "set", "2022-03-14", "decisions+=Paid."),
        ("meeting", "set", "2022-03-14", "decisions-=agreed"),
        ("meeting", "add", "2021-03-14", "--title", "Earlier"),
        ("workplan", "set", "mid", "introduction=", "decisions_needed-=name a"),
    ):
        assert csg(*words, *(("--period", "mid", "--by", "INWUD") if "edit" in words else ())).returncode == 0
    assert csg("diff").stdout.splitlines() == [
        "2021-22 meeting 2022-03-14 Spring: decisions: added “Paid.”, removed “Agreed.”",
        "2021-22 meeting 2021-03-14 Earlier added",
        "period mid introduction removed",
        "period mid decisions needed: removed “Name a date, and a place.”",
        "2.4 indicator locations: name “Locations” → “Places”, target 7 → 0, unit set to places",
        "2.4 indicator people added: People",
        "2.4 mid-year report by INWUD changed: needs added, values: locations 3 → 0, people none → 12.5",
    ]


def test_removed_and_reordered_parts(csg: Run, repository: Path) -> None:
    """A change of order is no change of layout."""
    assert csg("indicator", "add", "2.4", "people", "--name", "People").returncode == 0
    commit(repository, "New parts")
    assert csg("meeting", "remove", "2022", "--yes").returncode == 0
    plan = repository / "data/workplan-2021-22.yaml"
    text = plan.read_text("utf-8")
    first, second = (text.index(f"          - id: {name}\n") for name in ("locations", "people"))
    end = text.index("        progress:", second)
    plan.write_text(text[:first] + text[second:end] + text[first:second] + text[end:], "utf-8")
    assert csg("diff").stdout.splitlines() == [
        "2021-22 meeting 2022-03-14 Spring removed",
        "2.4 indicators put in another order",
    ]
