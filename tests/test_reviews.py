"""Reviews: surveys imported, with nothing of a single person in what is kept; shown, checked, quoted and reported."""

import io
import json
import os
import re
import stat
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import OWN, Run
from hypothesis import given, settings
from hypothesis import strategies as st
from survey_files import (
    CANARIES,
    COUNTRIES,
    FILES,
    HEADS,
    ROWS,
    Person,
    Table,
    as_csv,
    as_xlsx,
    google,
    kobo,
    microsoft,
    people,
    surveymonkey,
)
from test_history import git

from csg.problem import Refused
from csg.survey import workbooks
from csg.survey.country_names import country_code
from csg.survey.headers import is_personal, plain_head
from csg.survey.numbers import bands
from csg.survey.private import Spool
from csg.survey.reviews import Wanted, import_survey
from csg.survey.scrub import scrubbed
from csg.survey.tables import open_tables

REVIEW = "data/reviews/hpc-2021.yaml"
posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX modes")


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """A SurveyMonkey export of fifty people."""
    path = tmp_path / "survey.csv"
    path.write_bytes(FILES["survey.csv"](people()))
    return path


def imported(csg: Run, path: Path, *words: str, name: str = "hpc-2021") -> dict[str, object]:
    """The review that comes of a file."""
    done = csg("review", "import", str(path), "--id", name, "--yes", *words)
    assert done.returncode == 0, done.stderr
    review: dict[str, object] = json.loads(csg("review", "show", name, "--format", "json").stdout)
    return review


def counts(review: dict[str, object], question: str) -> dict[str, object]:
    """The counts of a question by the labels of its choices."""
    found = next(each for each in review["questions"] if each["id"] == question)  # type: ignore[attr-defined]
    return {choice["label"]: choice["count"] for choice in found["choices"]}


def told(every: Counter[str]) -> dict[str, int | str]:
    """Counts as they are told where nothing else has to be hidden."""
    return {label: count if count >= 5 else "fewer than 5" for label, count in every.items()}


def test_a_survey_becomes_a_review_of_counts(csg: Run, survey: Path, root: Path) -> None:
    """Fifty reviewers, 18 of 24, each question with its kind and counts; small ones are not told."""
    everyone = people()
    review = imported(csg, survey, "--title", "The review", "--activity", "3.1")
    assert (review["reviewers"], review["countries"]) == (50, {"reviewed": 18, "of": 24})
    kinds = {each["id"]: (each["kind"], each["answered"], each["skipped"]) for each in review["questions"]}  # type: ignore[attr-defined]
    uses = sum(bool(each["uses"] or each["uses_other"]) for each in everyone)
    written = sum(bool(each["comment"]) for each in everyone)
    assert kinds == {
        "Q1": ("one-choice", 50, 0),
        "Q2": ("one-choice", 50, 0),
        "Q3": ("several-choices", uses, 50 - uses),
        "Q4.1": ("rating", 50, 0),
        "Q4.2": ("rating", 50, 0),
        "Q4.3": ("rating", 50, 0),
        "Q5": ("number", 50, 0),
        "Q6": ("one-choice", 50, 0),
        "Q7": ("rating", 50, 0),
        "Q8": ("text", written, 50 - written),
    }
    assert counts(review, "Q1") == told(Counter(each["country"] for each in everyone))
    assert counts(review, "Q2") == told(Counter(each["role"] for each in everyone))
    several = Counter(use for each in everyone for use in each["uses"].split("|") if use)
    several["Other (please specify)"] = sum(bool(each["uses_other"]) for each in everyone)
    assert counts(review, "Q3") == told(several)
    for number, row in enumerate(ROWS, 1):
        assert counts(review, f"Q4.{number}") == told(Counter(each[row] for each in everyone))
    assert csg("check", "--strict").returncode == 0
    shown = csg("review", "show", "hpc-2021", COLUMNS="80").stdout
    assert "Reviewers  50\nCountries  18 of 24\n" in shown
    assert f"Q1  {HEADS['country']}\n    Answered: 50  Skipped: 0" in shown
    assert max(map(len, shown.splitlines())) <= 80
    assert csg("diff", str(OWN), str(root)).stdout == "hpc-2021 new review: The review\n"


