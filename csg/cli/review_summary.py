"""Show how a survey was read, what was left out and why, and what a person should check."""

from collections.abc import Iterator
from pathlib import Path

from csg.model.review import HIDDEN, Question, fewer_than
from csg.problem import counted, visible
from csg.survey.answers import REST
from csg.survey.country_names import nearest_country
from csg.survey.private import private_file
from csg.survey.reviews import Imported, Wanted
from csg.survey.scales import is_scale
from csg.survey.scrub import without_details
from csg.view.display import note
from csg.workspace.names import COUNTRIES

MOST_UNKNOWN = 20
"""Answers that are listed if csg does not know them as countries."""


def show_result(file: Path, imported: Imported, wanted: Wanted) -> None:
    """Show how the file was read, what was left out, and how many counts are hidden."""
    review = imported.review
    note(f"{file.name}: {imported.service}, {counted(review.reviewers, 'response')}")
    if imported.encoding and not imported.encoding.startswith("utf"):
        note(f"The file is not UTF-8. csg read it as {imported.encoding}. Check the letters.")
    for question in review.questions:
        kind = (question.kind or "").replace("-", " ")
        text = question.text if len(question.text) <= 60 else f"{question.text[:59].rstrip()}…"
        note(f"  {question.id:<6} {kind:<16} {question.answered!s:>5} answered  {text}")
    for line in _about_countries(imported):
        note(line)
    note("Not read:")
    for heading in imported.dropped or ["nothing"]:
        note(f"  {without_details(heading)}")
    for line in _about_privacy(imported):
        note(line)
    # The number of texts of a question could reveal a hidden count. It is not shown, and neither is a number of zero.
    note(f"Free text, if there is any, goes to {private_file(review.review)}, which git ignores.")
    few, hidden = (review.counts.count(word) for word in (fewer_than(review.threshold), HIDDEN))
    if few or hidden:
        small = f"{counted(few, 'count')} below {review.threshold}" if few else ""
        more = f"{counted(hidden, 'count')} from which a small one could be calculated" if hidden else ""
        note(f"Hidden: {', and '.join(part for part in (small, more) if part)}")
    for doubtful in imported.unsplit:
        note(f"{doubtful.id}: csg is not sure if commas separate several choices here, and counts each answer as one.")
        note(f"  If they do, give {doubtful.id} the kind several-choices in a file for --questions.")
    for advice in (*imported.notes, *_advice(imported, wanted)):
        note(advice)


def _about_countries(imported: Imported) -> Iterator[str]:
    """Yield the number of countries that were reviewed, and the answers that csg does not know as countries."""
    coverage = imported.review.countries
    if coverage:
        yield f"Countries reviewed, by {imported.country_question}: {coverage.reviewed} of {coverage.of}"
    else:
        yield "Countries reviewed: left out, because no question gives the countries. --country-question names it."
    if imported.no_countries:
        shown = [visible(name) for name in imported.no_countries[:MOST_UNKNOWN]]
        more = len(imported.no_countries) - len(shown)
        yield f"csg does not know these answers to {imported.country_question} as countries, and does not count them:"
        for name in shown:
            code = nearest_country(name)
            yield f"  {name}{f' (Is it {code}?)' if code else ''}"
        if more:
            yield f"  and {more} more"
        yield f"If they are countries, add them to {COUNTRIES}, for example: aliases: {{{shown[0]}: XXX}}"
    if imported.not_shown:
        yield f"Other answers to {imported.country_question} are no countries that csg knows. They are free text: they"
        yield "  can be about a person, so they are not shown here."


def _about_privacy(imported: Imported) -> Iterator[str]:
    """Yield the questions that are left out because a person could be identified, and how to change this."""
    for identifier, text in {question.id: question.text for question in imported.suspected}.items():
        yield f"{identifier} is left out, because its choices look like names of people: {text}"
        yield f"  If they are not, give {identifier} a kind in a file for --questions."
    for question, other in imported.withheld.items():
        yield f"{question} is withheld: only people with certain answers to {other} answered it."
        yield f"  Its numbers would reveal a count of {other} that is hidden. To publish {question}, leave out"
        yield f"  {other.partition('.')[0]}: write `kind: leave-out` for it in a file for --questions."
    for question, other in imported.entangled.items():
        yield f"{question} has no counts: the answers to {question} and to {other} decide each other, as a country"
        yield f"  decides a region. Its counts would reveal a hidden count. To publish {question}, leave out {other}."


def _advice(imported: Imported, wanted: Wanted) -> Iterator[str]:
    """Yield advice on what to check before the review is written."""
    questions = imported.review.questions
    named = [name for name, correction in wanted.corrections.items() if correction.choices]
    with_rest = [question for question in questions if any(choice.label == REST for choice in question.choices)]
    if unmatched := [question.id for question in with_rest if question.id.partition(".")[0] in named]:
        yield f"{', '.join(unmatched)}: some answers match none of the named choices, and are counted as “{REST}”."
    scales = [
        question for question in questions if question.kind == "rating" and question.id.partition(".")[0] not in named
    ]
    if unsorted := [question.id for question in scales if not _is_ordered(question)]:
        yield f"{', '.join(unsorted)}: the order of the grades is unknown. List the grades in order, with --questions."


def _is_ordered(question: Question) -> bool:
    labels = [choice.label for choice in question.choices if choice.label != REST]
    return is_scale(labels) or all(map(str.isdecimal, labels))
