"""The file of a new review."""

from textwrap import indent
from typing import Any

from csg.editing.edits import filled
from csg.model.review import Question, Review
from csg.source.emit import WIDTH, Inline, emit

HEAD = """\
# yaml-language-server: $schema=../../schemas/review.json
# The fields of a review, and why some counts are hidden: docs/privacy.md.

"""


def review_data(review: Review) -> dict[str, Any]:
    """Return the content of a new review's file as plain data."""
    return {**filled(review), "questions": [_question(question) for question in review.questions]}


def _question(question: Question) -> dict[str, Any]:
    data = filled(question)
    if question.choices:
        data["choices"] = [Inline(filled(choice)) for choice in question.choices]
    return data


def review_text(review: Review) -> str:
    """Return the text of a new review's file: each choice on a line, and a blank line between questions."""
    data = review_data(review)
    questions = data.pop("questions")
    if "countries" in data:
        data["countries"] = Inline(data["countries"])
    blocks = "\n".join(indent(emit([question], width=WIDTH - 2), "  ") for question in questions)
    return f"{HEAD}{emit(data)}\nquestions:\n{blocks}"
