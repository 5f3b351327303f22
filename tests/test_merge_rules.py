"""The rules of a merge: csg merges what is certain, and asks with markers about everything else."""

import shutil

import pytest
import yaml

from csg.history.merge_text import MergedText, merge_text

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
FILE = "data/workplan-2021-22.yaml"
HEAD = """\
workplan: 2021-22
title: Workplan
periods:
  - {id: mid, name: Mid-year, due: 2021-12-31}
  - {id: end, name: End-year, due: 2022-06-30}
objectives:
  - id: "1"
    title: One
    activities:
"""
MARKERS = ("<<<<<<< ours\n", "=======\n", ">>>>>>> theirs\n")


def activity(name: str, title: str, *reports: str, leads: str = "[INPUD, HRI]", more: str = "") -> str:
    """An activity as people write it, with its reports."""
    progress = f"        progress:\n{''.join(reports)}" if reports else ""
    return f"""      - id: "{name}"
        title: {title}
        unodc_lead: []
        cso_lead: {leads}
        comments: Comments on {title.lower()}
{more}{progress}"""


def report(date: str, summary: str, by: str = "INPUD", period: str = "mid", status: str = "on-track") -> str:
    """A report as people write it."""
    return f"""          - period: {period}
            by: {by}
            date: {date}
            status: {status}
            summary: {summary}
"""


def merged(base: str, ours: str, theirs: str) -> MergedText:
    """The merge of three texts of a plan."""
    return merge_text(base.encode(), ours.encode(), theirs.encode(), FILE)


def assert_conflict(base: str, ours: str, theirs: str, words: str = "") -> str:
    """Require conflict markers, both ways round, with the new lines of both sides. Return the text of the first."""
    texts = []
    for one, other in ((ours, theirs), (theirs, ours)):
        result = merged(base, one, other)
        text = result.content.decode()
        assert result.conflicts, text
        assert words in " ".join(result.conflicts)
        assert all(text.count(marker) >= 1 for marker in MARKERS), text
        for line in {*one.splitlines(), *other.splitlines()} - set(base.splitlines()):
            assert line in text.splitlines()
        texts.append(text)
    return texts[0]


def assert_clean(base: str, ours: str, theirs: str, wanted: str) -> None:
    """Require this text, both ways round."""
    for one, other in ((ours, theirs), (theirs, ours)):
        result = merged(base, one, other)
        assert (result.conflicts, result.content.decode()) == ([], wanted)


FIRST, SECOND = report("2021-10-01", "first thing"), report("2021-12-01", "second thing")
TWO = HEAD + activity("1.1", "Host", FIRST, SECOND)


@pytest.mark.parametrize(
    "edited",
    [
        report("2021-12-01", "second thing, edited"),
        report("2021-12-01", "other words"),
        report("2021-12-05", "second thing"),
        report("2021-12-05", "other words"),
        report("2021-12-01", "first thing"),
        report("2021-12-01", "second thing", status="at-risk"),
    ],
)
@pytest.mark.parametrize(
    "first",
    [
        report("2021-10-01", "first thing", status="at-risk"),
        report("2021-10-03", "first thing"),
        report("2021-10-01", "x"),
    ],
)
def test_a_removed_report_and_an_edited_one_are_not_mixed(edited: str, first: str) -> None:
    """One side removes the first report of an author and edits the second, the other edits the first."""
    ours, theirs = HEAD + activity("1.1", "Host", edited), HEAD + activity("1.1", "Host", first, SECOND)
    assert_conflict(TWO, ours, theirs)


@pytest.mark.parametrize(
    "changed",
    [
        report("2021-10-09", "first thing"),
        report("2021-10-01", "first thing", by="HRI"),
        report("2021-10-01", "first thing", period="end"),
        report("2021-10-01", "first thing", status="at-risk"),
        report("2021-10-01", "Nothing in common."),
        report("2021-10-09", "Nothing in common."),
        report("2021-10-09", "first thing", by="HRI"),
    ],
)
@pytest.mark.parametrize("others", [(), (report("2021-12-01", "By another.", by="HRI"),), (SECOND,)])
def test_the_removal_of_a_report_that_the_other_side_changed_is_a_conflict(changed: str, others: tuple[str]) -> None:
    """Whatever was changed in it, and whether it is the only one."""
    base = HEAD + activity("1.1", "Host", FIRST, *others)
    assert_conflict(base, HEAD + activity("1.1", "Host", *others), HEAD + activity("1.1", "Host", changed, *others))


