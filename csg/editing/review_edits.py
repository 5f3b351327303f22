"""Edits of a review, in its own terms."""

import re
from collections.abc import Iterable

from csg.editing.edits import filled
from csg.model.base import pick
from csg.model.fields import order
from csg.model.review import Question, Quote, Review
from csg.problem import Problem, Refused, nearest, shown
from csg.source.edit import Edit, Insert
from csg.workspace.workspace import Workspace

_FILE_NAME = re.compile(
    r"(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[a-z0-9](?:[a-z0-9._-]{0,78}[a-z0-9_-])?", re.IGNORECASE
)
"""What is a file's name on every system."""


def find_review(workspace: Workspace, name: str) -> Review:
    """The review with this id, whatever the case. Raises Refused where there is none, or its file is at fault."""
    reviews = {review.review.casefold(): review for review in workspace.reviews}
    if name.casefold() not in reviews:
        ids = [review.review for review in reviews.values()]
        hint = nearest(name, ids, f"there is {', '.join(ids)}" if ids else "there is none yet: csg review import")
        raise Refused(Problem("CSG303", f"no review '{shown(name)}'", hint=hint))
    return reviews[name.casefold()]


def review_file(review: str) -> str:
    """The file of a review. Raises Refused where its id can be no file's name."""
    if not _FILE_NAME.fullmatch(review):
        hint = "write it with letters, digits and dashes: hpc-2021"
        raise Refused(Problem("CSG311", f"'{shown(review)}' cannot be the id of a review", hint=hint))
    return f"data/reviews/{review}.yaml"


def find_question(review: Review, name: str) -> Question:
    """The question of a review with this id. Raises Refused where there is none."""
    return pick(review.questions, name, "question", f"review {review.review}")


def add_quote(review: Review, question: str, text: str) -> Iterable[Edit]:
    """Add a quote to a question. Raises Refused where it is there."""
    found = find_question(review, question)
    if text in [quote.text for quote in found.quotes]:
        raise Refused(Problem("CSG312", f"{found.id} of {review.review} has this quote already", hint="pick another"))
    index = review.questions.index(found)
    quote = filled(Quote(text=text, consent="given"))
    yield Insert(("questions", index, "quotes"), len(found.quotes), quote, order(Question))
