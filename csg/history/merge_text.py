"""The merge of a data file's text: the changes of both sides, or conflict markers where a merge is uncertain."""

from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from csg.checks import check
from csg.history.merge import Conflict, conflicts, merge, resolve
from csg.history.merge_edits import Unsure, comments, comments_keep_position, edits, wanted_comments
from csg.history.merge_lines import MARKER, mark_lines, three_way, two_way
from csg.problem import Problem, Refused, shown
from csg.source.edit import edit_text
from csg.source.parse import parse
from csg.source.text import decode
from csg.workspace import Workspace


class MergedText(NamedTuple):
    """The merged file, and its conflicts in words; none for a complete merge."""

    content: bytes
    conflicts: list[str]


class _Sides(NamedTuple):
    """The three versions of a file that git gives."""

    file: str
    base: bytes
    ours: bytes
    theirs: bytes
    marker: int


def merge_text(base: bytes, ours: bytes, theirs: bytes, file: str, marker: int = MARKER) -> MergedText:
    """Merge a data file. The result does not depend on which side is ours.

    If a version is not valid YAML, git merges the lines. ``marker`` is the length of conflict markers.
    """
    ends = [_line_end(content) for content in (base, ours, theirs)]
    if b"" not in ends and len(set(ends)) == 2:
        # A side changed the line ends of the whole file. The lines are merged without them, and get them afterwards.
        end = ends[1] if ends[2] == ends[0] else ends[2]
        texts = [content.replace(b"\r\n", b"\n") for content in (base, ours, theirs)]
        whole = merge_text(texts[0], texts[1], texts[2], file, marker)
        return whole._replace(content=whole.content.replace(b"\n", end))
    if ours == theirs:
        return MergedText(ours, [])
    sides = _Sides(file, base, ours, theirs, marker)
    data = [_data(content, file) for content in sides[1:4]]
    if None in data:
        return _by_lines(sides)
    merged = None
    with suppress(Exception):  # an error in csg must not lose an entry: the person gets both sides
        merged = _by_records(sides, data)
    return merged or _both(sides, ["csg cannot merge the two sides safely"])


def _line_end(content: bytes) -> bytes:
    """Return the end that all lines have; nothing if there are no lines, or if they differ."""
    windows, every = content.count(b"\r\n"), content.count(b"\n")
    return b"\r\n" if windows == every > 0 else b"\n" if windows == 0 < every else b""


def _data(content: bytes, file: str) -> Any:
    """Return the plain data of a text; None if it cannot be read in full."""
    with suppress(Refused):
        document = parse(decode(content, file), file)
        return None if document.problems else document.data
    return None


def _by_lines(sides: _Sides) -> MergedText:
    merged = three_way(sides.base, sides.ours, sides.theirs, marker=sides.marker)
    if not merged.clean:
        return MergedText(merged.content, [f"{sides.file}: both sides changed the same lines"])
    return _checked(merged.content, sides)


def _both(sides: _Sides, words: list[str]) -> MergedText:
    """Return both sides, with markers around every difference."""
    content, _ = two_way(sides.ours, sides.theirs, sides.marker)
    return MergedText(content, [f"{sides.file}: {sentence}" for sentence in words])


def _by_records(sides: _Sides, data: list[Any]) -> MergedText | None:
    """Merge the data of the three texts. Return None if the text of the result is uncertain."""
    tree = merge(*data)
    tree_conflicts = list(conflicts(tree))
    before = [comments(decode(content, sides.file)) for content in sides[1:4]]
    wanted = wanted_comments(*before)
    versions = [_version(sides, resolve(tree, side), side, wanted) for side in ("ours", "theirs")]
    ours, theirs = versions
    if ours is None or theirs is None:
        return _both(sides, _in_words(tree_conflicts)) if tree_conflicts else None
    kept = [comments(text) for text in versions if text is not None]
    counts = [Counter(comment.text for comment in version) for version in kept]
    positions_kept = all(comments_keep_position(version, before[1], before[2]) for version in kept)
    if not tree_conflicts and counts == [wanted, wanted] and positions_kept and sorted(kept[0]) == sorted(kept[1]):
        return _checked(min(ours, theirs).encode("utf-8"), sides)
    marked = two_way(ours.encode("utf-8"), theirs.encode("utf-8"), sides.marker)
    words = _in_words(tree_conflicts) or ["both sides changed comments at the same position"]
    if marked.clean or wanted - (counts[0] | counts[1]) or not positions_kept:
        return _both(sides, words)
    return MergedText(marked.content, [f"{sides.file}: {sentence}" for sentence in words])


def _version(sides: _Sides, wanted: Any, side: str, remarks: Counter[str]) -> str | None:
    """Return a text with the wanted data: a merge of lines, with edits. If both changed a line, keep the side's line.

    Prefer a text that also has the wanted comments.
    """
    lines = three_way(sides.base, sides.ours, sides.theirs, f"--{side}").content
    first = None
    for start in (lines, getattr(sides, side)):
        text = _edited(start, wanted, sides.file)
        if text is not None and Counter(comment.text for comment in comments(text)) == remarks:
            return text
        first = first if text is None or first is not None else text
    return first


def _edited(start: bytes, wanted: Any, file: str) -> str | None:
    """Return the text, edited to have the wanted data; None if that is impossible."""
    with suppress(Refused, Unsure):
        document = parse(decode(start, file), file)
        if document.data is None or document.problems:
            return None
        if document.data == wanted:
            return document.text
        text = edit_text(document.text, tuple(edits((), document.data, wanted)), document.data)
        return text if parse(text, file).data == wanted else None
    return None


def _checked(content: bytes, sides: _Sides) -> MergedText:
    """Return a merge without conflicts. Add markers if it has errors that neither side has."""
    old_messages = {error.message for side in (sides.ours, sides.theirs) for error in _errors(side, sides.file)}
    new = [error for error in _errors(content, sides.file) if error.message not in old_messages]
    if not new:
        return MergedText(content, [])
    marked = mark_lines(content, sides.ours, sides.theirs, (error.line for error in new), sides.marker)
    return MergedText(marked.content, [str(error._replace(line=0, column=0)) for error in new])


def _errors(content: bytes, file: str) -> list[Problem]:
    """Return the errors of this file alone: the merge can change members.yaml too. The hook checks all files."""
    problems = check(Workspace(Path.cwd(), None, {file: content}, alone=True).snapshot())
    return [problem for problem in problems if problem.severity == "error" and problem.file == file]


def _in_words(tree_conflicts: list[Conflict]) -> list[str]:
    return list(dict.fromkeys(f"{_subject(conflict.path)} {conflict.words}" for conflict in tree_conflicts))


def _subject(path: tuple[str, ...]) -> str:
    """Return the words for a path in a message: ``2.4 report by INPUD``."""
    start = path.index("activities") + 1 if "activities" in path[:-1] else 0
    names = path[start:]
    shorter = [name for index, name in enumerate(names) if name != "progress" or index == len(names) - 1]
    return shown(" ".join(shorter), 100) or "the file"
