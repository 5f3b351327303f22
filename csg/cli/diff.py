"""``csg diff``: what changed, in the plan's own terms."""

from typing import Annotated

import typer

from csg.cli.app import command, noun, workspace
from csg.cli.options import ChangeFormatOption

app = noun("What changed, in the plan's own terms.")


@command(app, "diff")
def diff(
    base: Annotated[
        str | None, typer.Argument(metavar="[BASE]", help="A revision, A...B, or a folder [default: HEAD]")
    ] = None,
    head: Annotated[
        str | None, typer.Argument(metavar="[HEAD]", help="Another [default: the files as they are]")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help="Compare with the data before this day: 2021-12-15, 'last month'"),
    ] = None,
    format: ChangeFormatOption = "text",
) -> None:
    """Show what changed between two revisions, or a revision and the files as they are, in the plan's own terms.

    main... compares what the current branch has in common with main, and what it has now. Data that is not valid is
    compared as far as it can be.
    """
    from csg.history import revisions
    from csg.history.changes import compare
    from csg.view.changes import FORMATS
    from csg.view.display import note

    place = workspace()
    if since is not None:
        if base is not None:
            raise typer.BadParameter("--since and BASE exclude each other. Give one of them.")
        (old, moment), new = revisions.since(place, since), place
        note(f"Changes since {moment}:")
    else:
        old, new = revisions.two_sides(place, base, head)
    FORMATS[format](compare(old.snapshot(), new.snapshot()))
