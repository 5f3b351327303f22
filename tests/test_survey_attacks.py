"""Exports that try to bring a personal detail into the folder that is published, or into what is printed."""

import json
import random
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import Run
from survey_files import Table, as_csv, as_xlsx

from csg.survey.answers import is_label
from csg.survey.headers import is_personal
from csg.survey.scrub import scrubbed
from csg.survey.who import can_be_first_names

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


@pytest.mark.parametrize("seed", range(12))
def test_one_question_asked_twice_hides_the_same_counts(csg: Run, tmp_path: Path, seed: int) -> None:
    """Or only one of them has counts: in both, another count can be drawn to be hidden beside the small one."""
    answers = ["A"] * 12 + ["B"] * 9 + ["C"] * 8 + ["D"] * 2
    chance = random.Random(seed)  # noqa: S311
    chance.shuffle(answers)
    rows = [[TIME, answer, "" if number == seed else answer.lower()] for number, answer in enumerate(answers)]
    heads = ["Timestamp", "What did you use first?", "What did you begin with?"]
    assert csg("review", "import", str(written(tmp_path, [heads, *rows])), "--id", "r", "--yes").returncode == 0
    review = json.loads(csg("review", "show", "r", "--format", "json").stdout)
    first, second = (
        {choice["label"].casefold() for choice in question["choices"] if isinstance(choice["count"], str)}
        for question in review["questions"]
    )
    assert first == second or not second


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


def test_an_answer_that_is_no_country_is_not_shown(csg: Run, root: Path, tmp_path: Path) -> None:
    """But for one that is written almost like a country."""
    answers = ["Kenya"] * 9 + ["Nepal"] * 8 + [f"I am {NAME} from Osh", "Zamira Toktogul", "Kyrgistan"]
    rows = [[TIME, answer, "Yes" if index % 3 else "No"] for index, answer in enumerate(answers)]
    path = written(tmp_path, [["Timestamp", "Which country do you report on?", "Do you agree?"], *rows])
    done = csg("review", "import", str(path), "--id", "r", "--yes")
    assert "Kyrgistan (Is it KGZ?)" in done.stderr
    assert "Other answers to Q1 are no countries that csg knows." in done.stderr
    for name in (NAME, "Zamira"):
        assert name not in texts(root) + done.stdout + done.stderr


WHO: dict[str, list[str]] = {
    "Who trained you?": ["Olga", "Ivan"],
    "Кто вас обучал?": ["Ольга", "Иван"],
    "Хто вас навчав?": ["Оксана", "Тарас"],
    "谁培训了您？": ["王芳", "李伟"],
    "من درّبك؟": ["فاطمة حسن", "أحمد علي"],
    "¿Quién le capacitó?": ["Lupita", "Chema"],
    "Qui vous a formé ?": ["Awa", "Moussa"],
    "Quem lhe deu formação?": ["Zé", "Fátima"],
    "आपको किसने प्रशिक्षण दिया?": ["सीता", "राम"],
    "Ai đã đào tạo bạn?": ["Hương", "Minh"],
    "Trainer": ["Olga", "Ivan"],
    "Which nurse do you see?": ["Zarina", "Bakyt"],
    "Staff who helped you": ["Timur", "Aigul"],
    "Which of our staff helped you?": ["Azamat", "Nurlan"],
    "Какой врач вас принимал?": ["Зарина", "Бакыт"],
    "¿Qué enfermera le atendió?": ["Lupe", "Pancho"],
    "Тренер": ["Ольга", "Иван"],
    "Rate each trainer [Olga Petrova]": ["Good", "Bad"],
    "Rate each trainer [Ivan Sidorenko]": ["Good", "Bad"],
}