def test_a_removed_report_stays_removed_beside_a_new_one() -> None:
    """Also if it was the only one, and its key is gone with it."""
    new = report("2021-11-01", "A new thing.", by="HRI")
    base, theirs = HEAD + activity("1.1", "Host", FIRST), HEAD + activity("1.1", "Host", FIRST, new)
    assert_clean(base, HEAD + activity("1.1", "Host"), theirs, HEAD + activity("1.1", "Host", new))


def test_a_report_changed_on_two_sides_is_not_put_together_of_both() -> None:
    """The status of one side and the summary of the other are a report that nobody wrote."""
    base = HEAD + activity("1.1", "Host", FIRST + "            next_steps: Next.\n            evidence: []\n")
    ours, theirs = base.replace("on-track", "at-risk"), base.replace("evidence: []", "evidence: [https://a.example]")
    assert_conflict(base, ours, theirs, "1.1 report by INPUD was changed in two ways")


def test_two_versions_of_one_new_report_are_a_conflict() -> None:
    """Their order would decide which status counts."""
    base = HEAD + activity("1.1", "Host")
    ours, theirs = (
        HEAD + activity("1.1", "Host", report("2021-12-01", summary, status=status))
        for summary, status in (("One.", "on-track"), ("Two.", "off-track"))
    )
    assert_conflict(base, ours, theirs, "1.1 report by INPUD was added on both sides, with differences")


A, B = activity("1.1", "Host a meeting"), activity("1.2", "Publish a paper")


@pytest.mark.parametrize(
    "ours",
    [
        A.replace('"1.1"', '"1.2"') + B.replace('"1.2"', '"1.1"'),
        B.replace('"1.2"', '"1.1"') + A.replace('"1.1"', '"1.2"'),
        (B.replace('"1.2"', '"1.1"') + A.replace('"1.1"', '"1.2"')).replace("meeting", "large meeting"),
        activity("1.1", "Pay") + A.replace('"1.1"', '"1.2"') + B.replace('"1.2"', '"1.3"'),
        A.replace('"1.1"', '"1.7"') + B,
    ],
)
@pytest.mark.parametrize("more", ["report", "related", "lead", "removed"])
def test_a_change_to_an_activity_whose_id_changes_on_the_other_side_is_a_conflict(ours: str, more: str) -> None:
    """Two ids are swapped, or all are shifted: the change is not to end up with another activity."""
    theirs = {
        "report": activity("1.1", "Host a meeting", FIRST) + B,
        "related": A + activity("1.2", "Publish a paper", more='        related: ["1.1"]\n'),
        "lead": A.replace("HRI]", "HRI, WHRIN]") + B,
        "removed": B,
    }[more]
    assert_conflict(HEAD + A + B, HEAD + ours, HEAD + theirs)


def test_a_shift_of_ids_and_a_change_elsewhere_are_both_made() -> None:
    """Nobody else has touched the activities that are renumbered."""
    other = activity("1.9", "Something else")
    ours = activity("1.1", "Pay") + A.replace('"1.1"', '"1.2"') + B.replace('"1.2"', '"1.3"')
    theirs = activity("1.9", "Something else", FIRST)
    assert_clean(HEAD + A + B + other, HEAD + ours + other, HEAD + A + B + theirs, HEAD + ours + theirs)


LEADS = HEAD + activity("1.1", "Host", leads="[INPUD, HRI, EHRA]")


