"""Changes of several files that belong together: all of them are made, or none.

The new files are written beside the old ones. Then csg notes that they are complete, renames them, and removes the
note. A command that finds a note finishes the change before it does anything else.
"""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from csg.problem import Problem, Refused
from csg.workspace.files import NOTHING_WRITTEN, Staged, exists, read_bytes, record_write, stage, temporary_name
from csg.workspace.folders import failed, open_folder
from csg.workspace.names import is_data_file
from csg.workspace.own_files import OwnFile, locked, own_file

_TEMPORARY = re.compile(r"\..+\.new")
_WRITTEN_FOLDERS = ("data", "private", "reports", "documents", "schemas", ".github")
"""Folders in which a killed csg can leave a temporary file."""


def digest(content: bytes) -> str:
    """Return what identifies the content of a file."""
    return hashlib.sha256(content).hexdigest()


def _data_file(file: str) -> str:
    if not is_data_file(file):
        raise ValueError("not a data file")
    return file


DataFile = Annotated[str, AfterValidator(_data_file)]
"""The path of a data file. A note or a journal that names another file could have been planted."""


class FileStates(BaseModel):
    """The digests of a file before and after a change; None if it does not exist."""

    model_config = ConfigDict(strict=True, frozen=True)
    file: DataFile
    before: str | None
    after: str | None

    def current(self, root: Path) -> str | None:
        """Return the file's digest as it is now. Raises Refused if it cannot be read."""
        return digest(read_bytes(root, self.file)) if exists(root, self.file) else None


class _Note(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)
    files: list[FileStates]


def _note_file(root: Path) -> OwnFile:
    """Return the file for the note. Several workspaces of one repository have one each."""
    folder = own_file(root, "").folder
    relative = os.path.relpath(root, folder)
    return own_file(root, f"pending-{digest(os.fsencode(relative))[:8]}")


def change_together(root: Path, contents: Mapping[str, bytes | None]) -> None:
    """Give data files their content, None to remove one: all or none, even if csg is killed. Hold the lock for it.

    Raises Refused, with nothing changed, if one of them cannot be written.
    """
    states = [FileStates(file=file, before=_digest_of(root, file), after=_of(new)) for file, new in contents.items()]
    files = stage(root, contents)
    note = _note_file(root) if len(files) > 1 else None  # one rename needs no note
    try:
        if note:
            note.write(_Note(files=states).model_dump_json().encode())
    except BaseException:
        _discard(root, files)
        raise
    for entry in files:
        try:
            entry.put(root)
        except OSError as error:
            if note is None:
                _discard(root, files)
            hint = "The change is not finished. The next csg command finishes it." if note else NOTHING_WRITTEN
            raise failed(entry.file, error, "CSG404", "written", hint) from None
        record_write(root / entry.file)
    if note:
        with suppress(OSError):  # a note of a change that is complete has no effect
            note.remove()


def _discard(root: Path, files: Sequence[Staged]) -> None:
    for entry in files:
        entry.discard(root)


def _of(content: bytes | None) -> str | None:
    return None if content is None else digest(content)


def _digest_of(root: Path, file: str) -> str | None:
    return digest(read_bytes(root, file)) if exists(root, file) else None


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Hold the lock. Before anything else, finish what a killed csg did not and remove its temporary files.

    Raises Refused if another csg keeps the lock, or if an interrupted change cannot be finished.
    """
    with locked(root) as is_first:
        if is_first:
            _finish(root)
            _remove_temporary_files(root)
        yield


def finish_interrupted(root: Path) -> None:
    """Finish a change of several files that a killed csg left. Without one it costs next to nothing."""
    try:
        is_interrupted = _note_file(root).exists()
    except (OSError, Refused):  # whatever is wrong with the folder, the command that reads it reports it
        return
    if is_interrupted:
        with writing(root):
            pass


def _finish(root: Path) -> None:
    note = _note_file(root)
    if not note.exists():
        return
    try:
        files = _Note.model_validate_json(note.read()).files
    except (Refused, ValueError):  # csg writes a note whole: this one is not csg's
        note.remove()
        return
    old = [states for states in files if states.current(root) != states.after]
    changed = [states for states in old if states.current(root) != states.before]
    lost = [states for states in old if not _is_staged(root, states)]
    if changed or (lost and len(old) < len(files)):
        message = "csg was stopped in a change of several files, and this file has changed since"
        hint = f"Correct the file by hand, then delete {note.path}."
        raise Refused(*(Problem("CSG413", message, states.file, hint=hint) for states in changed or lost))
    if not lost:  # else no file has been renamed yet, and all stay as they were
        _put(root, old)
    note.remove()


def _put(root: Path, files: list[FileStates]) -> None:
    for states in files:
        try:
            Staged(states.file, states.after is None).put(root)
        except OSError as error:
            raise failed(states.file, error, "CSG404", "written", "The change is not finished.") from None


def _is_staged(root: Path, states: FileStates) -> bool:
    """Return whether the file's new content is still beside it."""
    if states.after is None:
        return True
    folder, _, name = states.file.rpartition("/")
    try:
        return _digest_of(root, f"{folder}/{temporary_name(name)}") == states.after
    except Refused:
        return False


def _remove_temporary_files(root: Path) -> None:
    """Remove what a killed csg wrote and did not rename: nobody else writes while the lock is held."""
    folders = list(_WRITTEN_FOLDERS)
    while folders:
        folder = folders.pop()
        with suppress(OSError, Refused), open_folder(root, folder) as opened:
            with os.scandir(opened.path if opened.descriptor is None else opened.descriptor) as found:
                entries = list(found)
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{folder}/{entry.name}")
                elif _TEMPORARY.fullmatch(entry.name):
                    os.unlink(opened.at(entry.name), dir_fd=opened.descriptor)
