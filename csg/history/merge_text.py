"""The merge of a data file's text: git's own where that is right, else mended, and marked where nobody can tell."""

import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from csg.history.merge import ABSENT, Conflict, Unsure, comments, merge
from csg.problem import Path, Problem, Refused
from csg.source.edit import Edit, Insert, Put, Remove, edit_data, edit_text
from csg.source.lines import block
from csg.source.parse import parse
from csg.source.text import decode

Check = Callable[[str], Iterable[Problem]]
"""What is wrong with a file whose text it is."""


class MergedText(NamedTuple):
    """The merged file, and what both sides changed in two ways, in words; nothing where all is merged."""

    content: bytes
    conflicts: list[str]


def merge_text(base: bytes, ours: bytes, theirs: bytes, file: str, check: Check) -> MergedText:
    """Merge a data file. What cannot be merged with certainty is left to git: its own merge, with its own markers."""
    with suppress(Exception):  # a fault of ours must not cost anybody an entry: git's own merge holds both sides
        merged = _by_records(base, ours, theirs, file, check)
        # What is sure from one side and not from the other is not sure: a merge is the same whichever side is ours.
        if merged is not None and _by_records(base, theirs, ours, file, check) is not None:
            return merged
    content, clean = _by_lines(base, ours, theirs)
    if not clean:
        return MergedText(content, [f"{file}: both sides changed the same lines"])
    with suppress(Refused):
        known = {problem.message for side in (ours, theirs) for problem in check(decode(side, file))}
        wrong = [each for each in check(decode(content, file)) if each.severity == "error" and each.file == file]
        return MergedText(content, [str(each) for each in wrong if each.message not in known])
    return MergedText(content, [])


def _by_lines(base: bytes, ours: bytes, theirs: bytes, *options: str) -> tuple[bytes, bool]:
    """git's own merge of three texts, and whether it had no conflict."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, content in (("ours", ours), ("base", base), ("theirs", theirs)):
            paths.append(FilePath(folder, name))
            paths[-1].write_bytes(content)
        labels = [word for name in ("ours", "base", "theirs") for word in ("-L", name)]
        command = ["git", "merge-file", "-p", *options, *labels, *map(str, paths)]
        done = subprocess.run(command, capture_output=True, check=False)
    return done.stdout, done.returncode == 0


def _by_records(base: bytes, ours: bytes, theirs: bytes, file: str, check: Check) -> MergedText | None:
    """The merge of what the three texts hold; None where one of them cannot be read, or the result cannot be sure."""
    try:
        texts = [decode(content, file) for content in (base, ours, theirs)]
    except Refused:
        return None
    documents = [parse(text, file) for text in texts]
    if any(document.problems or document.data is None for document in documents):
        return None
    merged = merge(*(document.data for document in documents))
    start = _start(base, ours, theirs, file)
    made = tuple(edits((), start.data, merged.data))
    text = edit_text(start.text, made)
    if parse(text, file).data != merged.data or edit_data(start.data, made) != merged.data:
        return None
    was, mine, other = map(comments, texts)
    wanted = Counter({comment: mine[comment] + other[comment] - was[comment] for comment in mine | other})
    if wanted - comments(text):
        return None  # a comment would be lost: git's lines have it
    if any(problem.severity == "error" and problem.file == file for problem in check(text)):
        return None
    for conflict in merged.conflicts:
        marked = _marked(text, texts[2], merged.data, conflict)
        if marked is None:
            return None
        text = marked
    return MergedText(text.encode("utf-8"), [f"{file}: {_told(conflict)}" for conflict in merged.conflicts])


def _start(base: bytes, ours: bytes, theirs: bytes, file: str) -> Any:
    """The text to begin with: git's own merge, which has the comments of both, with ours where both changed a line.

    Where that is no sound YAML it is ours.
    """
    content, _ = _by_lines(base, ours, theirs, "--ours")
    document = parse(decode(content, file), file)
    return document if document.data is not None and not document.problems else parse(decode(ours, file), file)


def edits(path: Path, old: Any, new: Any) -> Iterator[Edit]:
    """The edits that make of one piece of plain data another. Each sees what those before it have made."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [key for key in old if key not in new]:
            yield Remove((*path, key))
        for key, value in new.items():
            if (
                old.get(key)
                and value
                and any(isinstance(old[key], kind) and isinstance(value, kind) for kind in (dict, list))
            ):
                yield from edits((*path, key), old[key], value)
            elif key not in old or old[key] != value:
                yield Put((*path, key), value, tuple(new))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _list_edits(path, old, new)
    else:
        yield Put(path, new)


