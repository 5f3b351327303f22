"""What csg changed last, so that it can be taken back: kept beside git's own files, never in the history."""

import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from csg.checks import check
from csg.problem import Problem, Refused
from csg.workspace.files import locked, private, read_bytes, write_bytes
from csg.workspace.workspace import Workspace

MOST = 20
"""How many changes are remembered."""
_KEYS = frozenset({"root", "file", "was_there", "start", "end", "text", "after"})


def _entries(root: Path) -> list[dict[str, Any]]:
    """What is remembered, the oldest first. A journal that cannot be read remembers nothing."""
    found: list[dict[str, Any]] = []
    for place in dict.fromkeys((_before_git(root), private(root, "undo"))):
        with suppress(OSError, ValueError, Refused):
            entries = json.loads(read_bytes(place.parent.resolve(), place.name)) if place.is_file() else []
            found += [entry for entry in entries if isinstance(entry, dict) and entry.keys() >= _KEYS]
    return found


def _before_git(root: Path) -> Path:
    """Where the journal is until the workspace becomes a repository."""
    return root / "data" / ".csg.undo"


def remember(root: Path, file: str, before: str, after: str) -> None:
    """Note that a file was changed: what was between its unchanged beginning and end, and what it is known by now.

    A change that cannot be noted is a change all the same: it can only not be taken back.
    """
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    entry = {
        "root": str(root),
        "file": file,
        "was_there": bool(before),
        "start": start,
        "end": end,
        "text": before[start : len(before) - end],
        "after": _digest(after.encode("utf-8")),
    }
    with suppress(Refused, OSError):
        _write(root, [*_entries(root), entry][-MOST:])


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common from the beginning on."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _write(root: Path, entries: list[dict[str, Any]]) -> None:
    place = private(root, "undo")
    write_bytes(place.parent.resolve(), place.name, json.dumps(entries).encode("utf-8"))
    if place != _before_git(root):
        _before_git(root).unlink(missing_ok=True)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def take_back(root: Path, *, dry_run: bool = False) -> tuple[str, str, str]:
    """Take back the last change that csg made to the workspace: its file, its text now and before.

    Raises Refused where there is none, somebody has touched the file since, or the rest would not fit what was: nothing
    is lost by it.
    """
    with locked(root):
        entries = _entries(root)
        last = next((entry for entry in reversed(entries) if entry.get("root") == str(root)), None)
        if last is None:
            raise Refused(Problem("CSG410", "csg has changed nothing here that it could take back"))
        file = str(last["file"])
        now = read_bytes(root, file)
        if _digest(now) != last["after"]:
            hint = "take it back by hand; git diff shows what changed"
            raise Refused(Problem("CSG411", "somebody has changed the file since", file, hint=hint))
        text = now.decode("utf-8")
        before = text[: last["start"]] + last["text"] + text[len(text) - last["end"] :]
        was = Workspace(root, None, {file: before.encode("utf-8")}) if last["was_there"] else None
        if was and (errors := [each for each in check(was.snapshot()) if each.severity == "error"]):
            raise Refused(*errors)
        if not dry_run:
            if last["was_there"]:
                write_bytes(root, file, before.encode("utf-8"))
            else:
                (root / file).unlink()
            _write(root, [entry for entry in entries if entry is not last])
        return file, text, before
