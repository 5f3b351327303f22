"""Edits of YAML text that change only the lines they must.

The parse gives the position of every key and value. Whole lines of block YAML are added and removed here;
``values`` and ``flow`` edit within lines. ``edit_data`` says what the new text must hold, so that
the caller can compare the two.
"""

from itertools import dropwhile, pairwise
from typing import Any, NamedTuple

from csg.problem import Path
from csg.source.comments import comments_in
from csg.source.emit import number_text
from csg.source.flow import Flow
from csg.source.layout import layout_around
from csg.source.lines import (
    Block,
    block,
    follow,
    indentation,
    is_comment,
    is_commented_out,
    keeps,
    line_end,
    spaced,
    with_comments,
)
from csg.source.parse import Mapping, Sequence, parse
from csg.source.short_texts import with_short_texts
from csg.source.text import BOM
from csg.source.values import Value, terminated


class Put(NamedTuple):
    """Give the key at the end of ``path`` this value. A new key goes where ``order``, a list of keys, has it."""

    path: Path
    value: Any
    order: tuple[str, ...] = ()


class Insert(NamedTuple):
    """Insert an element into the list at ``path``, before the one that is ``place``-th. A missing list is made."""

    path: Path
    place: int
    value: Any
    order: tuple[str, ...] = ()


class Remove(NamedTuple):
    """Remove the key or element at ``path``."""

    path: Path


class Move(NamedTuple):
    """Move the element at ``path``, with its comments, so that it is the ``place``-th of its list."""

    path: Path
    place: int


Edit = Put | Insert | Remove | Move


def edit_data(data: Any, edits: tuple[Edit, ...]) -> Any:
    """Return plain data with the edits made, which the edited text must hold. The rest of the data is shared."""
    own: dict[int, Any] = {}  # copies that the edits before have made, and that need no further copy
    for edit in edits:
        data = _edited(data, edit.path, edit, own)
    return data


