"""The data as it is at a revision, in the index, in the working tree or in another folder."""

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path

from csg.history import git
from csg.problem import Problem, Refused, shown
from csg.workspace import Workspace, open_workspace


def at_revision(root: Path, revision: str) -> Workspace:
    """The workspace's data at a revision. Raise Refused where there is no such revision."""
    return _of(root, git.files_at(root, git.commit(root, revision)))


def staged(root: Path) -> Workspace:
    """The workspace's data in git's index: what a commit would take."""
    return _of(root, git.files_staged(root))


def _of(root: Path, files: dict[str, str]) -> Workspace:
    contents = git.blobs(root, files.values())
    return Workspace(root, None, {file: contents.get(name, b"") for file, name in files.items()}, alone=True)


def since(place: Workspace, day: str) -> tuple[Workspace, str]:
    """Return the workspace's data as it was before a day, and that moment in words.

    ``day`` is a date (2021-12-15), or words that git understands (last month). Changes made on that day come after.
    The data is empty if the history begins later. Raise Refused if git does not understand the words.
    """
    try:
        moment = datetime.combine(date.fromisoformat(day), time.min).astimezone()
    except ValueError as error:
        if re.fullmatch(r"[\d./-]+", day):
            hint = "Write an existing day as year-month-day, for example 2021-12-15."
            raise Refused(Problem("CSG503", f"'{shown(day)}' is not a date ({error})", hint=hint)) from None
        moment = _approximate(place.root, day)
    commit = git.commit_before(place.root, moment.isoformat())
    if commit is None:
        return Workspace(place.root, None, {}, alone=True), f"{moment:%Y-%m-%d}, before the first commit"
    return at_revision(place.root, commit), f"{moment:%Y-%m-%d} (commit {commit[:10]})"


def _approximate(root: Path, words: str) -> datetime:
    """Return the moment that git takes words for. Git takes words that it does not know for the present."""
    now = datetime.now().astimezone()
    stamp = git.git(root, "rev-parse", f"--since={words}").decode().strip().removeprefix("--max-age=")
    moment = datetime.fromtimestamp(int(stamp)).astimezone()
    if abs(now - moment) < timedelta(seconds=5):
        hint = "Write it as year-month-day, for example 2021-12-15, or as in 'last month' or '2 weeks ago'."
        raise Refused(Problem("CSG503", f"'{shown(words)}' is not a date", hint=hint))
    return moment


def two_sides(place: Workspace, base: str | None, head: str | None) -> tuple[Workspace, Workspace]:
    """The two sides that ``csg diff BASE HEAD`` compares.

    None is HEAD for the base, and the working tree for the head. ``A...B`` compares what A and B have in common with B,
    ``A..B`` A with B, both with HEAD where a side is left out. Two folders are compared as they are.
    """
    root = place.root
    if base is not None and head is None and ".." in base:
        middle = "..." if "..." in base else ".."
        one, _, other = base.partition(middle)
        one, other = one or "HEAD", other or "HEAD"
        old = git.merge_base(root, one, other) if middle == "..." else one
        return at_revision(root, old), at_revision(root, other)
    if base is not None and head is not None and Path(base).is_dir() and Path(head).is_dir():
        return open_workspace(base), open_workspace(head)
    return at_revision(root, base or "HEAD"), place if head is None else at_revision(root, head)
