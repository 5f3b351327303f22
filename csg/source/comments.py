"""Find the comments inside a part of YAML text: they are outside the positions of keys and values."""

from collections.abc import Iterable, Iterator
from typing import Any

from csg.source.lines import header, line_end, span
from csg.source.parse import Mapping, Sequence


def comments_in(text: str, lines: list[str], node: Any, end: int, part: str | int | None = None) -> list[str]:
    """Return the comments from the start of a mapping or sequence, or of a part of it, to ``end``.

    Each comment has its line end.
    """
    comments = []
    start = node.mark.index if part is None else _start(node, part).index
    parts = (node if isinstance(node, Mapping) else range(len(node))) if part is None else (part,)
    for first, last in (*_written(text, lines, node, parts), (end, end)):
        # Between two texts are only punctuation, blanks and comments.
        for line in text[start : max(first, start)].split("\n"):
            _, sign, comment = line.partition("#")
            comments += [f"#{comment.rstrip()}{line_end(comment)}"] if sign else []
        start = max(last, start)
    return comments


def _start(node: Any, part: Any) -> Any:
    """Return the position of a key or element."""
    return node.marks[part][0] if isinstance(node, Mapping) else node.marks[part]


def _written(text: str, lines: list[str], node: Any, parts: Iterable[Any]) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each key and text in some parts of a node, in order."""
    for part in parts:
        if isinstance(node, Mapping):
            yield _start(node, part).index, node.ends[part][0].index
        value = node[part]
        start, end = span(node, part)
        if isinstance(value, (Mapping, Sequence)):
            yield from _written(text, lines, value, value if isinstance(value, Mapping) else range(len(value)))
        elif signs := header(lines, node, part):
            yield start.index, start.index + len(signs)
            yield min(text.find("\n", start.index) + 1 or len(text), end.index), end.index
        elif value is not None:
            yield start.index, end.index
