"""Find what csg is not sure of in the questions of a survey, and what a person has to decide or check."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import filterfalse
from pathlib import Path
from typing import NamedTuple

from csg.checks.personal import personal, plain
from csg.model.review import Question
from csg.survey.answers import REST
from csg.survey.countries import Gazetteer, is_no_country
from csg.survey.country_names import nearest_country
from csg.survey.person_names import look_like_names
from csg.survey.questions import Counted
from csg.survey.services.base import Group
from csg.survey.table import refused
from csg.survey.who import asks_who, can_be_first_names

_LONGEST_COUNTRY = 40
"""Characters of an answer that can be the name of a country, misspelt."""


class Suspected(NamedTuple):
    """A question that a person has to look at: its choices look like names of people, or have commas in them."""

    id: str
    text: str
    labels: tuple[str, ...]


def suspected(
    questions: Iterable[Counted], confirmed: Collection[str], names: Gazetteer, rows: Collection[str] = ()
) -> Iterator[Suspected]:
    """Return the questions whose choices look like names of people, but for those that somebody has ``confirmed``.

    ``rows`` are the rows of the question: "Rate each trainer" has the names there. A question that asks who somebody
    is can have first names as choices.
    """
    for question in questions:
        group = question.id.partition(".")[0]
        labels = tuple(label for label in question.counts if label != REST)
        has_choices = question.kind in ("one-choice", "several-choices", "rating")
        if not has_choices or group in confirmed:
            continue
        if look_like_names(rows, names.known):
            yield Suspected(group, question.text.partition(" – ")[0], tuple(rows))
        elif look_like_names(labels, names.known) or (
            asks_who(question.text) and can_be_first_names(labels, names.known)
        ):
            yield Suspected(group, question.text, labels)


def unknown_countries(questions: Iterable[Counted]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the answers that csg does not know as countries: those that may be shown, and the others.

    Those are written almost like a country, or enough people gave them. Any other answer can be about a person.
    """
    found: set[str] = set()
    others: set[str] = set()
    for question in questions:
        for label in filterfalse(is_no_country, question.unknown):
            is_near = len(label) <= _LONGEST_COUNTRY and nearest_country(label) is not None
            (found if is_near or question.counts.get(label) else others).add(label)
    # In alphabetical order: their order in the file can show which of them is the most frequent.
    return tuple(sorted(found)), tuple(sorted(others))


def unsplit(questions: Iterable[Counted]) -> tuple[Suspected, ...]:
    """Return the questions whose answers have commas that could separate several choices, with these choices."""
    return tuple(Suspected(question.id, question.text, question.parts) for question in questions if question.parts)


def check_words(path: Path, questions: Iterable[Question]) -> None:
    """Refuse questions whose text or choices have an address or a telephone number in them."""
    for question in questions:
        for text in (question.text, *(choice.label for choice in question.choices)):
            if faults := list(personal(plain(text), 0, len(text))):
                what = "text" if text == question.text else "choices"
                message = f"{faults[0][0]} is in the {what} of {question.id}, and not allowed in a public folder"
                group = question.id.partition(".")[0]
                hint = f"Give {group} another text, or leave it out. --write-questions writes a file for --questions"
                raise refused(path, message, hint)


def notes(groups: Iterable[Group], questions: Sequence[Counted]) -> tuple[str, ...]:
    """Return sentences about questions with one text, choices that could not be separated, and codes of answers."""
    numbered = [group.id for group in groups if group.numbered]
    same = f"{', '.join(numbered)}: another question has the same text, so csg numbered them in brackets."
    unclear = [question.id for question in questions if question.is_joined]
    joined = (
        f"{', '.join(unclear)}: several choices are in one cell, and csg cannot separate them at the blanks."
        " Export a column for each choice, or name the choices with --questions."
    )
    coded = [question.id for question in questions if _has_codes(question)]
    codes = (
        f"{', '.join(coded)}: the answers are numbers or codes. Export the labels of the choices, or check that a"
        " reader understands them."
    )
    found = ((numbered, same), (unclear, joined), (coded, codes))
    return tuple(sentence for ids, sentence in found if ids)


def _has_codes(question: Counted) -> bool:
    """Return whether the choices of a question are codes, which mean nothing to a reader."""
    labels = [label for label in question.counts if label != REST]
    is_choice = question.kind in ("one-choice", "several-choices") and not question.codes and len(labels) > 1
    return is_choice and all(re.fullmatch(r"[A-Za-z]{0,2}\d{1,3}", label) for label in labels)
