"""``csg review import``: show the counts that are kept, ask, and then write them."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from csg.cli.asking import Wrong, agrees, confirm, interactive
from csg.cli.review_doubts import decide
from csg.cli.review_summary import show_result
from csg.editing.review_edits import review_file
from csg.model.review import Review
from csg.problem import Problem, Refused, shown, visible
from csg.survey.corrections import read_corrections
from csg.survey.keep import check_new, check_once, create_review, keep
from csg.survey.private import FOLDER, Spool, make_folder, private_file
from csg.survey.reviews import Imported, Wanted, import_survey
from csg.survey.xlsform import read_form
from csg.view.display import note
from csg.workspace import Workspace
from csg.workspace.load import load

if TYPE_CHECKING:
    from csg.survey.tables import Progress

LONG = 5_000_000
"""The size in bytes from which a file has a progress bar while it is read."""


class Request(NamedTuple):
    """The options of an import."""

    id: str
    title: str | None
    activity: str | None
    country_question: str | None
    of: int | None
    threshold: int
    questions: Path | None
    encoding: str | None
    replace: bool
    service: str | None = None
    write_questions: Path | None = None
    form: Path | None = None


def run_import(workspace: Workspace, file: Path, request: Request, yes: bool, *, dry_run: bool) -> None:
    """Import a survey into a new review, after a preview.

    Raise Refused, with nothing written, if the file, the request or the workspace has an error.
    """
    target = review_file(request.id)
    replace = request.replace
    if replace:
        _check_uncommitted(workspace.root, target)
    check_new(workspace, request.id, replace=replace)
    wanted = _wanted(workspace, request)
    with ExitStack() as stack:
        spool = stack.enter_context(Spool(None if dry_run else workspace.root))
        try:
            imported = _read(file, wanted, spool)
        except Refused:
            _list_questions(file, wanted, request, None, dry_run=dry_run)
            raise
        if not yes and interactive() and (decided := decide(imported, wanted)) != wanted:
            # Read the survey again, because the answers of the person change which counts are hidden.
            wanted = decided
            spool = stack.enter_context(Spool(None if dry_run else workspace.root))
            imported = _read(file, wanted, spool)
        try:
            for doubtful in check_once(workspace, file, imported, _past_reviews(workspace.root), replace=replace):
                _confirm_other_survey(file, doubtful, yes)
        except Refused:
            # The choices that people took could show who is in one import and not in the other.
            _list_questions(file, wanted, request, None, dry_run=dry_run)
            raise
        _list_questions(file, wanted, request, imported, dry_run=dry_run)
        show_result(file, imported, wanted)
        change = create_review(workspace, imported, dry_run=True, replace=replace)
        if dry_run:
            print(visible(change.diff()), end="")
            return
        _keep_from_git(workspace.root, None)
        if not yes and interactive():
            from csg.view.review_page import review_page

            note("")
            note(review_page(imported.review, workspace.countries))
        confirm(f"Write {target} and {private_file(request.id)}?", yes)
        make_folder(workspace.root)
        _keep_from_git(workspace.root, private_file(request.id))
        keep(workspace, imported, spool, replace=replace)
    print(visible(f"{'changed' if change.before else 'new'}   {target}", keep=""))
    missing = [name for name, value in (("a title", request.title), ("an activity", request.activity)) if not value]
    if missing:
        note(f"To give it {' and '.join(missing)}, edit {target}.")
    note(f"Next: check it with `csg review show {request.id}`. Run `csg report render`. Commit {target} and reports/.")
    if _would_be_published(file):
        note(f"Move {file.name} out of the repository: git does not ignore it, and it can hold names and addresses.")


def _read(file: Path, wanted: Wanted, spool: Spool) -> Imported:
    with _progress(file) as progress:
        return import_survey(file, wanted, spool, progress)


def _list_questions(file: Path, wanted: Wanted, request: Request, imported: Imported | None, *, dry_run: bool) -> None:
    """List the questions of an export with --dry-run, also if it is refused, and write them with --write-questions."""
    from csg.survey.outline import lines, outline, write_corrections

    if not dry_run and not request.write_questions:
        return
    try:
        questions = outline(file, wanted, imported)
    except Refused:
        return  # the file is no export, as the refusal says
    if dry_run:
        note(f"Questions in {file.name}:")
        for line in lines(questions):
            note(visible(line))
    if request.write_questions:
        write_corrections(request.write_questions, questions, visible(file.name))
        note(f"The questions are in {request.write_questions}. Correct them, and pass the file with --questions.")


def _check_uncommitted(root: Path, file: str) -> None:
    """Raise Refused if the review is in git's history: the difference of two versions could identify a person."""
    from csg.history import git

    if git.was_committed(root, file):
        hint = "Keep the review as it is. docs/privacy.md explains why."
        raise Refused(Problem("CSG705", "this review is in a commit, and cannot be replaced", file, hint=hint))


