"""``csg git``: the settings of csg in a repository."""

from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from csg.cli.app import chosen_workspace, command, noun
from csg.cli.options import DryRunOption
from csg.problem import visible
from csg.view.display import note

if TYPE_CHECKING:
    from csg.history.install import SetUp

USUAL_MARKER = 7
"""The length of the conflict markers in the files that people see."""

app = noun("Set up git to merge, compare and check the data by records.")


@command(app, "install")
def install(dry_run: DryRunOption = False) -> None:
    """Set up git in this repository: merges by record, diffs that name activities, and a check before each commit.

    Your own settings stay. csg git uninstall removes only the settings of csg.
    """
    from csg.history.install import adopt_untracked_journal, apply, set_up
    from csg.workspace.files import record_write

    root = chosen_workspace().root
    setup = set_up(root)
    if dry_run:
        _print_set_up(root, setup)
        return
    apply(root, setup)
    adopt_untracked_journal(root)
    record_write(root)
    for path in setup.files:
        kind = "hook" if path in setup.hooks else "merge and diff drivers"
        print(visible(f"{kind} in {path}", keep=""))


@command(app, "uninstall")
def uninstall(dry_run: DryRunOption = False) -> None:
    """Remove the settings that csg git install added, and nothing else."""
    from csg.history.install import apply, removal
    from csg.workspace.files import record_write

    root = chosen_workspace().root
    setup = removal(root)
    if dry_run:
        _print_set_up(root, setup)
        return
    changed = apply(root, setup)
    if changed:
        record_write(root)
    for line in map(str, changed) if changed else ["nothing was set up"]:
        print(visible(line, keep=""))


def _print_set_up(root: Path, setup: "SetUp") -> None:
    """Print the files and settings of git that would change, as a diff."""
    from csg.editing.change import unified
    from csg.history.install import changed_settings
    from csg.history.set_up_files import read

    parts = [unified(Path(relpath(path, root)).as_posix(), read(path), text) for path, text in setup.files.items()]
    for name, before, after in changed_settings(root, setup):
        parts += [f"-{name} = {before}\n"] if before is not None else []
        parts += [f"+{name} = {after}\n"] if after is not None else []
    print(visible("".join(parts)), end="")
    if not any(parts):
        print("Nothing to do.")


@app.command("merge", hidden=True)
def merge(
    base: Annotated[Path, typer.Argument()],
    ours: Annotated[Path, typer.Argument()],
    theirs: Annotated[Path, typer.Argument()],
    file: Annotated[str, typer.Argument()],
    marker: Annotated[int, typer.Argument()] = USUAL_MARKER,
) -> None:
    """Merge a data file for git, which passes %O %A %B %P %L and reads the result from the second file."""
    from csg.history.merge_text import merge_text
    from csg.history.set_up_files import write_in_one_step

    name = f"data/{file.rpartition('data/')[2]}"
    merged = merge_text(base.read_bytes(), ours.read_bytes(), theirs.read_bytes(), name, marker)
    write_in_one_step(ours, merged.content)
    # If there are two ancestors, git merges them first, with longer markers. No person has to fix those conflicts.
    for conflict in merged.conflicts if marker == USUAL_MARKER else []:
        note(f"CONFLICT (csg): {conflict}")
    if merged.conflicts:
        raise typer.Exit(1)


@app.command("hook", hidden=True)
def hook(folder: Annotated[str, typer.Argument()] = "") -> None:
    """Check the staged files, for git before a commit. ``folder`` is the workspace's path in the repository."""
    from csg.checks import check
    from csg.history import git
    from csg.history.revisions import staged
    from csg.view.problems import FORMATS

    git.in_hook()
    top = Path.cwd()
    is_staged = (top / folder).is_dir() and git.files_staged(top / folder)
    # The workspace can be in another folder now, or the branch has none.
    folders = [folder] if is_staged else git.workspaces_staged(top)
    problems = [problem for path in folders for problem in check(staged(top / path).snapshot())]
    problems += [problem for path in folders for problem in git.tracked_private(top / path)]
    FORMATS["text"](problems)
    if any(problem.severity == "error" for problem in problems):
        note("The staged files have the errors above. Fix them, run `git add`, and commit again.")
        raise typer.Exit(1)
