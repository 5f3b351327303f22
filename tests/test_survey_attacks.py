"""Exports that try to bring a personal detail into the folder that is published, or into what is printed."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import Run
from survey_files import Table, as_csv

NAME = "Kadyrov"
TIME = "2021/12/01 10:15:00 AM"


def texts(root: Path, folders: Sequence[str] = ("data", "reports", "site")) -> str:
    """All published files together."""
    files = (file for folder in folders for file in (root / folder).rglob("*") if file.is_file())
    return "\n".join(file.read_text("utf-8", "replace") for file in files)


def written(tmp_path: Path, table: Table) -> Path:
    """A file with a table."""
    path = tmp_path / "survey.csv"
    path.write_bytes(as_csv(table))
    return path


def people(number: int = 20) -> Table:
    """The answers of people who all write long texts."""
    chance = random.Random(1)  # noqa: S311
    return [
        [
            chance.choice(["Prefer not to say", "A woman who injects"]),
            chance.choice(["25 to 34 years old", "35 to 44 years old"]),
            f"Officer {NAME} beat me {index} times",
        ]
        for index in range(number)
    ]


@pytest.mark.parametrize("heads", [["Gender", "Age", "Story"], ["Пол", "Возраст", "История"], ["", "Age", "Story"]])
@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_the_first_response_is_not_taken_for_the_headings(
    csg: Run, root: Path, tmp_path: Path, heads: list[str], options: list[str]
) -> None:
    """Short headings are no sentences, but long answers are."""
    path = written(tmp_path, [heads, *people()])
    done = csg("review", "import", str(path), "--id", "r", "--yes", *options)
    assert done.returncode == 1
    assert NAME not in texts(root) + done.stdout + done.stderr


@pytest.mark.parametrize("service", ["table", "google", "microsoft", "kobo", "odk", "typeform", "alchemer"])
def test_a_file_without_headings_is_refused(csg: Run, tmp_path: Path, service: str) -> None:
    """An answer of the first person is also the answer of another one."""
    done = csg("review", "import", str(written(tmp_path, people())), "--id", "r", "--from", service, "--dry-run")
    assert done.returncode == 1
    assert "row 1 looks like the answers of a person" in done.stderr
    assert NAME not in done.stdout + done.stderr


def test_a_title_above_the_headings_is_still_skipped(csg: Run, root: Path, tmp_path: Path) -> None:
    """It has fewer cells than the headings."""
    heads = ["Gender", "Which age are you?", "What happened to you there?", "Does it help?"]
    rows = [[*row, "Yes" if index % 2 else "No"] for index, row in enumerate(people())]
    path = written(tmp_path, [["Survey", "of 2021", "", ""], heads, *rows])
    done = csg("review", "import", str(path), "--id", "r", "--yes")
    assert done.returncode == 0, done.stderr
    assert [f"text: {head}" in texts(root, ["data/reviews"]) for head in heads] == [True] * 4
