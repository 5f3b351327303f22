"""The variables of the report on a review, and its pictures."""

from collections.abc import Mapping

from csg.documents.bars import bar, longest
from csg.documents.context import Plain
from csg.documents.source import page_name
from csg.model.review import HIDDEN, Countries, Question, Review, fewer_than
from csg.model.workplan import Workplan

WIDTH = 24
"""The length of the longest bar of a question, in characters."""


def review_context(review: Review, plans: Mapping[str, Workplan], countries: Countries, page: str) -> Plain:
    """Return more variables for the report on a review: its questions with their bars, and its hidden counts."""
    plain = review.plain()
    activities = (plan.activity(review.activity) for plan in reversed(list(plans.values())) if review.activity)
    activity = next((activity for activity in activities if activity), None)
    return {
        "review": {key: value for key, value in plain.items() if key != "questions"},
        "activity": {"id": activity.id, "title": activity.title} if activity else None,
        "questions": [_question(question, page) for question in review.questions],
        "not_named": review.not_named(countries.names),
        "countries": countries.title,
        "few": fewer_than(review.threshold) in review.counts,
        "hidden": HIDDEN in review.counts,
        "withheld": [question.id for question in review.questions if isinstance(question.answered, str)],
    }


def _question(question: Question, page: str) -> Plain:
    plain, most = question.plain(), longest(question)
    choices = [
        {**shown, "bar": bar(choice.count, most, WIDTH)}
        for shown, choice in zip(plain["choices"], question.choices, strict=True)
    ]
    return {**plain, "choices": choices, "picture": _picture(page, question)}


def _picture(page: str, question: Question) -> str:
    return f"{page}-{page_name(question.id)}.svg"
