"""Survey exports as the services make them, of people who do not exist: ``python tests/survey_files.py DIR``."""

import csv
import io
import random
import sys
from collections.abc import Callable
from pathlib import Path

Table = list[list[str]]

COUNTRIES = [
    "Kenya", "Côte d’Ivoire", "Viet Nam", "Ukraine", "Kyrgyzstan", "Nepal", "Thailand", "Uganda", "Nigeria",
    "Indonesia",
    "Myanmar", "Belarus", "Uzbekistan", "South Africa", "Brazil", "Pakistan", "Mozambique", "Egypt",
]  # fmt: skip
SIZES = [9, 7, 6, 5, 4, 3, 3, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1]
"""How many of the fifty reviewed each of the eighteen countries."""
CANARIES = {
    "id": "114 CANARYID", "ip": "203.0.113.77", "mail": "canary.mail@example.org", "first": "Canaryfirst",
    "last": "Canarylast", "custom": "canary-custom", "contact": "Canary Contactname", "phone": "+254 712 345 678",
}  # fmt: skip
"""What may stand nowhere after an import."""
ROLES = [
    "Network of people who use drugs",
    "Harm reduction service",
    "Human rights organisation",
    "Other (please specify)",
]
USES = ["Advocacy", "Planning of services", "Funding proposals", "Other (please specify)"]
ROWS = ["Accuracy", "Involvement of civil society", "Usefulness"]
SCALE = ["Poor", "Fair", "Good", "Very good"]
HEADS = {
    "country": "Which High Priority Country are you reviewing?",
    "role": "Which best describes your organisation?",
    "uses": "How will you use the report? Please select all that apply.",
    "rate": "How would you rate the report?",
    "years": "For how many years have you worked in harm reduction?",
    "seen": "Had you seen the report before?",
    "recommend": "How likely are you to recommend it?",
    "comment": "What is missing from the report?",
}


class Person(dict[str, str]):
    """One who answered: an answer to each question, those of several choices with a bar between them."""


def people(number: int = 50, seed: int = 1) -> list[Person]:
    """Who answered: fifty from eighteen countries, or more in the same proportions."""
    chance = random.Random(seed)  # noqa: S311
    countries = [name for name, size in zip(COUNTRIES, SIZES, strict=True) for _ in range(size)]
    found = []
    for index in range(number):
        other = index % 9 == 4
        person = Person(
            country=countries[index % len(countries)],
            role=ROLES[3] if other else ROLES[chance.choice([0, 0, 1, 1, 2])],
            other="Un réseau d’usagers,\nà Bouaké" if other else "",
            uses="|".join(use for use in USES[:3] if chance.random() < 0.5),
            uses_other="For “training”; see canary.mail@example.org" if index % 11 == 3 else "",
            years=str(chance.randint(1, 30)),
            seen=chance.choice(["Yes", "Yes", "No"]),
            recommend=str(chance.randint(0, 10)),
            comment=f"Nothing on {chance.choice(['women', 'naloxone', 'stigma'])} ({index}).\nSecond line"
            * (index % 2),
        )
        for row in ROWS:
            person[row] = chance.choice(SCALE)
        found.append(person)
    found[0]["comment"] = f"My name is {CANARIES['first']} {CANARIES['last']}, call {CANARIES['phone']} or 203.0.113.77"
    return found


def surveymonkey(everyone: list[Person]) -> Table:
    """SurveyMonkey's expanded form: two rows of heads."""
    first = [
        "Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name",
        "Last Name", "Custom Data 1", HEADS["country"], HEADS["role"], "", HEADS["uses"], "", "", "",
        HEADS["rate"], "", "",
        HEADS["years"], HEADS["seen"], HEADS["recommend"], HEADS["comment"], "How may we reach you?", "", "",
    ]  # fmt: skip
    second = [
        *[""] * 9, "Response", "Response", ROLES[3], *USES, *ROWS, "Open-Ended Response", "Response", "Response",
        "Open-Ended Response", "Name", "Email Address", "Phone Number",
    ]  # fmt: skip
    rows = [first, second]
    for number, each in enumerate(everyone):
        date = f"12/{number % 28 + 1:02}/2021 10:15:00 AM"
        rows.append([
            f"{CANARIES['id']}{number}", "400", date, date, CANARIES["ip"], CANARIES["mail"], CANARIES["first"],
            CANARIES["last"], CANARIES["custom"], each["country"], each["role"], each["other"],
            *(use if use in each["uses"].split("|") else "" for use in USES[:3]), each["uses_other"],
            *(each[row] for row in ROWS), each["years"], each["seen"], each["recommend"], each["comment"],
            CANARIES["contact"], CANARIES["mail"], CANARIES["phone"],
        ])  # fmt: skip
    return rows