@pytest.mark.parametrize("name", FILES)
def test_nothing_of_a_single_person_is_kept(csg: Run, root: Path, tmp_path: Path, name: str) -> None:
    """Canaries of every personal column, and of free text, stand in no file, no output and no object of git."""
    path = tmp_path / name
    path.write_bytes(FILES[name](people()))
    git(root, "init", "-q")
    looked = tmp_path / "looked"
    looked.mkdir()
    said = csg("review", "import", str(path), "--id", "hpc-2021", "--dry-run", TMPDIR=str(looked))
    done = csg("review", "import", str(path), "--id", "hpc-2021", "--yes", TMPDIR=str(looked))
    assert done.returncode == 0
    rendered = csg("report", "render")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "x")
    command = ["git", "-C", str(root), "cat-file", "--batch-all-objects", "--batch", "--buffer"]
    objects = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", "replace")
    outputs = [each.stdout + each.stderr for each in (said, done, rendered, csg("review", "show", "hpc-2021"))]
    files = [
        file.read_text("utf-8", "replace") for file in root.rglob("*") if file.is_file() and ".git" not in file.parts
    ]
    answers = [person["comment"] for person in people() if person["comment"]]
    for text in (objects, *outputs, *files):
        assert [canary for canary in CANARIES.values() if canary.casefold() in text.casefold()] == []
    for text in (objects, *outputs):
        assert [answer for answer in answers if answer.split("\n")[0] in text] == []
    assert list(looked.iterdir()) == []
    assert git(root, "ls-files", "private") == ""


@posix
def test_free_text_is_for_its_owner_alone_and_none_of_gits_business(csg: Run, survey: Path, root: Path) -> None:
    """It is in a file with mode 0600, shuffled, stripped of what says who wrote it, and ignored."""
    git(root, "init", "-q")
    imported(csg, survey)
    file = root / "private" / "hpc-2021.jsonl"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert git(root, "check-ignore", "private/hpc-2021.jsonl") == "private/hpc-2021.jsonl\n"
    assert git(root, "status", "--porcelain", "--untracked-files=all").count("private") == 0
    texts = [json.loads(line)["text"] for line in file.read_text("utf-8").splitlines()[1:]]
    written = [person["comment"] for person in people() if person["comment"]]
    assert "My name is [name], call [telephone number] or [IP address]" in texts
    assert sorted(text for text in texts if text.startswith("Nothing")) == sorted(written[1:])
    assert [text for text in texts if text in written] != written[1:]


def test_what_git_tracks_is_no_place_for_free_text(csg: Run, survey: Path, root: Path) -> None:
    """Nothing is written then."""
    git(root, "init", "-q")
    (root / "private").mkdir()
    (root / "private" / "notes.txt").write_text("x", "utf-8")
    git(root, "add", "-f", "private/notes.txt")
    done = csg("review", "import", str(survey), "--id", "hpc-2021", "--yes")
    assert (done.returncode, done.stdout) == (1, "")
    assert "private/: CSG706 git tracks private files. Run `git rm -r --cached private`" in done.stderr
    assert not (root / REVIEW).exists()
    assert [path.name for path in (root / "private").iterdir()] == ["notes.txt"]


def test_nothing_is_written_unasked(csg: Run, survey: Path, root: Path) -> None:
    """Without --yes and without anybody to ask; and a dry run shows the file."""
    before = sorted(root.rglob("*"))
    assert csg("review", "import", str(survey), "--id", "hpc-2021").returncode == 2
    shown = csg("review", "import", str(survey), "--id", "hpc-2021", "--dry-run")
    assert "+++ b/data/reviews/hpc-2021.yaml\n" in shown.stdout
    assert "Not read:\n  Respondent ID\n  Collector ID\n  Start Date\n" in shown.stderr
    assert sorted(root.rglob("*")) == before


SAME: dict[str, Callable[[Table], bytes]] = {
    "semicolons": lambda table: as_csv(table, ";"),
    "tabs in UTF-16": lambda table: as_csv(table, "\t", "utf-16"),
    "UTF-16 without a mark": lambda table: as_csv(table, encoding="utf-16-le"),
    "what separates, said": lambda table: b"sep=;\r\n" + as_csv(table, ";"),
    "Windows": lambda table: as_csv(table, encoding="cp1252"),
    "workbook": as_xlsx,
    "archive's line ends": lambda table: as_csv(table).replace(b"\r\n", b"\n"),
}


@pytest.mark.parametrize("name", SAME)
def test_it_is_the_same_survey_in_any_dress(csg: Run, tmp_path: Path, name: str) -> None:
    """Whatever the encoding, the separator or the kind of file."""
    path = tmp_path / "survey.export"
    path.write_bytes(SAME[name](surveymonkey(people())))
    review = imported(csg, path)
    assert counts(review, "Q1") == told(Counter(each["country"] for each in people()))
    assert "Un réseau d’usagers,\nà Bouaké" in [each["text"] for each in private(path)]


