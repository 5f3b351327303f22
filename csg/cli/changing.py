"""What every command that changes a data file ends with: the change, and a look at what came of it."""

from collections.abc import Callable, Iterable

from csg.editing.change import change
from csg.problem import visible
from csg.source.edit import Edit
from csg.view.activities import part_page
from csg.view.display import note
from csg.workspace import Workspace

Edits = Callable[[Workspace], Iterable[Edit]]


def finish(
    place: Workspace,
    edits: Edits,
    page: Callable[[Workspace], str],
    *,
    file: Callable[[Workspace], str] = lambda fresh: fresh.plan_file,
    dry_run: bool,
) -> None:
    """Make edits of a file, the plan's unless another is named; show a dry run's diff, else the page of what is."""
    made = change(place, file, edits, dry_run=dry_run)
    if made.before == made.after:
        note("nothing to change: it is so already")
    elif dry_run:
        print(visible(made.diff()), end="")
    else:
        print(visible(page(made.workspace)))
    for warning in made.warnings:
        note(str(warning))


def page_of(name: str) -> Callable[[Workspace], str]:
    """The page of an activity, objective or period in a workspace, to look at after a change."""
    return lambda place: part_page(place, name)
