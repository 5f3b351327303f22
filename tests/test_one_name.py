"""Two plans or two reviews with one name are an error that says what to change."""

from pathlib import Path

import pytest
from conftest import Run

PLAN = "data/workplan-2021-22.yaml"
REVIEW = "data/reviews/hpc-reports.yaml"


def copy(root: Path, file: str, other: str, key: str) -> None:
    """Copy a file of the workspace, with another name in its key."""
    first, _, name = key.partition(": ")
    lines = (root / file).read_text("utf-8").splitlines(keepends=True)
    changed = [f"{first}: {name}\n" if line.startswith(f"{first}: ") else line for line in lines]
    (root / other).write_text("".join(changed), "utf-8")


@pytest.mark.parametrize("name", ["2020-21", "2022-23", "9"])
def test_a_copied_plan_with_the_key_of_the_first(csg: Run, root: Path, name: str) -> None:
    """The message names both files, and the hint has the line that is right for the copy, whichever comes first."""
    other = f"data/workplan-{name}.yaml"
    copy(root, PLAN, other, "workplan: 2021-22")
    done = csg("check")
    assert done.returncode == 1
    assert [line.partition(" ")[2] for line in done.stdout.splitlines()] == [
        "CSG213 the key says `workplan: 2021-22`, as the key in workplan-2021-22.yaml, but the file name is"
        f" workplan-{name}.yaml. Each workplan needs a name of its own. Write `workplan: {name}`."
    ]
    copy(root, PLAN, other, f"workplan: {name}")
    assert csg("check").returncode == 0


def test_a_copied_review_with_the_key_of_the_first(csg: Run, root: Path) -> None:
    """The same for a review."""
    copy(root, REVIEW, "data/reviews/a-copy.yaml", "review: hpc-reports")
    assert (
        "CSG213 the key says `review: hpc-reports`, as the key in hpc-reports.yaml, but the file name is a-copy.yaml."
        " Each review needs a name of its own. Write `review: a-copy`."
    ) in csg("check").stdout


@pytest.mark.parametrize(("file", "kind"), [("data/workplan-{}.yaml", "workplan"), ("data/reviews/{}.yaml", "review")])
@pytest.mark.parametrize(("first", "second"), [("Plan", "plan"), ("ÉTÉ", "été"), ("strasse", "straße")])
def test_names_that_differ_only_in_case(csg: Run, root: Path, file: str, kind: str, first: str, second: str) -> None:
    """On many systems their files, and the folders of their reports, are the same."""
    source = PLAN if kind == "workplan" else REVIEW
    for name in (first, second):
        copy(root, source, file.format(name), f"{kind}: {name}")
    if (root / file.format(first)).read_bytes() == (root / file.format(second)).read_bytes():
        pytest.skip("this system has one file for both names")
    done = csg("check")
    assert done.returncode == 1
    assert f"CSG201 the names of two {kind}s, " in done.stdout
    assert " differ only in upper and lower case. Change the key and the file name of one of them." in done.stdout


def test_a_new_plan_with_the_name_of_another_is_refused(csg: Run, root: Path) -> None:
    """In whatever case the name is typed, and nothing is written."""
    copy(root, PLAN, "data/workplan-Plan.yaml", "workplan: Plan")
    before = sorted((root / "data").iterdir())
    done = csg("workplan", "new", "PLAN", "--from", "2021-22")
    assert (done.returncode, done.stdout) == (1, "")
    assert "CSG201 the names of two workplans, " in done.stderr or "CSG406" in done.stderr
    assert [path for path in sorted((root / "data").iterdir()) if not path.name.startswith(".csg")] == before
