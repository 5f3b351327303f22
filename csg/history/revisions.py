"""The data as it is at a revision, in the index, in the working tree or in another folder."""

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path

from csg.history import git
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
    """Return the workspace's data as it was before a day, and that moment in words.

    ``day`` is a date (2021-12-15), or words that git understands (last month). Changes of that day come later.
    The data is empty if the history begins later. Raise Refused if git does not understand the words.
    """
    try:
        moment = datetime.combine(date.fromisoformat(day), time.min).astimezone()
    except ValueError as error:
        if re.fullmatch(r"[\d./-]+", day):
            hint = "Write an existing day as year-month-day, for example 2021-12-15."
            raise Refused(Problem("CSG503", f"'{shown(day)}' is not a date ({error})", hint=hint)) from None
        moment = _approximate(workspace.root, day)
    commit = git.commit_before(workspace.root, moment.isoformat())
    if commit is None:
        return Workspace(workspace.root, None, {}, alone=True), f"{moment:%Y-%m-%d}, before the first commit"
    return at_revision(workspace.root, commit), f"{moment:%Y-%m-%d} (commit {commit[:10]})"


def _approximate(root: Path, words: str) -> datetime:
    """Return the moment that words mean in git. git reads unknown words as the present."""
    now = datetime.now().astimezone()
    stamp = git.git(root, "rev-parse", f"--since={words}").decode().strip().removeprefix("--max-age=")
    moment = datetime.fromtimestamp(int(stamp)).astimezone()
    if abs(now - moment) < timedelta(seconds=5):
        hint = "Write a day as year-month-day, for example 2021-12-15, or words such as 'last month' or '2 weeks ago'."
        raise Refused(Problem("CSG503", f"'{shown(words)}' is not a date", hint=hint))
    return moment


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
