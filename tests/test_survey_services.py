"""Exports of each service are read: the right questions, the right counts, or a refusal that says what to do."""

import random
from pathlib import Path

import pytest
import yaml
from conftest import Run
from survey_files import as_csv, as_xlsx

COUNTRY, GOOD, MORE = "Which country are you reviewing?", "How good is the report?", "Anything else?"
TIME = "2026-05-01 10:00:00"
Rows = list[list[str]]


def people(number: int = 40) -> Rows:
    """Return a country, a grade, and text of each respondent."""
    chance = random.Random(3)  # noqa: S311
    return [
        [chance.choice(["Kenya", "Nepal"]), chance.choice(["Good", "Fair"]), chance.choice(["", "Made-up remark"])]
        for _ in range(number)
    ]


def read(csg: Run, path: Path, *options: str) -> dict[str, dict[str, object]]:
    """Import a file and return the questions by id, each with its choices as a mapping."""
    done = csg("review", "import", str(path), "--id", "r", "--dry-run", *options)
    assert done.returncode == 0, done.stderr
    lines = [line[1:] for line in done.stdout.splitlines() if line.startswith("+") and not line.startswith("+++")]
    questions = yaml.safe_load("\n".join(lines))["questions"]
    return {
        question["id"]: {**question, "choices": {each["label"]: each["count"] for each in question.get("choices", [])}}
        for question in questions
    }


def counted(rows: Rows, column: int) -> dict[str, int]:
    cells = [row[column] for row in rows]
    return {cell: cells.count(cell) for cell in sorted(set(cells)) if cell}


def qualtrics(rows: Rows) -> Rows:
    ids = [f'{{"ImportId":"{name}"}}' for name in ("startDate", "recipientEmail", "QID1", "QID2", "QID3_TEXT")]
    heads = [
        ["StartDate", "RecipientEmail", "Q1", "Q2", "Q3"],
        ["Start Date", "Recipient Email", COUNTRY, GOOD, MORE],
        ids,
    ]
    return [*heads, *([TIME, "a@example.org", *row] for row in rows)]


def limesurvey(rows: Rows) -> Rows:
    heads = ["Response ID", "Date submitted", "Last page", "Start language", "IP address", COUNTRY, GOOD, MORE]
    return [heads, *(["1", TIME, "1", "en", "192.0.2.1", *row] for row in rows)]


def odk(rows: Rows) -> Rows:
    heads = ["SubmissionDate", "deviceid", COUNTRY, GOOD, MORE, "meta-instanceID", "KEY", "SubmitterName"]
    return [heads, *([TIME, "dev", *row, "uuid:1", "uuid:1", "Ann Made-up"] for row in rows)]


def typeform(rows: Rows) -> Rows:
    heads = ["#", COUNTRY, GOOD, MORE, "Start Date (UTC)", "Submit Date (UTC)", "Network ID"]
    return [heads, *(["0a1", *row, TIME, TIME, "9f"] for row in rows)]


def alchemer(rows: Rows) -> Rows:
    heads = ["Response ID", "Time Started", "Date Submitted", "Status", "IP Address", COUNTRY, GOOD, MORE]
    return [heads, *(["1", TIME, TIME, "Complete", "192.0.2.1", *row] for row in rows)]


def ukrainian_google(rows: Rows) -> Rows:
    return [["Позначка часу", COUNTRY, GOOD, MORE], *(["01.05.2026 10:00:00", *row] for row in rows)]


def without_respondents(rows: Rows) -> Rows:
    return [[COUNTRY, GOOD, MORE], *rows]


def title_above(rows: Rows) -> Rows:
    heads = [["Review of the reports", "", "", ""], ["Respondent ID", COUNTRY, GOOD, MORE]]
    return [*heads, ["", "Response", "Response", "Open-Ended Response"], *(["1", *row] for row in rows)]


LAYOUTS = [
    qualtrics, limesurvey, odk, typeform, alchemer, ukrainian_google, without_respondents, title_above,
]  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_questions_of_each_service_are_counted(csg: Run, tmp_path: Path, layout: object, kind: str) -> None:
    assert callable(layout)
    rows = people()
    path = tmp_path / f"survey.{kind}"
    path.write_bytes((as_xlsx if kind == "xlsx" else as_csv)(layout(rows)))
    questions = read(csg, path)
    assert [question["text"] for question in questions.values()] == [COUNTRY, GOOD, MORE]
    assert questions["Q1"]["choices"] == counted(rows, 0)
    assert questions["Q2"]["choices"] == counted(rows, 1)


