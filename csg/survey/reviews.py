"""A survey export to a review that holds only what may be published."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from csg.model.review import Review
from csg.problem import Refused
from csg.survey.corrections import Asked, Correction
from csg.survey.private import Spool
from csg.survey.publish import publish
from csg.survey.questions import Counted, counted, is_for_country
from csg.survey.surveys import Group, Survey, recognise
from csg.survey.table import Table, errors, refused
from csg.survey.tables import Progress, open_table
from csg.survey.tally import Tally, count
from csg.workspace.files import open_given
from csg.workspace.schema import validated


class Wanted(NamedTuple):
    """What is asked of an import, besides the file: what cannot be known from it.

    ``of`` is how many countries there are to review, as somebody says; ``known_of`` what other reviews say.
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


class Imported(NamedTuple):
    """What came of an export: the review, the service it is from, the heads of what was not read, the question of each
    column, the columns whose free text was taken, what the file is known by, and its encoding.
    """

    review: Review
    service: str
    dropped: list[str]
    columns: dict[int, str]
    written: list[int]
    digest: str
    encoding: str


def digest(path: Path) -> str:
    """What a file is known by: its bytes."""
    with errors(path), open_given(path) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def import_survey(path: Path, wanted: Wanted, spool: Spool, progress: Progress = lambda _: None) -> Imported:
    """Read an export, and keep of it what may be published; free text goes into the spool.

    Raises Refused where the file is none, or not enough people answered.
    """
    with open_table(path, progress) as table:
        survey, encoding = recognise(path, table.head), table.encoding
        groups, dropped = _asked(path, survey, wanted)
        tallies, reviewers, answered = _read(path, table, survey, groups, wanted, spool)
    country_group = _country_group(path, groups, tallies, wanted)
    questions: list[Counted] = []
    columns: dict[int, str] = {}
    for group, number in zip(groups, answered, strict=True):
        asked = Asked(wanted.threshold, wanted.corrections.get(group.id), group.id == country_group)
        made = list(counted(group, tallies, number, asked))
        questions += made
        columns |= {column: made[min(index, len(made) - 1)].id for index, column in enumerate(group.cells)}
    of_countries = next((question for question in questions if question.codes), None)
    known = digest(path)
    published = publish(questions, reviewers, wanted.threshold, wanted.countries, known)
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
    return Imported(review, survey.service, dropped, columns, spool.columns, known, encoding)


def _coverage(path: Path, of_countries: Counted | None, wanted: Wanted) -> dict[str, int]:
    """How many countries were reviewed, of how many: of those that are listed, or else were offered, or once were said
    to be there.
    """
    codes = of_countries.codes if of_countries else {}
    chosen = {code for label, code in codes.items() if of_countries and of_countries.counts.get(label)}
    listed = len(wanted.countries)
    if listed and wanted.of not in (None, listed):
        message = f"--of {wanted.of}, and data/countries.yaml lists {listed} countries"
        raise refused(path, message, "correct one of them")
    of = listed or wanted.of or max(wanted.known_of, len(set(codes.values())), len(chosen))
    if len(chosen) > of:
        message = f"{len(chosen)} countries in it, of {of} that there are to review"
        raise refused(path, message, "correct data/countries.yaml, or --of")
    return {"reviewed": len(chosen), "of": of}


def _asked(path: Path, survey: Survey, wanted: Wanted) -> tuple[list[Group], list[str]]:
    """The questions to read, and the heads of what is not: what says who answered, and what is to be left out."""
    ids = {group.id for group in survey.groups}
    for name, wrong in wanted.corrections.items():
        if name not in ids:
            base = name.partition(".")[0]
            hint = f"its rows are corrected together: write {base}" if base in ids else f"it has Q1 to Q{len(ids)}"
            found = wrong.problem(f"no question {wrong.id} in {path.name}", ("id",), hint)
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
        raise refused(path, "no question in it that may be read", "export individual responses")
    texts: dict[str, str] = {}
    for group in groups:
        correction = wanted.corrections.get(group.id)
        text = correction.text if correction and correction.text else group.text
        if text in texts and not group.apart:
            message = f"{texts[text]} and {group.id} are the same question"
            raise refused(path, message, "give one of them another text, or leave it out, with --questions FILE")
        texts[text] = group.id
    return groups, dropped


def _read(
    path: Path, table: Table, survey: Survey, groups: list[Group], wanted: Wanted, spool: Spool
) -> tuple[dict[int, Tally], int, list[int]]:
    """The counts of each column, how many responses there are, and how many of them answered each group."""
    tallies: dict[int, Tally] = {}
    for group in groups:
        correction = wanted.corrections.get(group.id)
        alone = correction is not None and correction.kind not in (None, "several-choices")
        choices = correction.choices if correction else ()
        for column in group.cells:
            tallies[column] = Tally(column, () if alone else group.separators, choices, spool.keep)
    place = {column: index for index, column in enumerate(tallies)}
    rows: Iterable[Sequence[str]] = islice(table.rows(list(tallies)), survey.heads, None)
    if survey.nothing:
        rows = (["" if cell == survey.nothing else cell for cell in row] for row in rows)
    cells = [[place[column] for column in group.cells] for group in groups]
    reviewers, answered = count(rows, cells, list(tallies.values()))
    if reviewers < wanted.threshold:
        message = "no response in it" if not reviewers else f"fewer than {wanted.threshold} responses in it"
        raise refused(path, message, "so few may not be published; wait for more")
    return tallies, reviewers, answered


def _country_group(path: Path, groups: Iterable[Group], tallies: Mapping[int, Tally], wanted: Wanted) -> str | None:
    """The question for the country under review: the one that is named, or the only one that countries answer."""
    found = [group.id for group in groups if is_for_country(group, tallies)]
    named = wanted.country_question
    if named is None:
        if len(found) > 1:
            message = f"countries answer {' and '.join(found)}"
            raise refused(path, message, "say with --country-question which is for the country under review")
        return found[0] if found else None
    if named.upper() not in found:
        there = any(group.id == named.upper() for group in groups)
        message = f"no names of countries answer {named}" if there else f"no question {named} in it"
        raise refused(path, message, "name another as --country-question")
    return named.upper()
