"""``csg undo``: the last change, taken back."""

from csg.cli.app import command, noun, workspace
from csg.cli.options import DryRunOption, YesOption

app = noun("Take back the last change that csg made.")


@command(app, "undo")
def undo(yes: YesOption = False, dry_run: DryRunOption = False) -> None:
    """Take back the last change that csg made to the data, if nobody has changed the files since.

    Called again, it takes back the change before, up to twenty. It asks before it takes back what is committed.
    """
    from csg.cli.asking import confirm
    from csg.editing.change import unified
    from csg.editing.journal import last_change, take_back
    from csg.history.git import is_committed
    from csg.problem import listed, visible

    root = workspace().root
    change = last_change(root)
    if not dry_run:
        if committed := [file for file in change.now if is_committed(root, file)]:
            verb = "is" if len(committed) == 1 else "are"
            confirm(f"{listed(committed, 'and')} {verb} committed with this change. Take it back?", yes)
        take_back(root, change)
    for file, now in change.now.items():
        before = change.earlier[file] or b""
        print(visible(unified(file, now.decode("utf-8"), before.decode("utf-8"))), end="")
