"""Change one file of the workspace: under the lock, in the lines it must, checked before it is written."""

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from typing import NamedTuple

from csg.problem import Problem, Refused
from csg.source.edit import Edit, edit_data, edit_text
from csg.workspace.files import locked, write_bytes
from csg.workspace.workspace import Snapshot, Workspace

Check = Callable[[Snapshot], Iterable[Problem]]


class Change(NamedTuple):
    """What a change did to a file, or would do: its text before (empty for a new file) and after."""

    file: str
    before: str
    after: str
    workspace: Workspace

    def diff(self) -> str:
        """The change as a unified diff."""
        from difflib import unified_diff

        before, after = ([f"{line}\n" for line in text.splitlines()] for text in (self.before, self.after))
        old = f"a/{self.file}" if self.before else "/dev/null"
        return "".join(unified_diff(before, after, old, f"b/{self.file}"))


def change(
    workspace: Workspace,
    file: Callable[[Workspace], str],
    edits: Callable[[Workspace], Iterable[Edit]],
    check: Check,
    *,
    dry_run: bool = False,
) -> Change:
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
        changed = fresh.with_text(name, edit_text(before.text, made))
        after = changed.load(name).document
        if after is None or after.data != edit_data(before.data, made):
            raise AssertionError(f"the edit of {name} would not hold what it should")
        return _settle(changed, name, before.text, check, dry_run=dry_run)


def create(workspace: Workspace, file: str, text: str, check: Check, *, dry_run: bool = False) -> Change:
    """Write a new file of the workspace. Raises Refused, with nothing written, where it is there or is at fault."""
    with nullcontext() if dry_run else locked(workspace.root):
        if (workspace.root / file).exists():
            raise Refused(Problem("CSG406", "the file is there already", file, hint="choose another name"))
        return _settle(workspace.with_text(file, text), file, "", check, dry_run=dry_run)


def _settle(changed: Workspace, file: str, before: str, check: Check, *, dry_run: bool) -> Change:
    errors = [problem for problem in check(changed.snapshot()) if problem.severity == "error"]
    if errors:
        raise Refused(*errors)
    after = changed.text(file)
    if not dry_run and after != before:
        write_bytes(changed.root, file, after.encode("utf-8"))
    return Change(file, before, after, changed)
