"""``csg git``: what csg sets up in a repository."""

from pathlib import Path
from typing import Annotated

import typer

from csg.cli.app import command, noun, workspace
from csg.cli.display import note

app = noun("Set git up to merge, show and check the data as csg does.")


@command(app, "install")
def install() -> None:
    """Set up, in this repository alone: a merge of records instead of lines, diffs that name activities, and a hook.

    The hook checks what is about to be committed. What is there already stays; csg git uninstall takes back just this.
    """
    from csg.history.install import install

    for line in install(workspace().root):
        print(line)


@command(app, "uninstall")
def uninstall() -> None:
    """Take back what csg git install set up, and nothing else."""
    from csg.history.install import uninstall

    for line in uninstall(workspace().root) or ["nothing was set up"]:
        print(line)


@app.command("merge", hidden=True)
def merge(
    base: Annotated[Path, typer.Argument()],
    ours: Annotated[Path, typer.Argument()],
    theirs: Annotated[Path, typer.Argument()],
    file: Annotated[str, typer.Argument()],
) -> None:
    """Merge a data file for git: it calls this with %O %A %B %P, and takes the result from the second."""
    from csg.checks import check
    from csg.history.merge_text import merge_text
    from csg.workspace import Workspace

    start, _, name = file.rpartition("data/")
    place = Workspace(Path(start).resolve())
    merged = merge_text(
        base.read_bytes(),
        ours.read_bytes(),
        theirs.read_bytes(),
        f"data/{name}",
        lambda text: check(place.with_text(f"data/{name}", text).snapshot()),
    )
    ours.write_bytes(merged.content)
    for conflict in merged.conflicts:
        note(f"CONFLICT (csg): {conflict}")
    if merged.conflicts:
        raise typer.Exit(1)
