"""Changes of several files: csg makes all of them or none.

csg writes the new files beside the old files. Then it writes a note that they are complete, renames them, and removes
the note. A command that finds a note finishes the change first.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator

from csg.problem import Problem, Refused
from csg.workspace.files import (
    NOTHING_WRITTEN,
    Staged,
    exists,
    forget_write,
    is_temporary,
    read_bytes,
    record_write,
    stage,
    stage_again,
)
from csg.workspace.folders import failed, open_folder
from csg.workspace.names import is_data_file
from csg.workspace.own_files import OwnFile, locked, own_file

_WRITTEN_FOLDERS = ("data", "private", "reports", "documents", "site", "schemas", ".github")
"""Folders in which a killed csg can leave a temporary file."""


def digest(content: bytes) -> str:
    """Return a digest that identifies the content of a file."""
    return hashlib.sha256(content).hexdigest()


def _data_file(file: str) -> str:
    if not is_data_file(file):
        raise ValueError("not a data file")
    return file


DataFile = Annotated[str, AfterValidator(_data_file)]
"""The path of a data file. A note or a journal that names another file is not from csg."""


class FileStates(BaseModel):
    """The digests of a file before and after a change; None if it does not exist."""

    model_config = ConfigDict(strict=True, frozen=True)
    file: DataFile
    before: str | None
    after: str | None

    def current(self, root: Path) -> str | None:
        """Return the file's digest as it is now. Raise Refused if it cannot be read."""
        return digest(read_bytes(root, self.file)) if exists(root, self.file) else None


class _StagedStates(FileStates):
    """The states of a file, and the name of the file beside it that holds its new content; None for a removal."""

    temporary: str | None

    @model_validator(mode="after")
    def _is_csgs(self) -> Self:
        """Refuse the name of a file that csg did not write: the note could have been planted."""
        name = self.file.rpartition("/")[2]
        if self.temporary is not None and not is_temporary(self.temporary, name):
            raise ValueError("not a temporary file")
        if (self.temporary is None) != (self.after is None):
            raise ValueError("no new content")
        return self


class _Note(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)
    files: list[_StagedStates]


def _note_file(root: Path) -> OwnFile:
    """Return the file for the note. Each workspace of a repository has its own file."""
    folder = own_file(root, "").folder
    relative = os.path.relpath(root, folder)
    return own_file(root, f"pending-{digest(os.fsencode(relative))[:8]}")


def change_together(root: Path, contents: Mapping[str, bytes | None]) -> None:
    """Write all of these data files or none, even if csg is killed. None is for a file to remove. Hold the lock.

    Raise Refused, with nothing changed, if a file cannot be written. If the changed files cannot be restored, they
    count as written, and the next command finishes the change.
    """
    before = {file: read_bytes(root, file) if exists(root, file) else None for file in contents}
    files = stage(root, contents)
    note = _note_file(root) if len(files) > 1 else None  # a single rename needs no note
    try:
        if note:
            states = (
                _StagedStates(
                    file=entry.file,
                    before=_of(before[entry.file]),
                    after=_of(contents[entry.file]),
                    temporary=entry.temporary,
                )
                for entry in files
            )
            note.write(_Note(files=list(states)).model_dump_json().encode())
    except BaseException:
        _discard(root, files)
        raise
    for number, entry in enumerate(files):
        try:
            entry.put(root)
        except OSError as error:
            restored = note is None or _restore(root, files[:number], contents, before, note)
            if restored:
                _discard(root, files)
            else:
                record_write(root / entry.file)
            hint = NOTHING_WRITTEN if restored else "The change is not finished. The next csg command finishes it."
            raise failed(entry.file, error, "CSG404", "written", hint) from None
        record_write(root / entry.file)
    if note:
        with suppress(OSError):  # a note of a change that is complete has no effect
            note.remove()


def _restore(
    root: Path,
    changed: Sequence[Staged],
    contents: Mapping[str, bytes | None],
    before: Mapping[str, bytes | None],
    note: OwnFile,
) -> bool:
    """Give changed files their old content, and remove the note. Return whether the system has done it all.

    The new contents are staged again first: until the note is gone, the next command can finish the change.
    """
    old: list[Staged] = []
    try:
        for entry in changed:
            stage_again(root, entry, contents[entry.file])
        old = stage(root, {entry.file: before[entry.file] for entry in changed})
        for entry in old:
            entry.put(root)
        note.remove()
    except (OSError, Refused):
        _discard(root, old)
        return False
    for entry in changed:
        forget_write(root / entry.file)
    return True


def _discard(root: Path, files: Sequence[Staged]) -> None:
    for entry in files:
        entry.discard(root)


def _of(content: bytes | None) -> str | None:
    return None if content is None else digest(content)


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Hold the lock. First finish the change of a killed csg, and remove its temporary files.

    Raise Refused if another csg holds the lock, or if an interrupted change cannot be finished.
    """
    with locked(root) as is_first:
        if is_first:
            _finish(root)
            _remove_temporary_files(root)
        yield


def finish_interrupted(root: Path) -> None:
    """Finish a change of several files that a killed csg left. Without such a change, this is fast."""
    try:
        is_interrupted = _note_file(root).exists()
    except (OSError, Refused):  # the command that reads the folder reports its problem
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
    except (Refused, ValueError):  # csg writes a note in one step, so this note is not from csg
        note.remove()
        return
    old = [states for states in files if states.current(root) != states.after]
    changed = [states for states in old if states.current(root) != states.before]
    lost = [states for states in old if not _is_staged(root, states)]
    if changed or (lost and len(old) < len(files)):
        message = "csg was stopped in a change of several files, and this file has changed since"
        hint = f"Correct the file by hand, then delete {note.path}."
        raise Refused(*(Problem("CSG413", message, states.file, hint=hint) for states in changed or lost))
    if not lost:  # otherwise no file was renamed yet, and all stay as they are
        _put(root, old)
    note.remove()


def _put(root: Path, files: list[_StagedStates]) -> None:
    for states in files:
        try:
            Staged(states.file, states.temporary).put(root)
        except OSError as error:
            raise failed(states.file, error, "CSG404", "written", "The change is not finished.") from None


def _is_staged(root: Path, states: _StagedStates) -> bool:
    """Return whether the file's new content is still in the temporary file."""
    if states.temporary is None:
        return True
    folder = states.file.rpartition("/")[0]
    try:
        return digest(read_bytes(root, f"{folder}/{states.temporary}")) == states.after
    except Refused:
        return False


def _remove_temporary_files(root: Path) -> None:
    """Remove the temporary files of a killed csg. While the lock is held, no other process writes."""
    folders = list(_WRITTEN_FOLDERS)
    while folders:
        folder = folders.pop()
        folders += [f"{folder}/{name}" for name in _remove_from(root, folder)]
    git_folder = own_file(root, "").folder
    if git_folder != root:
        _remove_from(git_folder, "")


def _remove_from(root: Path, folder: str) -> list[str]:
    """Remove the temporary files in a folder. Return the names of the folders in it."""
    folders = []
    with suppress(OSError, Refused), open_folder(root, folder) as opened:
        with os.scandir(opened.path if opened.descriptor is None else opened.descriptor) as scanned:
            entries = list(scanned)
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
            elif is_temporary(entry.name):
                os.unlink(opened.at(entry.name), dir_fd=opened.descriptor)
    return folders
