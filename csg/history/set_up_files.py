"""The files of git in which csg keeps its lines between markers. csg writes a file in one step."""

import os
import re
import stat
from contextlib import suppress
from pathlib import Path

from csg.problem import visible
from csg.workspace.files import is_temporary, temporary_name

NEW_FILE_MODE = 0o666
HOOK_MODE = 0o777
"""The modes of new files, before the system applies the user's umask."""


def read(path: Path) -> str:
    """Return the text of a file with its own line ends; empty if there is no file."""
    return os.fsdecode(path.read_bytes()) if path.is_file() else ""


def write_in_one_step(path: Path, content: bytes, *, executable: bool = False) -> None:
    """Write a file in one step: if csg is killed, the file is old or new.

    An existing file keeps its mode. With ``executable``, each user who can read the file can run it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    remove_temporary_files(path)
    temporary = path.with_name(temporary_name(path.name))  # git does not take it for a hook
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(temporary, flags, HOOK_MODE if executable else NEW_FILE_MODE), "wb") as stream:  # noqa: PTH123
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            mode = stat.S_IMODE(path.stat().st_mode)
            temporary.chmod(mode | (mode & 0o444) >> 2 if executable else mode)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def remove_temporary_files(path: Path) -> None:
    """Remove the files in which a csg that was killed wrote the new content of another."""
    if path.parent.is_dir():
        for other in path.parent.iterdir():
            if is_temporary(other.name, path.name):
                other.unlink()


def with_block(text: str, workspace: str, lines: str, *, hook: bool = False) -> str:
    """Return a file's text with lines between csg's markers, after a first line that names the program that runs it."""
    text = without_block(text, workspace)
    if hook and not text.strip():
        text = "#!/bin/sh\n"
    first, _, rest = text.partition("\n") if text.startswith("#!") else ("", "", text)
    begin, end = _markers(workspace)
    head = f"{first}\n" if first else ""
    return f"{head}{begin}\n{lines}{end}\n{rest}"


def has_block(text: str) -> bool:
    """Return whether a file's text has lines of csg, for any workspace."""
    return "# >>> csg" in text


def without_block(text: str, workspace: str) -> str:
    """Return a file's text without csg's lines for one workspace; empty if no lines of anybody else are left."""
    begin, end = map(re.escape, _markers(workspace))
    rest = re.sub(rf"^{begin}\n(?:.*\n)*?{end}(?:\n|\Z)", "", text, flags=re.MULTILINE)
    return "" if rest != text and rest.strip() in ("", "#!/bin/sh") else rest


def _markers(workspace: str) -> tuple[str, str]:
    """Return the marker lines around csg's lines for a workspace. A folder's name cannot break them."""
    name = visible(workspace, keep="")
    return f"# >>> csg {name}".rstrip(), f"# <<< csg {name}".rstrip()
