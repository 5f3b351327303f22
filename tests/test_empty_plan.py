"""Each command in a new workspace, before it has an activity, a member or a report."""

from pathlib import Path

import pytest
from conftest import Run
from test_init import VIENNA

FINE = [
    "status", "status --format json", "status --period q2", "workplan list", "workplan list --status unreported",
    "workplan list --trouble", "workplan list --format csv", "workplan set q1 due=2023-04-01 --dry-run",
    "member list", "progress list", "progress due", "progress due --never", "progress due --format json", "review list",
    "report list", "report render", "report render meeting", "report render calendar --output out",
    "report render workbook --output out", "report render progress-q1 --to html,docx,pdf --output out", "check",
    "check --strict", "explain CSG303", "schema workplan", "workplan new 2024 --dry-run",
    "workplan new 2024 --from 2023 --dry-run", "progress request --output letters",
]  # fmt: skip
REFUSED = [
    "workplan show 1.1", "workplan show A", "workplan set 1.1 title=X", "workplan remove 1.1 --yes",
    "workplan list --lead ADA", "workplan list --objective 1", "workplan list --period mid", "member show ADA",
    "member set ADA name=X", "member set ADA id=B", "member remove ADA --yes", "review show x", "review quote x Q1",
    "progress add 1.1 --period q1 --by ADA --status on-track --summary Met.", "progress edit 1.1 --period q1 --by ADA",
    "progress remove 1.1 --period q1 --by ADA --yes", "report render ADA", "log 1.1",
    "report render calendar --lead ADA --output out", "progress request --lead ADA --output letters",
    "workplan add --objective 1 --title Meet", "indicator add 1.1 a --name B", "progress due --lead ADA",
]  # fmt: skip


@pytest.fixture
def vienna(csg: Run, tmp_path: Path) -> Path:
    """A new workspace."""
    assert csg("init", "vienna", *VIENNA, cwd=tmp_path).returncode == 0
    return tmp_path / "vienna"


@pytest.mark.parametrize("line", FINE)
def test_a_command_works_before_there_is_an_activity(csg: Run, vienna: Path, line: str) -> None:
    done = csg(*line.split(), cwd=vienna)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("line", REFUSED)
def test_an_id_that_nothing_has_is_an_error_in_words(csg: Run, vienna: Path, line: str) -> None:
    done = csg(*line.split(), cwd=vienna)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "CSG" in done.stderr
