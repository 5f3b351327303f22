"""Edits of whole lines: parts of block mappings and sequences, put in, taken out and moved."""

import re
from collections.abc import Sequence as Lines
from itertools import pairwise

from csg.source.layout import Block, Layout
from csg.source.parse import Mapping, Sequence

_COMMENTED_OUT = re.compile(r"\s*#\s*(?:-\s+)?[A-Za-z_]+:(?:\s|$)")
"""A comment that is a key and a value: part of a record that somebody has switched off."""


def inserted(layout: Layout, index: int, new: Lines[str]) -> str:
    """Return the text with new lines before the line at ``index``, with the line ends of the lines around them."""
    lines = list(layout.lines)
    at_end = index >= len(lines) or (index == len(lines) - 1 and lines[-1] == "")
    if at_end and lines[-1] != "":
        lines = [*_closed(layout), ""]
        index = len(lines) - 1
    index = min(index, len(lines) - 1) if lines[-1] == "" else index
    neighbour = lines[index - 1] if index else lines[0]
    end = "\r" if neighbour.endswith("\r") else ""
    return "\n".join([*lines[:index], *(f"{line}{end}" for line in new), *lines[index:]])


def _closed(layout: Layout) -> list[str]:
    """Return the lines of a text that does not end with a line end, so that something can follow.

    A ``|`` or ``>`` text that ends the file gets a line end that is no part of it.
    """
    last = layout.last_value(layout.data)
    lines = list(layout.lines)
    if last and last.style == "block text" and layout.line_at(max(last.end - 1, last.start)) == len(lines) - 1:
        header = layout.line_at(last.start)
        column = last.start - layout.start_of(header)
        line = lines[header]
        lines[header] = line[:column] + re.sub(r"^([|>][1-9]?)[+-]?", r"\1-", line[column:])
    if len(lines) > 1 and lines[-2].endswith("\r"):
        lines[-1] += "\r"
    return lines


def above(layout: Layout, block: Block, part: str | int) -> int:
    """Return the first of the comment lines directly above a part, in its column: they are about it.

    A record that somebody has commented out is about nothing but itself.
    """
    first = start = block.parts[part][0]
    while start and layout.lines[start - 1].startswith(" " * block.column + "#"):
        start -= 1
    return first if any(map(_COMMENTED_OUT.match, layout.lines[start:first])) else start


def insertion_line(layout: Layout, block: Block, index: int) -> int:
    """Return the line before which a new element comes, so that it is the ``index``-th."""
    if index < len(block.parts):
        return above(layout, block, index)
    return block.parts[index - 1][1]


def spaced(layout: Layout, block: Block) -> bool:
    """Return whether a blank line is before the last of several parts."""
    if len(block.parts) < 2:
        return False
    start = above(layout, block, next(reversed(block.parts)))
    return start > 0 and not layout.lines[start - 1].strip()


def element_inserted(layout: Layout, block: Block, node: Sequence, index: int, new: list[str]) -> str:
    """Return the text with a new element of a block sequence, apart from the others as they are."""
    apart = [""] if spaced(layout, block) else []
    if index == 0 and block.shares_line:
        return _first_on_a_shared_line(layout, block, [*new, *apart])
    if index < len(block.parts):
        return inserted(layout, insertion_line(layout, block, index), [*new, *apart])
    end = block.parts[index - 1][1]
    if layout.keeps_blank_lines(node, index - 1):
        return inserted(layout, _after_blank_lines(layout, end), new)
    return inserted(layout, end, [*apart, *new])


def _first_on_a_shared_line(layout: Layout, block: Block, new: list[str]) -> str:
    """Return the text with a new first element of a list that begins after something else on its line."""
    line = block.parts[0][0]
    before = layout.lines[line][: block.column]
    lines = list(layout.lines)
    lines[line] = " " * block.column + lines[line][block.column :]
    carriage = "\r" if lines[line].endswith("\r") else ""
    first = [f"{text}{carriage}" for text in (before + new[0][block.column :], *new[1:])]
    return "\n".join([*lines[:line], *first, *lines[line:]])


def _after_blank_lines(layout: Layout, line: int) -> int:
    while line < len(layout.lines) - 1 and not layout.lines[line].strip():
        line += 1
    return line


def key_inserted(layout: Layout, block: Block, node: Mapping, after: str | int, new: list[str]) -> str:
    """Return the text with the lines of a new key after another."""
    end = block.parts[after][1]
    return inserted(layout, _after_blank_lines(layout, end) if layout.keeps_blank_lines(node, after) else end, new)


