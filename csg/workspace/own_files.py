"""The files that csg keeps for itself: the lock, the changes that can be undone, and an interrupted change.

They are in git's folder of the repository. Without a repository, they are in the data folder, and their names begin
with a dot. If ``.git`` is a file that names another folder, csg uses that folder only if it names the same work tree.
"""

import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from csg.problem import Problem, Refused
from csg.workspace.files import NOTHING_WRITTEN, exists, read_bytes, write_bytes
from csg.workspace.folders import failed, link_refused, open_folder

PATIENCE = 60
"""Seconds that a writer waits for the lock."""
_MOST_POINTER = 1 << 16
"""The most bytes that csg reads of a file in which git names a folder."""
_WORK_TREE = re.compile(r"^[ \t]*worktree[ \t]*=[ \t]*(\S.*?)[ \t]*$", re.MULTILINE)


class OwnFile(NamedTuple):
    """A file that csg keeps for itself: the folder that contains it, and its path in the folder."""

    folder: Path
    name: str

    @property
    def path(self) -> Path:
        """Return the whole path."""
        return self.folder / self.name

    def exists(self) -> bool:
        """Return whether a file, folder or link has its name."""
        return exists(self.folder, self.name)

    def read(self) -> bytes:
        """Return its content. Raise Refused if it cannot be read."""
        return read_bytes(self.folder, self.name)

    def write(self, content: bytes) -> None:
        """Write its content. Raise Refused if it cannot be written."""
        write_bytes(self.folder, self.name, content)

    def remove(self) -> None:
        """Remove it. Raise OSError if that fails."""
        self.path.unlink(missing_ok=True)


def in_data_folder(root: Path, name: str) -> OwnFile:
    """Return the file in the data folder. It is used only while the workspace is in no repository."""
    return OwnFile(root, f"data/.csg.{name}")


def own_file(root: Path, name: str) -> OwnFile:
    """Return the file that csg keeps under a name: ``lock``, ``undo`` or ``pending``."""
    git_folder = _git_folder(root)
    return OwnFile(git_folder, f"csg.{name}") if git_folder else in_data_folder(root, name)


def _git_folder(root: Path) -> Path | None:
    """Return git's folder of the nearest repository, at or above the workspace; None if that is uncertain."""
    for folder in (root, *root.parents):
        git = folder / ".git"
        if git.is_symlink():
            return None
        if git.is_dir():
            return git
        if git.is_file():
            return _linked_git_folder(folder)
    return None


def _linked_git_folder(work_tree: Path) -> Path | None:
    """Return the folder that a ``.git`` file names, if the folder names the same work tree."""
    with suppress(Refused, OSError, ValueError, RuntimeError):
        pointer = _pointer(work_tree, ".git")
        if not pointer.startswith("gitdir:"):
            return None
        git = (work_tree / pointer.removeprefix("gitdir:").strip()).resolve(strict=True)
        if exists(git, "gitdir"):  # a worktree
            return git if (git / _pointer(git, "gitdir").strip()).resolve() == work_tree / ".git" else None
        named = _WORK_TREE.findall(_pointer(git, "config"))  # a submodule
        return git if named and (git / named[-1].strip('"')).resolve() == work_tree else None
    return None


def _pointer(folder: Path, name: str) -> str:
    return read_bytes(folder, name, _MOST_POINTER).decode("utf-8")


@contextmanager
def locked(root: Path) -> Iterator[bool]:
    """Hold the workspace's lock, so that only one process writes. The lock of a killed process ends with it.

    A thread that holds the lock can take it again. Yield True if the thread did not hold it before.
    """
    from filelock import FileLock, Timeout

    own = own_file(root, "lock")
    _check_lock(own)
    lock = FileLock(own.path, timeout=PATIENCE, is_singleton=True)
    is_first = not lock.is_locked
    try:
        lock.acquire()
    except Timeout:
        hint = f"{NOTHING_WRITTEN} Try again when it has finished."
        raise Refused(Problem("CSG405", "another csg command is writing to this workspace", hint=hint)) from None
    except OSError as error:
        raise failed(own.path.parent.name, error, "CSG404", "written", NOTHING_WRITTEN) from None
    try:
        yield is_first
    finally:
        lock.release()


def _check_lock(own: OwnFile) -> None:
    """Raise Refused if the lock is a link or not a file, because opening the lock empties it."""
    folder, _, name = own.name.rpartition("/")
    try:
        with open_folder(own.folder, folder) as parent:
            state = parent.state(name)
    except OSError as error:
        raise failed(own.name, error, "CSG404", "written", NOTHING_WRITTEN) from None
    if state and stat.S_ISLNK(state.st_mode):
        raise link_refused(own.name)
    if state and not stat.S_ISREG(state.st_mode):
        hint = f"Remove it. {NOTHING_WRITTEN}"
        raise Refused(Problem("CSG403", "the lock of csg is not a file", own.name, hint=hint))