@pytest.mark.parametrize(
    ("ours", "theirs", "wanted"),
    [
        ("[HRI, EHRA]", "[INPUD, HRI, EHRA, WHRIN]", "[HRI, EHRA, WHRIN]"),
        ("[HRI, EHRA]", "[INPUD, EHRA]", "[EHRA]"),
        ("[HRI, EHRA, IDPC]", "[INPUD, HRI, EHRA, WHRIN]", "[HRI, EHRA, IDPC, WHRIN]"),
        ("[HRI, EHRA]", "[IDPC, HRI, EHRA]", "[IDPC, HRI, EHRA]"),
        ("[]", "[INPUD, HRI, EHRA, WHRIN]", "[WHRIN]"),
        ("[HRI, INPUD, EHRA]", "[INPUD, EHRA]", "[INPUD, EHRA]"),
        ("[INPUD, HRI, EHRA, IDPC]", "[INPUD, HRI, EHRA, IDPC]", "[INPUD, HRI, EHRA, IDPC]"),
    ],
)
@pytest.mark.parametrize("block", [False, True])
def test_leads_that_one_side_removed_stay_removed(ours: str, theirs: str, wanted: str, block: bool) -> None:
    """And those that either side added are there, once."""

    def plan(leads: str) -> str:
        names = yaml.safe_load(leads)
        lines = "".join(f"\n          - {name}" for name in names) if block and names else f" {leads}"
        return HEAD + activity("1.1", "Host", leads="LEADS").replace(" LEADS", lines)

    for one, other in ((ours, theirs), (theirs, ours)):
        result = merged(plan("[INPUD, HRI, EHRA]"), plan(one), plan(other))
        assert not result.conflicts
        data = yaml.safe_load(result.content)
        assert data["objectives"][0]["activities"][0]["cso_lead"] == yaml.safe_load(wanted)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("[HRI, EHRA]", "[INPUD (Ann), HRI, EHRA]"), ("[EHRA, HRI, INPUD]", "[HRI, INPUD, EHRA]"),
     ("[INPUD (Bo), HRI, EHRA]", "[INPUD (Ann), HRI, EHRA]"),
     ("[INPUD, HRI, EHRA, IDPC (A)]", "[INPUD, HRI, EHRA, IDPC]")],
)  # fmt: skip
def test_leads_that_are_not_certain_are_a_conflict(ours: str, theirs: str) -> None:
    """Removed and given a contact, put in two orders, given two contacts, added in two ways."""
    assert_conflict(LEADS, LEADS.replace("[INPUD, HRI, EHRA]", ours), LEADS.replace("[INPUD, HRI, EHRA]", theirs))


NOTED = HEAD + "      # a remark\n" + activity("1.1", "Host") + activity("1.2", "Pay") + activity("1.3", "End")


def test_a_comment_that_one_side_deleted_stays_deleted() -> None:
    """The other side has not touched it, and changes something else that git alone would ask about, or would not."""
    without = NOTED.replace("      # a remark\n", "")
    for old, new in (("title: Pay", "title: Play"), ("title: Host", "title: Hold"), ("[INPUD, HRI]", "[HRI]")):
        result = merged(NOTED, without, NOTED.replace(old, new))
        swapped = merged(NOTED, NOTED.replace(old, new), without)
        assert bool(result.conflicts) == bool(swapped.conflicts)
        assert result.conflicts or "# a remark" not in result.content.decode()
    changed = NOTED.replace("# a remark", "# another remark")
    assert_conflict(NOTED, changed, NOTED.replace("# a remark", "# a third remark"), "comments")
    for one, other in ((changed, without), (without, changed)):
        result = merged(NOTED, one, other)
        assert (bool(result.conflicts), result.content.decode().count("<<<<<<<")) == (True, 1)


