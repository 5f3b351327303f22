"""Any survey: no planted personal value is anywhere after an import, and no hidden count has few possible values."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from survey_files import Table, as_csv

from csg.editing.new_review import review_text
from csg.model.review import Question
from csg.survey.likeness import likeness
from csg.survey.private import Spool
from csg.survey.reviews import Imported, Wanted, import_survey

PERSONAL = [
    "Observer", "Name of supervisor", "Your e-mail", "Phone number", "Nom de l’enquêtrice", "Encuestador",
    "Имя интервьюера",    "اسم الباحث", "调查员姓名", "Interviewed by", "enum_name", "Full name", "IP address",
]  # fmt: skip
NAMES = ["Canary Firstperson", "Canary Secondperson", "canary@example.org", "+254 712 345 678"]
CHOICES = [["Yes", "No"], ["Poor", "Fair", "Good"], ["1", "2", "3", "4", "5"], ["A", "B", "C", "D"]]
THRESHOLD = 5


@st.composite
def surveys(draw: st.DrawFn) -> Table:
    """A survey of personal questions, closed ones, and ones that only some people were asked."""
    number = draw(st.integers(12, 45))
    rows: list[list[str]] = [["1/2/2021"] for _ in range(number)]
    heads = ["Timestamp"]
    kinds = draw(
        st.lists(st.sampled_from(["personal", "closed", "closed", "routed", "text", "named"]), min_size=2, max_size=7)
    )
    for index, kind in enumerate(kinds):
        if kind == "personal":
            heads.append(draw(st.sampled_from(PERSONAL)))
            column = draw(st.lists(st.sampled_from(NAMES), min_size=number, max_size=number))
        elif kind == "named":
            heads.append(f"Who was it, {index}?")
            column = draw(st.lists(st.sampled_from(NAMES[:2]), min_size=number, max_size=number))
        else:
            heads.append(f"Question {'abcdefgh'[index]}?")
            scale = draw(st.sampled_from(CHOICES)) if kind != "text" else ["a longer remark", "another remark", "", ""]
            column = draw(st.lists(st.sampled_from(["", *scale, *scale]), min_size=number, max_size=number))
            if kind == "routed" and index:
                asked = draw(st.sampled_from(rows))[-1]
                column = [answer if row[-1] == asked else "" for row, answer in zip(rows, column, strict=True)]
        for row, answer in zip(rows, column, strict=True):
            row.append(answer)
    return [heads, *rows]


def imported(rows: Table, folder: Path) -> Imported:
    """Import a table."""
    path = folder / "survey.csv"
    path.write_bytes(as_csv(rows))
    with Spool(None) as spool:
        return import_survey(path, Wanted("r", "R", None, THRESHOLD, {}, None, 0, None, {}), spool)


def possible(question: Question) -> list[set[int]]:
    """By adding up: the values that each count of a question with one choice can have."""
    assert isinstance(question.answered, int)
    has_few = any(choice.count == f"fewer than {THRESHOLD}" for choice in question.choices)
    domains = []
    for choice in question.choices:
        if isinstance(choice.count, int):
            domains.append({choice.count})
        elif choice.count == "hidden":
            domains.append(set(range(THRESHOLD if has_few else 0, question.answered + 1)))
        else:
            domains.append(set(range(THRESHOLD)))
    values = []
    for index, domain in enumerate(domains):
        sums = {0}
        for other in (*domains[:index], *domains[index + 1 :]):
            sums = {total + value for total in sums for value in other if total + value <= question.answered}
        values.append({value for value in domain if question.answered - value in sums})
    return values


@settings(max_examples=60, deadline=None)
@given(rows=surveys())
def test_nobody_is_given_away(rows: Table, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Neither by a name nor by a number, nor by a second import with one response more."""
    folder = tmp_path_factory.mktemp("survey")
    try:
        made = imported(rows, folder)
    except Exception as refused:
        assert "no question in this file may be read" in str(refused)
        return
    text = review_text(made.review)
    published = [text, *map(str, made.dropped), *(question.text for question in made.suspected), str(made.withheld)]
    assert [each for each in published if "canary" in each.casefold() or "712 345" in each] == []
    for question in made.review.questions:
        numbers = [question.answered, *(choice.count for choice in question.choices)]
        assert [number for number in numbers if isinstance(number, int) and number < THRESHOLD] == []
        if question.choices:
            for choice, values in zip(question.choices, possible(question), strict=True):
                assert isinstance(choice.count, int) or len(values) > 2, text
    again = imported([*rows, rows[-1]], folder).review
    shows_counts = [
        question for question in made.review.questions if any(isinstance(c.count, int) for c in question.choices)
    ]
    if len(shows_counts) > 1:
        assert likeness(again, made.review) != "other"
