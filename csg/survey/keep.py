"""Write a review into the data folder and its free text beside it, or neither of them."""

from pathlib import Path

from csg.editing.change import FileChange, create
from csg.editing.new_review import review_data, review_text
from csg.editing.review_edits import review_file
from csg.model.review import Question
from csg.problem import Problem, Refused
from csg.survey.private import Spool, foreign_text, imported_before, private_file, write_private
from csg.survey.reviews import Imported
from csg.workspace import Workspace
from csg.workspace.files import exists, remove_file
from csg.workspace.pending import writing

AGAIN = "Import a survey once, after it is closed. docs/privacy.md explains how to import it again"


def check_new(place: Workspace, name: str) -> None:
    """Refuse an id that a review has already, regardless of case: on many systems their files would be the same."""
    hint = f"{AGAIN}. For another survey, choose another --id"
    for review in place.reviews:
        if review.review.casefold() == name.casefold():
            raise Refused(Problem("CSG406", "this review exists already", review_file(review.review), hint=hint))


def check_once(place: Workspace, file: Path, made: Imported) -> tuple[Imported, list[str]]:
    """Refuse a file that is a review already, and return the warnings about a review with the same questions.

    The same answers in another file are published as they were published before: two versions together could reveal a
    hidden count.
    """
    _check_file(place, made, file.name)
    if not imported_before(place.root, made.digest) and exists(place.root, private_file(made.review.review)):
        raise foreign_text(made.review.review)
    new = {question.text: question for question in made.review.questions}
    warnings: list[str] = []
    for review in place.reviews if len(new) > 1 else ():
        old = {question.text: question for question in review.questions}
        shared = new.keys() & old.keys()
        if len(shared) > len(new) / 2:
            same = [_same(new[text], old[text]) for text in shared]
            if review.reviewers == made.review.reviewers and None not in same and sum(map(int, filter(None, same))) > 2:
                if review.threshold != made.review.threshold:
                    message = (
                        f"these are the answers of review {review.review}, which has the threshold {review.threshold}"
                    )
                    raise Refused(Problem("CSG705", message, file.name, hint=AGAIN))
                warnings.append(
                    f"These are the answers of {review.review}. Counts that are hidden there are hidden here too."
                )
                questions = tuple(_as_in(question, old.get(text)) for text, question in new.items())
                return made._replace(review=made.review.model_copy(update={"questions": questions})), warnings
            warnings.append(
                f"The questions are those of {review.review}. Is this the same survey with more answers? "
                "Then stop: the difference could identify a person. docs/privacy.md explains what to do."
            )
    return made, warnings


def _check_file(place: Workspace, made: Imported, file: str) -> None:
    """Refuse a file whose answers are in a review already."""
    before = imported_before(place.root, made.digest)
    if before and any(review.review == before for review in place.reviews):
        raise Refused(Problem("CSG705", f"this file has been imported as {before}", file, hint=AGAIN))


def _as_in(new: Question, old: Question | None) -> Question:
    """Return a question as it was published before; without its choices if they differ and any count is hidden."""
    if old and [choice.label for choice in new.choices] == [choice.label for choice in old.choices]:
        return new.model_copy(update={key: getattr(old, key) for key in ("answered", "skipped", "choices")})
    choices = (*new.choices, *(old.choices if old else ()))
    return new.model_copy(update={"choices": ()}) if any(isinstance(each.count, str) for each in choices) else new


def _same(one: Question, other: Question) -> int | None:
    """Return the number of counts that two questions have in common; None if a visible count differs."""
    counts = {choice.label: choice.count for choice in other.choices}
    pairs = [(choice.count, counts.get(choice.label)) for choice in one.choices]
    visible = [(first, second) for first, second in pairs if isinstance(first, int) and isinstance(second, int)]
    ends = ((one.answered, other.answered), (one.skipped, other.skipped))
    differ = any(
        first != second for first, second in (*visible, *ends) if isinstance(first, int) and isinstance(second, int)
    )
    return None if differ else len(visible)


def create_review(place: Workspace, made: Imported, *, dry_run: bool = False) -> FileChange:
    """Write the review's file. Raises Refused if the workspace would have errors with it."""
    text, data = review_text(made.review), review_data(made.review)
    return create(place, review_file(made.review.review), text, data, dry_run=dry_run)


def keep(place: Workspace, made: Imported, spool: Spool) -> None:
    """Write the review and its free text, under the lock.

    Raises Refused, with neither written, if one of them cannot be, or another import has made the review meanwhile.
    """
    name = made.review.review
    with writing(place.root):
        fresh = Workspace(place.root, place.plan_name)
        check_new(fresh, name)
        _check_file(fresh, made, review_file(name))
        write_private(place.root, name, spool.shuffled(made.columns), made.digest)
        try:
            create_review(fresh, made)
        except BaseException:
            remove_file(place.root, private_file(name))  # written by this run, under the lock
            raise