def _list_edits(path: Path, old: list[Any], new: list[Any]) -> Iterator[Edit]:
    names = [_name(element) for element in new]
    for index in reversed(range(len(old))):
        if _name(old[index]) not in names:
            yield Remove((*path, index))
    left = [element for element in old if _name(element) in names]
    order = [name for name in names if any(_name(element) == name for element in left)]
    if [_name(element) for element in left] != order:
        raise Unsure
    for index, element in enumerate(new):
        if index < len(left) and _name(left[index]) == names[index]:
            yield from edits((*path, index), left[index], element)
        else:
            left.insert(index, element)
            yield Insert(path, index, element)


def _name(element: Any) -> Any:
    """What an element of a list is known by: its id, else all that it is."""
    return element["id"] if isinstance(element, dict) and "id" in element else str(element)


def _marked(text: str, theirs: str, data: Any, conflict: Conflict) -> str | None:
    """The text with one conflict between git's markers, in its own lines; None where it has no lines of its own."""
    newline = "\r\n" if "\r\n" in text else "\n"
    path = _indices(data, conflict.path)
    lines, their_lines = text.split(newline), theirs.replace("\r\n", "\n").split("\n")
    mine = _span(text, path)
    other = _span(theirs, conflict.theirs_path) if conflict.theirs is not ABSENT else (0, 0)
    if mine is None or other is None:
        return None
    ours = lines[mine[0] : mine[1]] if conflict.ours is not ABSENT else []
    between = ["<<<<<<< ours", *ours, "=======", *their_lines[other[0] : other[1]], ">>>>>>> theirs"]
    return newline.join([*lines[: mine[0]], *between, *lines[mine[1] :]])


def _indices(data: Any, path: tuple[Any, ...]) -> Path:
    """A path by ids and reports as one by indices."""
    found: list[str | int] = []
    for part in path:
        if isinstance(data, list):
            index = next(
                i
                for i, each in enumerate(data)
                if each is part or each == part or (isinstance(each, dict) and each.get("id") == part)
            )
            found.append(index)
            data = data[index]
        else:
            found.append(part)
            data = data[part]
    return tuple(found)


def _span(text: str, path: Path) -> tuple[int, int] | None:
    """Return the lines of a part of a block: the first, and the one after the last."""
    unmarked = _unmarked(text)
    found = block(parse(unmarked, "").data, unmarked.split("\n"), path[:-1]) if path else None
    if found is None or (found.first_shares_its_line and path[-1] == next(iter(found.parts))):
        return None
    return found.parts.get(path[-1])


def _unmarked(text: str) -> str:
    """The text with the markers, and their side, as comments of as many lines: one conflict may follow another."""
    lines, theirs = [], False
    for line in text.split("\n"):
        marker = line.startswith(("<<<<<<<", "=======", ">>>>>>>"))
        theirs = line.startswith("=======") or (theirs and not line.startswith(">>>>>>>"))
        lines.append("#" if marker or theirs else line)
    return "\n".join(lines)


def _told(conflict: Conflict) -> str:
    path = conflict.path
    while "activities" in path[:-1]:
        path = path[path.index("activities") + 1 :]
    names = (
        f"report by {part.get('by')}" if isinstance(part, dict) else str(part) for part in path if part != "progress"
    )
    if conflict.ours is ABSENT or conflict.theirs is ABSENT:
        return f"{' '.join(names)} was changed on one side and removed on the other"
    return f"{' '.join(names)} was changed in two ways"
