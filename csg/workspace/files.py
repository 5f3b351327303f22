"""Files of the workspace as bytes: read and written whole, and never outside it."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fnmatch import fnmatchcase
from pathlib import Path

from csg.problem import Problem, Refused
from csg.source.text import MOST_BYTES

_written: list[Path] = []
"""The files, or folders, that the command has changed."""
PATIENCE = 60
"""Seconds a writer waits for the others."""


def _refuse(file: str, error: OSError | RuntimeError, code: str, doing: str) -> Refused:
    reason = str(error)
    if isinstance(error, RuntimeError) or error.errno == errno.ELOOP:  # which of them depends on the Python
        reason = "its links lead in a circle"
    elif error.strerror:
        reason = error.strerror
    return Refused(Problem(code, f"cannot be {doing}: {reason.lower()}", file, hint="nothing was written"))


def real_path(root: Path, file: str) -> Path:
    """Where ``file`` really is, links followed. Raises Refused where that is outside ``root``, or no file at all."""
    try:
        path = (root / file).resolve(strict=True)
        kind = path.stat().st_mode
    except (OSError, RuntimeError) as error:
        raise _refuse(file, error, "CSG401", "read") from None
    if not path.is_relative_to(root):
        raise Refused(Problem("CSG402", "a link out of the workspace", file, hint="put the file itself here"))
    if not stat.S_ISREG(kind):
        what = "a folder" if stat.S_ISDIR(kind) else "a pipe or device"
        raise Refused(Problem("CSG403", f"{what} in a file's place", file, hint="put a file here"))
    return path


def listed(root: Path, pattern: str) -> list[str]:
    """The files of one folder whose names match the last part of a pattern. Raises Refused where it cannot be read."""
    folder, _, names = pattern.rpartition("/")
    try:
        return [f"{folder}/{name}" for name in sorted(os.listdir(root / folder)) if fnmatchcase(name, names)]  # noqa: PTH208
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise _refuse(folder, error, "CSG401", "read") from None


def read_bytes(root: Path, file: str) -> bytes:
    """What the file holds; one byte over the most that a data file may hold where it is longer."""
    path = real_path(root, file)
    try:
        with path.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise _refuse(file, error, "CSG401", "read") from None


def write_bytes(root: Path, file: str, content: bytes) -> None:
    """Give the file this content, whole or not at all; its mode is kept.

    Raises Refused, and leaves the file as it was, where it cannot be written.
    """
    path = target(root, file)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, content)
        record_write(path)
    except OSError as error:
        raise _refuse(file, error, "CSG404", "written") from None


def record_write(path: Path) -> None:
    """Remember that the command has changed a file: from then on it exits with 0.

    Nothing else than what the command was asked to change belongs here, such as a file that is only cleaned up.
    """
    _written.append(path)


def has_written() -> bool:
    """Return whether the command has changed a file."""
    return bool(_written)


def target(root: Path, file: str) -> Path:
    """Where a file is written: where it really is, or will be. Raises Refused where that is outside ``root``."""
    path = root / file
    if path.exists() or path.is_symlink():
        return real_path(root, file)
    if not path.parent.resolve().is_relative_to(root):
        raise Refused(Problem("CSG402", "a link out of the workspace", file, hint="put the folder itself here"))
    return path


def _replace(path: Path, content: bytes) -> None:
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
    temporary = path.with_name(f".{path.name}.new")
    # One name, not a random one: what a killed writer left is overwritten by the next, and never piles up.
    temporary.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(temporary, flags, 0o666 if mode is None else 0o600), "wb") as stream:  # noqa: PTH123
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    """Make the rename last through a power cut, where the system can: Windows and some network folders cannot."""
    if hasattr(os, "O_DIRECTORY"):
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def private(root: Path, name: str) -> Path:
    """Where csg keeps what is its own: in git's folder, else in the data folder, under a name with a dot."""
    for folder in (root, *root.parents):
        git = folder / ".git"
        if git.is_file():  # a worktree or a submodule: the file says where git's folder is
            git = folder / git.read_text("utf-8", "replace").removeprefix("gitdir:").strip()
        if git.is_dir():
            return git / f"csg.{name}"
    return root / "data" / f".csg.{name}"


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the workspace's lock: one writer at a time. A killed writer's lock ends with it."""
    from filelock import FileLock, Timeout

    place = private(root, "lock")
    if place.is_symlink() or not (root / "data").resolve().is_relative_to(root):
        raise Refused(Problem("CSG402", "a link out of the workspace", f"{place}", hint="take the link away"))
    lock = FileLock(place, timeout=PATIENCE)
    try:
        lock.acquire()
    except Timeout:
        hint = "try again when it is done"
        raise Refused(Problem("CSG405", "another csg is writing to this workspace", hint=hint)) from None
    except OSError as error:
        raise _refuse("data", error, "CSG404", "written") from None
    try:
        yield
    finally:
        lock.release()
