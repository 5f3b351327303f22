"""Write the rendered reports that differ, and remove those that the data no longer has."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import NamedTuple

from csg.documents.marks import is_marked, marked
from csg.documents.render import Format, Rendered, Step, Wanted, no_step, render_documents
from csg.problem import Problem, Refused, visible
from csg.workspace import Workspace
from csg.workspace.files import exists, read_bytes, write_files
from csg.workspace.output_folder import output_folder
from csg.workspace.pending import writing


class Difference(NamedTuple):
    """The differences between the folder and the data: files that are missing, out of date or stale."""

    missing: list[str]
    changed: list[str]
    stale: list[str]

    def __bool__(self) -> bool:
        return any(self)

    def lines(self) -> Iterator[str]:
        """Yield a line for each file: ``new  reports/members.md``. A name has no line break."""
        for word, files in zip(("new", "changed", "gone"), self, strict=True):
            yield from (visible(f"{word}  {file}", keep="") for file in files)


def _differences(root: Path, folder: str, rendered: dict[str, bytes], *, every: bool, force: bool) -> Difference:
    """Return how the files of ``folder`` differ from the rendered files. With ``every``, other files are stale.

    Raise Refused for files that csg did not make, unless ``force`` is true.
    """
    missing, changed, foreign = [], [], []
    for path, content in rendered.items():
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
    stale = [page for page in pages if page.removeprefix(folder) not in rendered and _is_ours(root, page)]
    return Difference(missing, changed, stale)


def _pages(root: Path, folder: str) -> list[str]:
    """Return the files below a folder that can be pages, without following links to folders."""
    files = (Path(parent, name) for parent, _, names in os.walk(root / folder) for name in names)
    return sorted(file.relative_to(root).as_posix() for file in files if file.suffix in (".md", ".svg"))


def _is_ours(root: Path, file: str) -> bool:
    try:
        return is_marked(file, read_bytes(root, file))
    except Refused:
        return False


class Outcome(NamedTuple):
    """The result of rendering: the folder, the prefix of each path in it, the documents, and what differed.

    ``without_font`` has the characters that a document shows as codes, by the document's path.
    """

    root: Path
    folder: str
    files: dict[str, bytes]
    differences: Difference
    without_font: dict[str, list[str]]
    to: Format


def render_to(
    workspace: Workspace,
    wanted: Wanted,
    formats: Sequence[Format],
    output: Path | None,
    *,
    write: bool,
    force: bool = False,
    strict: bool = False,
    done: Step = no_step,
) -> list[Outcome]:
    """Render documents in each format: of every plan, or of the chosen plan if documents are named.

    Markdown goes to ``reports/``, other formats to ``documents/``, unless an output folder is given. Nothing is written
    before every format is made. Without ``write``, only return the outcome. Raise Refused if data or templates have
    errors, if a file that csg did not make is in the way and ``force`` is not given, or, with ``strict``, if a document
    has characters that no font has.
    """
    one_plan = workspace.plan_name or wanted.names
    plans = [workspace] if one_plan else [workspace.with_plan(name) for name in workspace.plan_files]
    rendered = {to: render_documents(plans, wanted, to, done) for to in formats}
    if strict:
        _require_fonts(rendered)
    outcomes: list[Outcome] = []
    with writing(workspace.root) if write else nullcontext():
        for to, (files, without_font) in rendered.items():
            root, folder = _folder(workspace.root, output, to)
            contents = {path: marked(path, content) for path, content in files.items()}
            is_first = folder not in (outcome.folder for outcome in outcomes)
            if folder == DOCUMENTS and is_first and not exists(root, f"{DOCUMENTS}.gitignore"):
                contents[".gitignore"] = _IGNORE
            # Other pages are stale only if these documents are all.
            every = to == "markdown" and not (wanted.names or output or workspace.plan_name)
            differences = _differences(root, folder, contents, every=every, force=force)
            outcomes.append(Outcome(root, folder, contents, differences, without_font, to))
        if write:
            for outcome in outcomes:
                _settle(outcome.root, outcome.folder, outcome.files, outcome.differences)
    return outcomes


def codes_of(characters: Iterable[str]) -> str:
    """Return the codes that are printed for characters: ``[U+2705], [U+10380]``."""
    return ", ".join(f"[U+{ord(character):04X}]" for character in characters)


def _require_fonts(rendered: Mapping[Format, Rendered]) -> None:
    """Raise Refused if a document has characters that no font has."""
    hint = "Install the fonts for Chinese, Japanese and Korean (the extra `cjk`), or change the text."
    problems = [
        Problem("CSG607", f"no font has these characters: {codes_of(characters)}", file, hint=hint)
        for rendered_documents in rendered.values()
        for file, characters in rendered_documents.without_font.items()
    ]
    if problems:
        raise Refused(*problems)


DOCUMENTS = "documents/"
"""The folder of documents for people. git ignores it, because csg can make them again from the data."""
_IGNORE = b"# Documents that csg report render made. git ignores them.\n*\n"


def _folder(workspace: Path, output: Path | None, to: Format) -> tuple[Path, str]:
    if output:
        return output_folder(workspace, output)
    return workspace, "reports/" if to == "markdown" else DOCUMENTS


def _settle(root: Path, folder: str, rendered: dict[str, bytes], differences: Difference) -> None:
    """Write the missing and changed files, and remove the stale files. Raise Refused if a file cannot be written."""
    new = {file: rendered[file.removeprefix(folder)] for file in (*differences.missing, *differences.changed)}
    write_files(root, {**new, **dict.fromkeys(differences.stale)})
    for file in differences.stale:
        with suppress(OSError):  # if its folder is empty now
            (root / file).parent.rmdir()
            (root / file).parent.parent.rmdir()
