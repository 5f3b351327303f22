"""One survey is one review: two imports of it could be subtracted, and the difference is a person."""

import json
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from survey_files import FILES, Table, as_csv, as_xlsx, people
from terminal import ENTER, Terminal
from test_history import git

from csg.model.review import Review
from csg.survey.likeness import likeness
from csg.survey.private import Spool
from csg.survey.reviews import Wanted, import_survey

HEADS = [
    "Timestamp",
    "Which country?",
    "How good is the report?",
    "Were people consulted?",
    "How useful is it?",
    "Else?",
]
SCALES = [
    ["Kenya", "Nepal", "Uganda", "Ukraine", "Pakistan"],
    ["Poor", "Fair", "Good"],
    ["Yes", "No", "Partly"],
    ["1", "2", "3", "4", "5"],
]
RUSSIAN = {
    "Poor": "Плохо", "Fair": "Средне", "Good": "Хорошо", "Yes": "Да", "No": "Нет", "Partly": "Частично",
    "Kenya": "Кения", "Nepal": "Непал", "Uganda": "Уганда", "Ukraine": "Украина", "Pakistan": "Пакистан",
    "How good is the report?": "Насколько хорош доклад?", "Were people consulted?": "Консультировались ли с людьми?",
    "Which country?": "Какая страна?", "How useful is it?": "Насколько он полезен?", "Else?": "Что ещё?",
}  # fmt: skip


def survey(number: int = 59, seed: int = 1) -> Table:
    """A survey of so many people; a greater one begins with the same people."""
    chance = random.Random(seed)  # noqa: S311
    rows = [HEADS]
    for index in range(number):
        answers = [chance.choices(scale, weights=range(len(scale), 0, -1))[0] for scale in SCALES]
        rows.append([f"2026/05/01 10:{index:02}", *answers, f"A remark of {index} words" * (index % 3 > 0)])
    return rows


def columns(rows: Table, *wanted: int) -> Table:
    """Some columns of a table."""
    return [[row[column] for column in (0, *wanted)] for row in rows]


def translated(rows: Table) -> Table:
    """A table in another language."""
    return [[RUSSIAN.get(cell, cell) for cell in row] for row in rows]


AGAIN: dict[str, Callable[[], Table]] = {
    "the same in another kind of file": survey,
    "grown by one": lambda: survey(60),
    "grown by four": lambda: survey(63),
    "one response fewer": lambda: survey(58),
    "headings with numbers": lambda: [[HEADS[0], *(f"{n}. {h}" for n, h in enumerate(HEADS[1:], 1))], *survey()[1:]],
    "another language": lambda: translated(survey()),
    "another language, grown by one": lambda: translated(survey(60)),
    "a part of the questions": lambda: columns(survey(), 2, 4),
    "a part of the questions, grown by one": lambda: columns(survey(60), 1, 2, 4),
    "one question": lambda: columns(survey(), 1),
    "one question, grown by one": lambda: columns(survey(60), 4),
    "one question in another language": lambda: translated(columns(survey(), 4)),
    "the questions in another order": lambda: columns(survey(), 4, 2, 1, 3),
    "the responses in another order": lambda: [HEADS, *reversed(survey()[1:])],
    "one response replaced by two": lambda: [*survey()[:59], *survey(62)[60:62]],
}


@pytest.mark.parametrize("name", AGAIN)
@pytest.mark.parametrize("dry_run", [False, True])
def test_a_survey_is_not_imported_twice(csg: Run, root: Path, tmp_path: Path, name: str, dry_run: bool) -> None:
    """Whatever was changed: it is refused before anything is written, and --yes is no permission."""
    first, second = tmp_path / "first.csv", tmp_path / "second.xlsx"
    first.write_bytes(as_csv(survey()))
    second.write_bytes(as_xlsx(AGAIN[name]()))
    assert csg("review", "import", str(first), "--id", "first", "--yes").returncode == 0
    before = sorted(root.rglob("*"))
    done = csg("review", "import", str(second), "--id", "second", "--yes", *(["--dry-run"] if dry_run else []))
    assert (done.returncode, done.stdout) == (1, "")
    assert "second.xlsx: CSG705 these " in done.stderr
    assert "responses of review first" in done.stderr
    assert sorted(root.rglob("*")) == before


def test_another_threshold_is_no_way_around(csg: Run, tmp_path: Path) -> None:
    """Two versions with other thresholds hide other counts."""
    first, second = tmp_path / "first.csv", tmp_path / "second.xlsx"
    first.write_bytes(FILES["survey.csv"](people()))
    second.write_bytes(FILES["survey.xlsx"](people()))
    assert csg("review", "import", str(first), "--id", "first", "--yes").returncode == 0
    again = csg("review", "import", str(first), "--id", "second", "--yes")
    assert again.stderr.startswith(
        "first.csv: CSG705 this file has been imported as first. Keep the review that exists."
    )
    same = csg("review", "import", str(second), "--id", "second", "--yes", "--threshold", "3")
    assert "second.xlsx: CSG705 these are the responses of review first: the difference could" in same.stderr
    twice = csg("review", "import", str(first), "--id", "first", "--yes")
    assert twice.stderr.startswith("data/reviews/first.yaml: CSG406 this review exists already")


