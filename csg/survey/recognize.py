"""Recognize the survey service of an export, its sheet, and the row of its headings."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from csg.problem import Refused
from csg.survey import headers
from csg.survey.form_columns import with_form
from csg.survey.headers import key
from csg.survey.services import (
    alchemer,
    google,
    kobo,
    limesurvey,
    microsoft,
    odk,
    plain_table,
    qualtrics,
    surveymonkey,
    typeform,
)
from csg.survey.services.base import Sample, Survey
from csg.survey.table import Row, Table, refused
from csg.survey.xlsform import FormQuestion

MOST_ABOVE = 6
"""Rows that can be above the headings: a title, the day of the export, an empty row."""


class Service(NamedTuple):
    """A service: its name, the headings that it is recognized by, and how to read its exports."""

    name: str
    looks_for: str
    recognizes: Callable[[Sample], bool]
    read: Callable[[Path, Sample], Survey]


MODULES = {
    "qualtrics": qualtrics,
    "limesurvey": limesurvey,
    "surveymonkey": surveymonkey,
    "kobo": kobo,
    "odk": odk,
    "typeform": typeform,
    "alchemer": alchemer,
    "microsoft": microsoft,
    "google": google,
}
SERVICES = {
    name: Service(module.NAME, module.LOOKS_FOR, module.recognizes, module.read) for name, module in MODULES.items()
}
"""The services by the names that ``--from`` has, those with the clearest marks first."""
TABLE = Service(plain_table.NAME, plain_table.LOOKS_FOR, plain_table.recognizes, plain_table.read)
NAMES = (*SERVICES, "table")


def recognize(
    path: Path, tables: Iterable[Table], named: str | None = None, form: Sequence[FormQuestion] = ()
) -> tuple[Table, Survey]:
    """Return the table of responses in a file and its questions.

    ``named`` is the service that a person names, ``form`` has the questions of the form. Raises Refused if no service
    is recognized.
    """
    candidates = list(tables)
    services = [{**SERVICES, "table": TABLE}[named]] if named else list(SERVICES.values())
    for attempt in (services, [] if named else [TABLE]):
        for table in candidates:
            for above, sample in _samples(table):
                for service in attempt:
                    if service is TABLE and above != _first_row(table):
                        continue  # it can be a response: a sheet has no headings of its own that would show this
                    if service.recognizes(sample):
                        is_sure = service is not TABLE
                        return table, _read(path, service, sample, above, form, is_sure=is_sure)
    if (named or form) and candidates:
        above = _first_row(candidates[0])
        sample = Sample(_trimmed(candidates[0].sample[above:]))
        return candidates[0], _read(path, services[0] if named else TABLE, sample, above, form)
    raise _unknown(path, candidates)


def _samples(table: Table) -> Iterable[tuple[int, Sample]]:
    """Return the rows from each row on that can be the headings, with the number of rows above it."""
    for above in range(min(MOST_ABOVE, len(table.sample))):
        if _filled(table.sample[above]) >= 2:
            yield above, Sample(_trimmed(table.sample[above:]))


def _filled(row: Row) -> int:
    """Return the number of cells that are not empty."""
    return sum(map(bool, map(str.strip, row)))


def _trimmed(rows: list[Row]) -> list[Row]:
    """Return rows whose first has no empty cells at its end, unless other rows have something there."""
    width = max((at for row in rows[:2] for at, cell in enumerate(row, 1) if cell.strip()), default=0)
    return [[*rows[0], *[""] * width][: max(width, len(rows[0]))], *rows[1:]]


def _first_row(table: Table) -> int:
    """Return the number of rows above the first one that is no title: half as wide as the widest, or wider."""
    widths = list(map(_filled, table.sample))
    return next((row for row, width in enumerate(widths[:MOST_ABOVE]) if 2 * width > max(widths)), 0)


def _read(
    path: Path,
    service: Service,
    sample: Sample,
    above: int,
    form: Sequence[FormQuestion],
    *,
    is_sure: bool = False,
) -> Survey:
    """Return the questions. ``is_sure`` is true if a service's own headings show that these are headings."""
    if any(headers.is_part_of_another(head) for head in sample.row(0)):
        message = "a row of this file is an answer to a repeated question: one person can have several rows"
        raise refused(path, message, "Import the main table, in which each row is a person")
    survey = service.read(path, sample)
    if not is_sure:
        _check_headings(path, survey, sample, above)
    if form:
        survey = with_form(path, survey, sample, form)
    if not survey.groups:
        raise refused(path, f"this file has no question, read as {service.name}", "Export individual responses")
    return survey._replace(heads=survey.heads + above)


def _check_headings(path: Path, survey: Survey, sample: Sample, above: int) -> None:
    """Refuse headings that are the answers of a person: an answer below them is the same, and others are not.

    The headings become the texts of questions, which are published.
    """
    last = sample.row(survey.heads - 1)
    for column in (column for group in survey.groups for column in group.cells):
        answers = set(sample.column(column, survey.heads))
        if len(answers) > 1 and key(last[column]) in answers:
            number = above + survey.heads
            message = f"row {number} looks like the answers of a person: they are answers in other rows, too"
            raise refused(path, message, "Export the responses again, with the headings in the first row")


def _unknown(path: Path, tables: list[Table]) -> Refused:
    table = tables[0] if tables else None
    first = table.sample[0] if table and table.sample else []
    if not any(first):
        return refused(
            path, "the first row has no headings", "Export the responses again, or delete the rows above the headings"
        )
    known = {key(head) for head in first}
    if headers.RESPONSE & known or headers.OPEN_ENDED & known:
        hint = "Export all individual responses from SurveyMonkey, with both rows of headings"
        return refused(path, "the first row of headings is missing", hint)
    sheets = f"sheets {' and '.join(repr(each.name) for each in tables)}" if len(tables) > 1 else ""
    where = sheets or (f"sheet {tables[0].name!r}" if tables[0].name else "the file")
    message = (
        f"this file is not a survey export that csg recognizes: no service's headings are in rows 1 to 6 of {where}"
    )
    looked = "; ".join(f"{service.name} ({service.looks_for})" for service in SERVICES.values())
    hint = (
        f"It looks for {looked}. If one row has the questions, add --from table. Else name the service: --from "
        + ", ".join(SERVICES)
    )
    return refused(path, message, hint)