def kobo(rows: Rows, heads: list[str]) -> Rows:
    marks = ["_id", "_uuid", "_submission_time", "__version__"]
    return [["start", *heads, *marks], *([TIME, *row, "1", "0-0", TIME, "v1"] for row in rows)]


WAYS = ["By e-mail", "By telephone", "WhatsApp group", "From a network"]


def ticked(number: int = 60) -> list[list[str]]:
    """Return the ways that each respondent ticked, in the order of the list. E-mail is never alone."""
    chance = random.Random(5)  # noqa: S311
    found = []
    for _ in range(number):
        ways = [way for way in WAYS[1:] if chance.random() < 0.5] or [WAYS[3]]
        found.append([*(WAYS[:1] if chance.random() < 0.5 else []), *ways])
    return found


@pytest.mark.parametrize("layout", ["single", "separate", "both"])
def test_kobo_choices_are_counted_in_every_layout(csg: Run, tmp_path: Path, layout: str) -> None:
    chosen = ticked()
    stem = "Introduction/How did you hear of it?"
    single, separate = [stem], [f"{stem}/{way}" for way in WAYS]
    heads = {"single": single, "separate": separate, "both": [*single, *separate]}[layout]
    rows = []
    for ways in chosen:
        joined, flags = [" ".join(ways)], ["1" if way in ways else "0" for way in WAYS]
        rows.append(["Bob Invented", *{"single": joined, "separate": flags, "both": [*joined, *flags]}[layout], "Good"])
    path = tmp_path / "kobo.csv"
    path.write_bytes(as_csv(kobo(rows, ["Introduction/Name of observer", *heads, "Introduction/Good?"])))
    questions = read(csg, path)
    assert list(questions) == ["Q2", "Q3"]
    assert questions["Q2"]["text"] == "How did you hear of it?"
    assert questions["Q2"]["kind"] == "several-choices"
    assert questions["Q2"]["choices"] == {way: sum(way in ways for ways in chosen) for way in WAYS}


@pytest.mark.parametrize(
    ("answers", "kind", "choices"),
    [
        (["4.0", "1.0", "2.0", "3.0", "5.0"] * 8, "rating", {str(grade): 8 for grade in range(1, 6)}),
        (["1", "2"] * 20, "one-choice", {"1": 20, "2": 20}),
        (["2010-2014", "2015-2019"] * 10, "one-choice", {"2010-2014": 10, "2015-2019": 10}),
        (["1,000 to 4,999", "0–999"] * 10, "one-choice", {"0–999": 10, "1,000 to 4,999": 10}),
        (["Needles, syringes", "Needles, syringes, Law", "Law"] * 8, "several-choices",
         {"Needles, syringes": 16, "Law": 16}),
        (["Law; Naloxone", "Law", "Naloxone"] * 8, "several-choices", {"Law": 16, "Naloxone": 16}),
        (["Naloxone (home, peer), Law", "Law", "Naloxone (home, peer)"] * 8, "several-choices",
         {"Naloxone (home, peer)": 16, "Law": 16}),
    ],
)  # fmt: skip
def test_choices_stay_as_they_were_asked(
    csg: Run, tmp_path: Path, answers: list[str], kind: str, choices: dict[str, int]
) -> None:
    path = tmp_path / "google.csv"
    path.write_bytes(as_csv([["Timestamp", "What is it?"], *([TIME, answer] for answer in answers)]))
    question = read(csg, path)["Q1"]
    assert (question["kind"], question["choices"]) == (kind, choices)


def test_two_questions_with_one_text_get_numbers(csg: Run, tmp_path: Path) -> None:
    path = tmp_path / "google.csv"
    path.write_bytes(as_csv([["Timestamp", GOOD, GOOD, GOOD], *([TIME, "Yes", "No", "Yes"] for _ in range(20))]))
    assert [question["text"] for question in read(csg, path).values()] == [GOOD, f"{GOOD} (2)", f"{GOOD} (3)"]


