"""Read an XLSForm, the workbook that a form of KoboToolbox or ODK is made from: its questions and lists of choices."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from csg.model.review import Kind
from csg.survey.headers import plain_head
from csg.survey.services.base import is_personal
from csg.survey.table import Table, refused
from csg.survey.tables import open_tables

Cells = Mapping[str, str]

_KINDS: Mapping[str, Kind] = {
    "select_one": "one-choice", "select one": "one-choice", "select1": "one-choice", "score__row": "one-choice",
    "select_multiple": "several-choices", "select multiple": "several-choices", "select all that apply":
    "several-choices", "integer": "number", "int": "number", "decimal": "number", "range": "number", "text": "text",
    "string": "text",
}  # fmt: skip
"""The types of questions that are counted. Notes, calculations, places, files, times and facts about the device have no
answer to count, and can identify a person.
"""
_SELECT = re.compile(r"(select[_ ]one|select1|select[_ ]multiple|select all that apply)(?:_from_file)? (\S+)", re.I)
_ASKS_WHO = frozenset({"phonenumber", "username", "email", "deviceid", "subscriberid", "simserial"})


class FormChoice(NamedTuple):
    """A choice: its name in the data, and its labels in the languages of the form."""

    name: str
    labels: tuple[str, ...]


class FormQuestion(NamedTuple):
    """A question: its names (that in the data, and its labels), its kind, and its choices in order.

    ``kind`` is None for a row of the form that has no answer to count, such as a note.
    """

    name: str
    labels: tuple[str, ...]
    groups: tuple[str, ...]
    kind: Kind | None
    choices: tuple[FormChoice, ...] = ()
    personal: bool = False

    @property
    def text(self) -> str:
        """The text of the question: its first label, else its name."""
        return self.labels[0] if self.labels else self.name


def read_form(path: Path) -> list[FormQuestion]:
    """Return the questions of a form. Raises Refused if the file is no XLSForm."""
    with open_tables(path) as tables:
        sheets = {table.name.strip().casefold(): table for table in tables}
        if "survey" not in sheets:
            message = "this is no XLSForm: it has no sheet with the name survey"
            raise refused(path, message, "Download the form as XLSForm from KoboToolbox or ODK")
        lists: dict[str, list[FormChoice]] = {}
        for row in _rows(sheets["choices"]) if "choices" in sheets else ():
            labels = _labels(row)
            choice = FormChoice(row.get("name") or row.get("value") or row.get("$autovalue", ""), labels)
            lists.setdefault(row.get("list_name") or row.get("list name", ""), []).append(choice)
        questions = list(_questions(sheets["survey"], lists))
    if not any(question.kind for question in questions):
        raise refused(path, "this form has no question", "Download the form as XLSForm from KoboToolbox or ODK")
    return questions


def _rows(table: Table) -> Iterator[Cells]:
    """Yield the rows of a sheet, each cell by its heading."""
    heads = [" ".join(head.split()).casefold() for head in table.sample[0]] if table.sample else []
    for row in table.rows(range(len(heads)), 1):
        yield {head: cell.strip() for head, cell in zip(heads, row, strict=False) if head}


def _labels(row: Cells, field: str = "label") -> tuple[str, ...]:
    """Return the labels in a row, in all languages, that of the default language first."""
    heads = sorted((head for head in row if head.partition(":")[0] == field), key=lambda head: ":" in head)
    return tuple(dict.fromkeys(text for head in heads if (text := plain_head(row[head]))))


def _questions(table: Table, lists: Mapping[str, list[FormChoice]]) -> Iterator[FormQuestion]:
    groups: list[tuple[str, str]] = []
    for row in _rows(table):
        kind = " ".join(row.get("type", "").split())
        name = row.get("name") or row.get("$autoname", "")
        if re.match(r"begin[_ ]", kind, re.I):
            groups.append((name, row.get("kobo--score-choices", "")))
        elif re.match(r"end[_ ]", kind, re.I):
            groups = groups[:-1]
        elif kind and name:
            yield from _question(row, kind, name, groups, lists)


def _question(
    row: Cells, kind: str, name: str, groups: list[tuple[str, str]], lists: Mapping[str, list[FormChoice]]
) -> Iterator[FormQuestion]:
    select = _SELECT.match(kind)
    listed = select[2] if select else groups[-1][1] if groups and kind == "score__row" else ""
    counted = _KINDS.get((select[1] if select else kind).casefold())
    labels, hints = _labels(row), _labels(row, "hint")
    personal = kind in _ASKS_WHO or any(map(is_personal, (name, *labels, *hints)))
    choices = tuple(lists.get(listed, ()))
    has_other = select is not None and re.search(r"\bor[_ ]other$", kind) is not None
    if has_other and all(choice.name != "other" for choice in choices):
        choices += (FormChoice("other", ("Other",)),)
    path = tuple(group for group, _ in groups)
    yield FormQuestion(name, labels, path, counted, choices, personal)
    if has_other:
        text = f"{labels[0] if labels else name} – Other"
        yield FormQuestion(f"{name}_other", (text,), path, "text", (), personal)
