"""Problems that no other test raises: one small request or file for each."""

import re
from pathlib import Path

import pytest
from conftest import Run
from filelock import FileLock
from survey_files import as_csv, people, surveymonkey

from csg.editing import change as changes
from csg.problem import Refused
from csg.source.data_edits import Put
from csg.source.text import MOST_BYTES
from csg.workspace import open_workspace, own_files, pending

PLAN = "data/workplan-2021-22.yaml"
MEMBERS = "data/members.yaml"
REVIEW = "data/reviews/hpc-reports.yaml"


def replace(root: Path, file: str, old: str, new: str) -> None:
    """Replace the first occurrence of a text in a file of the workspace."""
    path = root / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_file_that_is_too_large_is_not_parsed(csg: Run, root: Path) -> None:
    with (root / PLAN).open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    assert csg("check").stdout == (
        f"{PLAN}: CSG104 the file must have at most 67,108,864 bytes. Delete the data that does not belong in it.\n"
    )


FAULTS = [
    (PLAN, "title: ", "[a, b]: ", "CSG114 a key must be plain text. Write `key: value`."),
    (
        MEMBERS,
        "members: [IDPC]",
        "members: [IDCP]",
        "CSG212 unknown member 'IDCP' in group Secretariat. Did you mean IDPC or IDHDP?",
    ),
    (
        PLAN,
        "workplan: 2021-22",
        "workplan: 2022-23",
        "CSG213 the key says `workplan: 2022-23`, but the file name is workplan-2021-22.yaml. Change one of them.",
    ),
    (
        REVIEW,
        "review: hpc-reports",
        "review: other",
        "CSG213 the key says `review: other`, but the file name is hpc-reports.yaml. Change one of them.",
    ),
    (REVIEW, 'activity: "3.1"', 'activity: "3.11"', "CSG216 unknown activity '3.11'. Did you mean 3.1?"),
    (
        REVIEW,
        "reviewers: 50",
        "reviewers: 4",
        "CSG236 4 reviewers are fewer than the threshold of 5."
        " Do not publish this review: a person could be identified.",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "sentence"), FAULTS)
def test_a_fault_gives_its_sentence(csg: Run, root: Path, file: str, old: str, new: str, sentence: str) -> None:
    replace(root, file, old, new)
    lines = csg("check").stdout.splitlines()
    assert [line for line in lines if re.match(rf"{re.escape(file)}:\d+:\d+: {re.escape(sentence)}$", line)], lines


def test_an_activity_that_others_refer_to_is_not_removed(csg: Run, root: Path) -> None:
    assert csg("workplan", "set", "3.1", "related=2.4").returncode == 0
    before = (root / PLAN).read_bytes()
    done = csg("workplan", "remove", "2.4", "--yes")
    assert done.returncode == 1
    assert done.stderr == (
        "CSG309 activity 3.1 is related to 2.4. Remove the reference first: `csg workplan set 3.1 related-=2.4`.\n"
    )
    assert (root / PLAN).read_bytes() == before


def test_an_objective_is_added_once(csg: Run) -> None:
    words = ("--objective", "2", "--objective-title", "Another", "--title", "New", "cso_lead=INPUD")
    done = csg("workplan", "add", *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert "CSG314 objective 2 exists already" in done.stderr


def test_a_writer_does_not_wait_for_ever(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_files, "PATIENCE", 0.01)
    message = r"CSG405 another csg command is writing to this workspace\."
    with FileLock(own_files.own_file(root, "lock").path), pytest.raises(Refused, match=message), own_files.locked(root):
        pass


def test_undo_refuses_where_there_is_no_change_of_csg_or_a_later_edit(csg: Run, root: Path) -> None:
    assert csg("undo", "--yes").stderr.startswith("CSG410 ")
    assert csg("workplan", "set", "2.4", "due=2022-03-14").returncode == 0
    replace(root, PLAN, "due: 2022-03-14", "due: 2022-03-15")
    done = csg("undo", "--yes")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{PLAN}: CSG411 the file was edited after the last change of csg. ")


def test_a_layout_that_cannot_be_edited_is_left_alone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last guard: the new text does not hold the data that it must."""
    monkeypatch.setattr(changes, "edit_text", lambda text, *_: text)
    before = (root / PLAN).read_bytes()
    place = open_workspace(str(root))
    path = (*place.plan.path("2.4"), "title")
    with pytest.raises(Refused, match=r"CSG412 csg cannot edit these lines"):
        changes.change(place, lambda fresh: fresh.plan_file, lambda _: [Put(path, "Another")])
    assert (root / PLAN).read_bytes() == before


def test_without_git_it_says_so(csg: Run, tmp_path: Path) -> None:
    done = csg("diff", PATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("CSG501 ")


def test_an_error_of_git_is_repeated(csg: Run) -> None:
    done = csg("diff")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("CSG502 ")


@pytest.fixture
def survey(root: Path) -> Path:
    path = root.parent / "survey.csv"
    path.write_bytes(as_csv(surveymonkey(people())))
    return path


@pytest.mark.parametrize(
    ("correction", "code"), [("{id: Q2, kind: number}", "CSG702"), ("{id: Q99, kind: text}", "CSG709")]
)
def test_a_correction_that_does_not_fit_the_survey(csg: Run, survey: Path, correction: str, code: str) -> None:
    file = survey.with_name("questions.yaml")
    file.write_text(f"questions:\n  - {correction}\n", "utf-8")
    done = csg("review", "import", str(survey), "--id", "new", "--questions", str(file), "--yes")
    assert (done.returncode, done.stdout) == (1, "")
    assert re.match(rf"questions\.yaml:2:\d+: {code} ", done.stderr)


@pytest.mark.parametrize("words", [("Q1", "--number", "1"), ("Q8", "--number", "9999")])
def test_an_answer_that_does_not_exist_is_not_quoted(csg: Run, survey: Path, words: tuple[str, ...]) -> None:
    assert csg("review", "import", str(survey), "--id", "new", "--title", "New", "--yes").returncode == 0
    done = csg("review", "quote", "new", *words, "--agreed")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("CSG707 ")


def test_the_private_folder_must_be_a_folder(csg: Run, survey: Path, root: Path) -> None:
    (root / "private").write_text("mine", "utf-8")
    done = csg("review", "import", str(survey), "--id", "new", "--title", "New", "--yes")
    assert (done.returncode, "private: CSG703 " in done.stderr) == (1, True)
    assert (root / "private").read_text("utf-8") == "mine"


def test_an_interrupted_change_does_not_overwrite_a_later_edit(
    csg: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """csg stops after the first of two files; then a person edits that file."""

    def stop(_: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pending, "record_write", stop)
    new = {file: (root / file).read_bytes() + b"# new\n" for file in (PLAN, MEMBERS)}
    with pytest.raises(KeyboardInterrupt), pending.writing(root):
        pending.change_together(root, new)
    replace(root, PLAN, "# new", "# edited")
    done = csg("workplan", "set", "2.4", "due=2022-03-14")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{PLAN}: CSG413 " in done.stderr
    assert (root / PLAN).read_text("utf-8").endswith("# edited\n")
