"""Reviews, made from surveys (``data/reviews/*.yaml``), and the countries that they cover."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from csg.model.base import Count, Id, Identified, Prose, Record, Several, Words

HIDDEN = "hidden"
"""The word for a count that is hidden because a count below the threshold could be calculated from it."""


def fewer_than(threshold: int) -> str:
    """Return the words that replace a count below the threshold."""
    return f"fewer than {threshold}"


def _tally(value: object) -> int | str:
    if isinstance(value, int) or (isinstance(value, str) and re.fullmatch(r"\d{1,9}", value, re.ASCII)):
        return int(value)
    if isinstance(value, str) and re.fullmatch(rf"{HIDDEN}|fewer than [1-9]\d{{0,8}}", value, re.ASCII):
        return value
    raise ValueError("must be a whole number, 'fewer than 5' or 'hidden'")


Tally = Annotated[
    int | str,
    BeforeValidator(_tally),
    WithJsonSchema(
        {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": rf"^({HIDDEN}|fewer than \d+)$"}]}
    ),
]
"""A count, or the words that replace a hidden one."""


def _code(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(r"[A-Z]{3}", value):
        return value
    raise ValueError("must be a country's ISO 3166-1 alpha-3 code in three capital letters, for example KEN")


Code = Annotated[str, BeforeValidator(_code), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"})]
Kind = Literal["one-choice", "several-choices", "rating", "number", "text"]
"""The kinds of question: one choice, several choices, a grade, a number or free text."""


class Country(Identified):
    """A country that reviews are about."""

    id: Code = Field(description="Its ISO 3166-1 alpha-3 code: KEN.")
    name: Words = Field(description="Its name, as the group writes it.")


class Countries(Record):
    """The whole of ``data/countries.yaml``."""

    title: Words | None = Field(None, description="The name of the list of countries, for example in a report.")
    countries: Several[Country] = Field(description="The countries.")
    aliases: dict[Words, Code] = Field(
        default_factory=dict, description="Other names of countries that surveys use, with their codes."
    )

    @property
    def known_names(self) -> dict[str, str]:
        """Return the codes of the countries by their names and aliases."""
        return {**{country.name: country.id for country in self.countries}, **self.aliases}

    @property
    def names(self) -> dict[str, str]:
        """Return the names of the countries by their codes."""
        return {country.id: country.name for country in self.countries}


class Coverage(Record):
    """The number of countries that were reviewed."""

    reviewed: Count = Field(description="Countries reviewed.")
    of: Count = Field(description="The number of countries to review.")


class Choice(Record):
    """A choice of a question, with the number of reviewers who chose it."""

    label: Words = Field(description="The choice, as offered.")
    country: Code | None = Field(None, description="The country it names, by its alpha-3 code.")
    count: Tally = Field(description="The number of reviewers who chose it, or why it is hidden.")


class Quote(Record):
    """An answer in the words of a reviewer who agreed to its publication."""

    text: Prose = Field(description="The words of the answer.")
    consent: Literal["given"] = Field(description="The author agreed to be quoted.")


class Question(Identified):
    """A question of the survey, with the number of reviewers who answered it."""

    id: Id = Field(description="The question's number: Q1.")
    text: Prose = Field(description="The question, as asked.")
    kind: Kind | None = Field(None, description="The kind of answer.")
    answered: Tally = Field(description="Reviewers who answered it.")
    skipped: Tally = Field(description="Reviewers who did not.")
    choices: Several[Choice] = Field((), description="Its choices, with the count of each.")
    quotes: Several[Quote] = Field((), description="Answers that may be quoted.")


class Review(Record):
    """A review: the whole of one file in ``data/reviews``. It has only what can be published."""

    review: Id = Field(description="The review's id, as in the file's name.")
    title: Words = Field(description="The review's title.")
    activity: Id | None = Field(None, description="The activity it belongs to.")
    reviewers: Count = Field(description="The number of people who took part.")
    threshold: Count = Field(5, ge=3, description="Counts below this are hidden: they could identify a person.")
    countries: Coverage | None = Field(
        None, description="The countries covered; left out if no question asks for the country."
    )
    questions: Several[Question] = Field((), description="The questions.")

    @property
    def counts(self) -> list[int | str]:
        """Return the count of each choice of each question, or the words that replace it."""
        return [choice.count for question in self.questions for choice in question.choices]

    @property
    def named(self) -> frozenset[str]:
        """Return the codes of the countries in the questions."""
        choices = (choice for question in self.questions for choice in question.choices)
        return frozenset(choice.country for choice in choices if choice.country)

    def not_named(self, countries: Mapping[str, str]) -> list[str]:
        """Return the names of the countries that were not reviewed. Without a country in the questions, return none."""
        return [name for code, name in countries.items() if code not in self.named] if self.named else []