def test_first_names_are_not_published_as_choices(csg: Run, root: Path, tmp_path: Path) -> None:
    """The choices of a question that asks who somebody is, and the rows of a grid."""
    heads = ["Timestamp", *WHO, "Who provides services?", "Who stopped you?", "Какие услуги дал врач?"]
    rows = [
        [
            TIME,
            *(pair[(row + row // 3 + column) % 2] for column, pair in enumerate(WHO.values())),
            ["The state", "NGOs"][row % 2],
            ["The police", "My family", "No one"][row % 3],
            ["Шприцы", "Налоксон"][row // 2 % 2],
        ]
        for row in range(30)
    ]
    done = csg("review", "import", str(written(tmp_path, [heads, *rows])), "--id", "r", "--yes")
    published = texts(root, ["data/reviews"]) + done.stdout
    assert done.returncode == 0, done.stderr
    names = ["Petrova", "Sidorenko", *(name for pair in list(WHO.values())[:-2] for name in pair)]
    assert [name for name in names if name in published or name in done.stderr] == []
    assert [label for label in ("The state", "NGOs", "The police", "Шприцы") if label not in published] == []


@pytest.mark.parametrize(
    "head",
    [
        "Name::Français", "Nom::Français (fr)", "UIC", "Client code", "Beneficiary card", "Logged in as",
        "device", "IMEI",
        "Case number", "Member no.", "Insta", "Location Latitude", "Home address", "Номер карты", "Код клиента",
        "Número de expediente", "Código de beneficiario", "Numéro de dossier", "住址", "العنوان", "Địa chỉ", "Адрес",
        "Household ID", "Patient number", "Dirección IP",
        "Електронна пошта", "Дата народження", "ईमेल", "मोबाइल नंबर", "फ़ोन नंबर", "Số điện thoại", "Ngày sinh", "联系方式",
        "出生日期", "تاريخ الميلاد", "Su dirección", "Coordonnées", "Контакты", "Как к вам обращаться?",
        "Submission IP",
        "Unnamed: 3", "Column1", "Столбец 4", "D.O.B.", "Preferred name", "Best way to contact you", "Created by",
        "Access code", "Date and place of birth",
    ],
)  # fmt: skip
def test_a_heading_for_a_number_or_a_home_is_personal(head: str) -> None:
    """In several languages, with the language of a form after it."""
    assert is_personal(head)


@pytest.mark.parametrize(
    "head",
    [
        "Do you have a patient card from the clinic?", "Age::English (en)", "How many clients does the service reach?",
        "Does the police keep a record of you?", "Gender::Español", "Which device do you use most?",
        "How do you address stigma?", "Services::Français (fr)",
        "Contacts with the police", "Twitter use", "Who are you?", "How many sessions did you attend?",
        "Your organisation",
    ],
)  # fmt: skip
def test_a_question_about_such_numbers_is_not_personal(head: str) -> None:
    """A question is longer than a heading of a list."""
    assert not is_personal(head)


@pytest.mark.parametrize(
    "answer",
    [
        "ANPE0284F", "KZ-1042-AB", "AB1234", "ee.kobotoolbox.org:QxYz12", "collect:Ab7Rt", "5/3/2021", "1984-03-12",
        "12 Lenin street, flat 4", "ул. Ленина 12", "12 rue de la Paix", "Calle 8, 15", "朝阳路12号",
        "2021-05-03T10:00:00",
    ],
)  # fmt: skip
def test_an_answer_of_one_person_is_no_choice(answer: str) -> None:
    """However many people gave it: several from one house, or with one device."""
    assert not is_label(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "18-24", "2010-2014", "65 or older", "COVID-19", "age_18_24", "18_24_years", "FY2021",
        "Every 2 weeks", "1 to 2 km",
        "HIV-1", "24/7", "1,000 to 4,999", "Q1 2021", "50%", "В 2020 году", "3 раза",
    ],
)  # fmt: skip
def test_a_choice_with_a_number_stays_a_choice(answer: str) -> None:
    """A range, a year, an amount, the name of a choice."""
    assert is_label(answer)


@pytest.mark.parametrize("head", ["_parent_index", "_parent_table_name", "PARENT_KEY"])
@pytest.mark.parametrize("options", [[], ["--from", "odk"], ["--from", "kobo"], ["--from", "table"]])
def test_the_rows_of_a_repeated_question_are_no_people(
    csg: Run, root: Path, tmp_path: Path, head: str, options: list[str]
) -> None:
    """One person reported nine incidents: their number is no number of people."""
    rows = [["Beaten by the police?", "What happened then?", head, "KEY", "instanceID"]]
    rows += [
        ["Yes" if row % 3 else "No", "Bribe" if row % 2 else "Prison", "1", f"uuid:{row}", "x"] for row in range(9)
    ]
    for name, content in (("part.csv", as_csv(rows)), ("part.xlsx", as_xlsx(rows))):
        (tmp_path / name).write_bytes(content)
        done = csg("review", "import", str(tmp_path / name), "--id", "r", "--yes", *options)
        assert done.returncode == 1, name
    assert "Prison" not in texts(root)


def git(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run git in a folder."""
    return subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("options", [[], ["--staged"], ["--format", "github"], ["--changed", "HEAD"]])
def test_private_files_in_the_index_are_an_error(csg: Run, root: Path, options: list[str]) -> None:
    """Somebody added them with ``git add -f``: the check of CI and the hook stop them."""
    for words in (
        ["init", "-q"],
        ["config", "user.email", "a@example.org"],
        ["config", "user.name", "A"],
        ["add", "."],
    ):
        git(root, *words)
    git(root, "commit", "-qm", "First")
    assert csg("check", *options).returncode == 0
    (root / "private").mkdir()
    (root / "private" / "r.jsonl").write_text("a story", "utf-8")
    assert csg("check", *options).returncode == 0
    git(root, "add", "-f", "private/r.jsonl")
    done = csg("check", *options)
    assert done.returncode == 1
    assert "git tracks private files" in done.stdout
    assert csg("git", "install").returncode == 0
    committed = git(root, "commit", "-qm", "Second")
    assert "CSG706" in committed.stdout + committed.stderr
    assert git(root, "log", "--all", "--format=%s").stdout == "First\n"


def test_variables_of_a_link_are_not_read(csg: Run, root: Path, tmp_path: Path) -> None:
    """Typeform's hidden fields, and Alchemer's variables: the number of a person, who got the link."""
    numbers = ["person17", "person18"]
    typeform = [["#", "Do you agree with it?", "Police", "police", "uid", "Submit Date (UTC)", "Network ID"]]
    alchemer = [["Response ID", "Time Started", "Date Submitted", "URL Variable: sguid", "Is the report good?"]]
    for row in range(20):
        number, answer = numbers[row % 2], "Yes" if row % 3 else "No"
        typeform.append([str(row), answer, "Police", "police" if row % 2 else "", number, TIME, "x"])
        alchemer += [[str(row), TIME, TIME, number, answer]] * (1 if row % 3 else 4)
    for name, table in (("typeform", typeform), ("alchemer", alchemer)):
        done = csg("review", "import", str(written(tmp_path, table)), "--id", name, "--yes")
        assert done.returncode == 0, done.stderr
        assert "person1" not in texts(root) + done.stdout + done.stderr
    assert "label: police" in texts(root, ["data/reviews"])


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Lat 42.8746, 74.5698 is my home", "Lat [place] is my home"),
        ("42.87461 74.56981", "[place]"),
        ("I live at 12 Lenin Street, flat 4", "I live at [address], flat 4"),
        ("живу на ул. Ленина 12", "живу на [address]"),
        ("vivo en Calle Ocho 15", "vivo en [address]"),
        ("my insta olga_k77 is open", "my insta [handle] is open"),
        ("Телеграм: olga77", "Телеграм: [handle]"),
        ("the telegram channel helps", "the telegram channel helps"),
        ("我叫王芳，我是护士", "我叫[name]，我是护士"),
        ("मेरा नाम सीता है", "मेरा नाम [name] है"),
        ("Tôi tên là Hương", "Tôi tên là [name]"),
        ("Мене звати Оксана", "Мене звати [name]"),
        ("Ich heiße Olga Weiß", "Ich heiße [name]"),
        ("Mi chiamo Anna", "Mi chiamo [name]"),
        ("2 of 15 people on the street", "2 of 15 people on the street"),
        ("In 2.5 to 3.5 hours", "In 2.5 to 3.5 hours"),
        ("The service is 5 km down the road", "The service is 5 km down the road"),
    ],
)
def test_free_text_loses_places_accounts_and_names(text: str, clean: str) -> None:
    """Coordinates, a street with a number, an account after the name of a service, a name in more languages."""
    assert scrubbed([text, "Nothing"]) == [clean, "Nothing"]


@pytest.mark.parametrize(("both", "hidden"), [(0, 1), (3, 1), (4, 1), (5, 0), (6, 0)])
def test_the_few_who_chose_more_than_one_are_not_counted(csg: Run, tmp_path: Path, both: int, hidden: int) -> None:
    """Their number would follow from the counts of the choices and the number of people."""
    answers = ["Police"] * (11 - both) + ["Prison"] * (12 - both) + ["Police, Prison"] * both + ["Neither"] * 9
    rows = [[TIME, answer] for answer in answers]
    path = written(tmp_path, [["Timestamp", "What have you seen?"], *rows])
    questions = tmp_path / "questions.yaml"
    questions.write_text(
        "questions: [{id: Q1, kind: several-choices, choices: [Police, Prison, Neither]}]", encoding="utf-8"
    )
    done = csg("review", "import", str(path), "--id", "r", "--yes", "--questions", str(questions))
    assert done.returncode == 0, done.stderr
    review = json.loads(csg("review", "show", "r", "--format", "json").stdout)
    counts = [choice["count"] for choice in review["questions"][0]["choices"]]
    assert counts.count("hidden") == hidden
    assert hidden or counts == [11, 12, 9]
    assert csg("check", "--strict").returncode == 0


@pytest.mark.parametrize(
    "labels",
    [
        ["Doctor", "Police officer", "Pharmacist", "Nobody"], ["Врач", "Полиция", "Аптека", "Никто"],
        ["Один", "С семьёй", "С друзьями"], ["Médico", "Policía", "Farmacia", "Nadie"],
        ["Médecin", "Police", "Pharmacie", "Personne"], ["My mother", "My partner", "A friend"],
        ["Trainer", "Peer educator"],
    ],
    ids=lambda labels: labels[0],
)  # fmt: skip
def test_roles_are_no_names(labels: list[str]) -> None:
    """The usual answers to "Who refused you?" are published."""
    assert not can_be_first_names(labels, lambda _: ())


def test_an_address_in_a_heading_is_not_printed(csg: Run, tmp_path: Path) -> None:
    """Neither with the questions of a refused file, nor in the file of corrections, nor below "Not read"."""
    heads = ["Timestamp", "Is canary@example.org right?", "Phone of canary@example.org", "Is it good?"]
    rows = [[TIME, "Yes" if row % 3 else "No", "1", "Yes" if row % 2 else "No"] for row in range(20)]
    path, file = written(tmp_path, [heads, *rows]), tmp_path / "questions.yaml"
    refused = csg("review", "import", str(path), "--id", "r", "--dry-run", "--write-questions", str(file))
    assert "Q1                      Is [e-mail address] right?" in refused.stderr
    assert refused.returncode == 1
    done = csg("review", "import", str(path), "--id", "r", "--yes", "--questions", str(file))
    assert done.returncode == 0, done.stderr
    assert "Q2 Phone of [e-mail address]" in done.stderr
    assert "canary" not in refused.stdout + refused.stderr + done.stdout + done.stderr + file.read_text("utf-8")
