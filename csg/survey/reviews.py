"""Make a review, which has only what may be published, from a survey export."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from csg.model.review import Review
from csg.problem import Refused
from csg.survey.corrections import Asked, Correction
from csg.survey.countries import Gazetteer, asks_for_country
from csg.survey.doubts import Suspected, check_words, notes, suspected, unknown_countries, unsplit
from csg.survey.nesting import nested, without_choices
from csg.survey.private import Spool
from csg.survey.publish import publish, row_of
from csg.survey.questions import Counted, counted, is_for_country
from csg.survey.recognize import recognize
from csg.survey.routing import routed
from csg.survey.services.base import Group, Survey
from csg.survey.table import Table, errors, refused
from csg.survey.tables import Progress, open_tables
from csg.survey.tally import Tally, count
from csg.survey.xlsform import FormQuestion
from csg.workspace.files import open_given
from csg.workspace.schema import validated


class Wanted(NamedTuple):
    """The facts about an import that its file does not have.

    ``countries`` has the names of countries by code, ``country_names`` the codes by name and alias. ``of`` is the
    number of countries to review that somebody gives, ``known_of`` the number in other reviews, ``encoding`` the
    encoding of a text file that somebody names, ``not_names`` the questions whose choices are no names of people,
    ``form`` the questions of the form that the survey was made with, ``split`` the questions whose commas separate
    choices.
    """

    id: str
    title: str
    activity: str | None
    threshold: int
    countries: Mapping[str, str]
    of: int | None
    known_of: int
    country_question: str | None
    corrections: Mapping[str, Correction]
    country_names: Mapping[str, str] = {}
    encoding: str | None = None
    not_names: frozenset[str] = frozenset()
    service: str | None = None
    form: Sequence[FormQuestion] = ()
    split: frozenset[str] = frozenset()


class Imported(NamedTuple):
    """The result of an import: the review, the service, and the headings of columns that were not read.

    Also the question of each column, the digest of the file, its encoding, the
    question for the country, the answers to it that csg does not know as countries, the questions that are left out
    because of names, and those that are withheld, each with the question whose hidden count they would reveal.
    ``entangled`` are questions without choices, each with the question that its counts could be subtracted from.
    ``notes`` are sentences about what a person should check, ``unsplit`` questions whose commas could separate choices.
    ``not_shown`` are other answers to the question for the country: they can be about a person.
    """

    review: Review
    service: str
    dropped: list[str]
    columns: dict[int, str]
    digest: str
    encoding: str
    country_question: str | None = None
    no_countries: tuple[str, ...] = ()
    suspected: tuple[Suspected, ...] = ()
    withheld: Mapping[str, str] = {}
    entangled: Mapping[str, str] = {}
    notes: tuple[str, ...] = ()
    unsplit: tuple[Suspected, ...] = ()
    not_shown: tuple[str, ...] = ()


def digest(path: Path) -> str:
    """Return the digest of a file's bytes."""
    with errors(path), open_given(path) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def import_survey(path: Path, wanted: Wanted, spool: Spool, progress: Progress = lambda _: None) -> Imported:
    """Read an export and keep what may be published. Free text goes into the spool.

    Raises Refused if the file is not an export, or too few people answered.
    """
    with open_tables(path, progress, wanted.encoding) as tables:
        table, survey = recognize(path, tables, wanted.service, wanted.form)
        encoding = table.encoding
        groups, dropped = _asked(path, survey, wanted)
        tallies, reviewers, answered = _read(path, table, survey, groups, wanted, spool)
        names = Gazetteer(wanted.country_names)
        country_group = _country_group(path, groups, tallies, wanted, names)
        questions: list[Counted] = []
        columns: dict[int, str] = {}
        found_names: list[Suspected] = []
        confirmed = {each for each, correction in wanted.corrections.items() if correction.kind or correction.choices}
        confirmed |= wanted.not_names
        for group, number in zip(groups, answered, strict=True):
            for_country = names if group.id == country_group else None
            made = list(counted(group, tallies, number, _asked_of(group, wanted, for_country)))
            if suspects := list(suspected(made, confirmed, names, group.labels)):
                found_names += suspects
                continue
            questions += made
            columns |= {column: made[min(index, len(made) - 1)].id for index, column in enumerate(group.cells)}
        rows = [row_of(question, wanted.threshold, wanted.countries) for question in questions]
        entangled = nested(questions, rows, reviewers, partial(_responses, table, survey))
        rows = without_choices(questions, rows, entangled)
        withheld = routed(questions, rows, reviewers, wanted.threshold, partial(_responses, table, survey))
    # How many countries were reviewed is a number of people too, if few people answered.
    may_be_told = (question for question in questions if question.answered >= wanted.threshold)
    of_countries = next((each for each in may_be_told if each.codes and each.id not in withheld), None)
    published = publish(questions, rows, withheld, reviewers, wanted.threshold)
    check_words(path, published)
    review = validated(
        Review,
        {
            "review": wanted.id,
            "title": wanted.title,
            "activity": wanted.activity,
            "reviewers": reviewers,
            "threshold": wanted.threshold,
            "countries": _coverage(path, of_countries, wanted),
            "questions": [question.plain() for question in published],
        },
    )
    unknown, not_shown = unknown_countries(questions)
    return Imported(
        review, survey.service, dropped, columns, digest(path), encoding, country_group, unknown, tuple(found_names),
        withheld, entangled, notes(groups, questions), unsplit(questions), not_shown,
    )  # fmt: skip


