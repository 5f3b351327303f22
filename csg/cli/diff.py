"""``csg diff``: the changes between two revisions."""

from typing import Annotated

import typer

from csg.cli.app import chosen_workspace, command, noun
from csg.cli.options import ChangeFormatOption

app = noun("Show what changed: activities, reports, members and reviews.")


@command(app, "diff")
def diff(
    base: Annotated[
        str | None, typer.Argument(metavar="[BASE]", help="A revision, A...B, or a folder [default: HEAD]")
    ] = None,
    head: Annotated[
        str | None, typer.Argument(metavar="[HEAD]", help="Another revision or folder [default: the files as they are]")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help="Compare with the data before this day: 2021-12-15, 'last month'"),
    ] = None,
    format: ChangeFormatOption = "text",
) -> None:
    """Show what changed between two revisions, or between a revision and the files as they are.

    main... shows the changes since the current branch left main. csg compares invalid data as far as possible.
    """
    from csg.history import revisions
    from csg.history.changes import compare
    from csg.view.changes import FORMATS
    from csg.view.display import note

    workspace = chosen_workspace()
    if since is not None:
        if base is not None:
            raise typer.BadParameter("--since and BASE cannot be used together. Give one of them.")
        (old, moment), new = revisions.since(workspace, since), workspace
        note(f"Changes since {moment}:")
    else:
        old, new = revisions.two_sides(workspace, base, head)
    FORMATS[format](compare(old.snapshot(), new.snapshot()))