def test_other_people_with_the_same_questions_are_another_survey(csg: Run, tmp_path: Path) -> None:
    """As in the next year."""
    for year, number in enumerate((59, 62, 57)):
        path = tmp_path / f"{year}.csv"
        path.write_bytes(as_csv(survey(number, seed=year + 10)))
        done = csg("review", "import", str(path), "--id", f"year{year}", "--yes")
        assert done.returncode == 0, done.stderr


def test_an_import_can_be_replaced_before_it_is_committed(csg: Run, root: Path, tmp_path: Path) -> None:
    """The review and its free text; csg undo takes it back. After a commit it stays, even if its file is deleted."""
    git(root, "init", "-q")
    (root / ".gitignore").write_text("/private/\n", "utf-8")
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_bytes(as_csv(survey()))
    second.write_bytes(as_csv(survey(60)))
    words = ("review", "import", str(second), "--id", "r", "--yes", "--replace")
    assert csg("review", "import", str(first), "--id", "r", "--yes").returncode == 0
    shown = csg(*words, "--dry-run")
    assert "-reviewers: 59\n+reviewers: 60\n" in shown.stdout
    done = csg(*words)
    assert (done.returncode, done.stdout) == (0, "changed   data/reviews/r.yaml\n"), done.stderr
    assert json.loads(csg("review", "show", "r", "--format", "json").stdout)["reviewers"] == 60
    assert (root / "private" / "r.jsonl").read_text("utf-8").count("A remark") > 30
    git(root, "add", "-A")
    git(root, "commit", "-qm", "x")
    refused = csg("review", "import", str(first), "--id", "r", "--yes", "--replace")
    assert "data/reviews/r.yaml: CSG705 this review is in a commit, and cannot be replaced." in refused.stderr
    git(root, "rm", "-q", "data/reviews/r.yaml")
    (root / "private" / "r.jsonl").unlink()
    git(root, "commit", "-qm", "y")
    deleted = csg("review", "import", str(first), "--id", "other", "--yes")
    assert "CSG705 these are the responses of review r, with 1 fewer" in deleted.stderr


def test_a_review_with_another_id_is_not_replaced(csg: Run, root: Path, tmp_path: Path) -> None:
    """Only the one that is named."""
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_bytes(as_csv(survey()))
    second.write_bytes(as_csv(survey(60)))
    assert csg("review", "import", str(first), "--id", "r", "--yes").returncode == 0
    before = (root / "data" / "reviews" / "r.yaml").read_bytes()
    done = csg("review", "import", str(second), "--id", "s", "--yes", "--replace")
    assert "If it is not committed, --id r --replace replaces it." in done.stderr
    assert (root / "data" / "reviews" / "r.yaml").read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal")
@pytest.mark.parametrize("answer", ["y", "n"])
def test_a_person_decides_where_the_numbers_do_not(csg: Run, root: Path, tmp_path: Path, answer: str) -> None:
    """Two small surveys can be alike by chance."""
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_bytes(
        as_csv(
            [["Timestamp", "Seen?"], *(["1/2/2021", "Yes"] for _ in range(20)), *(["1/2/2021", "No"] for _ in range(9))]
        )
    )
    second.write_bytes(
        as_csv(
            [
                ["Timestamp", "Seen?"],
                *(["1/2/2021", "Yes"] for _ in range(19)),
                *(["1/2/2021", "No"] for _ in range(10)),
            ]
        )
    )
    assert csg("review", "import", str(first), "--id", "first", "--yes").returncode == 0
    assert csg("review", "import", str(second), "--id", "second", "--yes").returncode == 1
    with Terminal(root, "review", "import", str(second), "--id", "second") as terminal:
        terminal.expect("Is this a different survey from first, of other people?")
        terminal.send(answer + ENTER)
        if answer == "y":
            terminal.expect("Write data/reviews/second.yaml")
            terminal.send("y" + ENTER)
        assert terminal.end() == (0 if answer == "y" else 1)
    assert (root / "data" / "reviews" / "second.yaml").exists() is (answer == "y")


def reviewed(rows: Table, folder: Path) -> Review:
    """The review that a table becomes."""
    path = folder / "survey.csv"
    path.write_bytes(as_csv(rows))
    with Spool(None) as spool:
        return import_survey(path, Wanted("r", "R", None, 5, {}, None, 0, None, {}), spool).review


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), number=st.integers(30, 90), more=st.integers(0, 3), data=st.data())
def test_any_survey_that_has_grown_is_recognized(
    seed: int, number: int, more: int, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """With any of its questions, in any order of the responses; in another language, if three questions have grown."""
    folder = tmp_path_factory.mktemp("survey")
    chosen = data.draw(st.lists(st.sampled_from([1, 2, 3, 4]), min_size=2, max_size=4, unique=True))
    grown = columns(survey(number + more, seed), *chosen)
    responses = data.draw(st.permutations(grown[1:]))
    old = reviewed(survey(number, seed), folder)
    assert likeness(reviewed([grown[0], *responses], folder), old) != "other"
    if len(chosen) > 2 and more < 2:
        assert likeness(reviewed(translated(grown), folder), old) != "other"