def private(path: Path) -> list[dict[str, str]]:
    """What went into the private file."""
    root = next(path.parent.glob("workspace"))
    lines = (root / "private" / "hpc-2021.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines[1:]]


@pytest.mark.parametrize("service", [google, kobo, microsoft])
def test_other_services_have_the_same_answers(csg: Run, tmp_path: Path, service: Callable[..., Table]) -> None:
    """Google Forms, KoboToolbox and Microsoft Forms, each by its heads."""
    path = tmp_path / "survey.csv"
    path.write_bytes(as_csv(service(people()), ";" if service is kobo else ","))
    review = imported(csg, path)
    assert counts(review, "Q1") == told(Counter(each["country"] for each in people()))
    several = Counter(use for each in people() for use in each["uses"].split("|") if use)
    uses = next(each for each in review["questions"] if each["text"] == HEADS["uses"])  # type: ignore[attr-defined]
    assert uses["kind"] == "several-choices"
    assert {each["label"]: each["count"] for each in uses["choices"]} == told(several)
    assert uses["answered"] == sum(bool(each["uses"]) for each in people())


CORRECTIONS = """\
questions:
  - {id: Q2, kind: text}
  - {id: Q4, choices: [Poor, Fair, Good, Very good, Excellent]}
  - {id: Q5, kind: leave-out}
  - {id: Q6, text: Was it known to you?}
"""


def test_what_was_guessed_wrong_is_corrected(csg: Run, survey: Path, tmp_path: Path) -> None:
    """Kind, choices in their order, text, and questions to leave out."""
    file = tmp_path / "questions.yaml"
    file.write_text(CORRECTIONS, "utf-8")
    review = imported(csg, survey, "--questions", str(file))
    questions = {each["id"]: each for each in review["questions"]}  # type: ignore[attr-defined]
    assert (questions["Q2"]["kind"], questions["Q2"]["choices"]) == ("text", [])
    assert list(counts(review, "Q4.1")) == ["Poor", "Fair", "Good", "Very good", "Excellent"]
    assert counts(review, "Q4.1")["Excellent"] == "fewer than 5"
    assert questions["Q6"]["text"] == "Was it known to you?"
    assert "Q5" not in questions
    file.write_text("questions:\n  - {id: Q2, kid: text}\n", "utf-8")
    done = csg("review", "import", str(survey), "--id", "b", "--questions", str(file), "--yes")
    assert done.stderr == "questions.yaml:2:14: CSG122 unknown key 'kid' in question Q2. Did you mean kind or id?\n"


def test_countries_are_known_in_many_languages_and_by_the_groups_list(csg: Run, root: Path, tmp_path: Path) -> None:
    """One country in four languages is one; its name is the one that the group writes."""
    names = {"KEN": ["Kenya", "Кения", "Kenia", "كينيا"], "VNM": ["Viet Nam", "Вьетнам", "Vietnam", "Việt Nam"]}
    assert {code: {country_code(name) for name in spelt} for code, spelt in names.items()} == {
        "KEN": {"KEN"},
        "VNM": {"VNM"},
    }
    assert [country_code(word) for word in ("no", "In", "Other", "None of these")] == [None] * 4
    everyone = [Person(people(1)[0], country=names[code][n % 4]) for n in range(12) for code in names]
    path = tmp_path / "survey.csv"
    path.write_bytes(as_csv(google(everyone)))
    named = {"KEN": "Republic of Kenya", "VNM": "Viet Nam", "UGA": "Uganda"}
    listed = "".join(["countries:\n", *(f"  - {{id: {code}, name: {name}}}\n" for code, name in named.items())])
    (root / "data" / "countries.yaml").write_text(listed, "utf-8")
    (root / "data" / "reviews" / "hpc-reports.yaml").unlink()
    review = imported(csg, path)
    assert counts(review, "Q1") == {"Republic of Kenya": 12, "Viet Nam": 12}
    assert review["countries"] == {"reviewed": 2, "of": 3}
    assert "Not reviewed  Uganda" in csg("review", "show", "hpc-2021").stdout


def test_those_asked_only_after_a_hidden_answer_are_not_counted(csg: Run, tmp_path: Path) -> None:
    """Eight said yes, which is hidden as the others are three; how many were asked further would tell it."""
    rows = [["Timestamp", "Were you stopped by the police?", "And what did you do?"]]
    rows += [["1/2/2021", "Yes", "Left"]] * 8 + [["1/2/2021", "No", ""]] * 3
    path = tmp_path / "survey.csv"
    path.write_bytes(as_csv(rows))
    review = imported(csg, path)
    assert counts(review, "Q1") == {"No": "hidden", "Yes": "hidden"} or counts(review, "Q1") == {
        "Other answers": "hidden",
        "Yes": "hidden",
    }
    second = review["questions"][1]  # type: ignore[index]
    assert (second["answered"], second["skipped"], second["choices"]) == ("hidden", "hidden", [])
    assert csg("check").returncode == 0


# ---- what is easily counted wrong ------------------------------------------------------------------------------------


def uses(number: int) -> str:
    """The choices of one of many, half of whom have one of their own besides."""
    own = [f"own {number}"] if number % 2 else []
    return ", ".join([*(["A"] if number % 2 else []), *(["B, with C"] if number % 3 else []), *own])


MANY = [["Timestamp", "Uses", "Seen"]] + [["1/2/2021", uses(number), "Yes"] for number in range(3_000)]
CONDENSED = [["Respondent ID", "Role", "Uses"], ["", "", ""]]
CONDENSED += [[str(number), "Service", ("A, B", "B", "A")[number % 3]] for number in range(30)]
LEGACY = [["start", "_uuid", "_submission_time", "_status", "uses/a", "uses/b"]]
for number in range(80):
    flags = ("n/a", "n/a") if number % 8 > 5 else (str(number % 8 < 4), str(number % 8 in (0, 1, 4)))
    LEGACY.append(["x", str(number), "x", "x", *flags])
NUMBERS = [["Timestamp", "Budget"]] + [["1/2/2021", f"{number % 5 * 500:,}"] for number in range(40)]
CASES = [["Timestamp", "Seen"]] + [["1/2/2021", ("Yes", "yes", "No")[number % 3]] for number in range(60)]
GRID = [["Timestamp", "Rank [First]", "Rank [Second]"]]
GRID += [["1/2/2021", *("AB" if number % 10 else "BA")] for number in range(40)]
COUNTED: dict[str, tuple[Table, str, str, dict[str, int]]] = {
    "several choices, half with one of their own": (
        MANY,
        "questions:\n  - {id: Q1, choices: [A, 'B, with C']}\n",
        "Q1",
        {"A": 1_500, "B, with C": 2_000, "Other answers": 1_500},
    ),
    "the first response below an empty row of heads": (CONDENSED, "", "Q2", {"A": 20, "B": 20}),
    "yes, no and nothing": (LEGACY, "", "Q1", {"a": 40, "b": 30}),
    "numbers with thousands": (
        NUMBERS,
        "",
        "Q1",
        {"up to 499": 8, "500 to 999": 8, "1000 to 1499": 8, "1500 to 1999": 8, "2000 or more": 8},
    ),
    "labels in two cases": (CASES, "", "Q1", {"Yes": 40, "No": 20}),
}


@pytest.mark.parametrize("name", COUNTED)
def test_what_is_easily_counted_wrong_is_not(csg: Run, tmp_path: Path, name: str) -> None:
    """Every count is that of the answers."""
    table, corrections, question, every = COUNTED[name]
    path, file = tmp_path / "survey.csv", tmp_path / "questions.yaml"
    path.write_bytes(as_csv(table))
    file.write_text(corrections, "utf-8")
    review = imported(csg, path, *(["--questions", str(file)] if corrections else []))
    told_of = {label: count for label, count in every.items() if count >= 5}
    found = {label: count for label, count in counts(review, question).items() if isinstance(count, int)}
    assert found == told_of
    assert list(counts(review, question)) == list(every)
    assert review["reviewers"] == len(table) - (2 if table is CONDENSED else 1)


def test_of_a_ranking_nothing_is_told_where_a_count_is_small(csg: Run, tmp_path: Path) -> None:
    """Each item has each rank once, so that its counts add up over the rows as well."""
    path = tmp_path / "survey.csv"
    path.write_bytes(as_csv(GRID))
    review = imported(csg, path)
    assert [counts(review, name) for name in ("Q1.1", "Q1.2")] == [{}, {}]
    even = [["1/2/2021", *("AB" if n % 2 else "BA")] for n in range(40)]
    path.write_bytes(as_csv([GRID[0], *even]))
    assert counts(imported(csg, path, name="other"), "Q1.1") == {"A": 20, "B": 20}


@given(numbers=st.lists(st.integers(0, 5_000), min_size=1, max_size=80), threshold=st.integers(3, 9))
def test_the_least_and_the_greatest_number_are_of_no_one_person(numbers: list[int], threshold: int) -> None:
    """The first band and the last take in enough, and all bands together everybody; or there are none."""
    made = bands(Counter(map(str, numbers)), threshold)
    sizes = list(made.values())
    assert sizes == [] or (sum(sizes) == len(numbers) and min(sizes[0], sizes[-1]) >= threshold)
    assert len(sizes) <= 10


ODD = {
    "numbers of all kinds": (
        [["Timestamp", "N"], *(["1/2/2021", text] for text in ["1,234,567", "0,123.5", "-", "1.500", "7"] * 8)],
        "",
    ),
    "no number": (
        [["Timestamp", "N", "S"], *(["1/2/2021", "", "Yes"] for _ in range(9))],
        "questions: [{id: Q1, kind: number}]\n",
    ),
    "no label": (
        [
            ["Respondent ID", "Which?", "", "", "Seen?"],
            ["", "A", "", "B", "Response"],
            *([str(n), "A", "x", "B", "Yes"] for n in range(9)),
        ],
        "",
    ),
    "a long head": ([["Timestamp", "N" * 30_000], *(["1/2/2021", "Yes"] for _ in range(9))], ""),
    "a blank row label": ([["Timestamp", "N [ ]", "N [b]"], *(["1/2/2021", "Yes", "No"] for _ in range(9))], ""),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_surveys_are_read_all_the_same(csg: Run, tmp_path: Path, name: str) -> None:
    """What is missing in them or too much does not stop the rest."""
    table, corrections = ODD[name]
    path, file = tmp_path / "survey.csv", tmp_path / "questions.yaml"
    path.write_bytes(as_csv(table))
    file.write_text(corrections, "utf-8")
    assert imported(csg, path, *(["--questions", str(file)] if corrections else []))["questions"]
    assert csg("check", "--strict").returncode == 0


PERSONAL = [
    "Name (optional)", "full_name", "contact/e_mail", "Email2", "Tel.", "ФИО", "Nombre completo", "Numéro de téléphone",
    "Enumerator name", "Reviewed by", "Vorname", "Дата рождения", "اسمك", "3. Your phone number?", "WhatsApp",
]  # fmt: skip
NOT_PERSONAL = [
    "Does the report address human rights?", "Which country do you name first?", "How do people contact services?",
    "Are you aged <18 or >60 years?", "Name the main gap in the report",
]  # fmt: skip


def test_questions_of_who_somebody_is_are_known_by_their_heads() -> None:
    """In several languages and spellings; and others are not taken for such."""
    assert [head for head in PERSONAL if not is_personal(head)] == []
    assert [head for head in NOT_PERSONAL if is_personal(head)] == []
    assert plain_head("Are you <b>aged</b> <18 or >60\xa0years?") == "Are you aged <18 or >60 years?"


# ---- what is wrong with a file -----------------------------------------------------------------------------------


def workbook(**members: bytes) -> bytes:
    """A workbook, with some of its parts replaced or added."""
    content = io.BytesIO()
    before = io.BytesIO(as_xlsx(surveymonkey(people())))
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *members}:
            new.writestr(name, members.get(name) or old.read(name))
    return content.getvalue()


SHEET = (
    b'<?xml version="1.0"?>%b<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%b'
    b"</sheetData></worksheet>"
)
LAUGHS = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">%b]>' % b"".join(
    b'<!ENTITY %c "%b">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
TABLE = surveymonkey(people())
CELL = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&i;</t></is></c></row>'
FIRST_SHEET = "xl/worksheets/sheet1.xml"
WITH_FORMULA = [[*TABLE[0], "And?"], [*TABLE[1], "Response"], *([*row, "=1+1"] for row in TABLE[2:])]
BAD_FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "the file is empty. "),
    "blanks": (b" \n\n ", "the file is empty. "),
    "heads alone": (as_csv(TABLE[:2]), "this file has no response. "),
    "too few": (as_csv(TABLE[:6]), "this file has fewer than 5 responses. "),
    "second heads missing": (
        as_csv([TABLE[0], *TABLE[2:]]),
        "the second row of headings, with the choices, is missing. ",
    ),
    "second heads missing, and who answered left out": (
        as_csv([row[9:] for row in (TABLE[0], *TABLE[2:])]),
        "",
    ),
    "second heads missing, and who answered blank": (
        as_csv(
            [
                ["IP Address", "Email Address", "First Name", *TABLE[0][9:]],
                *(["", "", "", *row[9:]] for row in TABLE[2:]),
            ]
        ),
        "the second row of headings, with the choices, is missing. ",
    ),
    "first heads missing": (as_csv(TABLE[1:]), "the first row of headings is missing. "),
    "a row too short": (
        as_csv([*TABLE[:9], TABLE[9][:5], *TABLE[10:]]),
        "row 10 has 5 columns, but row 2 with the headings has 26. ",
    ),
    "a row too long": (
        as_csv([*TABLE[:9], [*TABLE[9], "x"], *TABLE[10:]]),
        "row 10 has 27 columns, but row 2 with the headings has 26. ",
    ),
    "too many columns": (as_csv([[*row, *["x"] * 2000] for row in TABLE]), "2026 columns; the most is 2000. "),
    "something else": (
        b"id,amount,date\n1,2,2021-01-01\n2,3,2021-01-02\n",
        "this file is not a survey export that csg recognizes: no service's headings are in rows 1 to 6 of the file. ",
    ),
    "a quotation mark missing": (as_csv(TABLE[:3]) + b'"' + b"x," * 600_000, "line "),
    "no text": (bytes(range(256)) * 40, ""),
    "an old workbook": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "this is neither CSV nor a workbook that csg can read. ",
    ),
    "a damaged workbook": (as_xlsx(TABLE)[:3000], "this workbook is damaged. "),
    "a bomb": (
        workbook(**{FIRST_SHEET: SHEET % (b"", b" " * 60_000_000)}),
        "this workbook is too large when it is unpacked. ",
    ),
    "a bomb of entities": (workbook(**{FIRST_SHEET: SHEET % (LAUGHS, CELL)}), "this workbook cannot be read. "),
    "a formula": (as_xlsx(WITH_FORMULA), "row 3 has a formula. "),
    "an archive": (
        workbook(**{"CSV/survey.csv": b"x"}).replace(b"xl/workbook.xml", b"xl/workb00k.xml"),
        "this is an archive, not a workbook. Unpack it",
    ),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_at_fault_gives_one_sentence_and_nothing_is_written(
    csg: Run, root: Path, tmp_path: Path, name: str
) -> None:
    """Its name, what is wrong, and the mend; nothing of what is in it."""
    content, sentence = BAD_FILES[name]
    path = tmp_path / "survey"
    path.write_bytes(content)
    before = sorted(root.rglob("*"))
    done = csg("review", "import", str(path), "--id", "hpc-2021", "--yes")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"survey: CSG701 {sentence}"), done.stderr
    assert done.stderr.count("\n") == 1
    assert sorted(root.rglob("*")) == before