def record_removed(layout: Layout, block: Block, node: Mapping | Sequence, part: str | int) -> str:
    """Return the text without a part and the comments about it.

    Of the blank lines above and below, which then meet, one goes too.
    """
    start, end = above(layout, block, part), block.parts[part][1]
    if layout.keeps_blank_lines(node, part):
        end = _after_blank_lines(layout, end)
    earlier = [known for known, (first, _) in block.parts.items() if first < start]
    before = max((block.parts[known][1] for known in earlier), default=0)
    if earlier and layout.keeps_blank_lines(node, earlier[-1]):
        before = _after_blank_lines(layout, before)
    blank_above = start > before and not layout.lines[start - 1].strip()
    blank_below = end >= len(layout.lines) or not layout.lines[end].strip()
    first = start - 1 if blank_above and blank_below else start
    return "\n".join([*layout.lines[:first], *layout.lines[end:]])


def line_removed(layout: Layout, block: Block, node: Mapping | Sequence, part: str | int) -> str:
    """Return the text without a field or a name. Its comments stay, on lines of their own."""
    start, end = block.parts[part]
    first = layout.start_of(start)
    last = min(layout.start_of(end), len(layout.text))
    value = layout.value(node, part)
    holder = {part: value.node} if not isinstance(value.node, (Mapping, Sequence)) else value.node
    comments = _kept_comments(layout, node, part, holder, first, last)
    carriage = "\r" if layout.lines[start].endswith("\r") else ""
    kept = [f"{' ' * block.column}{comment}{carriage}" for comment in comments]
    return "\n".join([*layout.lines[:start], *kept, *layout.lines[end:]])


def _kept_comments(
    layout: Layout, node: Mapping | Sequence, part: str | int, holder: object, first: int, last: int
) -> list[str]:
    value = layout.value(node, part)
    if isinstance(holder, (Mapping, Sequence)):
        return layout.comments(max(first, _after_key(layout, node, part)), last, holder)
    before = layout.comments(_after_key(layout, node, part), value.start, None)
    if value.style == "block text":
        line = layout.line_at(value.start)
        return [
            *before,
            *layout.comments(value.start, layout.start_of(line + 1) - 1, None),
            *layout.comments(value.end, last, None),
        ]
    return [*before, *layout.comments(value.end, last, None)]


def _after_key(layout: Layout, node: Mapping | Sequence, part: str | int) -> int:
    """Return the index of a key, or of the line that a dash is on."""
    if isinstance(node, Mapping):
        return int(node.marks[str(part)][0].index)
    return layout.start_of(layout.line_at(int(node.marks[int(part)].index)))


def element_moved(layout: Layout, block: Block, node: Sequence, part: int, index: int) -> str:
    """Return the text with an element, and the comments about it, at another place of its list.

    Blank lines that belong to a text in an element move with it.
    """
    spans = []
    for known, (_, end) in block.parts.items():
        last = _after_blank_lines(layout, end) if layout.keeps_blank_lines(node, known) else end
        spans.append((above(layout, block, known), last))
    lines = list(layout.lines)
    if spans[-1][1] >= len(lines) and lines[-1] != "":
        lines = [*_closed(layout), ""]
    start = spans[0][0]
    shared = lines[start][: block.column] if block.shares_line else ""
    if shared:
        lines[start] = " " * block.column + lines[start][block.column :]
    blocks = [lines[start:end] for start, end in spans]
    gaps = [lines[end:start] for (_, end), (start, _) in pairwise(spans)]
    blocks.insert(index, blocks.pop(part))
    joined = [line for lines_of, gap in zip(blocks, [*gaps, []], strict=True) for line in (*lines_of, *gap)]
    if shared:
        joined[0] = shared + joined[0][block.column :]
    return "\n".join([*lines[:start], *joined, *lines[spans[-1][1] :]])


def without_comments(layout: Layout, block: Block, node: Mapping | Sequence, part: str | int) -> str:
    """Return the text, as long as it was, with blanks for the comments in a part and about it: they go with it."""
    start, end = above(layout, block, part), block.parts[part][1]
    first, last = layout.start_of(start), min(layout.start_of(end), len(layout.text))
    text = layout.text
    for begin, finish in layout.comment_spans(first, last, node):
        text = text[:begin] + " " * (finish - begin) + text[finish:]
    return text
