"""The glossary: its terms are those of the catalogues, and each source is one that a term names."""

import re

import pytest
from conftest import PROJECT
from test_languages import LANGUAGES, catalogue

GLOSSARY = (PROJECT / "docs" / "glossary.md").read_text("utf-8")
COLUMNS = ("es", "fr", "ru", "ar")
SOURCE = re.compile(r" ?\[(\d+)\]")
WHOLE = {
    "workplan": "Workplan",
    "objective": "Objective",
    "activity": "Activity",
    "indicator": "Indicator",
    "baseline": "Baseline",
    "target": "Target",
    "progress report": "Progress Report",
    "lead": "Lead",
    "evidence": "Evidence",
    "status": "Status",
    "completed": "Completed",
    "on track": "On track",
    "at risk": "At risk",
    "off track": "Off track",
    "not started": "Not started",
    "cancelled": "Cancelled",
    "hidden": "hidden",
}
"""The message that is a term, and nothing else."""
WITHIN = {"decisions": "Decisions of the last meeting", "civil society": "CSO lead"}
"""A message that has a term in it."""
NOT_IN_CSG = {"harm reduction", "people who use drugs", "people who inject drugs", "High Priority Country"}
PROGRESS = {
    "es": ("informe de progreso", "informes de progreso"),
    "fr": ("rapport d’avancement", "rapports d’avancement"),
    "ru": ("о ходе работы",),
    "ar": ("التقرير المرحلي", "التقارير المرحلية"),
}
"""The words for a progress report, and for several, that no case of a language changes."""


def terms() -> dict[str, dict[str, str]]:
    """Return the term of each language by the English one."""
    rows = [re.split(r" *\| *", line.strip("| ")) for line in GLOSSARY.splitlines() if line.startswith("|")]
    return {
        english: {code: SOURCE.sub("", cell) for code, cell in zip(COLUMNS, cells, strict=True)}
        for english, *cells in rows
        if english not in ("English", "---")
    }


def words(code: str) -> dict[str, str]:
    """Return the translation of each message without plural forms, in small letters."""
    found = {message.id: message.string for message in catalogue(code) if isinstance(message.string, str)}
    return {name: text.casefold() for name, text in found.items() if isinstance(name, str)}


def test_every_term_is_compared_with_a_message_or_is_not_in_csg() -> None:
    """So that a new term of the glossary cannot be forgotten."""
    assert set(terms()) == {*WHOLE, *WITHIN, *NOT_IN_CSG}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_catalogue_has_the_terms_of_the_glossary(code: str) -> None:
    """Regardless of case."""
    known = words(code)
    for english, by_language in terms().items():
        term = by_language[code].casefold()
        if english in WHOLE:
            assert known[WHOLE[english]] == term, english
        elif english in WITHIN:
            assert term in known[WITHIN[english]], english


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_progress_report_has_one_name(code: str) -> None:
    """In every message that names one."""
    named = {name: text for name, text in words(code).items() if "progress report" in name.casefold()}
    assert len(named) >= 3
    assert [name for name, text in named.items() if not any(term in text for term in PROGRESS[code])] == []


def test_each_source_is_named_and_known() -> None:
    """From the first to the last, in the order of their numbers."""
    listed = [int(number) for number in re.findall(r"^(\d+)\. .*\(https?://[^ ]*\)$", GLOSSARY, re.MULTILINE)]
    tables = "\n".join(line for line in GLOSSARY.splitlines() if line.startswith("|"))
    assert listed == list(range(1, len(listed) + 1))
    assert {int(number) for number in SOURCE.findall(tables)} == set(listed)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_catalogue_says_that_nobody_has_reviewed_it(code: str) -> None:
    """A reader must know it until a native speaker has."""
    text = (PROJECT / "csg" / "locale" / code / "LC_MESSAGES" / "csg.po").read_text("utf-8")
    assert "No native speaker has reviewed this catalogue yet." in text.partition('msgid ""')[0]
