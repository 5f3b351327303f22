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
            _require_folder(path, output)
            return path.resolve(), ""
    except (OSError, RuntimeError) as error:
        cause = reason(error) if isinstance(error, OSError) else "its links lead in a circle"
        raise Refused(
            Problem("CSG404", f"cannot be written: {cause}", str(output), hint="Choose another folder.")
        ) from None
    _require_folder(path, output)
    relative = path.relative_to(inside).as_posix()
    return workspace, "" if relative == "." else f"{relative}/"


def _require_folder(path: Path, output: Path) -> None:
    """Raise Refused if a file has the name of the output folder, or of a folder above it."""
    nearest = next(parent for parent in (path, *path.parents) if os.path.lexists(parent))
    if not nearest.is_dir() and not nearest.is_symlink():
        where = "it" if nearest == path else str(nearest)
        hint = "Choose another folder."
        raise Refused(Problem("CSG404", f"cannot be written: {where} is not a folder", str(output), hint=hint))
