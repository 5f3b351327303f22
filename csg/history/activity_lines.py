"""Find the lines of activities in the text of a plan, so that what is equal in two versions need not be parsed."""

import re
from collections.abc import Container, Iterable, Sequence

_LATER_LINES = rb"(?:(?:\1[ ].*(?:\n|\Z)|[ ]*\r?\n|[ ]*#.*(?:\n|\Z))*)"
"""The lines that belong to an element of a list: those indented below its hyphen, blank lines and comments."""
_LIST = re.compile(rb"^([ ]*)activities:[ ]*\r?\n([ ]*)- id: ", re.MULTILINE)


def untouched(old: bytes | None, new: bytes | None, names: Iterable[str]) -> bool:
    """Return whether two versions have the same lines for each activity. None is a version that is missing."""
    if old is None or new is None:
        return False
    return all((lines := _lines(old, name)) and lines == _lines(new, name) for name in names)


def _lines(text: bytes, name: str) -> bytes | None:
    """Return the lines of the activity with this id in the usual layout; None if they are not found exactly once."""
    start = rb"^([ ]+)- id: [\"']?" + re.escape(name.encode()) + rb"[\"']?[ ]*\r?\n"
    found = re.findall(start + rb"(" + _LATER_LINES + rb")", text, re.MULTILINE)
    return found[0][1].strip() if len(found) == 1 else None


def without_untouched(old: bytes, new: bytes) -> tuple[bytes, bytes]:
    """Return two versions of a plan without the activities whose lines are the same in both.

    The first activity of each objective stays, because an objective without activities is another plan. Both versions
    stay whole in an unusual layout, or if they have other activities or another order.
    """
    if not (lists := {match[2] for match in _LIST.finditer(new)}) or len(lists) > 1:
        return old, new
    depth = lists.pop()
    element = re.compile(rb"^(" + depth + rb")- id: (.*)(?:\n|\Z)" + _LATER_LINES, re.MULTILINE)
    before, after = (list(element.finditer(text)) for text in (old, new))
    if [match[2].rstrip() for match in before] != [match[2].rstrip() for match in after]:
        return old, new
    same = {index for index, pair in enumerate(zip(before, after, strict=True)) if pair[0][0] == pair[1][0]}
    # An activity that follows another one directly is not the first of its objective.
    same = {
        index
        for index in same
        if index and all(side[index - 1].end() == side[index].start() for side in (before, after))
    }
    return _without(old, before, same), _without(new, after, same)


def _without(text: bytes, matches: Sequence[re.Match[bytes]], dropped: Container[int]) -> bytes:
    """Return a text without some of the matches."""
    parts, end = [], 0
    for index, match in enumerate(matches):
        if index in dropped:
            parts.append(text[end : match.start()])
            end = match.end()
    return b"".join((*parts, text[end:]))
