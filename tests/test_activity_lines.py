"""Leave out what is equal in two versions of a plan: the changes stay the same, and little is left to parse."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from csg.history.activity_lines import without_untouched
from csg.history.changes import compare
from csg.history.log import snapshot_of

FILE = "data/workplan-2021-22.yaml"
HEAD = "workplan: 2021-22\ntitle: Plan\nperiods:\n  - {id: mid, name: Mid-year}\nobjectives:\n"
COMMENTS = [
    "comments: One line.",
    "comments: >-\n          Folded text,\n\n          and more.",
    "comments: |\n          - id: not an activity\n          - id: 9",
    "comments: |\n          activities:\n          - id: 9",
    "comments: ''  # nothing yet",
    "comments: C\n        # A comment below.\n\n        due: 2022-03-14",
]
PROGRESS = "\n        progress:\n          - {period: mid, by: HRI, date: 2021-12-01, status: on-track, summary: S}"


def block(number: int, comments: str, *, reported: bool) -> str:
    """Return the text of an activity."""
    lines = (
        f'      - id: "1.{number}"\n        title: Title {number}\n        unodc_lead: []\n        cso_lead: [HRI]\n'
    )
    return f"{lines}        {comments}{PROGRESS if reported else ''}\n"


def plan(activities: list[tuple[int, str, bool]], end: str) -> bytes:
    """Return a plan with activities in its first objective, and one in its second."""
    first = "".join(block(number, comments, reported=reported) for number, comments, reported in activities)
    second = f'  - id: "2"\n    title: Second\n    activities:\n{block(99, "comments: C", reported=False)}'
    text = f'{HEAD}  - id: "1"\n    title: First\n    activities:\n{first}# Between.\n{second}'
    return text.replace("\n", end).encode()


entries = st.lists(
    st.tuples(st.integers(1, 6), st.sampled_from(COMMENTS), st.booleans()),
    min_size=1,
    max_size=6,
    unique_by=lambda entry: entry[0],
)


@given(entries, entries, st.sampled_from(["\n", "\r\n"]))
def test_the_changes_are_those_of_the_whole_versions(
    before: list[tuple[int, str, bool]], after: list[tuple[int, str, bool]], end: str
) -> None:
    """Whatever was edited, added, removed or moved, in each usual layout of a text."""
    old, new = plan(before, end), plan(after, end)
    whole = compare(*(snapshot_of(Path(), {FILE: text}) for text in (old, new)))
    assert compare(*(snapshot_of(Path(), {FILE: text}) for text in without_untouched(old, new))) == whole


def test_only_what_differs_is_left_beside_the_first_activity_of_each_objective() -> None:
    """So a plan of a thousand activities costs little more than one of ten."""
    before = [(number, COMMENTS[number % 2], False) for number in range(1, 30)]
    after = [(number, comments, number == 7) for number, comments, _ in before]
    old, new = without_untouched(plan(before, "\n"), plan(after, "\n"))
    kept = [(number, comments, reported) for number, comments, reported in after if number in (1, 7)]
    unreported = [(number, comments, False) for number, comments, _ in kept]
    # The comment after the last activity of the objective is left out with it.
    assert new == plan(kept, "\n").replace(b"# Between.\n", b"")
    assert old == plan(unreported, "\n").replace(b"# Between.\n", b"")


def test_an_unusual_layout_stays_whole() -> None:
    """Lists in brackets, and activities of two objectives that are indented differently."""
    flow = f"{HEAD}  - {{id: '1', title: T, activities: [{{id: '1.1', title: A}}]}}\n".encode()
    assert without_untouched(flow, flow + b"\n") == (flow, flow + b"\n")
    mixed = plan([(1, "comments: C", False), (2, "comments: C", False)], "\n").replace(
        b"\n      - id", b"\n       - id", 1
    )
    assert without_untouched(mixed, mixed + b"\n") == (mixed, mixed + b"\n")
