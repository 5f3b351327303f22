"""The files of the workspace as bytes: whole files, only inside the workspace, and never through a link."""

import errno
import os
import re
import secrets
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from fnmatch import fnmatchcase
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

from csg.problem import Problem, Refused
from csg.source.text import MOST_BYTES
from csg.workspace.folders import Folder, failed, is_link, link_refused, open_folder

_written: list[Path] = []
"""The files, or folders, that the command has changed."""
_READ_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
"""Flags for reading. O_NONBLOCK is for a pipe without a writer: csg must not wait for it."""
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_READ_HINT = "Check that the file exists and that you may read it."
NOTHING_WRITTEN = "Nothing was written."
Content = bytes | Iterable[bytes] | None
"""The new content of a file, whole or in pieces; None for a file to remove."""


def record_write(path: Path) -> None:
    """Remember that the command has changed a file. After that, it exits with 0.

    Record only the files that the command must change, not files that it cleans up.
    """
    _written.append(path)


def forget_write(path: Path) -> None:
    """Forget a change of a file that was taken back."""
    _written.remove(path)


def has_written() -> bool:
    """Return whether the command has changed a file."""
    return bool(_written)


def _split(file: str) -> tuple[str, str]:
    folder, _, name = file.rpartition("/")
    return folder, name


def _kind(mode: int) -> str:
    return "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"


def _not_a_file(file: str, mode: int) -> Refused:
    return Refused(Problem("CSG403", f"this is {_kind(mode)}, not a file", file, hint="Replace it with a file."))


def _refuse_several_names(file: str, state: os.stat_result) -> None:
    """Raise Refused if the file has another name. git and csg make no such files, and it could be a private file."""
    if state.st_nlink > 1:
        message = "this is a hard link: the file also has another name, and could be private"
        raise Refused(Problem("CSG402", message, file, hint="Replace it with a copy."))


def open_given(path: Path) -> BufferedReader:
    """Open a file at any path. Raise OSError at once for a folder, a pipe or a device."""
    descriptor = os.open(path, _READ_FLAGS)
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, f"this is {_kind(mode)}, not a file", str(path))
    return os.fdopen(descriptor, "rb")


@contextmanager
def open_file(root: Path, file: str) -> Iterator[BufferedReader]:
    """Open a file below ``root``. Raise Refused if it is a link or not a file, and OSError if it is missing."""
    folder, name = _split(file)
    with open_folder(root, folder) as parent:
        state = parent.state(name)
        if state and is_link(state):
            raise link_refused(file)
        if state and stat.S_ISDIR(state.st_mode):
            raise _not_a_file(file, state.st_mode)
        try:
            descriptor = os.open(parent.at(name), _READ_FLAGS | _NOFOLLOW, dir_fd=parent.descriptor)
        except OSError as error:
            if error.errno == errno.ELOOP:  # a link that appeared after the first check
                raise link_refused(file) from None
            raise
    with os.fdopen(descriptor, "rb") as stream:
        # Check the opened file, not the path, because another file can have the name now.
        opened = os.fstat(descriptor)
        if not stat.S_ISREG(opened.st_mode):
            raise _not_a_file(file, opened.st_mode)
        if file.startswith(("templates/", "private/")):
            _refuse_several_names(file, opened)
        yield stream


def read_bytes(root: Path, file: str, most: int = MOST_BYTES) -> bytes:
    """Return the content of a file, up to ``most`` bytes and one more. Raise Refused if it cannot be read."""
    try:
        with open_file(root, file) as stream:
            return stream.read(most + 1)
    except OSError as error:
        raise failed(file, error, "CSG401", "read", _READ_HINT) from None


def exists(root: Path, file: str) -> bool:
    """Return whether a file, folder or link has this name. Raise Refused if the folder is a link."""
    folder, name = _split(file)
    try:
        with open_folder(root, folder) as parent:
            return parent.state(name) is not None
    except (FileNotFoundError, NotADirectoryError):
        return False


def listed(root: Path, pattern: str) -> list[str]:
    """Return the files of one folder whose names match the last part of a pattern. Raise Refused if it is unreadable.

    The result includes links. Reading a link raises Refused.
    """
    folder, names = _split(pattern)
    try:
        with open_folder(root, folder) as opened:
            entries = opened.names()
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise failed(folder, error, "CSG401", "read", _READ_HINT) from None
    return [f"{folder}/{name}" for name in sorted(entries) if fnmatchcase(name, names)]


_TEMPORARY = re.compile(r"\.([^/]+)\.csg-[0-9a-f]{8}\.new")


def temporary_name(name: str) -> str:
    """Return a new temporary name, under which csg writes a file."""
    return f".{name}.csg-{secrets.token_hex(4)}.new"


def is_temporary(temporary: str, name: str = "") -> bool:
    """Return whether ``temporary_name`` made the temporary name; with ``name``, for this file."""
    match = _TEMPORARY.fullmatch(temporary)
    return match is not None and name in ("", match[1])


