"""Edits of lists and mappings in brackets and braces: elements put in, taken out and moved, on one line or several."""

import re

from csg.source.emit import emit
from csg.source.layout import Layout
from csg.source.parse import Mapping, Sequence

_GAP = re.compile(r"(?:[ \t\r\n]|(?<=[ \t\r\n,\[{])#[^\n]*)*")
"""Blanks, line ends and comments between two elements."""


def written(value: object, key: str | None = None) -> str:
    """Return a value, with its key if it has one, as it is written within brackets or braces."""
    return emit({key: value} if key else [value], one_line=True).removesuffix("\n")[1:-1]


def inserted(layout: Layout, node: Mapping | Sequence, index: int, new: str) -> str:
    """Return the text with a new element, so that it is the ``index``-th."""
    spans = _spans(layout, node)
    text = layout.text
    if not spans:
        start = int(node.mark.index) + 1
        comments = layout.comments(start, int(node.end.index) - 1, None)
        return text[:start] + new + (text[start:] if comments else text[int(node.end.index) - 1 :])
    if index == 0:
        start = spans[0][0]
        line = layout.line_at(start)
        if not _on_own_lines(layout, spans):
            return f"{text[:start]}{new}, {text[start:]}"
        begin = layout.start_of(line)
        return f"{text[:begin]}{' ' * (start - begin)}{new},{_line_end(layout, line)}{text[begin:]}"
    before = spans[index - 1][1]
    comma = _comma(layout, before)
    if not _on_own_lines(layout, spans):
        at = before if comma is None else comma
        return f"{text[:at]}, {new}{text[at:]}"
    line = layout.line_at(before)
    column = spans[index - 1][0] - layout.start_of(layout.line_at(spans[index - 1][0]))
    start = layout.start_of(line + 1)
    needs_comma = comma is not None or index < len(spans)
    element = f"{' ' * column}{new}{',' if needs_comma else ''}{_line_end(layout, line)}"
    separated = text[:before] + ("," if comma is None else "") + text[before:start]
    return f"{separated}{element}{text[start:]}"


def removed(layout: Layout, node: Mapping | Sequence, index: int, *, whole: bool) -> str:
    """Return the text without an element and its comma. Comments beside it stay, unless its ``whole`` lines go."""
    spans = _spans(layout, node)
    start, end = spans[index]
    text = layout.text
    if whole and _on_own_lines(layout, [*spans, (int(node.end.index) - 1, int(node.end.index))]):
        first, last = layout.line_at(start), layout.line_at(end - 1)
        return text[: layout.start_of(first)] + text[layout.start_of(last + 1) :]
    comma = _comma(layout, end)
    if comma is not None:
        comments = text[end:comma]
        end = comma + 1
        kept = comments.strip()
        if kept:
            return _tidy(f"{text[:start]}{comments.lstrip(' ')}{text[end:]}", start)
        if index < len(spans) - 1 and layout.line_at(spans[index + 1][0]) == layout.line_at(end):
            end = spans[index + 1][0]
    elif index:
        before = _comma(layout, spans[index - 1][1])
        if before is not None and not text[before + 1 : start].strip(" "):
            start = before
    return _tidy(text[:start] + text[end:], start)


def _tidy(text: str, index: int) -> str:
    """Return the text without the line that has the index, if that line is blank now, and without blanks at its end."""
    start = text.rfind("\n", 0, index) + 1
    end = text.find("\n", index)
    end = len(text) if end < 0 else end
    line = text[start:end]
    if not line.strip():
        return text[:start] + text[end + 1 :]
    carriage = "\r" if line.endswith("\r") else ""
    return f"{text[:start]}{line.rstrip()}{carriage}{text[end:]}"


def moved(layout: Layout, node: Sequence, part: int, index: int) -> str:
    """Return the text with an element at another place of its list, with the comment on its line."""
    spans = _spans(layout, node)
    text = layout.text
    if not _on_own_lines(layout, spans):
        slices = [text[start:end] for start, end in spans]
        slices.insert(index, slices.pop(part))
        pieces, last = [], 0
        for (start, end), piece in zip(spans, slices, strict=True):
            pieces += [text[last:start], piece]
            last = end
        return "".join([*pieces, text[last:]])
    lines = []
    for start, end in spans:
        first, last = layout.line_at(start), layout.line_at(max(end - 1, start))
        element = "\n".join(layout.lines[first : last + 1])
        if _comma(layout, end) is None:
            offset = end - layout.start_of(first)
            element = f"{element[:offset]},{element[offset:]}"
        lines.append((first, last, element))
    elements = [element for _, _, element in lines]
    elements.insert(index, elements.pop(part))
    result, next_line = [], 0
    for (first, last, _), element in zip(lines, elements, strict=True):
        result += [*layout.lines[next_line:first], element]
        next_line = last + 1
    return "\n".join([*result, *layout.lines[next_line:]])


def _spans(layout: Layout, node: Mapping | Sequence) -> list[tuple[int, int]]:
    """Return the first and the last index of each element; that of a mapping begins at its key."""
    if isinstance(node, Mapping):
        return [(int(node.marks[key][0].index), layout.value(node, key).end) for key in node]
    values = (layout.value(node, index) for index in range(len(node)))
    return [(value.start, value.end) for value in values]


def _comma(layout: Layout, end: int) -> int | None:
    """Return the index of the comma after an element; None if it has none."""
    gap = _GAP.match(layout.text, end)
    index = gap.end() if gap else end
    return index if layout.text[index : index + 1] == "," else None


def _on_own_lines(layout: Layout, spans: list[tuple[int, int]]) -> bool:
    """Return whether each element begins a line of its own."""
    starts = [layout.line_at(start) for start, _ in spans]
    alone = all(
        not layout.lines[line][: start - layout.start_of(line)].strip()
        for line, (start, _) in zip(starts, spans, strict=True)
    )
    return alone and len(set(starts)) == len(starts)


def _line_end(layout: Layout, line: int) -> str:
    return "\r\n" if layout.lines[line].endswith("\r") else "\n"
