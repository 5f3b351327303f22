"""Change files of the workspace, under the lock. csg checks the result before it writes anything."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from itertools import groupby
from typing import Any, NamedTuple

from csg.checks import check
from csg.editing.journal import write_remembered
from csg.problem import Problem, Refused
from csg.source.data_edits import Edit, as_text, edit_data
from csg.source.edit import edit_text
from csg.source.parse import Document, locate
from csg.source.text import line_and_column
from csg.workspace.files import exists, read_bytes
from csg.workspace.pending import writing
from csg.workspace.workspace import Workspace


class FileChange(NamedTuple):
    """The result of a change to a file: its text before (empty for a new file) and after.

    ``warnings`` are about the lines that the change added.
    """

    file: str
    before: str
    after: str
    workspace: Workspace
    warnings: tuple[Problem, ...]

    def diff(self) -> str:
        """Return the change as a unified diff."""
        return unified(self.file, self.before, self.after)


def unified(file: str, before: str, after: str) -> str:
    """Return a unified diff of a file's text; a new file is empty before, and a deleted file is empty after."""
    from difflib import unified_diff

    old, new = (f"{side}/{file}" if text else "/dev/null" for side, text in (("a", before), ("b", after)))
    was, now = _lines(before), _lines(after)
    # Skip the equal lines at both ends, because a comparison takes far longer.
    start = max(_common_lines(was, now) - CONTEXT, 0)
    end = max(_common_lines(was[start:][::-1], now[start:][::-1]) - CONTEXT, 0)
    was, now = was[start : len(was) - end], now[start : len(now) - end]
    if len(was) == len(now) > MOST_COMPARED:
        return "".join([f"--- {old}\n", f"+++ {new}\n", *_line_by_line(was, now, start)])
    return "".join(_moved_down(line, start) for line in unified_diff(was, now, old, new, n=CONTEXT))


CONTEXT = 3
"""Unchanged lines around a change in a diff, as git shows them."""


MOST_COMPARED = 2_000
"""Lines that are compared each with each. Of longer texts with as many lines, each is compared with its counterpart."""


def _line_by_line(was: list[str], now: list[str], start: int) -> Iterator[str]:
    """Yield the hunks of a diff of two texts that differ only within lines. ``start`` is the number of lines before."""
    differing = [index for index, pair in enumerate(zip(was, now, strict=True)) if pair[0] != pair[1]]
    groups: list[list[int]] = []
    for index in differing:
        if groups and index - groups[-1][-1] <= 2 * CONTEXT:
            groups[-1].append(index)
        else:
            groups.append([index])
    for group in groups:
        first, end = max(group[0] - CONTEXT, 0), min(group[-1] + 1 + CONTEXT, len(was))
        yield f"@@ -{start + first + 1},{end - first} +{start + first + 1},{end - first} @@\n"
        changed = set(group)
        for is_changed, indices in groupby(range(first, end), changed.__contains__):
            lines = list(indices)
            yield from (f"{'-' if is_changed else ' '}{was[index]}" for index in lines)
            yield from (f"+{now[index]}" for index in lines if is_changed)


NO_LINE_END = "\\ No newline at end of file"


def _lines(text: str) -> list[str]:
    """Return the lines of a text for a diff. Only a line feed ends a line. A missing line feed is shown, as in git."""
    if not text:
        return []
    last = "" if text.endswith("\n") else f"\n{NO_LINE_END}\n"
    lines = [f"{line}\n" for line in text.removesuffix("\n").split("\n")]
    return [*lines[:-1], lines[-1].removesuffix("\n") + last] if last else lines


