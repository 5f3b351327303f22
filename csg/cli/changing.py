"""What every command that changes a data file ends with: the change, and a look at what came of it."""

from collections.abc import Callable, Iterable
from typing import Any

from csg.cli.typed import forget_answers
from csg.editing.change import change, change_files
from csg.problem import visible
from csg.source.edit import Edit
from csg.view.activities import part_page
from csg.view.display import note
from csg.workspace import Workspace

Edits = Callable[[Workspace], Iterable[Edit]]
Fields = dict[str, Any]


def finish(
    place: Workspace,
    edits: Edits,
    page: Callable[[Workspace], str],
    *,
    file: Callable[[Workspace], str] = lambda fresh: fresh.plan_file,
    dry_run: bool,
) -> None:
    """Edit a file, the plan's unless another is named. Show the diff of a dry run, else the page of the record."""
    finish_files(place, lambda fresh: {file(fresh): edits(fresh)}, page, dry_run=dry_run)


def finish_files(
    place: Workspace,
    edits: Callable[[Workspace], dict[str, Iterable[Edit]]],
    page: Callable[[Workspace], str],
    *,
    dry_run: bool,
) -> None:
    """Edit several files in one step. Show the diffs of a dry run, else the page of the record."""
    changes = change_files(place, edits, dry_run=dry_run)
    forget_answers()
    if all(made.before == made.after for made in changes):
        note("Nothing to change: the file already has these values.")
    elif dry_run:
        for made in changes:
            print(visible(made.diff()), end="")
    else:
        print(visible(page(changes[0].workspace)))
    for warning in dict.fromkeys(warning for made in changes for warning in made.warnings):
        note(str(warning))


def tried(
    place: Workspace,
    edits: Callable[[Workspace, Fields], Iterable[Edit]],
    sample: Fields,
    *,
    file: Callable[[Workspace], str] = lambda fresh: fresh.plan_file,
    asking: bool,
) -> Callable[..., Callable[[str], Any]]:
    """Return a function of a field's key and its reader, which returns a reader for ``ask`` that tries the answer out.

    An answer is refused where the change would be, with the answers before it and the sample for the fields that are
    not asked yet. Nothing is written. The sample is tried at once, so that nobody is asked in vain. Where nobody is
    asked, the readers only read.
    """
    fields = dict(sample)

    def try_out(key: str, read: Callable[[str], Any] = str) -> Callable[[str], Any]:
        def value(text: str) -> Any:
            read_value = read(text)
            change(place, file, lambda fresh: edits(fresh, {**fields, key: read_value}), dry_run=True)
            fields[key] = read_value
            return read_value

        return value if asking else read

    if asking:
        change(place, file, lambda fresh: edits(fresh, fields), dry_run=True)
    return try_out


def page_of(name: str) -> Callable[[Workspace], str]:
    """The page of an activity, objective or period in a workspace, to look at after a change."""
    return lambda place: part_page(place, name)
