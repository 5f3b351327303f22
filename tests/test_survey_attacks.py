"""Exports that try to bring a personal detail into the folder that is published, or into what is printed."""

import json
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


def nested_answers() -> list[tuple[str, str]]:
    """A region and a country of each person. Two people are from Uganda, and nine from its region."""
    return [
        *[("Eastern Africa", "Kenya")] * 7, *[("Eastern Africa", "Uganda")] * 2, *[("Asia", "Nepal")] * 6,
        *[("Asia", "Thailand")] * 8, *[("Asia", "Myanmar")] * 2, *[("Europe", "Ukraine")] * 9,
    ]  # fmt: skip


def ages(number: int) -> list[tuple[str, ...]]:
    """The age of each person, and the group and the year of birth that a form calculates from it."""
    chance = random.Random(2)  # noqa: S311
    known = [chance.randint(16, 60) for _ in range(number)]
    return [(str(age), "Under 25" if age < 25 else "25 to 34" if age < 35 else "35+", str(2021 - age)) for age in known]


NESTED: dict[str, tuple[list[str], Sequence[tuple[str, ...]], list[str]]] = {
    "a region after a country": (["Region", "Country?"], nested_answers(), ["Region"]),
    "one person made a mistake": (["Region", "Country?"], [*nested_answers(), ("Europe", "Kenya")], ["Region"]),
    "an organization in each country": (
        ["Service", "Country?"],
        [
            *[("drop-in 1", "Kenya")] * 7,
            *[("drop-in 2", "Kenya")] * 6,
            *[("drop-in 3", "Nepal")] * 8,
            *[("drop-in 4", "Uganda")] * 7,
            *[("drop-in 5", "Uganda")] * 3,
        ],
        ["Service"],
    ),
    "numbers and groups of them": (["Age?", "Age group", "Year of birth?"], ages(60), ["Age group", "Year of birth?"]),
    "by coincidence": (["One?", "Two?"], [("Yes", "Left"), ("No", "Right"), ("No", "Left")] * 9, []),
    "the same question twice": (["One?", "Two?"], [("Yes", "Oui")] * 20 + [("No", "Non")] * 9, []),
}


@pytest.mark.parametrize("name", NESTED)
def test_questions_that_decide_each_other_do_not_reveal_a_count(csg: Run, tmp_path: Path, name: str) -> None:
    """Only one of them has counts. The country stays."""
    heads, answers, without = NESTED[name]
    rows = [[TIME, *answer] for answer in answers]
    random.Random(3).shuffle(rows)  # noqa: S311
    done = csg("review", "import", str(written(tmp_path, [["Timestamp", *heads], *rows])), "--id", "r", "--yes")
    assert done.returncode == 0, done.stderr
    review = json.loads(csg("review", "show", "r", "--format", "json").stdout)
    assert [question["text"] for question in review["questions"] if not question["choices"]] == without
    assert done.stderr.count("has no counts: the answers") == len(without)
    assert csg("check", "--strict").returncode == 0


def rated(country: str, yes: int, no: int) -> Table:
    """Responses from a country."""
    return [[TIME, country, answer] for answer, number in (("Yes", yes), ("No", no)) for _ in range(number)]


@pytest.mark.parametrize("first_is_whole", [True, False])
@pytest.mark.parametrize(
    ("part", "is_asked"),
    [(rated("Nepal", 8, 12), True), (rated("Kenya", 7, 23), True), (rated("Nepal", 16, 12), False)],
    ids=["a country", "the rest", "other people"],
)
def test_a_part_of_a_survey_is_no_review_of_its_own(
    csg: Run, tmp_path: Path, part: Table, is_asked: bool, first_is_whole: bool
) -> None:
    """The whole and the people of one country are a table of answers by country."""
    heads = ["Timestamp", "Which country?", "Were you stopped by the police?"]
    both = [[heads, *rated("Kenya", 7, 23), *rated("Nepal", 8, 12)], [heads, *part]]
    first, second = both if first_is_whole else reversed(both)
    assert csg("review", "import", str(written(tmp_path, first)), "--id", "one", "--yes").returncode == 0
    done = csg("review", "import", str(written(tmp_path, second)), "--id", "two", "--yes")
    assert ("CSG705 these could be the responses of review one" in done.stderr) == is_asked
