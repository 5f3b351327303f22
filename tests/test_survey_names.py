"""Columns with the names of staff are not read, in any language; other questions that have such words in them are."""

from pathlib import Path

import pytest
from conftest import Run
from survey_files import as_csv

from csg.survey.headers import is_personal

STAFF = [
    "Observer",
    "Observer name",
    "Supervisor",
    "Surveyor",
    "Facilitator",
    "Name of interviewer",
    "Interviewed by",
    "enum_name",
    "Nom de l'enquêteur",
    "Encuestador",
    "Интервьюер",
    "اسم الباحث",
    "Enumerator ID",
    "Interviewer's initials",
    "1. Name of the enumerator",
    "EnumeratorName",
    "interviewername",
    "Nom et prénom de l’enquêtrice",
    "Nombre del encuestador",
    "Nombre de la entrevistadora",
    "Entrevistador(a)",
    "Nome do entrevistador",
    "Pesquisador",
    "Имя интервьюера",
    "ФИО интервьюера",
    "Ім'я інтерв'юера",
    "Супервайзер",
    "Name des Interviewers",
    "Nome dell'intervistatore",
    "Anketörün adı",
    "Görüşmeci",
    "调查员姓名",
    "访谈员",
    "調査員名",
    "조사원 이름",
    "ผู้สัมภาษณ์",
    "Tên điều tra viên",
    "Nama pewawancara",
    "Jina la mhojaji",
    "साक्षात्कारकर्ता का नाम",
    "المشرف",
    "Who interviewed you?",
    "Who conducted the interview?",
    "Data collector",
    "Field supervisor",
    "Name of the staff member",
    "Trainer name",
    "Qui a rempli le questionnaire ?",
    "Кто проводил опрос",
    "Enquêteur",
    "Superviseur",
    "Nom du superviseur",
    "group/enum_name",
    "Name of the person filling in this form",
    "Research assistant name",
    "Naam van de interviewer",
    "Imię i nazwisko ankietera",
    "Jméno tazatele",
    "Interviewer 1",
    "Team leader",
    "اسم المشرف الميداني",
    "نام پرسشگر",
    "שם המראיין",
    "Όνομα συνεντευκτή",
    "Entrevistado por",
    "Réalisé par",
    "Interviewer code",
    "Numele operatorului",
    "Moderator",
    "Observer:",
    "Recorded by",
    "Focal person name",
]
NOT_STAFF = [
    "Does the report address human rights?",
    "Which country do you name first?",
    "How do people contact services?",
    "Name the main gap in the report",
    "How helpful was the trainer?",
    "Which staff were present?",
    "Do you work with a supervisor?",
    "How good is the report?",
    "What is the name of your organisation?",
    "Name of the country",
    "Country name",
    "What kind of organisation are you from?",
    "Are services delivered by peers?",
    "Were people who use drugs consulted?",
    "Was the report reviewed in time?",
    "Who provides services in your country?",
    "Which best describes your role?",
    "Is the service run by the state?",
    "Qui fournit les services ?",
    "Have staff of the embassy threatened you?",
    "Do you monitor human rights?",
    "Were you stopped by the police?",
    "Name one thing that members of the network should do",
    "How many people did the report reach?",
    "Кто предоставляет услуги?",
    "Was the training facilitated well?",
    "Do you have data?",
    "Code",
    "Number of members",
    "Which services does the report describe?",
    "What did observers say?",
]


@pytest.mark.parametrize("head", STAFF)
def test_a_heading_for_the_name_of_a_person_is_personal(head: str) -> None:
    """A role beside a word for a name, a role alone, or who did the work."""
    assert is_personal(head)


@pytest.mark.parametrize("head", NOT_STAFF)
def test_a_question_about_people_is_not_personal(head: str) -> None:
    """A role or a name in a longer question."""
    assert not is_personal(head)


def test_no_name_of_staff_is_anywhere_after_an_import(csg: Run, root: Path, tmp_path: Path) -> None:
    """Nor in what is printed."""
    names = ["Canary Firstperson", "Canary Secondperson", "Canary Thirdperson"]
    heads = ["Observer", "Supervisor", "Name of interviewer", "Nom de l\u2019enquêteur", "Супервайзер", "اسم الباحث"]
    rows = [["x", *(names[(row + column) % 3] for column in range(len(heads))), "AB"[row % 2]] for row in range(60)]
    path = tmp_path / "survey.csv"
    path.write_bytes(as_csv([["Timestamp", *heads, "How good is the report?"], *rows]))
    done = csg("review", "import", str(path), "--id", "r", "--yes")
    rendered = csg("report", "render")
    assert done.returncode == rendered.returncode == 0
    files = [file.read_text("utf-8", "replace") for file in root.rglob("*") if file.is_file()]
    assert [text for text in (*files, done.stdout, done.stderr, rendered.stderr) if "canary" in text.casefold()] == []
    assert [head for head in heads if head not in done.stderr.partition("Not read:")[2]] == []