def _common_lines(first: list[str], second: list[str]) -> int:
    """Return the number of common lines at the beginning of two texts."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((index for index, (line, same) in pairs if line != same), min(len(first), len(second)))


def _moved_down(line: str, lines: int) -> str:
    """Return a line of a diff, with the line numbers in the heading of a hunk increased."""
    heading = _HUNK.fullmatch(line)
    if not heading:
        return line
    old, old_count, new, new_count = heading.groups("")
    return f"@@ -{int(old) + lines}{old_count} +{int(new) + lines}{new_count} @@\n"


_HUNK = re.compile(r"@@ -(\d+)(,\d+)? \+(\d+)(,\d+)? @@\n")


Edits = Mapping[str, Iterable[Edit]]
"""The edits of each file in a change."""


def change(
    workspace: Workspace,
    file: Callable[[Workspace], str],
    edits: Callable[[Workspace], Iterable[Edit]],
    *,
    dry_run: bool = False,
) -> FileChange:
    """Edit a file. See ``change_files``."""
    return change_files(workspace, lambda fresh: {file(fresh): edits(fresh)}, dry_run=dry_run)[0]


def change_files(
    workspace: Workspace, edits: Callable[[Workspace], Edits], *, dry_run: bool = False
) -> list[FileChange]:
    """Edit several files in one step: all of them or none, even if csg is killed. Return a change for each file.

    ``edits`` receives the workspace after no other process can write to it. Raise Refused, with nothing written, if a
    file or the workspace has errors before or after the change.
    """
    with nullcontext() if dry_run else writing(workspace.root):
        fresh = workspace.refreshed()
        texts, data, before = {}, {}, {}
        for file, wanted in edits(fresh).items():
            document, file_edits = fresh.load(file).document, tuple(wanted)
            if document is None or document.data is None:
                raise Refused(*fresh.load(file).problems)
            before[file] = document.text
            try:
                texts[file] = edit_text(document.text, file_edits, document.data)
            except (ValueError, LookupError, AttributeError):
                raise _cannot_edit(file, document, file_edits) from None
            data[file] = (document, file_edits)
        changed = fresh.with_texts(texts)
        for file, (document, file_edits) in data.items():
            if not _has_data(changed, file, edit_data(document.data, file_edits)):
                raise _cannot_edit(file, document, file_edits)
        return _settle(changed, before, dry_run=dry_run)


def _cannot_edit(file: str, before: Document, edits: Iterable[Edit]) -> Refused:
    """Return the error for a change whose text would have wrong data. This check protects all data."""
    hint = "Edit them by hand, or use the layout of docs/data-format.md. Please report this layout."
    message = "csg cannot edit these lines in their layout, and nothing was written"
    positions = dict.fromkeys(line_and_column(locate(before.data, edit.path)) for edit in edits)
    return Refused(*(Problem("CSG412", message, file, line, column, hint) for line, column in positions))


def _has_data(changed: Workspace, file: str, wanted: Any) -> bool:
    document = changed.load(file).document
    return document is not None and document.data == wanted


def create(
    workspace: Workspace, file: str, text: str, data: Any, *, dry_run: bool = False, replace: bool = False
) -> FileChange:
    """Write a new file of the workspace. Its text must have ``data``. With ``replace``, also replace an old file.

    Raise Refused, with nothing written, if the file exists or would have errors.
    """
    with nullcontext() if dry_run else writing(workspace.root):
        before = ""
        if exists(workspace.root, file) and replace:
            before = read_bytes(workspace.root, file).decode("utf-8", "replace")
        elif exists(workspace.root, file):
            raise Refused(Problem("CSG406", "the file exists already", file, hint="Choose another name."))
        changed = workspace.with_text(file, text)
        if not _has_data(changed, file, as_text(data)):
            hint = "Write the file by hand. Please report this error."
            raise Refused(Problem("CSG412", "csg cannot write this data, and nothing was written", file, hint=hint))
        return _settle(changed, {file: before}, dry_run=dry_run)[0]


def _settle(changed: Workspace, before: Mapping[str, str], *, dry_run: bool) -> list[FileChange]:
    """Check the changed workspace, and write the files that differ."""
    new_lines = {file: _new_lines(text, changed.text(file)) for file, text in before.items()}

    def is_new(problem: Problem) -> bool:
        return problem.line in new_lines.get(problem.file, ())

    problems = list(check(changed.snapshot()))
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        # A new line is not in the person's file, so its error is reported without file and line.
        raise Refused(*(error._replace(file="", line=0, column=0) if is_new(error) else error for error in errors))
    after = {file: changed.text(file) for file in before}
    differing = [file for file in before if before[file] != after[file]]
    if differing and not dry_run:
        for file in differing:
            if before[file] and read_bytes(changed.root, file) != before[file].encode("utf-8"):
                hint = "Check the file, and try again."
                raise Refused(Problem("CSG407", "another program changed the file meanwhile", file, hint=hint))
        write_remembered(changed.root, {file: (before[file], after[file]) for file in differing})
    warnings = [problem for problem in problems if is_new(problem)]
    return [
        FileChange(
            file, before[file], after[file], changed, tuple(warning for warning in warnings if warning.file == file)
        )
        for file in before
    ]


def _new_lines(before: str, after: str) -> set[int]:
    """Return the numbers of the lines that a change adds to a file; none for a new file."""
    old_lines = set(before.split("\n"))
    return {number for number, line in enumerate(after.split("\n"), 1) if line not in old_lines} if before else set()
