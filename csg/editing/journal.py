"""The journal of the last changes that csg made, for undo. It is beside git's files, never in the history.

csg notes a change before it makes it, with the digests of its files before and after. So csg knows the state of a
change even if it was killed: if the files are as before, the change was not made, or is undone already.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from csg.checks import check
from csg.problem import Problem, Refused
from csg.source.text import MOST_BYTES
from csg.workspace.files import read_bytes
from csg.workspace.own_files import OwnFile, in_data_folder, own_file
from csg.workspace.pending import FileStates, change_together, digest, writing
from csg.workspace.workspace import Workspace

MOST = 20
"""The most changes in the journal."""


class _Step(FileStates):
    """A change of a file: its states, and the old text between its unchanged beginning and end."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    text: str

    def earlier(self, now: bytes) -> bytes:
        """Return the content before the change."""
        text = now.decode("utf-8")
        return (text[: self.start] + self.text + text[max(len(text) - self.end, 0) :]).encode("utf-8")


class _Entry(BaseModel):
    """A change of one file or several, in the workspace ``root``."""

    model_config = ConfigDict(strict=True, frozen=True)
    root: str
    files: Annotated[list[_Step], Field(min_length=1)]


class LastChange(NamedTuple):
    """The last change that can be undone: each file's content now, and before it (None: the file was new)."""

    entry: _Entry
    now: dict[str, bytes]
    earlier: dict[str, bytes | None]


def _entries(root: Path) -> list[_Entry]:
    """Return the entries of the journal, the oldest first. Ignore entries that csg did not write.

    In a repository, ignore a journal in the data folder, because it can come from another person.
    """
    return _entries_of(own_file(root, "undo"))


def _entries_of(file: OwnFile) -> list[_Entry]:
    entries: list[_Entry] = []
    with suppress(Refused, ValueError, RecursionError):
        remembered = json.loads(file.read())
        for entry in remembered if isinstance(remembered, list) else ():
            with suppress(ValidationError, ValueError, RecursionError):
                entries.append(_Entry.model_validate_json(json.dumps(entry)))
    return entries


def _write(root: Path, entries: list[_Entry]) -> None:
    """Write the journal, if possible. A change that is not in the journal cannot be undone."""
    entries = entries[-MOST:]
    while len(content := _as_json(entries)) > MOST_BYTES:
        entries = entries[1:]
    own, before_git = own_file(root, "undo"), in_data_folder(root, "undo")
    with suppress(Refused, OSError):
        own.write(content)
        if own != before_git:
            before_git.remove()


def _as_json(entries: list[_Entry]) -> bytes:
    return json.dumps([entry.model_dump() for entry in entries]).encode()


def adopt_journal(root: Path) -> None:
    """Take over the journal of the changes before ``git init``, which is in the data folder.

    Only for a journal that git does not track: then it did not come with the repository, from another person.
    """
    before_git = in_data_folder(root, "undo")
    if own_file(root, "undo") != before_git and (earlier := _entries_of(before_git)):
        with writing(root):
            _write(root, [*earlier, *_entries(root)])


def write_remembered(root: Path, texts: Mapping[str, tuple[str, str]]) -> None:
    """Note a change, then make it. ``texts`` has the texts before (empty for a new file) and after. Hold the lock.

    Raise Refused, with nothing written, if a file cannot be written.
    """
    steps = [_step(file, before, after) for file, (before, after) in texts.items()]
    entries = _entries(root)
    if entries and entries[-1].root == str(root) and _state(root, entries[-1]) == "before":
        entries.pop()
    _write(root, [*entries, _Entry(root=str(root), files=steps)])
    change_together(root, {file: after.encode("utf-8") for file, (_, after) in texts.items()})


def _step(file: str, before: str, after: str) -> _Step:
    start = _common_characters(before, after)
    end = _common_characters(before[start:][::-1], after[start:][::-1])
    return _Step(
        file=file,
        before=digest(before.encode("utf-8")) if before else None,
        after=digest(after.encode("utf-8")),
        start=start,
        end=end,
        text=before[start : len(before) - end],
    )


def _common_characters(first: str, second: str) -> int:
    """Return the number of common characters at the beginning of two texts."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _state(root: Path, entry: _Entry) -> str:
    """Return the state of all files of an entry: ``after``, ``before``, or ``changed`` since."""
    try:
        current = [step.current(root) for step in entry.files]
    except Refused:
        return "changed"
    if current == [step.after for step in entry.files]:
        return "after"
    return "before" if current == [step.before for step in entry.files] else "changed"


def last_change(root: Path) -> LastChange:
    """Return the last change that can be undone.

    Raise Refused if no change is found, if a file has changed since, or if the workspace would have errors.
    """
    for entry in reversed(_entries(root)):
        state = _state(root, entry) if entry.root == str(root) else "before"
        if state == "changed":
            hint = "Undo the change by hand. `git diff` shows what changed."
            changed = [step.file for step in entry.files if step.current(root) != step.after]
            message = "the file was edited after the last change of csg"
            raise Refused(*(Problem("CSG411", message, file, hint=hint) for file in changed))
        if state == "after" and (change := _read(root, entry)):
            _check(root, change)
            return change
    hint = "Only changes that csg made to the data files of this workspace can be undone."
    raise Refused(Problem("CSG410", "there is no change to undo", hint=hint))


def _read(root: Path, entry: _Entry) -> LastChange | None:
    """Return the contents of an entry's files now and before; None if the journal does not match the files."""
    now = {step.file: read_bytes(root, step.file) for step in entry.files}
    earlier: dict[str, bytes | None] = {}
    for step in entry.files:
        try:
            earlier[step.file] = step.earlier(now[step.file]) if step.before else None
        except ValueError:
            return None
        content = earlier[step.file]
        if content is not None and digest(content) != step.before:
            return None
    return LastChange(entry, now, earlier)


def _check(root: Path, change: LastChange) -> None:
    contents = {file: content for file, content in change.earlier.items() if content is not None}
    problems = check(Workspace(root, None, contents).snapshot()) if contents else ()
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise Refused(*errors)


def undo_change(root: Path, change: LastChange) -> None:
    """Undo a change, which must still be the last change. Raise Refused, with nothing written, if it is not."""
    with writing(root):
        if last_change(root) != change:
            hint = "Run `csg undo` again to see the last change now."
            raise Refused(Problem("CSG411", "another csg command changed the workspace meanwhile", hint=hint))
        entries = _entries(root)
        change_together(root, change.earlier)
        index = len(entries) - 1 - entries[::-1].index(change.entry)
        _write(root, [*entries[:index], *(entry for entry in entries[index:] if entry.root != str(root))])
