"""The folder of a workspace: the nearest folder with the file of members."""

import os
from pathlib import Path

from csg.problem import Problem, Refused
from csg.workspace.names import MEMBERS


def workspace_root(root: str | None = None) -> Path:
    """Return the workspace folder: ``root``, or the nearest at or above the current folder.

    Raise Refused if no workspace is found.
    """
    if root is not None:
        folder = Path(root).resolve()
        if not os.path.lexists(folder / MEMBERS):
            hint = "Run `csg init DIR` to create a workspace."
            raise Refused(Problem("CSG301", f"there is no {MEMBERS} in {root}", hint=hint))
        return folder
    start = Path.cwd().resolve()
    for folder in (start, *start.parents):
        if os.path.lexists(folder / MEMBERS):
            return folder
    hint = "Go to the workspace, name it with --root DIR, or run `csg init DIR` to create one."
    raise Refused(Problem("CSG301", f"there is no {MEMBERS} in this folder or above it", hint=hint))
