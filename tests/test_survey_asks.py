"""At a terminal, an import asks the few things that it is not sure of, one at a time. Nobody there is a no."""

import random
from pathlib import Path

import pytest
import yaml
from conftest import Run
from survey_files import as_csv
from terminal import ENTER, Terminal

SERVICES = ["Needles, Naloxone", "Naloxone, Housing", "Needles, Housing", "Needles, Naloxone, Housing"]
COUNTRIES = ["Kenya"] * 14 + ["Nepal"] * 14 + ["Kyrgistan"] * 8 + ["Narnia"] * 4


def survey(root: Path) -> Path:
    chance = random.Random(3)  # noqa: S311
    countries = chance.sample(COUNTRIES, len(COUNTRIES))
    services = chance.sample(SERVICES * 10, len(COUNTRIES))
    rows = [[f"2026/05/01 10:{at:02}", *row] for at, row in enumerate(zip(countries, services, strict=True))]
    path = root.parent / "survey.csv"
    path.write_bytes(as_csv([["Timestamp", "Which country?", "Which services does it name?"], *rows]))
    return path


def questions(root: Path) -> list[dict[str, object]]:
    found = yaml.safe_load((root / "data/reviews/r.yaml").read_text("utf-8"))["questions"]
    assert isinstance(found, list)
    return found


def test_a_person_decides_about_countries_and_commas(root: Path) -> None:
    with Terminal(root, "review", "import", str(survey(root)), "--id", "r") as terminal:
        terminal.expect("Which country is “Kyrgistan”?")
        terminal.send("Atlantis" + ENTER)
        terminal.expect("unknown country 'Atlantis'")
        terminal.send("\x15KGZ" + ENTER)
        terminal.expect("Which country is “Narnia”?")
        terminal.send("-" + ENTER)
        terminal.expect("Could people choose several of them in Q2?")
        terminal.send("y" + ENTER)
        terminal.expect("Write data/reviews/r.yaml")
        terminal.send("y" + ENTER)
        assert terminal.end() == 0
    country, services = questions(root)
    assert [each["label"] for each in country["choices"]] == ["Kenya", "Kyrgistan", "Nepal", "Other answers"]  # type: ignore[attr-defined]
    assert services["kind"] == "several-choices"
    counts = {each["label"]: each["count"] for each in services["choices"]}  # type: ignore[attr-defined]
    assert counts == {"Housing": 30, "Naloxone": 30, "Needles": 30}


@pytest.mark.parametrize("options", [["--yes"], ["--dry-run"]])
def test_nobody_there_is_a_no(csg: Run, root: Path, options: list[str]) -> None:
    done = csg("review", "import", str(survey(root)), "--id", "r", *options)
    assert done.returncode == 0, done.stderr
    assert "Q2: csg is not sure if commas separate several choices here" in done.stderr
    assert "csg does not know these answers to Q1 as countries" in done.stderr


def test_a_correction_separates_choices_at_commas(csg: Run, root: Path) -> None:
    (root / "questions.yaml").write_text("questions:\n  - {id: Q2, kind: several-choices}\n", "utf-8")
    done = csg("review", "import", str(survey(root)), "--id", "r", "--yes", "--questions", "questions.yaml")
    assert done.returncode == 0, done.stderr
    assert [each["label"] for each in questions(root)[1]["choices"]] == ["Housing", "Naloxone", "Needles"]  # type: ignore[attr-defined]
