"""The folder that a person chooses for documents and letters."""

import os
from pathlib import Path

from csg.problem import Problem, Refused, reason


def output_folder(workspace: Path, output: Path) -> tuple[Path, str]:
    """Return a folder below which csg follows no link, and the path from it to the output folder.

    If the output folder is inside the workspace, this is the workspace, also if links lead to it.
    """
    path = Path(os.path.abspath(output))  # noqa: PTH100  (it must not follow links)
    try:
        inside = next((parent for parent in (*reversed(path.parents), path) if parent.resolve() == workspace), None)
        if inside is None:
            return path.resolve(), ""
    except (OSError, RuntimeError) as error:
        cause = reason(error) if isinstance(error, OSError) else "its links lead in a circle"
        raise Refused(
            Problem("CSG404", f"cannot be written: {cause}", str(output), hint="Choose another folder.")
        ) from None
    relative = path.relative_to(inside).as_posix()
    return workspace, "" if relative == "." else f"{relative}/"
