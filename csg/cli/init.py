"""``csg init``: a new workspace."""

from pathlib import Path
from typing import Annotated

import typer

from csg.cli.options import DryRunOption
from csg.view.display import note

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("init")
def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where; it may be there already.")] = Path(),
    dry_run: DryRunOption = False,
) -> None:
    """Make a new workspace: the group's members and plan to start from, templates, CI and editor settings.

    A file that is there already is left as it is.
    """
    from csg.cli.starter import starter_files
    from csg.problem import Problem, Refused
    from csg.workspace.files import write_bytes
    from csg.workspace.workspace import MEMBERS

    root = folder.absolute().resolve()
    if (root / MEMBERS).exists():
        raise Refused(Problem("CSG308", "here is a workspace already", f"{folder}", hint="choose another folder"))
    if folder.exists() and not folder.is_dir():
        raise Refused(Problem("CSG308", "a file in the folder's place", f"{folder}", hint="choose another folder"))
    for file, content in starter_files().items():
        if (root / file).exists():
            print(f"kept  {file}")
            continue
        print(f"new   {file}")
        if not dry_run:
            write_bytes(root, file, content)
    note(f"A workspace in {folder}. Next: cd {folder}, csg status, csg report render.")