def _past_reviews(root: Path) -> list[Review]:
    """Return each version of each review that was ever committed, as far as it can be read."""
    from csg.history import git

    reviews = []
    for name, content in git.past_files(root, "data/reviews"):
        with suppress(Refused, ValueError):
            loaded = load(content.decode("utf-8"), f"data/reviews/{name}", Review)
            reviews.extend([loaded.record] if loaded.record else [])
    return reviews


def _confirm_other_survey(file: Path, review: str, yes: bool) -> None:
    """Ask whether a survey differs from a similar review. Raise Refused for a no, with --yes, or without a terminal."""
    note(
        f"The numbers or the questions are like those of {review}. If people are in both, a person could be identified."
    )
    if yes or not interactive() or not agrees(f"Is this a different survey from {review}, of other people?"):
        message = f"these could be the responses of review {review}"
        hint = "If this is another survey, run the command at a terminal without --yes, and answer the question."
        raise Refused(Problem("CSG705", message, file.name, hint=hint))


def _would_be_published(file: Path) -> bool:
    """Return whether a file is in a repository and git does not ignore it."""
    from csg.history import git

    folder = file.resolve().parent
    try:
        git.top(folder)
    except Refused:
        return False
    return not git.ignores(folder, file.name)


def _wanted(workspace: Workspace, request: Request) -> Wanted:
    numbers = [review.countries.of for review in workspace.reviews if review.countries]
    return Wanted(
        id=request.id,
        title=request.title or f"Civil society review {request.id}",
        activity=workspace.plan.find(request.activity).id if request.activity else None,
        threshold=request.threshold,
        countries=workspace.countries,
        country_names=workspace.country_list.known_names,
        of=request.of,
        known_of=max(numbers, default=0),
        country_question=request.country_question,
        corrections=read_corrections(request.questions) if request.questions else {},
        encoding=_encoding(request.encoding),
        service=request.service,
        form=read_form(request.form) if request.form else (),
    )


def _encoding(name: str | None) -> str | None:
    """Return Python's name of an encoding."""
    from csg.survey.encoding import named_encoding

    if name is None or (encoding := named_encoding(name)):
        return name and encoding
    raise Wrong(
        f"unknown encoding '{shown(name, 40)}'. Give an encoding such as windows-1252, windows-1256 or mac_roman."
    )


@contextmanager
def _progress(file: Path) -> "Iterator[Progress]":
    """Show a progress bar at a terminal while a long file is read."""
    size = file.stat().st_size if file.is_file() else 0
    if size < LONG or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True, no_color="NO_COLOR" in os.environ), transient=True) as bar:
        task = bar.add_task("reading", total=size)
        yield lambda done: bar.update(task, completed=done)


def _keep_from_git(root: Path, file: str | None) -> None:
    """Raise Refused if git tracks private files or does not ignore them. Without a repository, allow everything."""
    from csg.history import git

    try:
        git.top(root)
    except Refused:
        return
    for problem in git.tracked_private(root):
        raise Refused(problem)
    if file is not None and not git.ignores(root, file):
        hint = f"Add /{FOLDER}/ to .gitignore."
        raise Refused(Problem("CSG706", "git does not ignore this private file", file, hint=hint))
