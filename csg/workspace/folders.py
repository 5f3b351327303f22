"""The folders of the workspace. csg opens each part of a path, so that it never follows a link.

A folder stays open while its files are read or written. If another folder replaces it meanwhile, this has no effect.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from csg.problem import Problem, Refused, reason

_BY_DESCRIPTOR = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")
"""Whether the system opens files relative to a folder. On Windows, csg checks each part of a path before it is used."""
_FOLDER_FLAGS = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)


class Folder(NamedTuple):
    """An open folder: its path, and its descriptor if the system opens files relative to it."""

    path: Path
    descriptor: int | None

    def at(self, name: str) -> str:
        """Return the name for the functions of ``os`` that use the folder's descriptor."""
        return name if self.descriptor is not None else str(self.path / name)

    def state(self, name: str) -> os.stat_result | None:
        """Return the state of an entry, without following a link; None if it is not found."""
        try:
            return os.stat(self.at(name), dir_fd=self.descriptor, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def names(self) -> list[str]:
        """Return the names of the entries."""
        return os.listdir(self.path if self.descriptor is None else self.descriptor)  # noqa: PTH208

    def flush(self) -> None:
        """Make sure that renames survive a power cut. Windows and some network folders cannot do this."""
        if self.descriptor is not None:
            with suppress(OSError):
                os.fsync(self.descriptor)


def parts_of(file: str) -> tuple[str, ...]:
    """Return the parts of a path below a folder. Raise Refused if it could lead out of the folder."""
    parts = PurePosixPath(file).parts
    if any(part in ("/", "..") or "\0" in part or (os.name == "nt" and set(part) & set("\\:")) for part in parts):
        hint = "Use a path that stays inside the folder."
        raise Refused(Problem("CSG402", "this path leads out of the workspace", file, hint=hint))
    return parts


def link_refused(file: str) -> Refused:
    """Return the error for a link."""
    message = "this is a symbolic link, and csg does not follow links inside a workspace"
    return Refused(Problem("CSG402", message, file, hint="Replace the link with the file or folder itself."))


def failed(file: str, error: OSError, code: str, doing: str, hint: str) -> Refused:
    """Return the error for an operation that failed."""
    return Refused(Problem(code, f"cannot be {doing}: {reason(error)}", file, hint=hint))


@contextmanager
def open_folder(root: Path, folder: str, *, make: bool = False) -> Iterator[Folder]:
    """Open a folder below ``root``. With ``make``, create its missing parts.

    Raise FileNotFoundError or NotADirectoryError if it is not found, and Refused if a part of it is a link.
    """
    if make:
        root.mkdir(parents=True, exist_ok=True)
    current = Folder(root, os.open(root, _FOLDER_FLAGS & ~getattr(os, "O_NOFOLLOW", 0)) if _BY_DESCRIPTOR else None)
    try:
        for part in parts_of(folder):
            below = _open_below(root, current, part, make=make)
            _close(current)
            current = below
        yield current
    finally:
        _close(current)


def _open_below(root: Path, folder: Folder, name: str, *, make: bool) -> Folder:
    path = folder.path / name
    state = folder.state(name)
    if state is None and make:
        with suppress(FileExistsError):
            os.mkdir(folder.at(name), dir_fd=folder.descriptor)
        state = folder.state(name)
    if state is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    if is_link(state):
        raise link_refused(path.relative_to(root).as_posix())
    if not stat.S_ISDIR(state.st_mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))
    # If a link replaces the folder now, the system refuses to open it.
    return Folder(path, os.open(name, _FOLDER_FLAGS, dir_fd=folder.descriptor) if _BY_DESCRIPTOR else None)


def is_link(state: os.stat_result) -> bool:
    """Return whether an entry is a symbolic link, or a junction of Windows."""
    reparse_point = getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0)
    return stat.S_ISLNK(state.st_mode) or bool(getattr(state, "st_file_attributes", 0) & reparse_point)


def _close(folder: Folder) -> None:
    if folder.descriptor is not None:
        os.close(folder.descriptor)
