"""The last step of a command that changes a data file: make the change, and show the record."""

from collections.abc import Callable, Iterable
from typing import Any

from csg.cli.typed import forget_answers
from csg.editing.change import change, change_files
from csg.problem import visible
from csg.source.data_edits import Edit
from csg.view.activities import part_page
from csg.view.display import note
from csg.workspace import Workspace

Edits = Callable[[Workspace], Iterable[Edit]]
Fields = dict[str, Any]


def finish(
    workspace: Workspace,
    edits: Edits,
    page: Callable[[Workspace], str],
    *,
    file: Callable[[Workspace], str] = lambda fresh: fresh.plan_file,
    dry_run: bool,
) -> None:
    """Edit a file, by default the plan's. Show the page of the record, or the diff of a dry run."""
    finish_files(workspace, lambda fresh: {file(fresh): edits(fresh)}, page, dry_run=dry_run)


def finish_files(
    workspace: Workspace,
    edits: Callable[[Workspace], dict[str, Iterable[Edit]]],
    page: Callable[[Workspace], str],
    *,
    dry_run: bool,
) -> None:
    """Edit several files in one step. Show the page of the record, or the diffs of a dry run."""
    changes = change_files(workspace, edits, dry_run=dry_run)
    forget_answers()
    if all(file_change.before == file_change.after for file_change in changes):
        note("Nothing to change: the file already has these values.")
    elif dry_run:
        for file_change in changes:
            print(visible(file_change.diff()), end="")
    else:
        print(visible(page(changes[0].workspace)))
    for warning in dict.fromkeys(warning for file_change in changes for warning in file_change.warnings):
        note(str(warning))


def answer_checker(
    workspace: Workspace,
    edits: Callable[[Workspace, Fields], Iterable[Edit]],
    sample: Fields,
    *,
    file: Callable[[Workspace], str] = lambda fresh: fresh.plan_file,
    asking: bool,
) -> Callable[..., Callable[[str], Any]]:
    """Return a function that makes readers for ``ask``, from the key of a field and a function that reads an answer.

    A reader tries the change with the answers so far, and with the sample for the other fields. It writes nothing. If
    the change is refused, the answer is refused. The sample is tried before the first question. If ``asking`` is
    false, the readers only read.
    """
    fields = dict(sample)

    def try_out(key: str, read: Callable[[str], Any] = str) -> Callable[[str], Any]:
        def value(text: str) -> Any:
            read_value = read(text)
            change(workspace, file, lambda fresh: edits(fresh, {**fields, key: read_value}), dry_run=True)
            fields[key] = read_value
            return read_value

        return value if asking else read

    if asking:
        change(workspace, file, lambda fresh: edits(fresh, fields), dry_run=True)
    return try_out


def page_of(name: str) -> Callable[[Workspace], str]:
    """Return a function that returns the page of an activity, objective or period in a workspace."""
    return lambda workspace: part_page(workspace, name)
