"""Write the site into a folder, without a change to files that csg did not make."""

import json
import os
from contextlib import nullcontext, suppress
from hashlib import sha256
from pathlib import Path

from csg.documents.output import Difference
from csg.documents.site.assets import is_marked
from csg.problem import Problem, Refused, counted
from csg.workspace.files import exists, read_bytes, write_files
from csg.workspace.output_folder import output_folder
from csg.workspace.pending import writing

FOLDER = "site/"
"""The folder of the site. git ignores it, because csg can make it again from the data."""
_IGNORE = b"# The site that csg site build made. git ignores it.\n*\n"
_LIST = ".csg-site.json"
"""The list of the files that have no room for a mark, with a digest of each."""
_MOST_BYTES = 1 << 28
"""The size of the largest file that csg compares."""
_MOST_NAMED = 3
"""The files of other people that a refusal names."""


def write_site(
    root: Path, files: dict[str, bytes], output: Path | None, *, force: bool = False, dry_run: bool = False
) -> Difference:
    """Write the site, and remove the files of an earlier site that it no longer has. A dry run writes nothing.

    Return how the folder differed. Raise Refused, with nothing written, if the folder has files that csg did not make
    and ``force`` is not given.
    """
    base, folder = output_folder(root, output) if output else (root, FOLDER)
    files = {**files, _LIST: _list_of(files)}
    if output is None:
        files[".gitignore"] = _IGNORE
    with nullcontext() if dry_run else writing(root):
        found, other_sites = _files(base, folder)
        digests = _digests(base, folder)
        own = {file for file in found if _is_own(base, folder, file, digests)}
        found += [file for file in files if file.startswith(other_sites) and exists(base, f"{folder}{file}")]
        foreign = sorted(set(found) - own)
        if foreign and not force:
            raise _refused(folder if base == root and folder else f"{base}/", foreign)
        new, changed = [], []
        for file, content in files.items():
            path = f"{folder}{file}"
            if not exists(base, path):
                new.append(path)
            elif read_bytes(base, path, _MOST_BYTES) != content:
                changed.append(path)
        gone = [f"{folder}{file}" for file in sorted(own - set(files))]
        if not dry_run:
            # The list comes first: if csg is killed, it names every file that csg made.
            paths = sorted((*new, *changed), key=lambda path: path != f"{folder}{_LIST}")
            contents: dict[str, bytes | None] = {path: files[path.removeprefix(folder)] for path in paths}
            write_files(base, contents | dict.fromkeys(gone))
    if not dry_run:
        _remove_empty_folders(base, gone)
    return Difference(new, changed, gone)


def _refused(folder: str, foreign: list[str]) -> Refused:
    hint = "Choose another folder with --output, or keep these files beside the site with --force."
    more = len(foreign) - _MOST_NAMED
    problems = [
        Problem("CSG605", "csg did not make this file", f"{folder}{file}", hint=hint) for file in foreign[:_MOST_NAMED]
    ]
    if more > 0:
        problems.append(
            Problem("CSG605", f"csg did not make {counted(more, 'other file')} of this folder", folder, hint=hint)
        )
    return Refused(*problems)


def _files(base: Path, folder: str) -> tuple[list[str], tuple[str, ...]]:
    """Return the files of the folder, and the folders in it that have a site of their own.

    Links are not followed. The files of another site, such as that of another group, are not files of this one.
    """
    top = base / folder
    files: list[str] = []
    other_sites: list[str] = []
    for parent, folders, names in os.walk(top):
        if _LIST in names and Path(parent) != top:
            other_sites.append(f"{Path(parent).relative_to(top).as_posix()}/")
            folders.clear()
            continue
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        files += [(Path(parent) / name).relative_to(top).as_posix() for name in (*names, *links)]
    return files, tuple(other_sites)


def _is_own(base: Path, folder: str, file: str, digests: dict[str, str]) -> bool:
    with suppress(Refused):
        content = read_bytes(base, f"{folder}{file}", _MOST_BYTES)
        if file in (_LIST, ".gitignore"):
            return content == _IGNORE if file == ".gitignore" else True
        return is_marked(file, content) or digests.get(file) == _digest(content)
    return False


def _digests(base: Path, folder: str) -> dict[str, str]:
    """Return the digest of each file of an earlier site that has no mark; none for a list that csg did not write."""
    if not exists(base, f"{folder}{_LIST}"):
        return {}
    with suppress(ValueError, Refused):
        content = json.loads(read_bytes(base, f"{folder}{_LIST}"))
        if isinstance(content, dict):
            return {str(file): str(digest) for file, digest in content.items()}
    return {}


def _list_of(files: dict[str, bytes]) -> bytes:
    digests = {file: _digest(content) for file, content in files.items() if not is_marked(file, content)}
    return f"{json.dumps(digests, indent=0, sort_keys=True)}\n".encode()


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _remove_empty_folders(base: Path, gone: list[str]) -> None:
    for folder in sorted({Path(file).parent for file in gone}, key=lambda path: -len(path.parts)):
        with suppress(OSError):
            (base / folder).rmdir()
