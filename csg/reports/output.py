"""Rendered reports on disk: what differs is written, what the data no longer makes is taken away."""

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from csg.problem import Refused
from csg.reports.render import MARK
from csg.workspace.files import read_bytes, target, write_bytes


class Difference(NamedTuple):
    """How the folder differs from what the data makes: files that are not there, not current, or no longer made."""

    missing: list[str]
    changed: list[str]
    stale: list[str]

    def __bool__(self) -> bool:
        return any(self)


def differences(root: Path, folder: str, made: dict[str, bytes], *, every: bool) -> Difference:
    """How the files of ``folder`` in ``root`` differ from those ``made``, which are all there are where ``every``."""
    missing, changed = [], []
    for path, content in made.items():
        file = f"{folder}{path}"
        if not (root / file).exists():
            missing.append(file)
        elif read_bytes(root, file) != content:
            changed.append(file)
    here = (path.relative_to(root / folder).as_posix() for path in sorted((root / folder).rglob("*.md")))
    stale = [f"{folder}{path}" for path in here if path not in made and _ours(root, f"{folder}{path}")] if every else []
    return Difference(missing, changed, stale)


def _ours(root: Path, file: str) -> bool:
    try:
        return read_bytes(root, file).startswith(MARK.encode())
    except Refused:
        return False


def settle(root: Path, folder: str, made: dict[str, bytes], found: Difference) -> None:
    """Write what is missing or changed, and take away what is stale. Raises Refused where a file cannot be written."""
    for file in (*found.missing, *found.changed):
        target(root, file)  # all of them before the first is written
    for file in (*found.missing, *found.changed):
        write_bytes(root, file, made[file.removeprefix(folder)])
    for file in found.stale:
        (root / file).unlink()
        with suppress(OSError):  # where it was the last in its folder
            (root / file).parent.rmdir()
            (root / file).parent.parent.rmdir()
