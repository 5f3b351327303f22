"""Change one file of the workspace: under the lock, in the lines it must, checked before it is written."""

import re
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from typing import Any, NamedTuple

from csg.checks import check
from csg.editing.journal import remember
from csg.problem import Problem, Refused
from csg.source.edit import Edit, as_text, edit_data, edit_text
from csg.source.parse import Document, locate
from csg.source.text import place
from csg.workspace.files import locked, read_bytes, write_bytes
from csg.workspace.workspace import Workspace


class FileChange(NamedTuple):
    """What a change did to a file, or would do: its text before (empty for a new file) and after.

    ``warnings`` are about the lines that it brought in.
    """

    file: str
    before: str
    after: str
    workspace: Workspace
    warnings: tuple[Problem, ...]

    def diff(self) -> str:
        """The change as a unified diff."""
        return unified(self.file, self.before, self.after)


def unified(file: str, before: str, after: str) -> str:
    """A unified diff of a file's text; one that was not there is empty before, one that goes is empty after."""
    from difflib import unified_diff

    old, new = (f"{side}/{file}" if text else "/dev/null" for side, text in (("a", before), ("b", after)))
    was, now = _lines(before), _lines(after)
    # The lines at both ends that are the same need no comparison, which takes far longer than to skip them.
    start = max(_alike(was, now) - CONTEXT, 0)
    end = max(_alike(was[start:][::-1], now[start:][::-1]) - CONTEXT, 0)
    was, now = was[start : len(was) - end], now[start : len(now) - end]
    return "".join(_moved_down(line, start) for line in unified_diff(was, now, old, new, n=CONTEXT))


CONTEXT = 3
"""Unchanged lines around a change in a diff, as git shows them."""


NO_LINE_END = "\\ No newline at end of file"


def _lines(text: str) -> list[str]:
    """Return the lines of a text for a diff. Only a line feed ends a line; a missing one is shown, as git shows it."""
    if not text:
        return []
    last = "" if text.endswith("\n") else f"\n{NO_LINE_END}\n"
    lines = [f"{line}\n" for line in text.removesuffix("\n").split("\n")]
    return [*lines[:-1], lines[-1].removesuffix("\n") + last] if last else lines


def _alike(one: list[str], other: list[str]) -> int:
    """Return how many lines two texts have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (line, same) in pairs if line != same), min(len(one), len(other)))


def _moved_down(line: str, lines: int) -> str:
    """Return a line of a diff; the numbers in the heading of a hunk count from the file's beginning."""
    heading = _HUNK.fullmatch(line)
    if not heading:
        return line
    old, old_count, new, new_count = heading.groups("")
    return f"@@ -{int(old) + lines}{old_count} +{int(new) + lines}{new_count} @@\n"


_HUNK = re.compile(r"@@ -(\d+)(,\d+)? \+(\d+)(,\d+)? @@\n")


def change(
    workspace: Workspace,
    file: Callable[[Workspace], str],
    edits: Callable[[Workspace], Iterable[Edit]],
    *,
    dry_run: bool = False,
) -> FileChange:
    """Edit the file as ``edits`` says, seeing the workspace as it is once nobody else can write to it.

    Raises Refused, with nothing written, where the file or the workspace is at fault before or after the change.
    """
    with nullcontext() if dry_run else locked(workspace.root):
        fresh = workspace.refreshed()
        name = file(fresh)
        made = tuple(edits(fresh))
        before = fresh.load(name).document
        if before is None or before.data is None:
            raise Refused(*fresh.load(name).problems)
        try:
            text = edit_text(before.text, made, before.data)
        except ValueError:
            raise _cannot_edit(name, before, made) from None
        changed = fresh.with_text(name, text)
        if not _holds(changed, name, edit_data(before.data, made)):
            raise _cannot_edit(name, before, made)
        return _settle(changed, name, before.text, dry_run=dry_run)


def _cannot_edit(file: str, before: Document, edits: Iterable[Edit]) -> Refused:
    """Return the refusal of a change whose text would hold other data than it should: the last guard of all data."""
    hint = "Edit these lines by hand, or lay them out as docs/data-format.md does. Please report this layout to us"
    message = "csg cannot edit the lines here: their layout is one that it does not know. Nothing was written"
    places = dict.fromkeys(place(locate(before.data, edit.path)) for edit in edits)
    return Refused(*(Problem("CSG412", message, file, line, column, hint) for line, column in places))


def _holds(changed: Workspace, file: str, wanted: Any) -> bool:
    document = changed.load(file).document
    return document is not None and document.data == wanted


def create(workspace: Workspace, file: str, text: str, data: Any, *, dry_run: bool = False) -> FileChange:
    """Write a new file of the workspace, whose text must hold ``data``.

    Raises Refused, with nothing written, where the file is there or would be at fault.
    """
    with nullcontext() if dry_run else locked(workspace.root):
        if (workspace.root / file).exists():
            raise Refused(Problem("CSG406", "the file is there already", file, hint="choose another name"))
        changed = workspace.with_text(file, text)
        if not _holds(changed, file, as_text(data)):
            hint = "Write the file by hand, and report this to us"
            raise Refused(Problem("CSG412", "csg cannot write this data. Nothing was written", file, hint=hint))
        return _settle(changed, file, "", dry_run=dry_run)


def _settle(changed: Workspace, file: str, before: str, *, dry_run: bool) -> FileChange:
    after = changed.text(file)
    known, lines = set(before.split("\n")), after.split("\n")

    def brought_in(problem: Problem) -> bool:
        return bool(before) and problem.file == file and lines[problem.line - 1] not in known

    problems = list(check(changed.snapshot()))
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        # One on a line that is not written is not in the file that the person has: it is told without its place.
        raise Refused(*(each._replace(file="", line=0, column=0) if brought_in(each) else each for each in errors))
    if not dry_run and after != before:
        if before and read_bytes(changed.root, file) != before.encode("utf-8"):
            hint = "look at it, and try again"
            raise Refused(Problem("CSG407", "somebody has changed the file meanwhile", file, hint=hint))
        write_bytes(changed.root, file, after.encode("utf-8"))
        remember(changed.root, file, before, after)
    return FileChange(file, before, after, changed, tuple(filter(brought_in, problems)))