class Staged(NamedTuple):
    """A file whose new content is on the disk under a temporary name. Without a temporary name, a file to remove."""

    file: str
    temporary: str | None

    def put(self, root: Path) -> None:
        """Give the file its new content, or remove it. Raise OSError if that fails."""
        folder, name = _split(self.file)
        with open_folder(root, folder) as parent:
            if self.temporary is None:
                with suppress(FileNotFoundError):
                    os.unlink(parent.at(name), dir_fd=parent.descriptor)
            else:
                new, at = parent.at(self.temporary), parent.descriptor
                os.replace(new, parent.at(name), src_dir_fd=at, dst_dir_fd=at)
            parent.flush()

    def discard(self, root: Path) -> None:
        """Remove the temporary file."""
        if self.temporary is None:
            return
        with suppress(OSError, Refused), open_folder(root, _split(self.file)[0]) as parent:
            os.unlink(parent.at(self.temporary), dir_fd=parent.descriptor)


def stage(root: Path, contents: Mapping[str, Content], mode: int = 0o666) -> list[Staged]:
    """Write new contents to temporary files. None is for a file to remove. Then call ``put`` or ``discard`` for each.

    ``mode`` is the mode of new files. Existing files keep their modes. Raise Refused, with nothing changed, if a file
    cannot be written.
    """
    files: list[Staged] = []
    try:
        for file, content in contents.items():
            files.append(Staged(file, None if content is None else temporary_name(_split(file)[1])))
            stage_again(root, files[-1], content, mode)
    except BaseException:
        for entry in files:
            entry.discard(root)
        raise
    return files


def stage_again(root: Path, entry: Staged, content: Content, mode: int = 0o666) -> None:
    """Write the content of a staged file under its temporary name. Raises Refused if that is not possible."""
    try:
        _stage(root, entry, content, mode)
    except OSError as error:
        raise failed(entry.file, error, "CSG404", "written", NOTHING_WRITTEN) from None


def _stage(root: Path, entry: Staged, content: Content, mode: int) -> None:
    folder, name = _split(entry.file)
    with open_folder(root, folder, make=content is not None) as parent:
        state = parent.state(name)
        if state and is_link(state):
            raise link_refused(entry.file)
        if state and not stat.S_ISREG(state.st_mode):
            raise _not_a_file(entry.file, state.st_mode)
        if state and entry.file.startswith("reports/"):
            _refuse_several_names(entry.file, state)
        if content is not None and entry.temporary is not None:
            kept_mode = stat.S_IMODE(state.st_mode) if state else None
            _write_temporary(parent, entry.temporary, content, kept_mode, mode)


def _write_temporary(
    parent: Folder, name: str, content: bytes | Iterable[bytes], kept_mode: int | None, mode: int
) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW | getattr(os, "O_BINARY", 0)
    first_mode = mode if kept_mode is None else 0o600
    with open(os.open(parent.at(name), flags, first_mode, dir_fd=parent.descriptor), "wb") as stream:  # noqa: PTH123
        stream.writelines([content] if isinstance(content, bytes) else content)
        stream.flush()
        if kept_mode is not None and hasattr(os, "fchmod"):
            os.fchmod(stream.fileno(), kept_mode)
        os.fsync(stream.fileno())


def write_bytes(root: Path, file: str, content: bytes | Iterable[bytes], mode: int = 0o666) -> None:
    """Write a file in one step, without recording it as a change of the command.

    An existing file keeps its mode. ``mode`` is the mode of a new file. Raise Refused, with the file unchanged, if it
    cannot be written.
    """
    (staged,) = stage(root, {file: content}, mode)
    _put(root, staged, ())


def remove_file(root: Path, file: str) -> None:
    """Remove a file. Raise Refused if that fails or if it is a link."""
    (staged,) = stage(root, {file: None})
    _put(root, staged, ())


def write_files(root: Path, contents: Mapping[str, Content]) -> None:
    """Write several files. None is for a file to remove. Raise Refused, with nothing written, if staging fails.

    If csg is killed between two renames, some files are old. Use ``pending.change_together`` for related files.
    """
    files = stage(root, contents)
    for index, entry in enumerate(files):
        _put(root, entry, files[:index], files[index + 1 :])
        record_write(root / entry.file)


def _put(root: Path, staged: Staged, done: Sequence[Staged], rest: Sequence[Staged] = ()) -> None:
    """Put a staged file in place. If that fails, discard it and the rest, and report the files written before."""
    try:
        staged.put(root)
    except BaseException as error:
        for entry in (staged, *rest):
            entry.discard(root)
        if not isinstance(error, OSError):
            raise
        hint = f"Written before: {', '.join(entry.file for entry in done)}. Try again." if done else NOTHING_WRITTEN
        raise failed(staged.file, error, "CSG404", "written", hint) from None
