"""An XLSForm names the labels, the kinds, the lists of choices in order, and the personal questions of a survey."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from conftest import Run
from survey_files import Table, as_csv

from csg.survey.headers import is_personal

SURVEY = [
    ["type", "name", "label::English (en)", "label::Français (fr)", "calculation"],
    ["start", "start", "", "", ""],
    ["begin_group", "intro", "Introduction", "Introduction", ""],
    ["text", "obs", "Your surveyor", "Votre agent enquêteur", ""],
    ["text", "field_7", "Full name", "Nom complet", ""],
    ["note", "thanks", "Thank you for your time", "Merci", ""],
    ["select_one country", "land", "Which country are you reviewing?", "Quel pays ?", ""],
    ["end_group", "", "", "", ""],
    ["begin_group", "main", "Quality/usefulness of the report", "Qualité du rapport", ""],
    ["select_one grade", "overall", "How is the report?", "Comment est le rapport ?", ""],
    ["select_multiple topic", "gaps", "What is missing?", "Que manque-t-il ?", ""],
    ["text", "gaps_x", "If other, please specify", "Si autre, précisez", ""],
    ["integer", "years", "Years of work", "Années de travail", ""],
    ["text", "more", "If other, please specify", "Si autre, précisez", ""],
    ["calculate", "secret", "", "", "concat(${field_7}, '!')"],
    ["end_group", "", "", "", ""],
]
CHOICES = [
    ["list_name", "name", "label::English (en)", "label::Français (fr)"],
    ["country", "c1", "Kenya", "Kenya"],
    ["country", "c2", "Viet Nam", "Viêt Nam"],
    ["country", "c3", "Ukraine", "Ukraine"],
    ["grade", "g1", "Splendid", "Splendide"],
    ["grade", "g2", "Useful to us", "Utile"],
    ["grade", "g3", "Middling", "Moyen, sans plus"],
    ["grade", "g4", "Hopeless", "Nul"],
    ["topic", "nsp", "Needles, syringes", "Aiguilles"],
    ["topic", "oat", "Opioid agonist therapy", "Traitement"],
    ["topic", "email", "Laws/policies", "Lois/politiques"],
    ["topic", "none", "Nothing", "Rien"],
]
LANGUAGES = {"names": 1, "English": 2, "French": 3}
NAMES = ["Quentin Madeupsson", "Zenobia Fictitious", "Ulrike Invented"]


def form(path: Path) -> Path:
    """Write the form as a workbook."""
    from openpyxl import Workbook

    book = Workbook()
    for title, rows in (("survey", SURVEY), ("choices", CHOICES), ("settings", [["form_title"], ["Review"]])):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(path)
    return path


def people(number: int = 60) -> list[dict[str, str]]:
    chance = random.Random(5)  # noqa: S311
    return [
        {
            "obs": chance.choice(NAMES), "field_7": chance.choice(NAMES), "land": chance.choice(["c1", "c2", "c3"]),
            "overall": chance.choice(["g1", "g2", "g3"]),
            "gaps": " ".join(each for each in ("nsp", "oat", "email") if chance.random() < 0.5) or "oat",
            "gaps_x": "", "years": str(chance.randint(1, 30)), "more": chance.choice(["", "A remark"]),
            "secret": "Quentin Madeupsson!",
        }
        for _ in range(number)
    ]  # fmt: skip


def label(row: Sequence[str], language: str) -> str:
    return row[LANGUAGES[language]] or row[1]


def export(language: str, groups: bool, several: str, separator: str = "/") -> Table:
    """An export as KoboToolbox's formpack writes it: names or labels, groups or none, choices in one column or many."""
    path: list[str] = []
    heads: list[str] = []
    cells: list[list[str]] = []
    everyone = people()
    for row in SURVEY[2:]:
        kind, name = row[0], row[1]
        if kind == "begin_group":
            path.append(label(row, language))
        elif kind == "end_group":
            path.pop()
        elif kind != "note":
            head = separator.join([*path, label(row, language)] if groups else [label(row, language)])
            options = {each[1]: label(each, language) for each in CHOICES if each[0] == kind.partition(" ")[2]}
            answers = [person[name] for person in everyone]
            if several != "details" or not kind.startswith("select_multiple"):
                heads.append(head)
                cells.append([" ".join(options.get(each, each) for each in answer.split()) for answer in answers]
                             if options else answers)  # fmt: skip
            if several != "summary" and kind.startswith("select_multiple"):
                for option, text in options.items():
                    heads.append(f"{head}{separator}{text}")
                    cells.append([str(int(option in answer.split())) for answer in answers])
    marks = ["_id", "_uuid", "_submission_time", "_status", "_index"]
    rows = [[*row, "1", "uuid", "2026-05-01T10:00:00", "ok", "1"] for row in zip(*cells, strict=True)]
    return [[*heads, *marks], *rows]