def google(everyone: list[Person]) -> Table:
    """Google Forms' sheet: several choices in one cell, a column for each row of a grid."""
    grid = [f"{HEADS['rate']} [{row}]" for row in ROWS]
    rows = [["Horodateur", "Adresse e-mail", HEADS["country"], HEADS["role"], HEADS["uses"], *grid, HEADS["comment"]]]
    for each in everyone:
        role = each["other"].replace("\n", " ") or each["role"]
        uses = each["uses"].replace("|", ", ")
        rates = (each[row] for row in ROWS)
        rows.append(["01/12/2021 10:15:00", CANARIES["mail"], each["country"], role, uses, *rates, each["comment"]])
    return rows


def kobo(everyone: list[Person]) -> Table:
    """KoboToolbox's: a column of 0 and 1 for each choice behind one that has all."""
    uses = [f"{HEADS['uses']}/{use}" for use in USES[:3]]
    marks = [
        "_id",
        "_uuid",
        "_submission_time",
        "_validation_status",
        "_notes",
        "_status",
        "_submitted_by",
        "__version__",
    ]
    heads = ["start", "end", "username", "phonenumber", HEADS["country"], HEADS["uses"], *uses]
    rows = [[*heads, HEADS["seen"], HEADS["comment"], *marks, "_tags", "_index"]]
    for number, each in enumerate(everyone, 1):
        chosen = [use for use in each["uses"].split("|") if use]
        flags = [str(int(use in chosen)) if chosen else "" for use in USES[:3]]
        time = "2021-12-01T10:15:00.000+03:00"
        rows.append([
            time, time, CANARIES["first"], CANARIES["phone"], each["country"], " ".join(chosen), *flags, each["seen"],
            each["comment"], str(number), f"uuid-{number}", time, "", "", "submitted_via_web",
            CANARIES["last"], "v1", "",
            str(number),
        ])  # fmt: skip
    return rows


def microsoft(everyone: list[Person]) -> Table:
    """Microsoft Forms': a semicolon behind every choice, hard spaces in the heads."""
    added = ["ID", "Start time", "Completion time", "Email", "Name"]
    rows = [[*added, f"{HEADS['country']}\xa0", HEADS["uses"], *ROWS, HEADS["recommend"], HEADS["comment"]]]
    for number, each in enumerate(everyone, 1):
        uses = "".join(f"{use};" for use in each["uses"].split("|") if use)
        rates = (each[row] for row in ROWS)
        time = "12/1/21 10:15:00"
        rows.append([
            str(number), time, time, CANARIES["mail"], f"{CANARIES['first']} {CANARIES['last']}", each["country"], uses,
            *rates, each["recommend"], each["comment"],
        ])  # fmt: skip
    return rows


def as_csv(table: Table, separator: str = ",", encoding: str = "utf-8", quoting: int = csv.QUOTE_MINIMAL) -> bytes:
    """A table as CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, quoting=quoting).writerows(table)  # type: ignore[arg-type]
    return text.getvalue().encode(encoding)


def as_xlsx(table: Table) -> bytes:
    """A table as a workbook."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in table:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


FILES: dict[str, Callable[[list[Person]], bytes]] = {
    "survey.csv": lambda everyone: as_csv(surveymonkey(everyone), encoding="utf-8-sig"),
    "survey.xlsx": lambda everyone: as_xlsx(surveymonkey(everyone)),
    "google-forms.csv": lambda everyone: as_csv(google(everyone)),
    "kobo.csv": lambda everyone: as_csv(kobo(everyone), ";", quoting=csv.QUOTE_ALL),
    "microsoft-forms.xlsx": lambda everyone: as_xlsx(microsoft(everyone)),
}

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in FILES.items():
        (folder / name).write_bytes(make(people()))
