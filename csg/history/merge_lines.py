"""Merges of lines by git: of three texts, of two texts, and with conflict markers around given lines."""

import re
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

MARKER = 7
"""The length of git's conflict markers in the files that people see."""


class Lines(NamedTuple):
    """Merged lines. ``clean`` is True if they have no conflict markers."""

    content: bytes
    clean: bool


def three_way(base: bytes, ours: bytes, theirs: bytes, *options: str, marker: int = MARKER) -> Lines:
    """Return git's merge of three texts."""
    with tempfile.TemporaryDirectory() as folder:
        paths = _written(folder, ours=ours, base=base, theirs=theirs)
        labels = [word for name in ("ours", "base", "theirs") for word in ("-L", name)]
        command = ["git", "merge-file", "-p", f"--marker-size={marker}", *options, *labels, *paths]
        done = subprocess.run(command, capture_output=True, check=False)
    return Lines(done.stdout, done.returncode == 0)


def two_way(ours: bytes, theirs: bytes, marker: int = MARKER) -> Lines:
    """Return the lines of two texts, with markers around each difference."""
    return three_way(b"", ours, theirs, marker=marker)


def mark_lines(merged: bytes, ours: bytes, theirs: bytes, lines: Iterable[int], marker: int = MARKER) -> Lines:
    """Return the merged text with markers around the changes that added one of the lines.

    ``lines`` are numbers from 1. If no change added them, mark every difference between the sides.
    """
    concerned = set(lines)
    versions = [_without_changes(merged, side, concerned) for side in (ours, theirs)]
    marked = two_way(versions[0], versions[1], marker)
    return two_way(ours, theirs, marker) if marked.clean else marked


def _without_changes(merged: bytes, side: bytes, lines: set[int]) -> bytes:
    """Return the merged text with the side's own lines in each hunk that has one of the lines."""
    own, result = side.splitlines(keepends=True), merged.splitlines(keepends=True)
    for start, count, new_start, new_count in reversed(_hunks(side, merged)):
        touched = range(new_start, new_start + max(new_count, 2))
        if lines.intersection(touched):
            first = new_start - 1 if new_count else new_start
            own_first = start - 1 if count else start
            result[first : first + new_count] = own[own_first : own_first + count]
    return b"".join(result)


_HUNK = re.compile(rb"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


def _hunks(old: bytes, new: bytes) -> list[tuple[int, int, int, int]]:
    """Return the differences of two texts: first line and number of lines in the old text, then in the new text."""
    with tempfile.TemporaryDirectory() as folder:
        paths = _written(folder, old=old, new=new)
        options = ["--no-index", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--text"]
        done = subprocess.run(["git", "diff", *options, "--", *paths], capture_output=True, check=False)
    numbers = (
        [1 if group is None else int(group) for group in match.groups()] for match in _HUNK.finditer(done.stdout)
    )
    return [(start, count, new_start, new_count) for start, count, new_start, new_count in numbers]


def _written(folder: str, **contents: bytes) -> list[str]:
    paths = []
    for name, content in contents.items():
        path = Path(folder, name)
        path.write_bytes(content)
        paths.append(str(path))
    return paths
