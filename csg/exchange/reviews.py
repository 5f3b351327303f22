"""A survey export to a review that holds only what may be published."""

import hashlib
import random
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from csg.exchange.private import Spool
from csg.exchange.questions import Correction, Counted, counted
from csg.exchange.surveys import Group, Survey, recognise
from csg.exchange.tables import Progress, Table, open_table, refused
from csg.exchange.tally import Tally, count
from csg.model.disclosure import Rule, told
from csg.model.review import HIDDEN, Choice, Coverage, Question, Review, fewer_than


class Wanted(NamedTuple):
    """What is asked of an import, besides the file: what cannot be known from it."""

    id: str
    title: str
    activity: str | None
    threshold: int
    countries: Mapping[str, str]
    of: int | None
    country_question: str | None
    corrections: Mapping[str, Correction]


class Imported(NamedTuple):
    """What came of an export: the review, the service it is from, the heads of what was not read, the questions of the
    columns whose free text is in the spool, how many counts are not told, of those below the threshold and others, and
    what the file is known by.
    """

    review: Review
    service: str
    dropped: list[str]
    columns: dict[int, str]
    few: int
    others: int
    digest: str


def digest(path: Path) -> str:
    """What a file is known by: its bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def import_survey(path: Path, wanted: Wanted, spool: Spool, progress: Progress = lambda _: None) -> Imported:
    """Read an export, and keep of it what may be published; free text goes into the spool.

    Raises Refused where the file is none, or not enough people answered.
    """
    with open_table(path, progress) as table:
        survey = recognise(path, table.head)
        groups, dropped = _asked(path, survey, wanted)
        questions, reviewers, columns = _read(path, table, survey.heads, groups, wanted, spool)
    of_countries = _country_question(path, questions, wanted)
    known = digest(path)
    made = _questions(questions, reviewers, wanted.threshold, of_countries, wanted.countries, known)
    offered = set(of_countries.codes.values()) if of_countries else set()
    chosen = of_countries.counts if of_countries else {}
    reviewed = (
        {of_countries.codes.get(each) for each, number in chosen.items() if number} - {None} if of_countries else ()
    )
    review = Review(
        review=wanted.id,
        title=wanted.title,
        activity=wanted.activity,
        reviewers=reviewers,
        threshold=wanted.threshold,
        countries=Coverage(
            reviewed=len(reviewed), of=len(wanted.countries) or max(wanted.of or len(offered), len(reviewed))
        ),
        questions=made,
    )
    counts = [choice.count for question in made for choice in question.choices]
    few = counts.count(fewer_than(wanted.threshold))
    return Imported(review, survey.service, dropped, columns, few, counts.count(HIDDEN), known)


def _asked(path: Path, survey: Survey, wanted: Wanted) -> tuple[list[Group], list[str]]:
    """The questions to read, and the heads of what is not: what says who answered, and what is to be left out."""
    unknown = set(wanted.corrections) - {group.id for group in survey.groups}
    if unknown:
        hint = f"they go from Q1 to Q{len(survey.groups)}"
        raise refused(path, f"no question {sorted(unknown)[0]} in it", hint)
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
        if text in texts:
            message = f"{texts[text]} and {group.id} are the same question"
            raise refused(path, message, "give one of them another text, or leave it out, with --questions FILE")
        texts[text] = group.id
    return groups, dropped


def _read(
    path: Path, table: Table, heads: int, groups: list[Group], wanted: Wanted, spool: Spool
) -> tuple[list[Counted], int, dict[int, str]]:
    columns = [column for group in groups for column in group.cells]
    tallies = {column: Tally(column, spool.keep) for column in columns}
    place = {column: index for index, column in enumerate(columns)}
    rows = islice(table.rows(columns), heads, None)
    cells = [[place[column] for column in group.cells] for group in groups]
    reviewers, answered = count(rows, cells, list(tallies.values()))
    if reviewers < wanted.threshold:
        message = "no response in it" if not reviewers else f"fewer than {wanted.threshold} responses in it"
        raise refused(path, message, "so few may not be published; wait for more")
    found: list[Counted] = []
    asked_in: dict[int, str] = {}
    for group, number in zip(groups, answered, strict=True):
        made = list(counted(group, tallies, number, wanted.threshold, wanted.corrections.get(group.id)))
        found += made
        asked_in |= {
            column: made[min(index, len(made) - 1)].id for index, column in enumerate(group.columns)
        } | dict.fromkeys(group.beside, group.id)
    return found, reviewers, asked_in


def _country_question(path: Path, questions: Iterable[Counted], wanted: Wanted) -> Counted | None:
    """The question for the country under review: the one that is named, or the first that countries answer."""
    if wanted.country_question is None:
        return next((question for question in questions if question.codes), None)
    named = next((each for each in questions if each.id.casefold() == wanted.country_question.casefold()), None)
    if named is None or not named.codes:
        what = "is answered by names of countries" if named else "is in it"
        raise refused(path, f"no question {wanted.country_question} {what}", "name another as --country-question")
    return named


def _questions(
    questions: list[Counted],
    reviewers: int,
    threshold: int,
    of_countries: Counted | None,
    names: Mapping[str, str],
    seed: str,
) -> tuple[Question, ...]:
    """The questions with what may be told of each.

    The file itself decides what is hidden besides the small counts: the same file hides the same.
    """
    chance = random.Random(seed)  # noqa: S311  (no key: an order that whoever has not the file cannot know)
    made: list[Question] = []
    untold: set[int] = set()
    for question in questions:
        counts: Mapping[str, int] = question.counts
        codes: Mapping[str, str] = {}
        if question is of_countries:
            counts, codes = _by_country(question, names)
        rule = Rule(question.answered, threshold, question.kind == "several-choices", 1 if codes else 0)
        row = told(list(counts.values()), rule, chance.shuffle) if counts else []
        # Who was asked only after a certain answer to another question: their number would tell that count.
        routed = question.answered < reviewers and question.answered in untold
        few = 0 < question.answered < threshold
        untold |= {count for count, each in zip(counts.values(), row, strict=False) if isinstance(each, str)}
        choices = zip(counts, row, strict=False) if not routed else ()
        made.append(
            Question(
                id=question.id,
                text=question.text,
                kind=question.kind,
                answered=HIDDEN if routed else fewer_than(threshold) if few else question.answered,
                skipped=HIDDEN if routed or few else reviewers - question.answered,
                choices=tuple(Choice(label=label, country=codes.get(label), count=each) for label, each in choices),
            )
        )
    return tuple(made)


def _by_country(question: Counted, names: Mapping[str, str]) -> tuple[dict[str, int], dict[str, str]]:
    """The counts of a question for a country by country, under the name that the group writes or else most did; and the
    codes of those names. Only what was chosen is in it.
    """
    chosen = {answer: number for answer, number in question.counts.items() if number}
    spelt: dict[str, str] = {}
    for answer in sorted(chosen, key=lambda answer: -chosen[answer]):
        if answer in question.codes:
            spelt.setdefault(question.codes[answer], answer)
    labels = {code: names.get(code, answer) for code, answer in spelt.items()}
    found: dict[str, int] = {}
    for answer, number in chosen.items():
        label = labels.get(question.codes.get(answer, ""), answer)
        found[label] = found.get(label, 0) + number
    codes = {label: code for code, label in labels.items()}
    return dict(sorted(found.items(), key=lambda pair: (pair[0] not in codes, pair[0].casefold()))), codes
