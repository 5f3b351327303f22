"""Edit YAML text without changing other lines.

The parser gives the position of every key and value. This module adds and removes whole lines of block YAML. ``values``
and ``flow`` edit within lines. ``data_edits`` has the edits, and makes them in plain data.
"""

from itertools import dropwhile, pairwise
from typing import Any

from csg.problem import Path
from csg.source.comments import comments_in
from csg.source.data_edits import Edit, Insert, Move, Put, Remove
from csg.source.flow import Flow
from csg.source.layout import layout_around
from csg.source.lines import (
    Block,
    block_at,
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


def edit_text(text: str, edits: tuple[Edit, ...], data: Mapping | None = None) -> str:
    """Return the text after the edits. Comments, blank lines, quotation marks and line ends stay as they are.

    ``data`` is the parsed text, if the caller has parsed it already.
    """
    mark = BOM if text.startswith(BOM) else ""
    text = text.removeprefix(BOM)
    if len(edits) > 1 and all(isinstance(edit, Put) for edit in edits):
        whole = data or parse(text, "").data
        short = with_short_texts(text, whole, [(edit.path, edit.value) for edit in edits if isinstance(edit, Put)])
        if short is not None:
            return mark + short
        data = whole
    if len(edits) > 1 and all(isinstance(edit, Insert) for edit in edits):
        text, edits = _with_insertions(text, [edit for edit in edits if isinstance(edit, Insert)], data)
        data = None
    for edit in edits:
        text = _Editor(text, data or parse(text, "").data).edited(edit)
        data = None
    return mark + text


def _with_insertions(text: str, edits: list[Insert], data: Mapping | None) -> tuple[str, tuple[Edit, ...]]:
    """Return the text after the edits that add lines to different parts, in one pass, and the edits that are left.

    A thousand reports to a thousand activities would otherwise cost a thousand times the reading of the file.
    """
    first = {edit.path: edit for edit in reversed(edits)}
    if len({len(path) for path in first}) != 1:  # one list can be in another
        return text, tuple(edits)
    editor = _Editor(text, data or parse(text, "").data)
    added = {path: lines for path, edit in first.items() if (lines := editor.new_lines(edit))}
    for line, new in sorted(added.values(), reverse=True):
        editor.lines[line:line] = [words + editor.end for words in new]
    return "\n".join(editor.lines), tuple(
        edit for edit in edits if edit.path not in added or edit is not first[edit.path]
    )


class _Editor:
    """Make one edit of a text."""

    def __init__(self, text: str, data: Mapping | None) -> None:
        self.text, self.data = text, data
        self.lines = text.split("\n")
        self.end = "\r" if 2 * text.count("\r\n") > text.count("\n") else ""
        """The characters before the line break of a new line: as in most lines of the file."""

    def edited(self, edit: Edit) -> str:
        """Return the text after the edit. A file that ends without a line break gets no half of one."""
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
        """Return the text with a new key, after the keys that come before it in the order."""
        earlier = edit.order[: edit.order.index(key)] if key in edit.order else edit.order
        before = [index for index, name in enumerate(node) if name in earlier]
        if (block := block_at(self.data, self.lines, edit.path[:-1])) is None:
            return self._flow(node).put_key(max(before, default=len(node) - 1) + 1, key, edit.value)
        return self._with(*self._key_lines(block, key, edit))

    def _key_lines(self, block: Block, key: str, edit: Put) -> tuple[int, list[str]]:
        """Return the lines of a new key, and the line before which they come."""
        earlier = edit.order[: edit.order.index(key)] if key in edit.order else edit.order
        layout = layout_around(self.text, self.data, edit.path)
        ends = [end for name, (_, end) in block.parts.items() if name in earlier]
        line = max(ends or [end for _, end in block.parts.values()])
        return line, layout.key(key, edit.value, block.column)

    def new_lines(self, edit: Insert) -> tuple[int, list[str]] | None:
        """Return the lines that an edit adds below others, and the line before which they come.

        None if the edit does more than that: it changes a line, or the end of the file.
        """
        *above, key = edit.path
        parent, node = follow(self.data, tuple(above)), follow(self.data, edit.path)
        added = None
        if isinstance(parent, Mapping) and key not in parent:
            if block := block_at(self.data, self.lines, tuple(above)):
                added = self._key_lines(block, str(key), Put(edit.path, [edit.value], edit.order))
        elif isinstance(node, Sequence) and not node.flow:
            block = block_at(self.data, self.lines, edit.path)
            if block and (edit.position > 0 or not block.first_shares_its_line):
                added = self._element_lines(block, node, edit)
        return added if added and added[0] < len(self.lines) else None

    def _insert(self, edit: Insert) -> str:
        node = follow(self.data, edit.path)
        if isinstance(node, Sequence) and node.flow and (node or self._has_comment(node)):
            return self._flow(node).insert(edit.position, edit.value)
        block = block_at(self.data, self.lines, edit.path)
        if block is None:
            return self._put(Put(edit.path, [edit.value], edit.order))
        if edit.position == 0 and block.first_shares_its_line:
            _, new = self._element_lines(block, node, edit)
            return self._insert_on_shared_line(block, new)
        return self._with(*self._element_lines(block, node, edit))

    def _element_lines(self, block: Block, node: Any, edit: Insert) -> tuple[int, list[str]]:
        """Return the lines of a new element, and the line before which they come."""
        layout = layout_around(self.text, self.data, (*edit.path, 0))
        new = layout.element(edit.value, block.column)
        apart = [""] if spaced(self.lines, block) else []
        if edit.position < len(block.parts):
            return with_comments(self.lines, block, edit.position), [*new, *apart]
        apart = [] if keeps(self.lines, node, len(node) - 1) else apart
        return block.parts[len(node) - 1][1], [*apart, *new]

    def _insert_on_shared_line(self, block: Block, new: list[str]) -> str:
        """Return the text with a new first element, if the first element has other text before it on its line."""
        line = block.node.mark.line
        before, after = self.lines[line][: block.column], self.lines[line][block.column :]
        self.lines[line] = " " * block.column + after
        return self._with(line, [before + new[0][block.column :], *new[1:]])

    def _with(self, line: int, new: list[str]) -> str:
        """Return the text with new lines before a line."""
        if line >= len(self.lines):
            self.lines = terminated(self.lines, self.data, self.end)
            line = len(self.lines) - 1
        return "\n".join([*self.lines[:line], *(added + self.end for added in new), *self.lines[line:]])

    def _has_comment(self, node: Any) -> bool:
        return bool(comments_in(self.text, self.lines, node, node.end.index))

    def _flow(self, node: Any) -> Flow:
        return Flow(self.text, self.data, node, self.end + "\n")

    def _remove(self, path: Path) -> str:
        *above, part = path
        node = follow(self.data, tuple(above))
        if (block := block_at(self.data, self.lines, tuple(above))) is None:
            flow = self._flow(node)
            return flow.remove(flow.parts.index(part))
        if len(block.parts) == 1 and above:
            return self._emptied(block, part, tuple(above))
        if block.first_shares_its_line and part == next(iter(block.parts)):
            return self._without_first(block, part)
        return self._without(block, part)

    def _emptied(self, block: Block, part: str | int, path: Path) -> str:
        """Return the text with empty brackets instead of a block that loses its only part."""
        parent = follow(self.data, path[:-1])
        empty: Any = [] if isinstance(block.node, Sequence) else {}
        # The comments below the last line of the part stay where they are.
        kept = self._comments_that_stay(block, part, self._last_of(block, part))
        layout = layout_around(self.text, self.data, path)
        return "\n".join(Value(self.text, self.lines, parent, path[-1]).replaced(empty, layout, self.end, kept))

    def _without(self, block: Block, part: str | int) -> str:
        """Return the text without a part. If it has blank lines above and below, remove one of them."""
        lines = self.lines
        record = isinstance(block.node, Sequence) and isinstance(block.node[int(part)], Mapping)
        start = with_comments(lines, block, part) if record else block.parts[part][0]
        end = block.parts[part][1]
        kept = [" " * block.column + comment for comment in self._comments_that_stay(block, part)]
        before = max((last for first, last in block.parts.values() if first < start), default=0)
        if self._ends_in_kept_blanks(block, part):
            while not kept and end < len(lines) - 1 and not lines[end].strip():
                end += 1
        elif not kept and start > before and not lines[start - 1].strip() and not "".join(lines[end : end + 1]).strip():
            start -= 1
        following = lines[end:] or [""]
        return "\n".join([*lines[:start], *kept, *following])

    def _ends_in_kept_blanks(self, block: Block, part: str | int) -> bool:
        """Return whether the part before this part is a text that keeps the blank lines after it (``|+``)."""
        parts = list(block.parts)
        index = parts.index(part)
        return index > 0 and keeps(self.lines, block.node, parts[index - 1])

    def _comments_that_stay(self, block: Block, part: str | int, end: int | None = None) -> list[str]:
        """Return the comments that stay without the part: all except those of a record, and commented-out records.

        ``end`` is the line after the last one that is searched; without it, that after the part.
        """
        node, start = block.node, block.parts[part][0]
        end = block.parts[part][1] if end is None else end
        value = node[part]
        if isinstance(node, Sequence) and isinstance(value, Mapping):
            return self._commented_out(self._last_of(block, part), end, set(value))
        if isinstance(value, Sequence) and any(isinstance(element, Mapping) for element in value):
            return self._commented_out(start, end, {key for element in value for key in element or ()})
        last = sum(len(line) + 1 for line in self.lines[:end]) - 1
        return comments_in(self.text, self.lines, node, last, part)

    def _last_of(self, block: Block, part: str | int) -> int:
        """Return the line after the last line of a part that is not a comment."""
        return Value(self.text, self.lines, block.node, part).last + 1

    def _commented_out(self, start: int, end: int, keys: set[str]) -> list[str]:
        """Return the comments between two lines that are a commented-out record with one of the keys."""
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

    def _without_first(self, block: Block, part: str | int) -> str:
        """Return the text without the first key or element, which has other text before it on its line."""
        start, end = block.parts[part]
        kept = [" " * block.column + comment for comment in self._comments_that_stay(block, part)]
        lines = [*self.lines[:start], *kept, *self.lines[end:]]
        before = self.lines[start][: block.column]
        following = lines[start]
        if following.strip() and indentation(following) >= block.column:
            lines[start] = before + following[block.column :]
        else:
            lines.insert(start, before.rstrip(" ") + self.end)
        return "\n".join(lines)

    def _move(self, edit: Move) -> str:
        *above, part = edit.path
        block = block_at(self.data, self.lines, tuple(above))
        if block is None:
            return self._flow(follow(self.data, tuple(above))).move(int(part), edit.position)
        if block.parts[len(block.parts) - 1][1] >= len(self.lines):
            self.lines = terminated(self.lines, self.data, self.end)
        return "\n".join(self._moved(block, int(part), edit.position))

    def _moved(self, block: Block, part: int, index: int) -> list[str]:
        """Return the lines after an element is moved. The lines between the elements stay where they are."""
        spans = [(with_comments(self.lines, block, number), end) for number, (_, end) in block.parts.items()]
        spans = [(start, min(end, len(self.lines) - 1)) for start, end in spans]
        head = self.lines[spans[0][0]][: block.column]
        self.lines[spans[0][0]] = " " * block.column + self.lines[spans[0][0]][block.column :]
        order = list(range(len(spans)))
        order.insert(index, order.pop(part))
        gaps = [self.lines[end:start] for (_, end), (start, _) in pairwise(spans)]
        moved: list[str] = []
        for number, gap in zip(order, [*gaps, self.lines[spans[-1][1] : -1]], strict=True):
            start, end = spans[number]
            moved += self.lines[start:end]
            moved += _without_blanks(gap) if keeps(self.lines, block.node, number) else gap
        moved[0] = head + moved[0][block.column :]
        return [*self.lines[: spans[0][0]], *moved, self.lines[-1]]


def _without_blanks(lines: list[str]) -> list[str]:
    """Return lines without blank lines at the beginning, which a text before them would include."""
    return list(dropwhile(lambda line: not line.strip(), lines))
