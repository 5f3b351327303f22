"""Rendered reports on disk: what differs is written, what the data no longer makes is taken away."""

from contextlib import nullcontext, suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from csg.documents.convert import Converted, Format, convert
from csg.documents.render import MARK, render_reports
from csg.problem import Refused
from csg.workspace import Workspace
from csg.workspace.files import locked, read_bytes, target, write_bytes


class Difference(NamedTuple):
    """How the folder differs from what the data makes: files that are not there, not current, or no longer made."""

    missing: list[str]
    changed: list[str]
    stale: list[str]

    def __bool__(self) -> bool:
        return any(self)


def _differences(root: Path, folder: str, made: dict[str, bytes], *, every: bool) -> Difference:
    """How the files of ``folder`` in ``root`` differ from those ``made``, which are all there are where ``every``."""
    missing, changed = [], []
    for path, content in made.items():
        file = f"{folder}{path}"
        if not (root / file).exists():
            missing.append(file)
        elif read_bytes(root, file) != content:
            changed.append(file)
    every_page = sorted(path for ending in ("*.md", "*.svg") for path in (root / folder).rglob(ending))
    here = (path.relative_to(root / folder).as_posix() for path in every_page)
    stale = [f"{folder}{path}" for path in here if path not in made and _ours(root, f"{folder}{path}")] if every else []
    return Difference(missing, changed, stale)


def _ours(root: Path, file: str) -> bool:
    try:
        return read_bytes(root, file).startswith(MARK.encode())
    except Refused:
        return False


class Outcome(NamedTuple):
    """The result of rendering: the folder, the prefix of each path in it, the documents, and what differed.

    ``without_font`` has the characters that a document prints as codes, by the document's path.
    """

    root: Path
    folder: str
    made: dict[str, bytes]
    found: Difference
    without_font: dict[str, list[str]]


def render_to(
    workspace: Workspace, names: list[str], to: Format, output: Path | None, on: date | None = None, *, write: bool
) -> Outcome:
    """Render reports into the workspace's folder, or another: every plan's, or the chosen plan's where some are named.

    ``on`` is the day after which an activity is late, in place of a period's due date.
    Where ``write`` is false only tells what would be written. Raises Refused where data or templates are at fault.
    """
    plans = [workspace] if workspace.plan_name or names else [workspace.other(name) for name in workspace.plan_files]
    texts = {path: text for plan in plans for path, text in render_reports(plan, names, on).items()}
    pictures = {path: text for path, text in texts.items() if path.endswith(".svg")}
    documents = {path: text for path, text in texts.items() if path not in pictures}
    made, without_font = convert(documents, to) if to != "markdown" else Converted(_encoded(documents), {})
    if to == "markdown":  # elsewhere the bars of the tables have to do: a document is one file
        made |= _encoded(pictures)
    root, folder = (output.absolute().resolve(), "") if output else (workspace.root, "reports/")
    # Only where these are all there can be is another page one too many.
    every = to == "markdown" and not (names or output or workspace.plan_name)
    with locked(workspace.root) if write else nullcontext():
        found = _differences(root, folder, made, every=every)
        if write:
            _settle(root, folder, made, found)
    return Outcome(root, folder, made, found, without_font)


def _encoded(texts: dict[str, str]) -> dict[str, bytes]:
    return {path: text.encode("utf-8") for path, text in texts.items()}


def _settle(root: Path, folder: str, made: dict[str, bytes], found: Difference) -> None:
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
