"""``csg git``: what csg sets up in a repository."""

from pathlib import Path
from typing import Annotated

import typer

from csg.cli.app import command, noun, workspace
from csg.problem import visible
from csg.view.display import note

USUAL_MARKER = 7
"""The length of the conflict markers in a file that a person gets to see."""

app = noun("Set git up to merge, show and check the data as csg does.")


@command(app, "install")
def install() -> None:
    """Set up, in this repository alone: a merge of records instead of lines, diffs that name activities, and a hook.

    The hook checks what is about to be committed. What is there already stays; csg git uninstall takes back just this.
    """
    from csg.history.install import install
    from csg.workspace.files import record_write

    root = workspace().root
    lines = install(root)
    record_write(root)
    for line in lines:
        print(visible(line, keep=""))


@command(app, "uninstall")
def uninstall() -> None:
    """Take back what csg git install set up, and nothing else."""
    from csg.history.install import uninstall
    from csg.workspace.files import record_write

    root = workspace().root
    lines = uninstall(root)
    if lines:
        record_write(root)
    for line in lines or ["nothing was set up"]:
        print(visible(line, keep=""))


@app.command("merge", hidden=True)
def merge(
    base: Annotated[Path, typer.Argument()],
    ours: Annotated[Path, typer.Argument()],
    theirs: Annotated[Path, typer.Argument()],
    file: Annotated[str, typer.Argument()],
    marker: Annotated[int, typer.Argument()] = USUAL_MARKER,
) -> None:
    """Merge a data file for git: it calls this with %O %A %B %P %L, and takes the result from the second."""
    from csg.history.merge_text import merge_text
    from csg.history.set_up_files import write_whole

    name = f"data/{file.rpartition('data/')[2]}"
    merged = merge_text(base.read_bytes(), ours.read_bytes(), theirs.read_bytes(), name, marker)
    write_whole(ours, merged.content)
    # If there are two ancestors, git merges them first, with longer markers. Nobody has to fix a conflict in that.
    for conflict in merged.conflicts if marker == USUAL_MARKER else []:
        note(f"CONFLICT (csg): {conflict}")
    if merged.conflicts:
        raise typer.Exit(1)


@app.command("hook", hidden=True)
def hook(place: Annotated[str, typer.Argument()] = "") -> None:
    """Check what is staged, for git: it calls this before a commit. ``place`` is the workspace's in the repository."""
    from csg.checks import check
    from csg.history import git
    from csg.history.revisions import staged
    from csg.view.problems import FORMATS

    git.in_hook()
    top = Path.cwd()
    here = (top / place).is_dir() and git.files_staged(top / place)
    # It may have been moved to another folder; or the branch has none.
    places = [place] if here else git.workspaces_staged(top)
    problems = [each for found in places for each in check(staged(top / found).snapshot())]
    FORMATS["text"](problems)
    if any(problem.severity == "error" for problem in problems):
        note("The staged files have the errors above. Fix them, run `git add`, and commit again.")
        raise typer.Exit(1)
