"""``csg review import``: what is kept is shown, with what is not, before anything is written."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from csg.cli.asking import Wrong, agrees, confirm, interactive
from csg.editing.review_edits import review_file
from csg.model.review import HIDDEN, Question, Review, fewer_than
from csg.problem import Problem, Refused, counted, shown, visible
from csg.survey.answers import REST
from csg.survey.corrections import read_corrections
from csg.survey.country_names import nearest_country
from csg.survey.keep import check_new, check_once, create_review, keep
from csg.survey.private import FOLDER, Spool, make_folder, private_file
from csg.survey.reviews import Imported, Wanted, import_survey
from csg.view.display import note
from csg.workspace import Workspace
from csg.workspace.load import load
from csg.workspace.names import COUNTRIES

if TYPE_CHECKING:
    from csg.survey.tables import Progress

MOST_UNKNOWN = 20
"""Answers that are listed if csg does not know them as countries."""
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
    encoding: str | None
    replace: bool


def run_import(place: Workspace, file: Path, request: Request, yes: bool, *, dry_run: bool) -> None:
    """Import a survey into a new review, once it has been shown what comes of it.

    Raises Refused, with nothing written, where the file, the request or the workspace is at fault.
    """
    target = review_file(request.id)
    replace = request.replace
    if replace:
        _check_uncommitted(place.root, target)
    check_new(place, request.id, replace=replace)
    wanted = _wanted(place, request)
    with ExitStack() as stack:
        spool = stack.enter_context(Spool(None if dry_run else place.root))
        made = _read(file, wanted, spool)
        if not_names := _not_names(made, yes):
            # The questions may be published. The survey is read again, because whether they are hides other counts.
            spool = stack.enter_context(Spool(None if dry_run else place.root))
            made = _read(file, wanted._replace(not_names=not_names), spool)
        past = _past_reviews(place.root)
        for doubtful in check_once(place, file, made, past, replace=replace):
            _ask_whether_it_is_another(file, doubtful, yes)
        _tell(file, made, wanted)
        change = create_review(place, made, dry_run=True, replace=replace)
        if dry_run:
            print(visible(change.diff()), end="")
            return
        _keep_from_git(place.root, None)
        if not yes and interactive():
            from csg.view.review_page import review_page

            note("")
            note(review_page(made.review, place.countries))
        confirm(f"Write {target} and {private_file(request.id)}?", yes)
        make_folder(place.root)
        _keep_from_git(place.root, private_file(request.id))
        keep(place, made, spool, replace=replace)
    print(visible(f"{'changed' if change.before else 'new'}   {target}", keep=""))
    missing = [name for name, value in (("title", request.title), ("activity", request.activity)) if not value]
    if missing:
        note(f"It may be given a better {' and an '.join(missing)}: edit {target}.")
    note(
        f"Next: look at it with csg review show {request.id}."
        f" Then run csg report render, and commit {target} and reports/."
    )
    if _would_be_published(file):
        note(f"{file.name} is where git would take it, names and addresses with it: move it out of the repository.")


def _read(file: Path, wanted: Wanted, spool: Spool) -> Imported:
    with _progress(file) as progress:
        return import_survey(file, wanted, spool, progress)


def _not_names(made: Imported, yes: bool) -> frozenset[str]:
    """Return the questions whose choices look like names and are none, as a person at the terminal says."""
    if yes or not interactive():
        return frozenset()
    found = set()
    for question in made.suspected:
        note(f"The choices of {question.id} look like names of people: {question.text}")
        for label in question.labels:
            note(f"  {label}")
        if agrees(f"Publish {question.id} with these choices?"):
            found.add(question.id)
    return frozenset(found)


def _check_uncommitted(root: Path, file: str) -> None:
    """Refuse to replace a review that is in git's history, from which it could be subtracted."""
    from csg.history import git

    if git.was_committed(root, file):
        hint = "Keep the review as it is. docs/privacy.md says why"
        raise Refused(Problem("CSG705", "this review is in a commit, and cannot be replaced", file, hint=hint))


def _past_reviews(root: Path) -> list[Review]:
    """Return each version of each review that was ever committed, as far as it can be read."""
    from csg.history import git

    found = []
    for name, content in git.past_files(root, "data/reviews"):
        with suppress(Refused, ValueError):
            loaded = load(content.decode("utf-8"), f"data/reviews/{name}", Review)
            found.extend([loaded.record] if loaded.record else [])
    return found


def _ask_whether_it_is_another(file: Path, review: str, yes: bool) -> None:
    """Ask if a survey is another one than a review that it is like. Nobody to ask is a no, and --yes is one too."""
    note(
        f"The numbers or the questions are like those of {review}. If people are in both, a person could be identified."
    )
    if yes or not interactive() or not agrees(f"Is this another survey than {review}, of other people?"):
        message = f"these could be the responses of review {review}"
        hint = "If this is another survey, run the command at a terminal without --yes, and answer the question"
        raise Refused(Problem("CSG705", message, file.name, hint=hint))


def _would_be_published(file: Path) -> bool:
    """Whether git would take a file into a repository with the next that is added."""
    from csg.history import git

    folder = file.resolve().parent
    try:
        git.top(folder)
    except Refused:
        return False
    return not git.ignores(folder, file.name)


def _wanted(place: Workspace, request: Request) -> Wanted:
    known = [review.countries.of for review in place.reviews if review.countries]
    return Wanted(
        id=request.id,
        title=request.title or f"Civil society review {request.id}",
        activity=place.plan.find(request.activity).id if request.activity else None,
        threshold=request.threshold,
        countries=place.countries,
        country_names=place.country_list.known_names,
        of=request.of,
        known_of=max(known, default=0),
        country_question=request.country_question,
        corrections=read_corrections(request.questions) if request.questions else {},
        encoding=_encoding(request.encoding),
    )


