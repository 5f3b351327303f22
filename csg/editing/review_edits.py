"""Edits of a review: add a quote."""

import re
from collections.abc import Iterable

from csg.editing.edits import filled
from csg.model.base import pick
from csg.model.fields import order
from csg.model.review import Question, Quote, Review
from csg.problem import Problem, Refused, nearest, shown, some
from csg.source.data_edits import Edit, Insert
from csg.workspace.workspace import Workspace

_FILE_NAME = re.compile(
    r"(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[a-z0-9](?:[a-z0-9._-]{0,78}[a-z0-9_-])?", re.IGNORECASE
)
"""A file name that every system allows."""


def find_review(workspace: Workspace, name: str) -> Review:
    """Return the review with this id, regardless of case. Raise Refused if it is not found or a file has errors."""
    reviews = {review.review.casefold(): review for review in workspace.reviews}
    if name.casefold() not in reviews:
        ids = [review.review for review in reviews.values()]
        hint = nearest(
            name, ids, f"The reviews are {some(ids)}." if ids else "Run `csg review import` to import a review."
        )
        raise Refused(Problem("CSG303", f"no review '{shown(name)}'", hint=hint))
    return reviews[name.casefold()]


def review_file(review: str) -> str:
    """Return the file of a review. Raise Refused if its id cannot be a file name."""
    if not _FILE_NAME.fullmatch(review):
        hint = "Use letters, digits and dashes, for example hpc-2021."
        raise Refused(Problem("CSG311", f"'{shown(review)}' cannot be the id of a review", hint=hint))
    return f"data/reviews/{review}.yaml"


def find_question(review: Review, name: str) -> Question:
    """Return the question of a review with this id. Raise Refused if it is not found."""
    return pick(review.questions, name, "question", f"review {review.review}")


def add_quote(review: Review, question: str, text: str) -> Iterable[Edit]:
    """Add a quote to a question. Raise Refused if the question has it already."""
    asked = find_question(review, question)
    if text in [quote.text for quote in asked.quotes]:
        raise Refused(
            Problem("CSG312", f"{asked.id} of {review.review} has this quote already", hint="Choose another passage.")
        )
    index = review.questions.index(asked)
    quote = filled(Quote(text=text, consent="given"))
    yield Insert(("questions", index, "quotes"), len(asked.quotes), quote, order(Question))
