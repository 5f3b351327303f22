"""The data as it is at a revision, in the index, in the working tree or in another folder."""

from datetime import date, datetime, time
from pathlib import Path

from csg.history import git
from csg.history.days import day_of
from csg.problem import Problem, Refused, shown
from csg.workspace import Workspace, open_workspace


def at_revision(root: Path, revision: str) -> Workspace:
    """The workspace's data at a revision. Raises Refused where there is no such revision."""
    return _of(root, git.files_at(root, git.commit(root, revision)))


def staged(root: Path) -> Workspace:
    """The workspace's data in git's index: what a commit would take."""
    return _of(root, git.files_staged(root))


def _of(root: Path, files: dict[str, str]) -> Workspace:
    contents = git.blobs(root, files.values())
    return Workspace(root, None, {file: contents.get(name, b"") for file, name in files.items()}, alone=True)


def since(place: Workspace, day: str) -> tuple[Workspace, str]:
    """Return the workspace's data as it was before a day, and that day with its commit in words.

    ``day`` is a date (2021-12-15), or words such as ``last month``. Changes made on that day come after.
    The data is empty if the history begins later. Raises Refused for what is not a day, or is in the future.
    """
    try:
        first = day_of(day, date.today())
    except ValueError as error:
        hint = "Write it as year-month-day, for example 2021-12-15, or as in 'last month' or '2 weeks ago'."
        raise Refused(Problem("CSG503", f"'{shown(day)}' is not a day to compare with ({error})", hint=hint)) from None
    moment = datetime.combine(max(first, _FIRST_DAY), time.min).astimezone()
    commit = git.commit_before(place.root, moment.isoformat())
    if commit is None:
        return Workspace(place.root, None, {}, alone=True), f"{first}, before the first commit"
    return at_revision(place.root, commit), f"{first} (commit {commit[:10]})"


_FIRST_DAY = date(1970, 1, 3)
"""git knows no day before it."""


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
