"""The columns of a workplan table: found by their headings, or by those of the table before."""

import re
from collections.abc import Iterable
from typing import NamedTuple
from unicodedata import normalize

from csg.forms.tables.table import Row
from csg.language import Language, known_languages
from csg.model.fields import fields_of
from csg.model.group import GroupProfile
from csg.model.workplan import Activity

ID, TITLE, PARTNER, LEADS, COMMENTS, PROGRESS = "id", "title", "unodc_lead", "cso_lead", "comments", "progress"
DUE = "due"
USUAL = (ID, TITLE, PARTNER, LEADS, COMMENTS, PROGRESS)
"""The six columns of a workplan table, in their order."""
_WORDS: dict[str, tuple[str, ...]] = {
    ID: ("id", "no", "nr", "nº", "n.º", "n°", "no.", "№", "number", "número", "numéro", "номер", "الرقم", "رقم", "#"),
    TITLE: ("activities", "activity", "actividad", "activité", "мероприятие", "النشاط"),
    PARTNER: ("partner lead", "partner leads"),
    LEADS: (
        "cso lead",
        "cso leads",
        "lead",
        "leads",
        "responsable osc",
        "responsable de la osc",
        "responsable de osc",
        "responsables de la sociedad civil",
        "responsable de la sociedad civil",
        "ответственный от гражданского общества",
        "المسؤول من المجتمع المدني",
        "responsable",
        "responsables",
        "ответственный",
        "ответственные",
        "المسؤول",
        "المسؤولون",
    ),
    COMMENTS: (
        "comments",
        "comment",
        "comentario",
        "observaciones",
        "commentaire",
        "observations",
        "комментарий",
        "примечания",
        "ملاحظات",
    ),
    PROGRESS: (
        "progress report",
        "progress reports",
        "progress",
        "informe de avance",
        "avances",
        "rapport d'avancement",
        "отчёт",
        "отчет",
    ),
    DUE: ("due", "due date", "deadline", "fecha límite", "vence", "échéance", "date limite", "срок", "الموعد النهائي"),
}
"""The usual headings, in lower case and in five languages."""
OBJECTIVE_HEADINGS = frozenset({
    "objective", "objectives", "goal", "goals", "objetivo", "objetivos", "objectif", "objectifs", "цель", "цели",
    "задача", "الهدف", "الأهداف",
})  # fmt: skip
"""The usual headings of a column of objectives, in lower case and in five languages."""
_TRANSLATED = {"Activities": TITLE, "Comments": COMMENTS, "Progress Report": PROGRESS, "Lead": LEADS, "Leads": LEADS}
"""Headings of documents, which csg writes in every language."""
_PARTNER_WORDS = (
    "{partner} lead", "{partner} leads", "responsable {partner}", "responsable de {partner}", "ответственный {partner}",
    "ответственный от {partner}", "المسؤول من {partner}",
)  # fmt: skip
_SHORT_HEADING = 80
"""The longest heading, in characters. Longer text is no heading."""


class Columns(NamedTuple):
    """The column of each field by its key, and the headings of columns that are no field's."""

    fields: dict[str, int]
    others: dict[int, str]
    width: int

    def column(self, key: str) -> int | None:
        """Return the column of a field; None if the table does not have it."""
        return self.fields.get(key)


def folded(text: str) -> str:
    """Return text as it is compared: in lower case, with one blank between words, and without footnote marks."""
    plain = re.sub("[\u00b9\u00b2\u00b3\u2070-\u2079*†‡]", "", text)
    return " ".join(normalize("NFKC", plain).casefold().split())


def headings(group: GroupProfile, model: type[Activity]) -> dict[str, str]:
    """Return the field of each known heading, with the headings of the group."""
    known = {word: key for key, words in _WORDS.items() for word in words}
    for language in (Language(code) for code in known_languages()):
        known |= {folded(language.gettext(word)): key for word, key in _TRANSLATED.items()}
    if group.partner:
        partner = folded(group.partner)
        known |= {words.format(partner=partner): PARTNER for words in _PARTNER_WORDS}
    for view in fields_of(model, group):
        if view.key in (*USUAL, *model.own_fields):
            known[folded(view.label)] = view.key
    return known | {folded(heading): key for key in (PARTNER, LEADS) if (heading := group.heading(key))}


def columns_of(row: Row, known: dict[str, str]) -> Columns | None:
    """Return the columns that a row of headings names; None for a row that is no such row.

    A first column without a known heading holds the numbers if no other column does. A column of objectives can be
    before it.
    """
    if len(row.cells) < 2 or any(len(cell.text) > _SHORT_HEADING for cell in row.cells):
        return None
    fields: dict[str, int] = {}
    others: dict[int, str] = {}
    for column, cell in enumerate(row.cells):
        key = _field(cell.text, known)
        if key and key not in fields:
            fields[key] = column
        elif cell.text:
            others[column] = cell.text
    if TITLE not in fields or len(fields) < 2:
        return None
    first = 1 if folded(others.get(0, "")) in OBJECTIVE_HEADINGS else 0
    if ID not in fields and fields[TITLE] > first and first not in fields.values():
        fields[ID] = first
        others.pop(first, None)
    return Columns(fields, others, len(row.cells))


def _field(text: str, known: dict[str, str]) -> str | None:
    heading = folded(text)
    if heading in known:
        return known[heading]
    # A remark may follow in brackets: Progress Report (mid & end year).
    return known.get(heading.partition("(")[0].strip().rstrip(":"))


def usual_columns(width: int) -> Columns:
    """Return the six usual columns, for a table without headings."""
    return Columns({key: index for index, key in enumerate(USUAL)}, {}, width)


def is_letters(row: Row) -> bool:
    """Return whether a row has the letters of a spreadsheet's columns: A, B, C."""
    texts = [cell.text for cell in row.cells if cell.text]
    return len(texts) > 1 and texts == [chr(ord("A") + index) for index in range(len(texts))]


def missing_columns(columns: Columns, has_partner: bool) -> Iterable[str]:
    """Return the fields without a column that a plan needs. Numbers and progress may be missing."""
    needed = (TITLE, *([PARTNER] if has_partner else []), LEADS, COMMENTS)
    return [key for key in needed if key not in columns.fields]


def label_of(key: str, group: GroupProfile, model: type[Activity]) -> str:
    """Return the heading of a field in the group's words."""
    return next(view.label for view in fields_of(model, group) if view.key == key)
