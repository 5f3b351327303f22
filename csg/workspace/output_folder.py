"""The folder that a person chooses for what csg makes."""

import os
from pathlib import Path

from csg.problem import Problem, Refused, reason


def output_folder(workspace: Path, output: Path) -> tuple[Path, str]:
    """Return the folder below which no link is followed, and the path from there to the output folder.

    For a folder inside the workspace, whatever way leads to it, that is the workspace itself.
    """
    path = Path(os.path.abspath(output))  # noqa: PTH100  (it must not follow links)
    try:
        inside = next((parent for parent in (*reversed(path.parents), path) if parent.resolve() == workspace), None)
        if inside is None:
            return path.resolve(), ""
    except (OSError, RuntimeError) as error:
        why = reason(error) if isinstance(error, OSError) else "its links lead in a circle"
        raise Refused(
            Problem("CSG404", f"cannot be written: {why}", str(output), hint="Choose another folder.")
        ) from None
    relative = path.relative_to(inside).as_posix()
    return workspace, "" if relative == "." else f"{relative}/"
