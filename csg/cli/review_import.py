"""``csg review import``: what is kept is shown, with what is not, before anything is written."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from csg.checks import check
from csg.cli.asking import confirm
from csg.cli.display import note
from csg.exchange.private import FOLDER, Spool, imported_before, make_folder, private_file, write_private
from csg.exchange.questions import Correction, Corrections
from csg.exchange.reviews import Imported, Wanted, import_survey
from csg.problem import Problem, Refused, counted, visible
from csg.workspace import Workspace
from csg.workspace.change import create
from csg.workspace.new_review import review_data, review_text
from csg.workspace.review_edits import review_file

if TYPE_CHECKING:
    from csg.exchange.tables import Progress

LONG = 5_000_000
"""Bytes from which on reading takes long enough to be told how far it is."""


class Request(NamedTuple):
    """What the command line asks of an import."""

    id: str
    title: str | None
    activity: str | None
    country_question: str | None
    of: int | None
    threshold: int
    questions: Path | None


def run_import(place: Workspace, file: Path, request: Request, yes: bool, *, dry_run: bool) -> None:
    """Import a survey into a new review, once it has been shown what comes of it.

    Raises Refused, with nothing written, where the file, the request or the workspace is at fault.
    """
    target = review_file(request.id)
    _is_new(place, request.id)
    wanted = _wanted(place, request)
    with Spool(None if dry_run else place.root) as spool:
        made = import_survey(file, wanted, spool, _progress(file))
        _once(place, file, made)
        _tell(file, made, len(spool), wanted)
        text, data = review_text(made.review), _as_text(review_data(made.review))
        change = create(place, target, text, data, check, dry_run=True)
        if dry_run:
            print(visible(change.diff()), end="")
            return
        _keep_from_git(place.root, None)
        confirm(f"Write {target} and {private_file(request.id)}?", yes)
        make_folder(place.root)
        _keep_from_git(place.root, private_file(request.id))
        with _taken_back(place.root / private_file(request.id)):
            write_private(place.root, request.id, spool.shuffled(made.columns), made.digest)
            create(place, target, text, data, check)
    print(f"new   {target}")
    note(f"Next: look at it with csg review show {request.id}, then csg report render review, and commit both.")


@contextmanager
def _taken_back(path: Path) -> Iterator[None]:
    """Leave no file where what comes after it fails."""
    try:
        yield
    except OSError as error:
        path.unlink(missing_ok=True)
        reason = (error.strerror or str(error)).lower()
        name = f"{path.parent.name}/{path.name}"
        raise Refused(Problem("CSG404", f"cannot be written: {reason}", name, hint="nothing was written")) from None
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _is_new(place: Workspace, name: str) -> None:
    """Refuse an id that a review has already, whatever its case: on many systems their files would be one."""
    hint = "a survey is imported once, when it is closed; choose another --id"
    for review in place.reviews:
        if review.review.casefold() == name.casefold():
            raise Refused(Problem("CSG406", "the review is there already", review_file(review.review), hint=hint))


def _once(place: Workspace, file: Path, made: Imported) -> None:
    """Refuse what is a review already, from another file; warn of one that has grown: each alone may be told, and the
    difference between the two not.
    """
    if before := imported_before(place.root, made.digest):
        if any(review.review == before for review in place.reviews):
            hint = f"csg review show {before}"
            raise Refused(Problem("CSG705", f"this file has been imported as {before}", file.name, hint=hint))
    elif (place.root / private_file(made.review.review)).exists():
        hint = "it is of another survey: move it away, or choose another --id"
        raise Refused(Problem("CSG705", "free text is there already", private_file(made.review.review), hint=hint))
    new = [(question.text, question.answered, question.skipped) for question in made.review.questions]
    for review in place.reviews:
        old = [(question.text, question.answered, question.skipped) for question in review.questions]
        if len(new) > 1 and new == old:
            hint = "a survey is imported once, when it is closed"
            raise Refused(Problem("CSG705", f"these are the answers of review {review.review}", file.name, hint=hint))
        if len(new) > 1 and [each[0] for each in new] == [each[0] for each in old]:
            note(
                f"The questions are those of {review.review}. Is it one survey, with more answers now? Then stop here:"
            )
            note("one could be subtracted from the other. docs/privacy.md says what to do.")


def _wanted(place: Workspace, request: Request) -> Wanted:
    known = [review.countries.of for review in place.reviews]
    if request.activity is not None:
        place.plan.find(request.activity)
    return Wanted(
        id=request.id,
        title=request.title or f"Civil society review {request.id}",
        activity=request.activity,
        threshold=request.threshold,
        countries=place.countries,
        of=request.of or max(known, default=None),
        country_question=request.country_question,
        corrections=_corrections(request.questions) if request.questions else {},
    )


def _corrections(path: Path) -> Mapping[str, Correction]:
    from csg.source.text import decode
    from csg.workspace.load import load

    try:
        text = decode(path.read_bytes(), path.name)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Refused(Problem("CSG401", f"cannot be read: {reason}", path.name, hint="nothing was written")) from None
    found: dict[str, Correction] = {}
    for each in load(text, path.name, Corrections).sound.questions:
        if each.id in found:
            twice = each.problem(f"question {each.id} again", ("id",), "say all of it in one place")
            raise Refused(twice._replace(code="CSG201"))
        found[each.id] = each
    return found


def _progress(file: Path) -> "Progress":
    """Tells at a terminal how much of a long file has been read."""
    import os
    import sys

    size = file.stat().st_size if file.is_file() else 0
    if size < LONG or not sys.stderr.isatty():
        return lambda _: None
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True, no_color="NO_COLOR" in os.environ), transient=True)
    task = bar.add_task("reading", total=size)
    bar.start()

    def told(done: int) -> None:
        bar.update(task, completed=done)
        if done >= size:
            bar.stop()

    return told


def _tell(file: Path, made: Imported, texts: int, wanted: Wanted) -> None:
    """What was understood, what was left out, and what is not told."""
    review = made.review
    note(f"{file.name}: {made.service}, {counted(review.reviewers, 'response')}")
    if made.encoding.startswith("cp"):
        note(f"It is not UTF-8, and was read as Windows-{made.encoding[2:]}: see that the letters are right.")
    for question in review.questions:
        kind = (question.kind or "").replace("-", " ")
        note(f"  {question.id:<6} {kind:<16} {question.answered!s:>5} answered  {question.text[:60]}")
    note(f"Not read: {', '.join(made.dropped) or 'nothing'}")
    if texts:
        note(f"Free text: {counted(texts, 'answer')}, to {private_file(review.review)}, where git does not look")
    if made.few or made.others:
        more = f", and {made.others} more from which one could be worked out" if made.others else ""
        note(f"Not told: {counted(made.few, 'count')} below {wanted.threshold}{more}")
        some = [question.id for question in review.questions if question.kind != "text" and question.skipped != 0]
        if some:
            note(
                f"Not all answered {', '.join(some)}. What is asked only after a certain answer tells how many gave it:"
            )
            note("leave it out with --questions. docs/privacy.md says more.")


def _as_text(data: object) -> object:
    """Plain data as a file's text holds it: scalars are text until the schema types them."""
    if isinstance(data, dict):
        return {key: _as_text(value) for key, value in data.items()}
    return [_as_text(each) for each in data] if isinstance(data, list) else str(data)


def _keep_from_git(root: Path, file: str | None) -> None:
    """Refuse where git has what is private, or would take it. Without a repository there is nothing to fear."""
    from csg.history import git

    try:
        git.top(root)
    except Refused:
        return
    if git.tracks(root, FOLDER):
        hint = f"git rm -r --cached {FOLDER}, and see docs/privacy.md for what is in the history"
        raise Refused(Problem("CSG706", "git tracks what is private", f"{FOLDER}/", hint=hint))
    if file is not None and not git.ignores(root, file):
        hint = f"add /{FOLDER}/ to .gitignore"
        raise Refused(Problem("CSG706", "git does not ignore what is private", file, hint=hint))