def read(csg: Run, folder: Path, table: Table, *options: str) -> tuple[list[dict[str, object]], str]:
    file = folder / "export.csv"
    file.write_bytes(as_csv(table, ";"))
    words = ("--id", "r", "--dry-run", "--form", str(form(folder / "form.xlsx")), *options)
    done = csg("review", "import", str(file), *words)
    assert done.returncode == 0, done.stderr
    lines = [line[1:] for line in done.stdout.splitlines() if line.startswith("+") and not line.startswith("+++")]
    for name in NAMES:
        assert name.split()[1] not in done.stdout + done.stderr
    return yaml.safe_load("\n".join(lines))["questions"], done.stderr


@pytest.mark.parametrize("several", ["both", "summary", "details"])
@pytest.mark.parametrize("groups", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_layout_of_an_export_is_read_with_the_form(
    csg: Run, tmp_path: Path, language: str, groups: bool, several: str
) -> None:
    questions, shown = read(csg, tmp_path, export(language, groups, several))
    everyone = people()
    texts = [question["text"] for question in questions]
    assert texts == [
        "Which country are you reviewing?", "How is the report?", "What is missing?", "If other, please specify",
        "Years of work", "If other, please specify (2)",
    ]  # fmt: skip
    kinds = [question["kind"] for question in questions]
    assert kinds == ["one-choice", "one-choice", "several-choices", "text", "number", "text"]
    grades = {choice["label"]: choice["count"] for choice in questions[1]["choices"]}  # type: ignore[attr-defined]
    assert list(grades) == ["Splendid", "Useful to us", "Middling", "Hopeless"]
    assert grades["Hopeless"] == "fewer than 5"
    topics = {choice["label"]: choice["count"] for choice in questions[2]["choices"]}  # type: ignore[attr-defined]
    wanted = {"Needles, syringes": "nsp", "Opioid agonist therapy": "oat", "Laws/policies": "email"}
    assert list(topics) == [*wanted, "Nothing"]
    for text, name in wanted.items():
        number = sum(name in person["gaps"].split() for person in everyone)
        assert topics[text] in (number, "hidden")
    assert "Countries reviewed, by Q3: 3 of" in shown


def test_an_export_without_the_columns_of_kobo_is_read_with_the_form(csg: Run, tmp_path: Path) -> None:
    table = [row[:-5] for row in export("names", groups=False, several="both")]
    questions, _ = read(csg, tmp_path, table)
    assert len(questions) == 6


def test_names_of_groups_can_be_separated_in_another_way(csg: Run, tmp_path: Path) -> None:
    questions, _ = read(csg, tmp_path, export("names", groups=True, several="both", separator="-"), "--from", "table")
    assert len(questions) == 6


@pytest.mark.parametrize(("sheet", "message"), [
    ("other", "this is no XLSForm: it has no sheet with the name survey"),
    ("survey", "no heading is a question of the form"),
])  # fmt: skip
def test_a_form_of_another_survey_is_refused(csg: Run, tmp_path: Path, sheet: str, message: str) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.worksheets[0].title = sheet
    for row in (["type", "name", "label"], ["text", "zzz", "Something else"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "form.xlsx")
    (tmp_path / "export.csv").write_bytes(as_csv(export("English", groups=False, several="both")))
    words = ("--id", "r", "--yes", "--form", str(tmp_path / "form.xlsx"))
    done = csg("review", "import", str(tmp_path / "export.csv"), *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"CSG701 {message}" in done.stderr


@pytest.mark.parametrize("several", ["both", "details"])
@pytest.mark.parametrize("separator", ["/", " / ", "::", "-", ".", ">", "|"])
def test_any_separator_of_groups_is_found_without_the_form(
    csg: Run, tmp_path: Path, separator: str, several: str
) -> None:
    file = tmp_path / "export.csv"
    file.write_bytes(as_csv(export("English", groups=True, several=several, separator=separator), ";"))
    done = csg("review", "import", str(file), "--id", "r", "--dry-run")
    assert done.returncode == 0, done.stderr
    for name in NAMES:
        assert name.split()[1] not in done.stdout + done.stderr
    lines = [line[1:] for line in done.stdout.splitlines() if line.startswith("+") and not line.startswith("+++")]
    questions = yaml.safe_load("\n".join(lines))["questions"]
    (topics,) = [question for question in questions if question["kind"] == "several-choices"]
    counts = {choice["label"]: choice["count"] for choice in topics["choices"]}
    assert list(counts) == ["Needles, syringes", "Opioid agonist therapy", "Laws/policies", "Nothing"]
    assert counts["Laws/policies"] in (sum("email" in person["gaps"] for person in people()), "hidden")
    assert topics["text"] == "What is missing?"


@pytest.mark.parametrize("head", ["Introduction::Name", "intro-observer", "A > Your name", "A | Supervisor", "a.name"])
def test_a_personal_question_in_a_group_is_personal(head: str) -> None:
    assert is_personal(head)
