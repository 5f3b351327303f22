"""The numbers and letters of objectives and activities, as tables write them."""

import re

from csg.forms.tables.table import Row

_NUMBER = re.compile(r"((?:\d{1,4}|[^\W\d_])(?:\.\d{1,4}){0,3}[a-z]?)[.):]?")
OBJECTIVE_SHAPE = re.compile(
    r"(?:(?:objective|goal|objetivo|meta|objectif|цель|задача|الهدف) )?"
    r"(\d{1,3})(?:[.):](?!\d))?(?![\d.]) ?(?:[-–—:] )?",
    re.IGNORECASE,
)
"""The number of an objective, before its title."""


def is_objective_number(text: str) -> bool:
    """Return whether a cell has the number of an objective, or its letter."""
    number = text.rstrip(".):")
    return number.isdecimal() or (len(number) == 1 and number.isalpha())


def objective_number(name: str) -> str:
    """Return the number of the objective that the number of an activity begins with: 2 for 02.4, A for a.1."""
    number = name.partition(".")[0]
    return str(int(number)) if number.isdecimal() else number.upper()


def number_and_title(text: str) -> tuple[str, str]:
    """Return the number or the letter of an objective, and its title."""
    text = " ".join(text.split())
    if match := OBJECTIVE_SHAPE.match(text):
        return match[1], text[match.end() :].strip()
    number, _, title = text.partition(" ")
    return number.rstrip(".):"), title.strip()


def without_number(title: str, number: str) -> str:
    """Return the title of an objective without the number or the letter before it."""
    before, title_alone = number_and_title(title)
    return title_alone if title_alone and objective_number(before) == number else " ".join(title.split())


def next_after(name: str) -> str:
    """Return the number that follows an activity's: 3.10 after 3.9."""
    objective, _, number = name.rpartition(".")
    return f"{objective}.{int(number) + 1}" if number.isdecimal() else ""


def is_activity_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) and "." in text.rstrip(".):")


def is_heading(row: Row) -> bool:
    """Return whether a row has one text alone, which begins with the number of an objective."""
    if len(row.filled) != 1:
        return False
    text = row.cells[row.filled[0]].text
    match = OBJECTIVE_SHAPE.match(text)
    return match is not None and bool(text[match.end() :].strip())