@pytest.mark.parametrize("name", ["../x", "a/b", "a\\b", "", ".hidden", "con", "a b", "x" * 200, "a."])
def test_an_id_that_is_no_name_of_a_file_is_refused(csg: Run, survey: Path, root: Path, name: str) -> None:
    """Nothing is written anywhere."""
    before = sorted(root.parent.rglob("*"))
    done = csg("review", "import", str(survey), "--id", name, "--yes")
    assert (done.returncode, "CSG311" in done.stderr) == (1, True)
    assert sorted(root.parent.rglob("*")) == before


@posix
def test_a_private_folder_that_leads_elsewhere_is_refused(csg: Run, survey: Path, root: Path, tmp_path: Path) -> None:
    """A link, whoever put it there."""
    (tmp_path / "elsewhere").mkdir()
    (root / "private").symlink_to(tmp_path / "elsewhere")
    done = csg("review", "import", str(survey), "--id", "hpc-2021", "--yes")
    assert (done.returncode, "private: CSG402 this is a symbolic link" in done.stderr) == (1, True)
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert not (root / REVIEW).exists()


def test_a_workbook_with_more_text_than_is_held_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """openpyxl has all of it in memory before the first row."""
    path = tmp_path / "survey.xlsx"
    path.write_bytes(workbook(**{"xl/sharedStrings.xml": b"x" * 2_000}))
    monkeypatch.setattr(workbooks, "MOST_STRINGS", 1_000)
    with pytest.raises(Refused, match="too large when it is unpacked"), open_tables(path):
        pass


