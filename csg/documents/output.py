"""Rendered reports on disk: what differs is written, what the data no longer makes is removed."""

import os
from contextlib import nullcontext, suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from csg.documents.convert import Converted, Format, convert
from csg.documents.marks import is_marked, marked
from csg.documents.render import render_reports
from csg.problem import Problem, Refused, reason
from csg.workspace import Workspace
from csg.workspace.files import exists, read_bytes, write_files
from csg.workspace.pending import writing


class Difference(NamedTuple):
    """The differences between the folder and the data: files that are missing, not current, or no longer made."""

    missing: list[str]
    changed: list[str]
    stale: list[str]

    def __bool__(self) -> bool:
        return any(self)


def _differences(root: Path, folder: str, made: dict[str, bytes], *, every: bool, force: bool) -> Difference:
    """Return how the files of ``folder`` in ``root`` differ from those ``made``; with ``every``, those are all.

    Raises Refused for files that csg did not make, unless ``force`` allows to replace them.
    """
    missing, changed, foreign = [], [], []
    for path, content in made.items():
        file = f"{folder}{path}"
        if not exists(root, file):
            missing.append(file)
        elif (old := read_bytes(root, file)) != content:
            changed.append(file)
            if not is_marked(file, old):
                foreign.append(file)
    if foreign and not force:
        hint = "Rename the file, choose another folder with --output, or replace it with --force."
        raise Refused(*(Problem("CSG605", "csg did not make this file", file, hint=hint) for file in foreign))
    pages = _pages(root, folder) if every else ()
    stale = [page for page in pages if page.removeprefix(folder) not in made and _is_ours(root, page)]
    return Difference(missing, changed, stale)


def _pages(root: Path, folder: str) -> list[str]:
    """Return the files that could be pages, below a folder. Links to folders are not followed."""
    files = (Path(parent, name) for parent, _, names in os.walk(root / folder) for name in names)
    return sorted(file.relative_to(root).as_posix() for file in files if file.suffix in (".md", ".svg"))


def _is_ours(root: Path, file: str) -> bool:
    try:
        return is_marked(file, read_bytes(root, file))
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
    workspace: Workspace,
    names: list[str],
    to: Format,
    output: Path | None,
    on: date | None = None,
    *,
    write: bool,
    force: bool = False,
) -> Outcome:
    """Render reports into the workspace's folder, or another: every plan's, or the chosen plan's where some are named.

    ``on`` is the day after which an activity is late, in place of a period's due date. Without ``write``, only return
    what would be written. Raises Refused if data or templates have errors, or if a file that csg did not make is in the
    way and ``force`` is not given.
    """
    plans = [workspace] if workspace.plan_name or names else [workspace.other(name) for name in workspace.plan_files]
    texts = {path: text for plan in plans for path, text in render_reports(plan, names, on).items()}
    pictures = {path: text for path, text in texts.items() if path.endswith(".svg")}
    documents = {path: text for path, text in texts.items() if path not in pictures}
    made, without_font = convert(documents, to) if to != "markdown" else Converted(_encoded(documents), {})
    if to == "markdown":  # elsewhere the bars of the tables have to do: a document is one file
        made |= _encoded(pictures)
    made = {path: marked(path, content) for path, content in made.items()}
    root, folder = _output_folder(workspace.root, output) if output else (workspace.root, "reports/")
    # Only where these are all there can be is another page one too many.
    every = to == "markdown" and not (names or output or workspace.plan_name)
    with writing(workspace.root) if write else nullcontext():
        found = _differences(root, folder, made, every=every, force=force)
        if write:
            _settle(root, folder, made, found)
    return Outcome(root, folder, made, found, without_font)


def _output_folder(workspace: Path, output: Path) -> tuple[Path, str]:
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


def _encoded(texts: dict[str, str]) -> dict[str, bytes]:
    return {path: text.encode("utf-8") for path, text in texts.items()}


def _settle(root: Path, folder: str, made: dict[str, bytes], found: Difference) -> None:
    """Write what is missing or changed, and remove what is stale. Raises Refused if a file cannot be written."""
    new = {file: made[file.removeprefix(folder)] for file in (*found.missing, *found.changed)}
    write_files(root, {**new, **dict.fromkeys(found.stale)})
    for file in found.stale:
        with suppress(OSError):  # if it was the last file of its folder
            (root / file).parent.rmdir()
            (root / file).parent.parent.rmdir()
