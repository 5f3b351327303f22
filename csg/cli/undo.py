"""``csg undo``: the last change, taken back."""

from csg.cli.app import command, noun, workspace
from csg.cli.options import DryRunOption

app = noun("Take back the last change that csg made.")


@command(app, "undo")
def undo(dry_run: DryRunOption = False) -> None:
    """Take back the last change that csg made to a data file, if nobody has touched the file since.

    Called again it takes back the one before, up to twenty.
    """
    from csg.checks import check
    from csg.problem import visible
    from csg.workspace.change import unified
    from csg.workspace.journal import take_back

    file, now, before = take_back(workspace().root, check, dry_run=dry_run)
    print(visible(unified(file, now, before)), end="")
