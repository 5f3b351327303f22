"""``csg undo``: undo the last change."""

from pathlib import PurePosixPath

from csg.cli.app import chosen_workspace, command, noun
from csg.cli.options import DryRunOption, YesOption

app = noun("Undo the last change that csg made.")


@command(app, "undo")
def undo(yes: YesOption = False, dry_run: DryRunOption = False) -> None:
    """Undo the last change that csg made to the data, if the files have not changed since.

    Run it again to undo the change before, up to twenty. It asks before it undoes a change that is committed.
    """
    from csg.cli.asking import confirm
    from csg.editing.change import unified
    from csg.editing.journal import last_change, undo_change
    from csg.history.git import is_committed
    from csg.history.install import adopt_untracked_journal
    from csg.problem import listed, visible
    from csg.view.streams import note
    from csg.view.undone import undone_text
    from csg.workspace.files import exists

    root = chosen_workspace().root
    adopt_untracked_journal(root)
    change = last_change(root)
    text = undone_text(root, change.earlier)
    if not dry_run:
        if committed := [file for file in change.now if is_committed(root, file)]:
            verb = "is" if len(committed) == 1 else "are"
            confirm(f"{listed(committed, 'and')} {verb} committed with this change: {text}. Undo it?", yes)
        undo_change(root, change)
    note(f"{'Would undo' if dry_run else 'Undone'}: {text}")
    for file, now in change.now.items():
        private = f"private/{PurePosixPath(file).stem}.jsonl"
        if file.startswith("data/reviews/") and change.earlier[file] is None and exists(root, private):
            words = f"{private} still has the answers. To remove the pages of the review, run `csg report render`."
            note(visible(words, keep=""))
        before = change.earlier[file] or b""
        print(visible(unified(file, now.decode("utf-8"), before.decode("utf-8"))), end="")
