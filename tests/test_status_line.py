"""The status line of ``csg workplan show``, and the bar of an objective in ``csg status``."""

import pytest
from conftest import Run


def add_report(csg: Run, by: str, status: str, date: str) -> None:
    """Add a report on activity 2.4."""
    words = ("--period", "mid", "--by", by, "--status", status, "--summary", "Done.", "--date", date)
    assert csg("progress", "add", "2.4", *words).returncode == 0


@pytest.mark.parametrize(
    ("first", "second", "line"),
    [
        (("on-track", "2021-12-10"), None, "on-track, reported by WHRIN on 2021-12-10"),
        (("on-track", "2021-12-10"), ("on-track", "2021-12-10"), "on-track, reported by WHRIN, INWUD on 2021-12-10"),
        (
            ("on-track", "2021-12-10"),
            ("on-track", "2021-12-15"),
            "on-track, reported by WHRIN on 2021-12-10, INWUD on 2021-12-15",
        ),
        (
            ("on-track", "2021-12-10"),
            ("completed", "2021-12-15"),
            "on-track, reported by WHRIN on 2021-12-10 (on-track), INWUD on 2021-12-15 (completed)",
        ),
        (
            ("on-track", "2021-12-10"),
            ("at-risk", "2021-12-10"),
            "at-risk, reported by WHRIN on 2021-12-10 (on-track), INWUD on 2021-12-10 (at-risk)",
        ),
    ],
)
def test_it_says_who_said_what_and_when(
    csg: Run, first: tuple[str, str], second: tuple[str, str] | None, line: str
) -> None:
    add_report(csg, "WHRIN", *first)
    if second:
        add_report(csg, "INWUD", *second)
    assert line in " ".join(csg("workplan", "show", "2.4").stdout.split())


def test_an_objective_without_activities_has_an_empty_bar(csg: Run) -> None:
    """All activities of an objective that has none are not reported."""
    csg("workplan", "add", "--objective", "4", "--objective-title", "New", "--title", "More")
    csg("workplan", "remove", "4.1", "--yes")
    (line,) = [line for line in csg("status").stdout.splitlines() if line.endswith("  4 New")]
    assert line.split() == ["░" * 20, "0/0", "4", "New"]