def _encoding(name: str | None) -> str | None:
    """Return Python's name of the encoding that the command line names."""
    from csg.survey.encoding import named_encoding

    if name is None or (known := named_encoding(name)):
        return name and known
    raise Wrong(f"unknown encoding '{shown(name, 40)}'. Name one such as windows-1252, windows-1256 or mac_roman.")


@contextmanager
def _progress(file: Path) -> "Iterator[Progress]":
    """Tells at a terminal how much of a long file has been read."""
    size = file.stat().st_size if file.is_file() else 0
    if size < LONG or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True, no_color="NO_COLOR" in os.environ), transient=True) as bar:
        task = bar.add_task("reading", total=size)
        yield lambda done: bar.update(task, completed=done)


def _tell(file: Path, made: Imported, wanted: Wanted) -> None:
    """What was understood, what was left out, and what is not told."""
    review = made.review
    note(f"{file.name}: {made.service}, {counted(review.reviewers, 'response')}")
    if not made.encoding.startswith("utf"):
        note(f"The file is not UTF-8. It was read as {made.encoding}: check that the letters are right.")
    for question in review.questions:
        kind = (question.kind or "").replace("-", " ")
        text = question.text if len(question.text) <= 60 else f"{question.text[:59].rstrip()}…"
        note(f"  {question.id:<6} {kind:<16} {question.answered!s:>5} answered  {text}")
    for line in _about_countries(made):
        note(line)
    note("Not read:")
    for head in made.dropped or ["nothing"]:
        note(f"  {head}")
    for line in _about_privacy(made):
        note(line)
    # How many texts there are, and to which question, could be a hidden count.
    note(f"Free text goes to {private_file(review.review)}, which git ignores.")
    few, others = (review.counts.count(why) for why in (fewer_than(review.threshold), HIDDEN))
    if few or others:
        small = f"{counted(few, 'count')} below {review.threshold}" if few else ""
        more = f"{counted(others, 'count')} from which a small one could be calculated" if others else ""
        note(f"Hidden: {', and '.join(each for each in (small, more) if each)}")
    for advice in _advice(made, wanted):
        note(advice)


def _about_countries(made: Imported) -> Iterator[str]:
    """Return how many countries were reviewed, and the answers that csg does not know as countries."""
    coverage = made.review.countries
    if coverage:
        yield f"Countries reviewed, by {made.country_question}: {coverage.reviewed} of {coverage.of}"
    else:
        yield "Countries reviewed: left out, because no question gives the countries. --country-question names it."
    if made.no_countries:
        shown = [visible(name) for name in made.no_countries[:MOST_UNKNOWN]]
        more = len(made.no_countries) - len(shown)
        yield f"csg does not know these answers to {made.country_question} as countries, and does not count them:"
        for name in shown:
            code = nearest_country(name)
            yield f"  {name}{f' (Is it {code}?)' if code else ''}"
        if more:
            yield f"  and {more} more"
        yield f"If they are countries, add them to {COUNTRIES}, for example: aliases: {{{shown[0]}: XXX}}"


def _about_privacy(made: Imported) -> Iterator[str]:
    """Return which questions are left out or withheld because a person could be identified, and how to change it."""
    for identifier, text in {question.id: question.text for question in made.suspected}.items():
        yield f"{identifier} is left out, because its choices look like names of people: {text}"
        yield f"  If they are not, give {identifier} a kind in a file for --questions."
    for question, other in made.withheld.items():
        yield f"{question} is withheld: only people with certain answers to {other} answered it."
        yield f"  Its numbers would reveal a count of {other} that is hidden. To publish {question}, leave out"
        yield f"  {other.partition('.')[0]}: write `kind: leave-out` for it in a file for --questions."


def _advice(made: Imported, wanted: Wanted) -> Iterator[str]:
    """What a person should look at before they say yes."""
    questions = made.review.questions
    named = [name for name, correction in wanted.corrections.items() if correction.choices]
    rest = [each for each in questions if any(choice.label == REST for choice in each.choices)]
    if unlike := [each.id for each in rest if each.id.partition(".")[0] in named]:
        yield f"{', '.join(unlike)}: some answers are none of the choices named, and are counted as “{REST}”."
    scales = [each for each in questions if each.kind == "rating" and each.id.partition(".")[0] not in named]
    if unsorted := [each.id for each in scales if not _is_numbered(each)]:
        yield f"{', '.join(unsorted)}: the order of the grades is not known; name them, in order, with --questions."


def _is_numbered(question: Question) -> bool:
    return all(choice.label.isdecimal() for choice in question.choices if choice.label != REST)


def _keep_from_git(root: Path, file: str | None) -> None:
    """Refuse where git has what is private, or would take it. Without a repository there is nothing to fear."""
    from csg.history import git

    try:
        git.top(root)
    except Refused:
        return
    if git.tracks(root, FOLDER):
        hint = f"Run `git rm -r --cached {FOLDER}`, and see docs/privacy.md for the history."
        raise Refused(Problem("CSG706", "git tracks what is private", f"{FOLDER}/", hint=hint))
    if file is not None and not git.ignores(root, file):
        hint = f"add /{FOLDER}/ to .gitignore"
        raise Refused(Problem("CSG706", "git does not ignore what is private", file, hint=hint))
