"""Ask a person, one question at a time, about the few things that an import of a survey is not sure of."""

import re

from csg.cli.asking import agrees, ask
from csg.problem import Problem, Refused, shown
from csg.survey.countries import Gazetteer
from csg.survey.country_names import nearest_country
from csg.survey.reviews import Imported, Wanted
from csg.view.display import note

MOST_WORDS = 2
"""Words of such an answer, if it is not written almost like a country."""
MOST_ASKED = 12
"""Answers that a person is asked about if csg does not know them as countries."""


def decide(imported: Imported, wanted: Wanted) -> Wanted:
    """Return the facts about an import with the decisions of a person: names, countries, and choices with commas."""
    return wanted._replace(
        not_names=wanted.not_names | _not_names(imported),
        country_names={**wanted.country_names, **_countries(imported, wanted)},
        split=wanted.split | _split(imported),
    )


def _not_names(imported: Imported) -> frozenset[str]:
    """Return the questions whose choices look like names of people, but are not."""
    allowed = set()
    for question in imported.suspected:
        note(f"The choices of {question.id} look like names of people: {question.text}")
        for label in question.labels:
            note(f"  {label}")
        if agrees(f"Publish {question.id} with these choices?"):
            allowed.add(question.id)
    return frozenset(allowed)


def _countries(imported: Imported, wanted: Wanted) -> dict[str, str]:
    """Return the countries that answers are names of, by the answers."""
    known = Gazetteer(wanted.country_names)
    found = {}
    # Longer answers are rather about a person. Only somebody at a terminal, who has the export, sees one of these.
    short = [
        answer for answer in imported.not_shown if len(answer.split()) <= MOST_WORDS and not re.search(r"\d", answer)
    ]
    for answer in sorted([*imported.no_countries, *short])[:MOST_ASKED]:
        label = f"Which country is “{shown(answer, 60)}”? Type its name or its code, or - if it is no country"
        nearest = nearest_country(answer)
        code = ask("country", None, label=label, default=nearest, optional=True, read=lambda typed: _code(typed, known))
        if code:
            found[answer] = code
    return found


def _code(typed: str, known: Gazetteer) -> str:
    """Return the code of a country that somebody types; nothing for Enter or a dash. Raise Refused if it is unknown."""
    if typed.strip() in ("", "-"):
        return ""
    if code := known.code(typed) or known.code(typed.upper()):
        return code
    hint = "Type its English name, or its code, such as KEN. Type - if it is no country."
    raise Refused(Problem("CSG701", f"unknown country '{shown(typed, 40)}'", hint=hint))


def _split(imported: Imported) -> frozenset[str]:
    """Return the questions whose answers have several choices, with commas between them."""
    found = set()
    for question in imported.unsplit:
        note(f"{question.id} {question.text}")
        note("The answers have commas. They could separate these choices:")
        for label in question.labels:
            note(f"  {label}")
        if agrees(f"Could people choose several of them in {question.id}?"):
            found.add(question.id)
    return frozenset(found)