@pytest.mark.parametrize(
    ("ours", "theirs", "line"),
    [
        ({"due: 2021-12-31": "due: 2022-05-01"}, {"due: 2022-06-30": "due: 2022-04-01"}, "due: 2022-04-01"),
        ({"  - {id: mid, name: Mid-year, due: 2021-12-31}\n": ""}, {'"1.2"': "REPORT"}, "period: mid"),
        ({'"1.3"': "NEW"}, {'"1.2"': "NEW"}, "title: Another"),
    ],
)
def test_a_merge_that_fails_check_has_markers_at_the_lines_concerned(
    ours: dict[str, str], theirs: dict[str, str], line: str
) -> None:
    """Dates that are out of order together, a period that is gone, an id that is there twice."""
    base = HEAD + A + B + activity("1.3", "End")

    def side(changes: dict[str, str]) -> str:
        text = base
        for old, new in changes.items():
            if new == "REPORT":
                new = activity("1.2", "Publish a paper", FIRST)
                old = B
            elif new == "NEW":
                old = activity("1.3", "End")
                new = activity("1.8", "Another") + old if old in text and changes == ours else old
            text = text.replace(old, new)
        return text

    mine = side(ours)
    other = side(theirs)
    if "NEW" in theirs.values():
        other = base + '  - id: "2"\n    title: Two\n    activities:\n' + activity("1.8", "Another one")
    text = assert_conflict(base, mine, other)
    inside = text[text.index("<<<<<<<") : text.index(">>>>>>>")]
    assert line in inside
    assert text.count("<<<<<<<") <= 2


def test_longer_markers_are_used_where_git_asks_for_them() -> None:
    """A merge of two ancestors is text for the next merge."""
    one, other = (NOTED.replace("title: Host", f"title: {title}").encode() for title in ("Hold", "Have"))
    text = merge_text(NOTED.encode(), one, other, FILE, 9).content.decode()
    assert "<<<<<<<<< ours\n        title: Hold\n=========\n" in text


REVIEW = """\
review: r
title: A review
activity: "1.1"
reviewers: 50
countries: {reviewed: 18, of: 24}
questions:
  - id: Q1
    text: Which?
    answered: 50
    skipped: 0
    choices:
      - {label: Kenya, count: 20}
      - {label: Other, count: 30}
    quotes:
      - {text: One thing was said, consent: given}
      - {text: Another, consent: given}
"""


def test_a_review_is_merged_by_its_questions_choices_and_quotes() -> None:
    """A quote that one side withdrew stays withdrawn; numbers are written as numbers."""
    file = "data/reviews/r.yaml"
    ours = REVIEW.replace("      - {text: One thing was said, consent: given}\n", "").replace(
        "Kenya, count: 20", "Kenya, count: 21"
    )
    theirs = (REVIEW + "      - {text: A third, consent: given}\n").replace("Other, count: 30", "Other, count: 29")
    wanted = ours.replace("Other, count: 30", "Other, count: 29") + "      - {text: A third, consent: given}\n"
    for one, other in ((ours, theirs), (theirs, ours)):
        result = merge_text(REVIEW.encode(), one.encode(), other.encode(), file)
        assert (result.conflicts, result.content.decode()) == ([], wanted)
    edited = REVIEW.replace("One thing was said", "One thing was said here")
    result = merge_text(REVIEW.encode(), ours.encode(), edited.encode(), file)
    assert "was changed on one side and removed on the other" in result.conflicts[0]
    assert "<<<<<<< ours\n=======\n      - {text: One thing was said here, consent: given}\n" in result.content.decode()


def test_an_activity_that_moves_to_another_objective_and_is_changed_is_a_conflict() -> None:
    """It is marked in both objectives; a change to another activity is merged."""
    second = '  - id: "2"\n    title: Two\n    activities:\n' + activity("2.1", "Third")
    base, moved = HEAD + A + B + second, HEAD + B + second + A
    text = assert_conflict(
        base, moved, HEAD + activity("1.1", "Host a meeting", FIRST) + B + second, "moved or renumbered"
    )
    assert text.count("<<<<<<<") == 2
    other = activity("1.2", "Publish a paper", FIRST)
    assert_clean(base, moved, HEAD + A + other + second, HEAD + other + second + A)


def test_fields_of_one_activity_are_merged_one_by_one() -> None:
    """Also fields that this version of csg does not know."""
    more = "        recurring: false\n        budget: 1200\n"
    base = HEAD + activity("1.1", "Host", more=more)
    ours, theirs = base.replace("recurring: false", "recurring: true"), base.replace("1200", "1300")
    for one, other in ((ours, theirs), (theirs, ours)):
        text = merged(base, one, other).content.decode()
        assert "        recurring: true\n        budget: 1300\n" in text
    assert_conflict(base, theirs, base.replace("1200", "1400"), "1.1 budget was changed in two ways")
