"""Files that are csg's own: the lock, the changes that can be taken back, a change that was interrupted.

They are in git's folder of the repository that the workspace is in, and without one in the data folder, where their
names begin with a dot. A ``.git`` file leads to a folder elsewhere; it is believed only if that folder names the same
work tree, as the folders of worktrees and submodules do.
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
"""Seconds that a writer waits for the others."""
_MOST_POINTER = 1 << 16
"""Bytes of a file in which git names a folder: a path, or the configuration of a submodule."""
_WORK_TREE = re.compile(r"^[ \t]*worktree[ \t]*=[ \t]*(\S.*?)[ \t]*$", re.MULTILINE)


class OwnFile(NamedTuple):
    """A file of csg's own: the folder that it may never leave, and its path in it."""

    folder: Path
    name: str

    @property
    def path(self) -> Path:
        """The whole path."""
        return self.folder / self.name

    def exists(self) -> bool:
        """Return whether anything has its name."""
        return exists(self.folder, self.name)

    def read(self) -> bytes:
        """Return its content. Raises Refused if it cannot be read."""
        return read_bytes(self.folder, self.name)

    def write(self, content: bytes) -> None:
        """Give it this content. Raises Refused if it cannot be written."""
        write_bytes(self.folder, self.name, content)

    def remove(self) -> None:
        """Remove it. Raises OSError if the system does not."""
        self.path.unlink(missing_ok=True)


def in_data_folder(root: Path, name: str) -> OwnFile:
    """Return the file in the data folder. It is used only while the workspace is in no repository."""
    return OwnFile(root, f"data/.csg.{name}")


def own_file(root: Path, name: str) -> OwnFile:
    """Return the file of csg's own that has a name: ``lock``, ``undo`` or ``pending``."""
    git_folder = _git_folder(root)
    return OwnFile(git_folder, f"csg.{name}") if git_folder else in_data_folder(root, name)


def _git_folder(root: Path) -> Path | None:
    """Return git's folder of the nearest repository, at or above the workspace; None if it is not certainly that."""
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
    """Hold the workspace's lock: one writer at a time. A killed writer's lock ends with it.

    In one thread it can be taken again while it is held. Yields whether it was not held before.
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
    """Refuse a lock that is a link or no file: opening it empties what it leads to."""
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
