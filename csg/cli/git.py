"""``csg git``: the settings of csg in a repository."""

from pathlib import Path
from typing import Annotated

import typer

from csg.cli.app import chosen_workspace, command, noun
from csg.problem import visible
from csg.view.display import note

USUAL_MARKER = 7
"""The length of the conflict markers in the files that people see."""

app = noun("Set up git to merge, compare and check the data by records.")


@command(app, "install")
def install() -> None:
    """Set up git in this repository: merges by record, diffs that name activities, and a check before each commit.

    Your own settings stay. csg git uninstall removes only the settings of csg.
    """
    from csg.history.install import adopt_untracked_journal, install
    from csg.workspace.files import record_write

    root = chosen_workspace().root
    lines = install(root)
    adopt_untracked_journal(root)
    record_write(root)
    for line in lines:
        print(visible(line, keep=""))


@command(app, "uninstall")
def uninstall() -> None:
    """Remove the settings that csg git install added, and nothing else."""
    from csg.history.install import uninstall
    from csg.workspace.files import record_write

    root = chosen_workspace().root
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
    FORMATS["text"](problems)
    if any(problem.severity == "error" for problem in problems):
        note("The staged files have the errors above. Fix them, run `git add`, and commit again.")
        raise typer.Exit(1)
