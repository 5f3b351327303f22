"""Other short texts in place of short ones, all at once: the id of a member in every activity that names it."""

from typing import Any

from csg.problem import Path
from csg.source.emit import emit_inline
from csg.source.flow import in_flow_quotes
from csg.source.lines import follow, span
from csg.source.parse import Mapping, Sequence

LONGEST = 60
"""Characters of a short text. A longer one may be folded, which depends on the lines around it."""


def with_short_texts(text: str, data: Any, puts: list[tuple[Path, Any]]) -> str | None:
    """Return the text with other values at some paths, in one pass; None unless all are short texts on one line."""
    spans: dict[int, tuple[int, str]] = {}
    in_quotes: dict[int, tuple[str, ...]] = {}
    for path, value in puts:
        node, part = follow(data, path[:-1]), path[-1]
        if not _is_short(node, part, value):
            return None
        start, end = (mark.index for mark in span(node, part))
        if start in spans or "\n" in text[start:end] or text[start : start + 1] in ("|", ">", "!", "&", "?"):
            return None
        if node.flow and id(node) not in in_quotes:
            in_quotes[id(node)] = in_flow_quotes(text, node)
        quoted = in_quotes.get(id(node), ())
        new = emit_inline(value, quoted=quoted)
        spans[start] = (end, new if quoted else as_before(text[start:end], value, new))
    parts, last = [], 0
    for start, (end, new) in sorted(spans.items()):
        parts += [text[last:start], new]
        last = end
    return "".join([*parts, text[last:]])


def _is_short(node: Any, part: Any, value: Any) -> bool:
    """Return whether a short text is there, and another is to be."""
    if isinstance(node, Mapping):
        old = node.get(part)
    elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node):
        old = node[part]
    else:
        return False
    texts = (old, value)
    return all(isinstance(text, str) and 0 < len(text) <= LONGEST and "\n" not in text for text in texts)


def as_before(old: str, value: str, new: str) -> str:
    """Return a text as it is written, ``new``, in quotes if the old one was in quotes and ``new`` is not."""
    if old[:1] == "'" and new == value:
        return "'" + value.replace("'", "''") + "'"
    return emit_inline(value, quoted=("",)) if old[:1] == '"' and new == value else new