# ---- quotes, checks, reports -----------------------------------------------------------------------------------------


def test_an_answer_is_quoted_with_consent_alone(csg: Run, survey: Path, root: Path) -> None:
    """It is listed from the private file; a passage of it goes into the data when its author has agreed."""
    imported(csg, survey)
    listed = csg("review", "quote", "hpc-2021", "Q8", "--search", "naloxone").stdout
    number = re.search(r"^(\d+) ", listed, re.MULTILINE)
    assert number
    words = ("review", "quote", "hpc-2021", "q8", "--number", number[1])
    unasked = csg(*words)
    assert unasked.returncode == 2
    assert "Did the author agree to be quoted?" in unasked.stderr
    put = csg(*words, "--agreed", "--text", "Something else")
    assert put.stderr.splitlines()[-1].startswith("CSG708 this passage is not in the answer")
    assert "quotes" not in (root / REVIEW).read_text("utf-8")
    done = csg(*words, "--agreed", "--text", "Nothing on naloxone …")
    assert done.returncode == 0, done.stderr
    assert "      - text: Nothing on naloxone …\n        consent: given\n" in (root / REVIEW).read_text("utf-8")
    assert csg(*words, "--agreed", "--text", "Nothing on naloxone …").stderr.splitlines()[-1].startswith("CSG312")
    (root / "private" / "hpc-2021.jsonl").unlink()
    assert csg(*words).stderr.startswith("private/hpc-2021.jsonl: CSG704 the free text of hpc-2021 was not found here")