def _responses(table: Table, survey: Survey, columns: Sequence[int]) -> Iterator[Sequence[str]]:
    """Return the cells of columns in every response."""
    rows = table.rows(columns, survey.heads)
    if survey.nothing:
        rows = (["" if cell == survey.nothing else cell for cell in row] for row in rows)
    if survey.cells:
        same: Callable[[str], str] = str
        change = [survey.cells.get(column, same) for column in columns]
        rows = ([one(cell) for one, cell in zip(change, row, strict=True)] for row in rows)
    return rows


def _asked_of(group: Group, wanted: Wanted, for_country: Gazetteer | None) -> Asked:
    correction = wanted.corrections.get(group.id)
    kind = "several-choices" if group.id in wanted.split else group.kind
    return Asked(wanted.threshold, correction, for_country, kind, group.choices)


def _coverage(path: Path, of_countries: Counted | None, wanted: Wanted) -> dict[str, int] | None:
    """Return the number of countries that were reviewed, and of how many; None if no question gives the countries.

    Those are the countries that are listed, else that were offered, else that somebody gave.
    """
    codes = of_countries.codes if of_countries else {}
    chosen = {code for label, code in codes.items() if of_countries and of_countries.counts.get(label)}
    if not chosen:
        return None
    listed = len(wanted.countries)
    if listed and wanted.of not in (None, listed):
        message = f"--of is {wanted.of}, but data/countries.yaml lists {listed} countries"
        raise refused(path, message, "Correct one of them")
    of = listed or wanted.of or max(wanted.known_of, len(set(codes.values())), len(chosen))
    if len(chosen) > of:
        message = f"{len(chosen)} countries are in it, but there are only {of} to review"
        raise refused(path, message, "Correct data/countries.yaml or --of")
    return {"reviewed": len(chosen), "of": of}


def _asked(path: Path, survey: Survey, wanted: Wanted) -> tuple[list[Group], list[str]]:
    """Return the questions to read, and the headings of those that say who answered or are to be left out."""
    ids = {group.id for group in survey.groups}
    for name, wrong in wanted.corrections.items():
        if name not in ids:
            base = name.partition(".")[0]
            hint = (
                f"Write {base}: its rows are corrected together" if base in ids else f"The file has Q1 to Q{len(ids)}"
            )
            found = wrong.problem(f"{path.name} has no question {wrong.id}", ("id",), hint)
            raise Refused(found._replace(code="CSG709"))
    groups, dropped = [], list(survey.dropped)
    for group in survey.groups:
        correction = wanted.corrections.get(group.id)
        left_out = correction is not None and correction.kind == "leave-out"
        if left_out or (group.personal and not (correction and correction.kind)):
            dropped.append(f"{group.id} {group.text}")
        else:
            groups.append(group)
    if not groups:
        raise refused(path, "no question in this file may be read", "Export individual responses")
    return _distinct(groups, wanted.corrections), dropped


def _distinct(groups: list[Group], corrections: Mapping[str, Correction]) -> list[Group]:
    """Return questions whose texts are all different: a later one with the same text gets a number."""
    texts: Counter[str] = Counter()
    found: list[Group] = []
    for group in groups:
        correction = corrections.get(group.id)
        text = correction.text if correction and correction.text else group.text
        texts[text] += 1
        while texts[text] > 1 and f"{text} ({texts[text]})" in texts:
            texts[text] += 1
        numbered = f"{text} ({texts[text]})" if texts[text] > 1 else text
        texts[numbered] += numbered != text
        found.append(group._replace(text=numbered, numbered=numbered != text))
    return found


def _read(
    path: Path, table: Table, survey: Survey, groups: list[Group], wanted: Wanted, spool: Spool
) -> tuple[dict[int, Tally], int, list[int]]:
    """Return the counts of each column, the number of responses, and the number that answered each group."""
    tallies: dict[int, Tally] = {}
    for group in groups:
        correction = wanted.corrections.get(group.id)
        alone = correction is not None and correction.kind not in (None, "several-choices")
        choices = correction.choices if correction and correction.choices else group.choices
        # Labels can have blanks in them. So cells with blanks are only split when all of them are known.
        separators = () if group.separators == (" ",) and not choices else group.separators
        for column in group.cells:
            tallies[column] = Tally(column, () if alone else separators, choices, spool.keep)
    place = {column: index for index, column in enumerate(tallies)}
    rows = _responses(table, survey, list(tallies))
    cells = [[place[column] for column in group.cells] for group in groups]
    reviewers, answered = count(rows, cells, list(tallies.values()))
    if reviewers < wanted.threshold:
        message = (
            "this file has no response" if not reviewers else f"this file has fewer than {wanted.threshold} responses"
        )
        raise refused(path, message, "Wait for more responses: so small a number could identify a person")
    return tallies, reviewers, answered


def _country_group(
    path: Path, groups: Iterable[Group], tallies: Mapping[int, Tally], wanted: Wanted, names: Gazetteer
) -> str | None:
    """Return the question for the country under review: the one that is named, else the only one with countries as
    answers, else the only one whose text asks for a country.
    """
    named = wanted.country_question
    if named is None:
        found = [group.id for group in groups if is_for_country(group, tallies, names)]
        found = found or [group.id for group in groups if not group.labels and asks_for_country(group.text)][:2]
        if len(found) > 1:
            message = f"{' and '.join(found)} ask for a country"
            raise refused(path, message, "Use --country-question to name the question for the country under review")
        return found[0] if found else None
    if all(group.id != named.upper() for group in groups):
        message = f"{path.name} has no question {named}, or it is left out"
        raise refused(path, message, "Name another question with --country-question")
    return named.upper()
