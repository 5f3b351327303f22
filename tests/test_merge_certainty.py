"""Merges in which no line is changed twice, and that would still be wrong: each is a conflict, both ways round."""

import shutil

import pytest
from test_merge_rules import HEAD, activity, assert_clean, assert_conflict, merged, report

from csg.history.merge_order import merged_order

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
REPORT = report("2021-12-01", "The first training is done")
POLICE = activity("1.2", "Training of police in Kenya")
FUND = activity("1.2", "Fund the network", leads="[INWUD]")
DUE = "        due: 2022-02-02\n"
MOVED = "was moved or renumbered on one side and changed on the other"


@pytest.mark.parametrize(
    "theirs",
    [
        activity("1.2", "Training of police in Kenya", REPORT),
        activity("1.2", "Training of police in Kenya", more=DUE),
        activity("1.2", "Training of police in Kenya", leads="[INPUD]"),
        activity("1.2", "Training of police in Kenya and Uganda"),
    ],
)
@pytest.mark.parametrize("ours", [FUND, activity("1.2", "Fund the network")])
def test_a_report_on_an_activity_is_not_one_on_another_in_its_place(ours: str, theirs: str) -> None:
    """One side replaced the activity and used its id again."""
    first = HEAD + activity("1.1", "Host")
    assert_conflict(first + POLICE, first + ours, first + theirs, f"1.2 {MOVED}")


def test_an_activity_with_other_words_is_still_the_same() -> None:
    """Its comments, or a part of its title, stay: both changes are made."""
    for old, new in (("Training of police in Kenya", "Sessions"), ("Comments on training of police", "All")):
        ours = HEAD + POLICE.replace(f"title: {old}", f"title: {new}").replace(f"comments: {old}", f"comments: {new}")
        theirs = HEAD + POLICE + DUE
        assert_clean(HEAD + POLICE, ours, theirs, ours + DUE)


def three(*reports: tuple[str, ...]) -> str:
    """Return a plan of three activities with these reports."""
    titles = ("Host", "Print", "Visit")
    return HEAD + "".join(activity(f"1.{n}", titles[n - 1], *own) for n, own in enumerate(reports, 1))


EDITED = report("2021-12-01", "The first training was done")


@pytest.mark.parametrize("second", [REPORT, EDITED])
def test_a_report_that_both_sides_moved_is_in_one_activity(second: str) -> None:
    """Not in both."""
    assert_conflict(three((REPORT,), (), ()), three((), (REPORT,), ()), three((), (), (second,)), f"1.3 {MOVED}")


@pytest.mark.parametrize("second", [REPORT, EDITED])
def test_a_report_that_one_side_removed_and_the_other_moved_is_a_conflict(second: str) -> None:
    """Whether it was changed on the way or not."""
    assert_conflict(three((REPORT,), (), ()), three((), (), ()), three((), (second,), ()), f"1.2 {MOVED}")


def test_a_report_that_both_sides_moved_alike_is_moved() -> None:
    """And another change is made as well."""
    base, ours = three((REPORT,), (), ()), three((), (REPORT,), ())
    theirs = ours.replace("title: Visit", "title: Visits")
    assert_clean(base, ours, theirs, theirs)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        # ours adds a second report on the day of the one that theirs edits
        ((REPORT, report("2021-12-01", "It was a failure", status="off-track")), (EDITED,)),
        # theirs moves the day of the first one to that of the second, or past it
        ((REPORT, report("2021-12-10", "Bad news", status="off-track")), (report("2021-12-10", "first training"),)),
        ((REPORT, report("2021-12-10", "Bad news", status="off-track")), (report("2021-12-11", "first training"),)),
        # an older one becomes the one that counts
        ((report("2021-11-01", "Older"), REPORT), (report("2021-10-01", "The first training is done"),)),
        # one author, with and without the contact
        ((REPORT, report("2021-12-02", "Bad news", by="INPUD (Ana)")), (REPORT, report("2021-12-02", "Fine"))),
    ],
)
def test_which_report_of_an_author_is_the_latest_is_not_left_to_chance(
    ours: tuple[str, ...], theirs: tuple[str, ...]
) -> None:
    """Each side saw another report as the one that counts."""
    title = "Host"
    base, one, other = (HEAD + activity("1.1", title, *own) for own in ((REPORT,), ours, theirs))
    text = assert_conflict(base, one, other, "may be older or newer").splitlines()
    assert all(line in text for side in (one, other) for line in side.splitlines())


def test_reports_whose_dates_are_certain_are_merged() -> None:
    """A later report, and a correction of the earlier one."""
    later = report("2021-12-10", "Bad news", status="off-track")
    versions = (activity("1.1", "Host", *own) for own in ((REPORT,), (REPORT, later), (EDITED,), (EDITED, later)))
    assert_clean(*(HEAD + version for version in versions))


@pytest.mark.parametrize("conflict", [False, True])
def test_line_ends_that_one_side_changed_are_those_of_the_merge(conflict: bool) -> None:
    """All of them, also in a conflict; the reports of both sides are kept."""
    for old, new in (("\n", "\r\n"), ("\r\n", "\n")):
        base, ours = (three(*own).replace("\n", old) for own in (((), (), ()), ((REPORT,), (), ())))
        theirs = three((EDITED,) if conflict else (), (REPORT,), ()).replace("\n", new)
        for one, other in ((ours, theirs), (theirs, ours)):
            result = merged(base, one, other)
            assert bool(result.conflicts) == conflict
            assert result.content.count(b"\r\n") == (result.content.count(b"\n") if new == "\r\n" else 0)
            assert result.content.count(b"training is done") == 2


def test_the_order_of_many_names_costs_in_proportion_to_them() -> None:
    """Counted in look-ups, not in seconds."""

    class Name(str):
        hashed = 0

        def __hash__(self) -> int:
            Name.hashed += 1
            return super().__hash__()

    counts = []
    for number in (100, 400):
        Name.hashed = 0
        names = [Name(index) for index in range(number)]
        merged_order(names, [Name("x"), *names], [*names, Name("y")])
        counts.append(Name.hashed)
    assert counts[1] < 8 * counts[0]