def test_the_service_can_be_named(csg: Run, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(as_csv([["land", "grade"], *([row[0], row[1]] for row in people())]))
    assert csg("review", "import", str(path), "--id", "r", "--dry-run").returncode == 1
    assert list(read(csg, path, "--from", "table")) == ["Q1", "Q2"]


def test_an_address_in_a_question_is_reported_by_question_and_can_be_corrected(csg: Run, tmp_path: Path) -> None:
    path, corrections = tmp_path / "google.csv", tmp_path / "questions.yaml"
    path.write_bytes(as_csv([["Timestamp", "Good? (help@example.org)"], *([TIME, "Yes"], [TIME, "No"]) * 10]))
    refused = csg("review", "import", str(path), "--id", "r", "--dry-run", "--write-questions", str(corrections))
    assert refused.returncode == 1
    assert "an e-mail address is in the text of Q1" in refused.stderr
    assert "Questions in google.csv:" in refused.stderr
    assert "help@example.org" not in refused.stderr + corrections.read_text("utf-8")
    corrections.write_text(corrections.read_text("utf-8").replace(" ([e-mail address])", ""), "utf-8")
    assert read(csg, path, "--questions", str(corrections))["Q1"]["text"] == "Good?"


def test_the_written_questions_are_read_back_as_they_are(csg: Run, tmp_path: Path) -> None:
    path, corrections = tmp_path / "google.csv", tmp_path / "questions.yaml"
    path.write_bytes(
        as_csv([["Timestamp", "Your name", COUNTRY, GOOD], *([TIME, "Ann", *row[:2]] for row in people())])
    )
    first = read(csg, path, "--write-questions", str(corrections))
    assert read(csg, path, "--questions", str(corrections)) == first
    again = csg("review", "import", str(path), "--id", "r", "--dry-run", "--write-questions", str(corrections))
    assert (again.returncode, "questions.yaml: CSG401" in again.stderr) == (1, True)


def test_codes_of_limesurvey_are_refused_with_the_way_out(csg: Run, tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    heads = ["id", "submitdate", "lastpage", "startlanguage", "G1Q1", "G1Q2[SQ001]"]
    path.write_bytes(as_csv([heads, *(["1", TIME, "1", "en", "A1", "Y"] for _ in range(9))]))
    done = csg("review", "import", str(path), "--id", "r", "--dry-run")
    assert (done.returncode, "“Full question text”" in done.stderr) == (1, True)


def test_a_hidden_count_is_a_band_with_its_word(csg: Run, root: Path) -> None:
    text = (
        "review: r\ntitle: T\nreviewers: 50\nthreshold: 5\nquestions:\n  - {id: Q1, text: Good?, kind: rating, "
        "answered: 50, skipped: 0, choices: [{label: Well, count: hidden}, {label: Badly, count: fewer than 5}, "
        "{label: Fair, count: 20}]}\n"
    )
    (root / "data" / "reviews" / "r.yaml").write_text(text, "utf-8")
    lines = {
        line.split()[0]: line for line in csg("review", "show", "r").stdout.splitlines() if line.startswith("    ")
    }
    assert lines["Well"].endswith("░ hidden")
    assert lines["Well"].count("░") > lines["Fair"].count("█") / 2


def test_what_qualtrics_records_beside_a_question_is_not_read(csg: Run, tmp_path: Path) -> None:
    """The order of the choices, times, and the group of a score are no answers."""
    rows = people()
    names = ["QID1", "QID1_DO", "QID2", "QID2_NPS_GROUP", "QID9_PAGE_SUBMIT"]
    ids = [f'{{"ImportId":"{name}"}}' for name in names]
    heads = [
        ["Q1", "Q1_DO_1", "Q2", "Q2_NPS_GROUP", "T"],
        [COUNTRY, f"{COUNTRY} - Order", GOOD, f"{GOOD} - Group", "T"],
    ]
    path = tmp_path / "export.csv"
    path.write_bytes(as_csv([*heads, ids, *([row[0], "1", row[1], "Promoter", "3.2"] for row in rows)]))
    found = read(csg, path)
    assert [question["text"] for question in found.values()] == [COUNTRY, GOOD]
    assert found["Q1"]["choices"] == counted(rows, 0)


def test_codes_of_answers_of_limesurvey_are_refused(csg: Run, tmp_path: Path) -> None:
    """They mean nothing to a reader."""
    codes = {"Kenya": "A1", "Nepal": "A2", "Good": "AO01", "Fair": "AO02"}
    path = tmp_path / "export.csv"
    path.write_bytes(as_csv([[codes.get(cell, cell) for cell in row] for row in limesurvey(people())]))
    done = csg("review", "import", str(path), "--id", "r", "--yes")
    assert (done.returncode, done.stdout) == (1, "")
    assert "this LimeSurvey export has codes of answers, such as A1, not their texts" in done.stderr


def test_answers_that_are_codes_are_reported(csg: Run, tmp_path: Path) -> None:
    """As in an export of values."""
    codes = {"Good": "1", "Fair": "2"}
    path = tmp_path / "export.csv"
    path.write_bytes(as_csv([["Timestamp", COUNTRY, GOOD], *([TIME, row[0], codes[row[1]]] for row in people())]))
    done = csg("review", "import", str(path), "--id", "r", "--yes")
    assert done.returncode == 0, done.stderr
    assert "Q2: the answers are numbers or codes. Export the labels of the choices" in done.stderr
