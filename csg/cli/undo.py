"""``csg undo``: the last change, taken back."""

from csg.cli.app import command, noun, workspace
from csg.cli.options import DryRunOption

app = noun("Take back the last change that csg made.")


@command(app, "undo")
def undo(dry_run: DryRunOption = False) -> None:
    """Take back the last change that csg made to a data file, if nobody has touched the file since.

    Called again it takes back the one before, up to twenty.
    """
    from csg.editing.change import unified
    from csg.editing.journal import take_back
    from csg.problem import visible
    from csg.workspace.files import record_write

    place = workspace()
    file, now, before = take_back(place.root, dry_run=dry_run)
    if not dry_run:
        record_write(place.root / file)
    print(visible(unified(file, now, before)), end="")