def as_text(value: Any) -> Any:
    """Return plain data as a parsed file holds it: each scalar is text until the schema gives it a type."""
    if isinstance(value, dict):
        return {key: as_text(below) for key, below in value.items()}
    if isinstance(value, list):
        return [as_text(element) for element in value]
    if isinstance(value, float):
        return number_text(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _edited(node: Any, path: Path, edit: Edit, own: dict[int, Any]) -> Any:
    part, *below = path
    copy: Any = node if id(node) in own else dict(node) if isinstance(node, dict) else list(node)
    own[id(copy)] = copy
    if below:
        copy[part] = _edited(node[part], tuple(below), edit, own)
        return copy
    match edit:
        case Put():
            copy[part] = as_text(edit.value)
        case Remove():
            del copy[part]
        case Insert():
            copy[part] = list(node.get(part) or ())
            copy[part].insert(edit.place, as_text(edit.value))
        case Move():
            copy.insert(edit.place, copy.pop(part))
    return copy


def edit_text(text: str, edits: tuple[Edit, ...], data: Mapping | None = None) -> str:
    """Return the text with the edits made: comments, blank lines, quoting, line ends and all else stay as they are.

    ``data`` is what the text holds, if the caller has parsed it already.
    """
    mark = BOM if text.startswith(BOM) else ""
    text = text.removeprefix(BOM)
    if len(edits) > 1 and all(isinstance(edit, Put) for edit in edits):
        whole = data or parse(text, "").data
        short = with_short_texts(text, whole, [(edit.path, edit.value) for edit in edits if isinstance(edit, Put)])
        if short is not None:
            return mark + short
        data = whole
    for edit in edits:
        text = _Editor(text, data or parse(text, "").data).edited(edit)
        data = None
    return mark + text


class _Editor:
    """Makes one edit of a text."""

    def __init__(self, text: str, data: Mapping | None) -> None:
        self.text, self.data = text, data
        self.lines = text.split("\n")
        self.end = "\r" if 2 * text.count("\r\n") > text.count("\n") else ""
        """The end of a new line, but for the line break: as most lines of the file have it."""

    def edited(self, edit: Edit) -> str:
        """Return the text with the edit made. A file that ends without a line break gets no half of one."""
        text = self._edited(edit)
        return text.removesuffix("\r") if not self.text.endswith("\r") else text

    def _edited(self, edit: Edit) -> str:
        match edit:
            case Put():
                return self._put(edit)
            case Insert():
                return self._insert(edit)
            case Remove():
                return self._remove(edit.path)
            case Move():
                return self._move(edit)

    def _put(self, edit: Put) -> str:
        *above, part = edit.path
        node = follow(self.data, tuple(above))
        if part in node if isinstance(node, Mapping) else isinstance(part, int):
            return self._put_value(node, part, edit)
        return self._put_key(node, str(part), edit)

    def _put_value(self, node: Any, part: str | int, edit: Put) -> str:
        if node.flow:
            return self._flow(node).put(part, edit.value)
        layout = layout_around(self.text, self.data, edit.path)
        return "\n".join(Value(self.text, self.lines, node, part).replaced(edit.value, layout, self.end))

    def _put_key(self, node: Any, key: str, edit: Put) -> str:
        """Return the text with a new key, after those that come before it in their order."""
        earlier = edit.order[: edit.order.index(key)] if key in edit.order else edit.order
        before = [index for index, name in enumerate(node) if name in earlier]
        if (found := block(self.data, self.lines, edit.path[:-1])) is None:
            return self._flow(node).put_key(max(before, default=len(node) - 1) + 1, key, edit.value)
        layout = layout_around(self.text, self.data, edit.path)
        ends = [found.parts[name][1] for name in node if name in earlier]
        place = max(ends or [end for _, end in found.parts.values()])
        return self._with(place, layout.key(key, edit.value, found.column))

    def _insert(self, edit: Insert) -> str:
        node = follow(self.data, edit.path)
        if isinstance(node, Sequence) and node.flow and (node or self._has_comment(node)):
            return self._flow(node).insert(edit.place, edit.value)
        found = block(self.data, self.lines, edit.path)
        if found is None:
            return self._put(Put(edit.path, [edit.value], edit.order))
        layout = layout_around(self.text, self.data, (*edit.path, 0))
        new = layout.element(edit.value, found.column)
        apart = [""] if spaced(self.lines, found) else []
        if edit.place == 0 and found.first_shares_its_line:
            return self._insert_on_shared_line(found, [*new, *apart])
        if edit.place < len(found.parts):
            return self._with(with_comments(self.lines, found, edit.place), [*new, *apart])
        apart = [] if keeps(self.lines, node, len(node) - 1) else apart
        return self._with(found.parts[len(node) - 1][1], [*apart, *new])

    def _insert_on_shared_line(self, found: Block, new: list[str]) -> str:
        """Return the text with a new first element, where the first stands after something on its line."""
        line = found.node.mark.line
        before, after = self.lines[line][: found.column], self.lines[line][found.column :]
        self.lines[line] = " " * found.column + after
        return self._with(line, [before + new[0][found.column :], *new[1:]])

    def _with(self, place: int, new: list[str]) -> str:
        """Return the text with new lines before the line ``place``."""
        if place >= len(self.lines):
            self.lines = terminated(self.lines, self.data, self.end)
            place = len(self.lines) - 1
        return "\n".join([*self.lines[:place], *(line + self.end for line in new), *self.lines[place:]])

    def _has_comment(self, node: Any) -> bool:
        return bool(comments_in(self.text, self.lines, node, node.end.index))

    def _flow(self, node: Any) -> Flow:
        return Flow(self.text, self.data, node, self.end + "\n")

    def _remove(self, path: Path) -> str:
        *above, part = path
        node = follow(self.data, tuple(above))
        if (found := block(self.data, self.lines, tuple(above))) is None:
            flow = self._flow(node)
            return flow.remove(flow.parts.index(part))
        if len(found.parts) == 1 and above:
            return self._emptied(found, part, tuple(above))
        if found.first_shares_its_line and part == next(iter(found.parts)):
            return self._without_first(found, part)
        return self._without(found, part)

    def _emptied(self, found: Block, part: str | int, path: Path) -> str:
        """Return the text with empty brackets in place of a block that loses its only part."""
        parent = follow(self.data, path[:-1])
        empty: Any = [] if isinstance(found.node, Sequence) else {}
        kept = self._comments_that_stay(found, part)
        layout = layout_around(self.text, self.data, path)
        return "\n".join(Value(self.text, self.lines, parent, path[-1]).replaced(empty, layout, self.end, kept))

    def _without(self, found: Block, part: str | int) -> str:
        """Return the text without a part. Where blank lines above and below it meet, one of them goes too."""
        lines = self.lines
        record = isinstance(found.node, Sequence) and isinstance(found.node[int(part)], Mapping)
        start = with_comments(lines, found, part) if record else found.parts[part][0]
        end = found.parts[part][1]
        kept = [" " * found.column + comment for comment in self._comments_that_stay(found, part)]
        before = max((last for first, last in found.parts.values() if first < start), default=0)
        if self._ends_in_kept_blanks(found, part):
            while not kept and end < len(lines) - 1 and not lines[end].strip():
                end += 1
        elif not kept and start > before and not lines[start - 1].strip() and not "".join(lines[end : end + 1]).strip():
            start -= 1
        rest = lines[end:] or [""]
        return "\n".join([*lines[:start], *kept, *rest])

    def _ends_in_kept_blanks(self, found: Block, part: str | int) -> bool:
        """Return whether the part before this one is a text that would keep blank lines after it (``|+``)."""
        parts = list(found.parts)
        index = parts.index(part)
        return index > 0 and keeps(self.lines, found.node, parts[index - 1])

    def _comments_that_stay(self, found: Block, part: str | int) -> list[str]:
        """Return the comments that stay when a part goes: all but those of a record; a commented-out one stays too."""
        node, (start, end) = found.node, found.parts[part]
        value = node[part]
        if isinstance(node, Sequence) and isinstance(value, Mapping):
            return self._commented_out(self._last_of(found, part), end, set(value))
        if isinstance(value, Sequence) and any(isinstance(element, Mapping) for element in value):
            return self._commented_out(start, end, {key for element in value for key in element or ()})
        last = sum(len(line) + 1 for line in self.lines[:end]) - 1
        return comments_in(self.text, self.lines, node, last, part)

    def _last_of(self, found: Block, part: str | int) -> int:
        """Return the line after the last one of a part that is no comment."""
        return Value(self.text, self.lines, found.node, part).last + 1

    def _commented_out(self, start: int, end: int, keys: set[str]) -> list[str]:
        """Return the comments between two lines that hold a record with one of some keys, commented out."""
        stay: list[str] = []
        dash = -1
        for line in self.lines[start:end]:
            words = line.strip()
            if is_comment(line) and is_commented_out(line):
                key = words.lstrip("# ").lstrip("- {\"'").partition(":")[0].strip("\"' ")
                dash = line.index("-") if key in keys else -1
            elif not is_comment(line) or len(line) - len(line.lstrip(" #")) <= dash:
                dash = -1
            stay += [words + line_end(line)] if dash >= 0 else []
        return stay

    def _without_first(self, found: Block, part: str | int) -> str:
        """Return the text without the first key or element, which has something before it on its line."""
        start, end = found.parts[part]
        kept = [" " * found.column + comment for comment in self._comments_that_stay(found, part)]
        lines = [*self.lines[:start], *kept, *self.lines[end:]]
        before = self.lines[start][: found.column]
        following = lines[start]
        if following.strip() and indentation(following) >= found.column:
            lines[start] = before + following[found.column :]
        else:
            lines.insert(start, before.rstrip(" ") + self.end)
        return "\n".join(lines)

    def _move(self, edit: Move) -> str:
        *above, part = edit.path
        found = block(self.data, self.lines, tuple(above))
        if found is None:
            return self._flow(follow(self.data, tuple(above))).move(int(part), edit.place)
        if found.parts[len(found.parts) - 1][1] >= len(self.lines):
            self.lines = terminated(self.lines, self.data, self.end)
        return "\n".join(self._moved(found, int(part), edit.place))

    def _moved(self, found: Block, part: int, place: int) -> list[str]:
        """Return the lines with an element moved; what stands between the elements stays where it is."""
        spans = [(with_comments(self.lines, found, index), end) for index, (_, end) in found.parts.items()]
        spans = [(start, min(end, len(self.lines) - 1)) for start, end in spans]
        head = self.lines[spans[0][0]][: found.column]
        self.lines[spans[0][0]] = " " * found.column + self.lines[spans[0][0]][found.column :]
        order = list(range(len(spans)))
        order.insert(place, order.pop(part))
        gaps = [self.lines[end:start] for (_, end), (start, _) in pairwise(spans)]
        moved: list[str] = []
        for number, gap in zip(order, [*gaps, self.lines[spans[-1][1] : -1]], strict=True):
            start, end = spans[number]
            moved += self.lines[start:end]
            moved += _without_blanks(gap) if keeps(self.lines, found.node, number) else gap
        moved[0] = head + moved[0][found.column :]
        return [*self.lines[: spans[0][0]], *moved, self.lines[-1]]


def _without_blanks(lines: list[str]) -> list[str]:
    """Return lines without the blank ones at their beginning, which a text before them would take in."""
    return list(dropwhile(lambda line: not line.strip(), lines))
