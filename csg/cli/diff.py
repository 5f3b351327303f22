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
    format: ChangeFormatOption = "text",
) -> None:
    """Tell what changed between two revisions, or a revision and the files as they are, in the plan's own terms.

    main... compares what the current branch has in common with main, and what it has now. Data that is not valid is
    compared as far as it can be.
    """
    from csg.history.changes import compare
    from csg.history.revisions import two_sides
    from csg.view.changes import FORMATS

    old, new = two_sides(workspace(), base, head)
    FORMATS[format](compare(old.snapshot(), new.snapshot()))