HEAD = "review: r\ntitle: R\nreviewers: 50\ncountries: {reviewed: 2, of: 24}\nquestions:\n"
ONE = "  - {id: Q1, text: A, answered: 50, skipped: 0"
SEVERAL = "  - {id: Q1, text: A, kind: several-choices, answered: 50, skipped: 0, choices: "
NOT_FIT = "CSG232 Q1: the counts of the choices do not match the 50 answers. Correct the count that is wrong."
FAULTS = {
    "answered and skipped": (
        "  - {id: Q1, text: A, answered: 40, skipped: 9}",
        ["6:33: CSG231 Q1: answered (40) plus skipped (9) must equal reviewers (50). Correct one of them."],
    ),
    "counts that do not add up": (
        f"{ONE}, choices: [{{label: B, count: 20}}, {{label: C, count: 20}}]}}",
        [f"6:58: {NOT_FIT}"],
    ),
    "several choices": (f"{SEVERAL}[{{label: B, count: 44}}, {{label: C, count: 44}}]}}", []),
    "beyond those who answered": (f"{SEVERAL}[{{label: B, count: 51}}]}}", [f"6:81: {NOT_FIT}"]),
    "a small count": (
        f"{SEVERAL}[{{label: B, count: 3}}, {{label: C, count: 50}}]}}",
        ["6:100: CSG233 Q1: a count below 5 could identify a person. Write 'fewer than 5'."],
    ),
    "another threshold": (
        f"{SEVERAL}[{{label: B, count: fewer than 9}}, {{label: C, count: 50}}]}}",
        ["6:100: CSG233 Q1: 'fewer than 9' does not match the threshold of 5. Write 'fewer than 5'."],
    ),
    "one hidden": (
        f"{ONE}, choices: [{{label: B, count: 47}}, {{label: C, count: fewer than 5}}]}}",
        [
            "6:100: CSG234 Q1: the hidden count of choice 2 can be calculated from the others. "
            "Hide another count of the question: write 'hidden'."
        ],
    ),
    "no count": (
        "  - {id: Q1, text: A, answered: few, skipped: 0}",
        ["6:33: CSG123 answered of question Q1 must be a whole number, 'fewer than 5' or 'hidden'. Correct it."],
    ),
    "a question twice": (f"{ONE}}}\n{ONE.replace('Q1', 'q1')}}}", ["7:10: CSG201 "]),
    "consent": (
        f"{ONE}, quotes: [{{text: B, consent: asked}}]}}",
        ["6:77: CSG123 consent of question Q1 cannot be 'asked'. Write given."],
    ),
    "no consent": (f"{ONE}, quotes: [{{text: B}}]}}", ["6:58: CSG121 "]),
    "personal": (f"{ONE}, quotes: [{{text: a@b.org, consent: given}}]}}", ["6:65: CSG220 "]),
    "more countries than there are": (
        f"{ONE}, choices: [{{label: B, country: KEN, count: 20}}, {{label: C, country: UGA, count: 20}}, "
        "{label: D, country: VNM, count: 10}]}",
        ["4:23: CSG235 the questions name more than 2 countries. Correct one of them."],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_review_at_fault_is_told(csg: Run, root: Path, name: str) -> None:
    """Each fault with its place and sentence, and nothing else."""
    text, sentences = FAULTS[name]
    (root / "data" / "reviews" / "r.yaml").write_text(f"{HEAD}{text}\n", "utf-8")
    told = [line.removeprefix("data/reviews/r.yaml:") for line in csg("check").stdout.splitlines() if "r.yaml:" in line]
    assert len(told) == len(sentences), told
    for line, sentence in zip(told, sentences, strict=True):
        assert line.startswith(sentence)


@pytest.mark.parametrize(("reviewers", "refused"), [(4, True), (5, False)])
def test_as_many_reviewers_as_the_threshold_are_enough(csg: Run, root: Path, reviewers: int, refused: bool) -> None:
    """One fewer is an error."""
    text = f"review: r\ntitle: R\nreviewers: {reviewers}\nquestions: []\n"
    (root / "data" / "reviews" / "r.yaml").write_text(text, "utf-8")
    assert ("CSG236" in csg("check").stdout) is refused


def test_the_report_says_what_is_not_told_and_why(csg: Run, survey: Path, root: Path) -> None:
    """A table and bars a question, a picture beside it, quotes; and the same the next time."""
    imported(csg, survey, "--activity", "3.1")
    csg("review", "quote", "hpc-2021", "Q8", "--number", "1", "--agreed")
    assert csg("report", "render", "review").returncode == 0
    folder = root / "reports" / "reviews"
    page = (folder / "hpc-2021.md").read_text("utf-8")
    assert "50 civil society reviewers from 18 of the 24 UNODC High Priority Countries.\n\nActivity **3.1** " in page
    assert "| Kenya | 9 | 18% |\n" in page
    assert "| Egypt | fewer than 5 |  |\n" in page
    assert "- “fewer than 5”: this count is hidden because it could identify a person." in page
    assert "\n> " in page
    from xml.etree import ElementTree

    picture = ElementTree.parse(folder / "hpc-2021-Q1.svg").getroot()  # noqa: S314
    texts = [each.text for each in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert set(COUNTRIES) <= set(texts)
    assert "fewer than 5" in texts
    assert csg("report", "render", "--check", "review").returncode == 0


def test_a_change_of_a_review_is_told_in_its_terms(csg: Run, survey: Path, root: Path) -> None:
    """Questions, choices, quotes, countries."""
    imported(csg, survey)
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "x")
    text = (root / REVIEW).read_text("utf-8")
    changed = text.replace("KEN, count: 9}", "KEN, count: 8}").replace("reviewed: 18", "reviewed: 19")
    (root / REVIEW).write_text(changed, "utf-8")
    countries = root / "data" / "countries.yaml"
    countries.write_text("countries: [{id: KEN, name: Kenya}]\n", "utf-8")
    assert csg("diff").stdout.splitlines() == [
        "hpc-2021 countries reviewed 18 of 24 → 19 of 24",
        "hpc-2021 Q1 “Kenya” 9 → 8",
        "KEN new country: Kenya",
    ]


# ---- what must hold for any survey -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "stripped"),
    [
        ("write to a.b@example.org please", "write to [e-mail address] please"),
        ("mine is a.b at example.org", "mine is [e-mail address]"),
        ("call +254 712 345 678 or 0712 345678", "call [telephone number] or [telephone number]"),
        ("from 203.0.113.7 and 2001:db8::1", "from [IP address] and [IP address]"),
        ("see https://x.org/me?id=4", "see [link]"),
        ("I am @someone_there on it", "I am [handle] on it"),
        ("My name is Ana María López, from Quito", "My name is [name], from Quito"),
        ("Меня зовут Иван Петров.", "Меня зовут [name]."),
        ("Je m’appelle Awa Diop", "Je m’appelle [name]"),
        ("ask Dr. Jane Roe about it", "ask Dr. [name] about it"),
        ("٠٧١٢٣٤٥٦٧٨ is mine", "[telephone number] is mine"),
        ("In 2021 some 10 000 people of 24 countries", "In 2021 some 10 000 people of 24 countries"),
        ("my name: jane canary, and", "my name: [name], and"),
        ("I'm Jane Roe. I am tired", "I'm [name]. I am tired"),
        ("jane[at]example[dot]org or jane dot roe at example dot org", "[e-mail address] or [e-mail address]"),
        ("t.me/janeroe and fb.com/x, at the clinic", "[link] and [link] at the clinic"),
    ],
)
def test_free_text_is_stripped_of_what_can_be_known(text: str, stripped: str) -> None:
    """Addresses, numbers, links, handles, and names behind words that announce one."""
    assert scrubbed([text]) == [stripped]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_published_count_is_that_of_the_answers(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Of any answers, each count that is told is the number of those who gave it, and none told is small."""
    labels = data.draw(
        st.lists(st.sampled_from(["Yes", "No", "Не знаю", "Oui, peut-être", "a b", "Ünknown"]), min_size=1, unique=True)
    )
    answers = data.draw(st.lists(st.sampled_from(["", " ", *labels]), min_size=5, max_size=60))
    several = data.draw(st.lists(st.sets(st.sampled_from(labels)), min_size=len(answers), max_size=len(answers)))
    first = ["Respondent ID", "One?", "Several?", *[""] * (len(labels) - 1)]
    rows = [first, ["", "Response", *labels]]
    rows += [
        ["1", answer, *(label if label in some else "" for label in labels)]
        for answer, some in zip(answers, several, strict=True)
    ]
    folder = tmp_path_factory.mktemp("survey")
    path = folder / "survey.csv"
    path.write_bytes(as_csv(rows))
    with Spool(folder) as spool:
        made = import_survey(path, Wanted("r", "R", None, 5, {}, None, 0, None, {}), spool)
    one, other = made.review.questions
    every = Counter(answer for answer in answers if answer.strip())
    chosen = Counter(label for some in several for label in some)
    assert one.answered in (sum(every.values()), "fewer than 5", "hidden")
    assert {each.label: each.count for each in one.choices if isinstance(each.count, int)}.items() <= {
        **every,
        "Other answers": sum(count for count in every.values() if count < 5),
    }.items()
    assert {each.label: each.count for each in other.choices if isinstance(each.count, int)}.items() <= chosen.items()
    assert [
        each.count for each in (*one.choices, *other.choices) if isinstance(each.count, int) and each.count < 5
    ] == []


def test_memory_does_not_grow_with_the_responses(tmp_path: Path) -> None:
    """Four times the responses take no more, but for the place of each free text."""
    script = (
        "import resource, sys; from pathlib import Path; from csg.survey.private import Spool;"
        "from csg.survey.reviews import Wanted, import_survey; spool = Spool(Path(sys.argv[2]));"
        "import_survey(Path(sys.argv[1]), Wanted('r', 'R', None, 5, {}, None, 0, None, {}), spool);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    if os.name == "nt":
        pytest.skip("needs POSIX")
    used = []
    for number in (5_000, 20_000):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(as_csv(surveymonkey(people(number))))
        done = subprocess.run([sys.executable, "-c", script, str(path), str(tmp_path)], capture_output=True, check=True)
        used.append(int(done.stdout))
    assert used[1] < used[0] * 1.2


def test_a_survey_that_is_none_of_ours_says_so(tmp_path: Path) -> None:
    """A folder, and a file that is not there."""
    wanted = Wanted("r", "R", None, 5, {}, None, 0, None, {})
    for path, message in ((tmp_path, "this is a folder, not a file"), (tmp_path / "none.csv", "cannot be read")):
        with Spool(tmp_path) as spool, pytest.raises(Refused, match=message):
            import_survey(path, wanted, spool)
