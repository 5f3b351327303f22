"""Write a review into the data folder and its free text beside it, or neither of them."""

from collections.abc import Sequence
from pathlib import Path

from csg.editing.change import FileChange, create
from csg.editing.new_review import review_data, review_text
from csg.editing.review_edits import review_file
from csg.model.review import Review
from csg.problem import Problem, Refused
from csg.survey.likeness import likeness
from csg.survey.private import Spool, foreign_text, imported_before, private_file, write_private
from csg.survey.reviews import Imported
from csg.workspace import Workspace
from csg.workspace.files import exists, remove_file
from csg.workspace.pending import writing

AGAIN = "Import a survey once, after it is closed. docs/privacy.md explains how to import it again"


def check_new(place: Workspace, name: str, *, replace: bool = False) -> None:
    """Refuse an id that a review has already, regardless of case: on many systems their files would be the same.

    With ``replace``, a review with exactly this id is no obstacle.
    """
    hint = f"For another survey, choose another --id. {AGAIN}"
    for review in place.reviews:
        if review.review.casefold() == name.casefold() and not (replace and review.review == name):
            raise Refused(Problem("CSG406", "this review exists already", review_file(review.review), hint=hint))


def check_once(
    place: Workspace, file: Path, made: Imported, past: Sequence[Review] = (), *, replace: bool = False
) -> list[str]:
    """Refuse a survey that is a review already, here or in the ``past``: two versions could reveal a hidden count.

    Return the ids of reviews that could be of the same survey, so that a person has to decide. With ``replace``, a
    review with the same id is no obstacle.
    """
    name = made.review.review
    _check_file(place, made, file.name, replace=replace)
    if not replace and not imported_before(place.root, made.digest) and exists(place.root, private_file(name)):
        raise foreign_text(name)
    doubtful = []
    for review in (*place.reviews, *past):
        if replace and review.review == name:
            continue
        like = likeness(made.review, review)
        if like == "same":
            raise Refused(Problem("CSG705", _same_survey(review, made.review), file.name, hint=_how_to_replace(review)))
        if like == "perhaps":
            doubtful.append(review.review)
    return list(dict.fromkeys(doubtful))


def _same_survey(old: Review, new: Review) -> str:
    more = new.reviewers - old.reviewers
    other = f", with {abs(more)} {'more' if more > 0 else 'fewer'}" if more else ""
    return f"these are the responses of review {old.review}{other}: the difference could identify a person"


def _how_to_replace(review: Review) -> str:
    return f"Keep the review that exists. If it is not committed, --id {review.review} --replace replaces it"


def _check_file(place: Workspace, made: Imported, file: str, *, replace: bool) -> None:
    """Refuse a file whose answers are in a review already."""
    before = imported_before(place.root, made.digest)
    review = next((review for review in place.reviews if review.review == before), None)
    if review and not (replace and before == made.review.review):
        raise Refused(Problem("CSG705", f"this file has been imported as {before}", file, hint=_how_to_replace(review)))


def create_review(place: Workspace, made: Imported, *, dry_run: bool = False, replace: bool = False) -> FileChange:
    """Write the review's file. Raises Refused if the workspace would have errors with it."""
    text, data = review_text(made.review), review_data(made.review)
    return create(place, review_file(made.review.review), text, data, dry_run=dry_run, replace=replace)


def keep(place: Workspace, made: Imported, spool: Spool, *, replace: bool = False) -> None:
    """Write the review and its free text, under the lock.

    Raises Refused, with neither written, if one of them cannot be, or another import has made the review meanwhile.
    """
    name = made.review.review
    with writing(place.root):
        fresh = Workspace(place.root, place.plan_name)
        check_new(fresh, name, replace=replace)
        _check_file(fresh, made, review_file(name), replace=replace)
        write_private(place.root, name, spool.shuffled(made.columns), made.digest, replace=replace)
        try:
            create_review(fresh, made, replace=replace)
        except BaseException:
            remove_file(place.root, private_file(name))  # written by this run, under the lock
            raise
