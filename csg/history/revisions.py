"""The data as it is at a revision, in the index, in the working tree or in another folder."""

from datetime import date, datetime, time
from pathlib import Path

from csg.history import git
from csg.history.days import day_of
from csg.problem import Problem, Refused, shown
from csg.workspace import Workspace, open_workspace


def at_revision(root: Path, revision: str) -> Workspace:
    """Return the workspace's data at a revision. Raise Refused if the revision is not found."""
    return _of(root, git.files_at(root, git.commit(root, revision)))


def staged(root: Path) -> Workspace:
    """Return the workspace's data in git's index, as for a commit."""
    return _of(root, git.files_staged(root))


def _of(root: Path, files: dict[str, str]) -> Workspace:
    contents = git.blobs(root, files.values())
    return Workspace(root, None, {file: contents.get(name, b"") for file, name in files.items()}, alone=True)


def since(workspace: Workspace, day: str) -> tuple[Workspace, str]:
    """Return the workspace's data as it was before a day, and that day with its commit in words.

    ``day`` is a date (2021-12-15), or words such as ``last month``. Changes made on that day come after.
    The data is empty if the history begins later. Raise Refused for another text, or for a day in the future.
    """
    try:
        first = day_of(day, date.today())
    except ValueError as error:
        hint = "Write it as year-month-day, for example 2021-12-15, or as in 'last month' or '2 weeks ago'."
        raise Refused(Problem("CSG503", f"'{shown(day)}' is not a day to compare with ({error})", hint=hint)) from None
    moment = datetime.combine(max(first, _FIRST_DAY), time.min).astimezone()
    commit = git.commit_before(workspace.root, moment.isoformat())
    if commit is None:
        return Workspace(workspace.root, None, {}, alone=True), f"{first}, before the first commit"
    return at_revision(workspace.root, commit), f"{first} (commit {commit[:10]})"


_FIRST_DAY = date(1970, 1, 3)
"""git knows no day before it."""


def two_sides(workspace: Workspace, base: str | None, head: str | None) -> tuple[Workspace, Workspace]:
    """Return the two sides that ``csg diff BASE HEAD`` compares.

    None means HEAD for the base, and the working tree for the head. ``A..B`` compares A with B, and ``A...B`` compares
    their last common commit with B. A missing side means HEAD. Two folders are compared as they are.
    """
    root = workspace.root
    if base is not None and head is None and ".." in base:
        middle = "..." if "..." in base else ".."
        first, _, second = base.partition(middle)
        first, second = first or "HEAD", second or "HEAD"
        old = git.merge_base(root, first, second) if middle == "..." else first
        return at_revision(root, old), at_revision(root, second)
    if base is not None and head is not None and Path(base).is_dir() and Path(head).is_dir():
        return open_workspace(base), open_workspace(head)
    return at_revision(root, base or "HEAD"), workspace if head is None else at_revision(root, head)
