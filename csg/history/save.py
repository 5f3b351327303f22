"""Commit what csg keeps, whole or not at all: the data folder, and nothing else that is staged or changed."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from csg.history import git
from csg.history.revisions import at_revision
from csg.problem import Problem, Refused, counted, shown, some, visible
from csg.workspace import Workspace
from csg.workspace.names import is_data_file

_UNFINISHED = {
    "MERGE_HEAD": "merge",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
}
"""Files of git's folder that exist while a command waits for a person, and the command."""
MOST_LINES = 200
"""The most changes that the message of a commit lists."""
LONGEST_SUBJECT = 72
"""The longest first line of a message, in characters: what lists of commits have room for."""
_INERT = str.maketrans({"[": "［", "]": "］", "#": "＃", "@": "＠", "*": "＊"})
"""Characters with which text in a message gives orders to services: [skip ci], fixes #1, @name, ***NO_CI***."""


class ChangedFiles(NamedTuple):
    """The files of the data folder that differ from the last commit.

    ``tracked`` files are in the repository, ``new`` files are data files that are not, and csg leaves ``others`` alone.
    """

    tracked: tuple[str, ...]
    new: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def kept(self) -> tuple[str, ...]:
        """Return the files to commit."""
        return tuple(sorted({*self.tracked, *self.new}))


def current_branch(root: Path) -> str:
    """Return the branch to commit to. Raise Refused without a branch, or if a merge or the like is unfinished."""
    git.top(root)
    for name, command in _UNFINISHED.items():
        path = os.fsdecode(git.git(root, "rev-parse", "--git-path", name).removesuffix(b"\n"))
        if (root / path).exists():
            hint = f"Finish it, or stop it with `git {command} --abort`. `git status` shows the rest."
            raise Refused(Problem("CSG507", f"a {command} is not finished in this repository", hint=hint))
    if unmerged := git.git(root, "ls-files", "--unmerged", "-z"):
        hint = "Correct the files that `git status` names, and run `git add` for each of them."
        number = len({entry.partition(b"\t")[2] for entry in unmerged.split(b"\0") if entry})
        raise Refused(Problem("CSG507", f"{counted(number, 'file')} of a merge is not merged yet", hint=hint))
    branch = git.git(root, "symbolic-ref", "--quiet", "--short", "HEAD", check=False).decode().strip()
    if not branch:
        hint = "Go to a branch, for example with `git switch main`, and save again."
        raise Refused(Problem("CSG507", "no branch is checked out, so a commit could get lost", hint=hint))
    return branch


def changed_files(root: Path) -> ChangedFiles:
    """Return the files of the data folder that differ from the last commit."""
    if has_commit(root):
        options = ("--name-only", "--no-renames", "--no-ext-diff", "--relative", "-z")
        listed = git.git(root, "diff", *options, "HEAD", "--", "data/")
    else:
        listed = git.git(root, "ls-files", "-z", "--", "data/")
    tracked = _names(listed)
    untracked = _names(git.git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", "data/"))
    new = tuple(name for name in untracked if is_data_file(name))
    return ChangedFiles(tracked, new, tuple(name for name in untracked if name not in new))


def has_commit(root: Path) -> bool:
    """Return whether the branch has a commit yet."""
    return git.run(root, "rev-parse", "--verify", "--quiet", "HEAD").returncode == 0


def last_saved(root: Path) -> Workspace:
    """Return the workspace's data as it was last committed; without a commit it is empty."""
    return at_revision(root, "HEAD") if has_commit(root) else Workspace(root, None, {}, alone=True)


def _names(listed: bytes) -> tuple[str, ...]:
    return tuple(os.fsdecode(name) for name in listed.split(b"\0") if name)


def message_of(words: str | None, texts: Iterable[str], subjects: Iterable[str], files: Iterable[str]) -> str:
    """Return the message of a commit: a person's words or a summary, and each change on a line.

    Text from the data does not act on services that read messages.
    """
    lines = [visible(text, keep="").translate(_INERT) for text in texts]
    about = list(dict.fromkeys(subjects)) or list(files)
    summary = lines[0] if len(lines) == 1 else f"Update {some(map(shown, about[:MOST_NAMED]))}"
    if len(about) > MOST_NAMED and len(lines) != 1:
        summary += f" and {len(about) - MOST_NAMED} more"
    first = (words or "").strip() or shown(summary.translate(_INERT), LONGEST_SUBJECT)
    body = [f"- {line}" for line in lines[:MOST_LINES]]
    if len(lines) > MOST_LINES:
        body.append(f"- and {counted(len(lines) - MOST_LINES, 'other change')}")
    return "\n".join([first, "", *body]).rstrip() + "\n"


MOST_NAMED = 4
"""Activities and members that a summary names."""


def commit(root: Path, files: ChangedFiles, message: str) -> str:
    """Commit the files alone, and return the short id. Other files that are staged stay staged.

    Raises Refused, with nothing changed, if git or one of its hooks does not make the commit.
    """
    is_committed = False
    try:
        if files.new:
            git.git(root, "--literal-pathspecs", "add", "--", *files.new)
        words = ("commit", "--quiet", "--only", "--cleanup=whitespace", "--file=-", "--", *files.kept)
        done = git.run(root, "--literal-pathspecs", *words, stdin=message.encode("utf-8", "replace"))
        is_committed = done.returncode == 0
    finally:
        if files.new and not is_committed:
            git.run(root, "--literal-pathspecs", "rm", "--cached", "--quiet", "--force", "--", *files.new)
    if not is_committed:
        raise _not_committed((done.stderr.strip() or done.stdout).decode("utf-8", "replace"))
    return git.git(root, "rev-parse", "--short", "HEAD").decode().strip()


def _not_committed(said: str) -> Refused:
    lines = [line for line in said.splitlines() if line.strip()]
    if "who you are" in said or "identity unknown" in said:
        hint = (
            "Run `git config user.name` with your name and `git config user.email` with your address, and save again."
        )
        return Refused(Problem("CSG502", "git does not know who makes the commit", hint=hint))
    reasons = " / ".join(shown(line, 200) for line in lines[:MOST_REASONS]) or "git gives no reason"
    hint = "Correct this, and save again. Nothing was committed."
    return Refused(Problem("CSG502", f"git did not make the commit: {reasons}", hint=hint))


MOST_REASONS = 8
"""Lines of a hook that a message repeats."""
