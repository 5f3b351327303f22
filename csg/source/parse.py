"""Parse YAML text as plain data, in which every scalar is text and every node has its line and column."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple
from unicodedata import name

from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from csg.problem import Path, Problem
from csg.source.complaint import MOST_LEVELS, TOO_DEEP, complaint
from csg.source.text import BOM, Mark, line_and_column, position

MOST_PROBLEMS = 20


class Mapping(dict[str, Any]):
    """A YAML mapping.

    ``marks`` has the positions of each key and its value, and ``ends`` their ends. If ``flow`` is true, the mapping is
    in braces, and ``end`` is the end of the braces.
    """

    __slots__ = ("end", "ends", "flow", "mark", "marks")

    def __init__(self, mark: Mark, *, flow: bool = False) -> None:
        super().__init__()
        self.mark = self.end = mark
        self.flow = flow
        self.marks: dict[str, tuple[Mark, Mark]] = {}
        self.ends: dict[str, tuple[Mark, Mark]] = {}


class Sequence(list[Any]):
    """A YAML sequence.

    ``marks`` has the position of each element, and ``ends`` its end. If ``flow`` is true, the sequence is in brackets,
    and ``end`` is the end of the brackets.
    """

    __slots__ = ("end", "ends", "flow", "mark", "marks")

    def __init__(self, mark: Mark, *, flow: bool = False) -> None:
        super().__init__()
        self.mark = self.end = mark
        self.flow = flow
        self.marks: list[Mark] = []
        self.ends: list[Mark] = []


class Document(NamedTuple):
    """A parsed file: its name, its text, its data (None if it has no mapping) and its problems.

    ``lost`` are lines that are not YAML, from 0, with the key on each, which is therefore missing from the data.
    """

    file: str
    text: str
    data: Mapping | None
    problems: tuple[Problem, ...]
    lost: frozenset[tuple[int, str]]

    def texts(self) -> Iterator[tuple[str, Mark]]:
        """Yield every text, with its position."""
        pending: list[Any] = [self.data]
        while pending:
            node = pending.pop()
            if isinstance(node, Mapping):
                children = [(value, node.marks[key][1]) for key, value in node.items()]
            else:
                children = list(zip(node or (), node.marks if node is not None else (), strict=True))
            for value, mark in children:
                if isinstance(value, str):
                    yield value, mark
                elif value is not None:
                    pending.append(value)


class Spot(NamedTuple):
    """The position of a node in a file."""

    file: str
    node: Mapping | Sequence

    @property
    def line(self) -> int:
        """Return the line on which the node starts, from 1."""
        return int(self.node.mark.line) + 1

    def at(self, path: Path) -> tuple[int, int]:
        """Return the line and column of the value at ``path``, or of the last node that is found.

        A part of the path is a key, an index, or the text of an element of a list.
        """
        return line_and_column(locate(self.node, path))


def locate(node: Any, path: Path, *, key: bool = False) -> Any:
    """Return the position of the value at ``path`` below ``node``, or of its key if ``key`` is true."""
    mark = node.mark
    for part in path:
        if isinstance(node, Mapping) and part in node:
            mark = node.marks[str(part)][0 if key and part == path[-1] else 1]
            node = node[str(part)]
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node):
            mark, node = node.marks[part], node[part]
        elif isinstance(node, Sequence) and isinstance(part, str) and part in node:
            mark = node.marks[node.index(part)]
        else:
            break
    return mark


class _Stop(Exception):  # noqa: N818
    """Stop reading, because more problems would mislead."""


class _Builder:
    """Build data from the parser's events. Note what is not allowed, and continue if possible."""

    def __init__(self, text: str, file: str) -> None:
        self.get: Callable[[], Any] = CParser(text).get_event
        self.text = text
        self.file = file
        self.problems: list[Problem] = []

    def note(self, code: str, message: str, mark: Mark, hint: str = "") -> None:
        self.problems.append(Problem(code, message, self.file, *line_and_column(mark), hint))
        if len(self.problems) == MOST_PROBLEMS:
            raise _Stop

    def build(self) -> tuple[Mapping | None, Problem | None]:
        """Return the document's mapping, if it has one, and the error at which libyaml stopped, if any."""
        root: list[Any] = []
        try:
            self.get()
            while not isinstance(event := self.get(), StreamEndEvent):
                if isinstance(event, DocumentStartEvent) and root:
                    hint, mark = "Move it to a file of its own, or delete the line ---.", event.start_mark
                    assert mark is not None  # every event of libyaml has one
                    self.note("CSG111", "a second document starts here", mark, hint)
                    break
                self.document(root)
        except _Stop:
            return None, None
        except YAMLError as error:
            return None, complaint(error, self.text, self.file)
        if not root or root[0] is None:
            self.problems.append(Problem("CSG112", "the file is empty", self.file, 1, 1, "See docs/data-format.md."))
        elif isinstance(root[0], Mapping):
            return root[0], None
        else:
            kind = "a list" if isinstance(root[0], Sequence) else "text"
            message = f"the file must be a mapping of keys, not {kind}"
            self.problems.append(Problem("CSG113", message, self.file, 1, 1, "See docs/data-format.md."))
        return None, None

    def document(self, root: list[Any]) -> None:
        """Read the events of a document into ``root``, a list that gets one element.

        This is one loop without calls for the common events, because it takes most of the time for a large plan.
        """
        get = self.get
        stack: list[tuple[Any, str | None, Any]] = []
        node: Any = root
        key: str | None = None
        key_mark: Any = None
        key_end: Any = None
        in_mapping = False
        while True:
            event: Any = get()
            kind = type(event)
            if kind is MappingEndEvent or kind is SequenceEndEvent:
                node.end = event.end_mark
                node, key, key_mark = stack.pop()
                in_mapping = type(node) is Mapping
                continue
            if kind is DocumentEndEvent:
                return
            mark = event.start_mark
            if kind is AliasEvent:
                self.note("CSG108", f"alias *{event.anchor} is not allowed", mark, "Write the value out.")
                value: Any = None
            else:
                if event.anchor:
                    self.note("CSG108", f"anchor &{event.anchor} is not allowed", mark, "Write the value out.")
                if event.tag:
                    tag = event.tag.replace("tag:yaml.org,2002:", "!!")
                    self.note("CSG109", f"tag {tag} is not allowed", mark, "Delete it.")
                if kind is ScalarEvent:
                    value = event.value
                    if not value and not event.style:
                        value = None
                elif kind is MappingStartEvent:
                    value = Mapping(mark, flow=event.flow_style)
                else:
                    value = Sequence(mark, flow=event.flow_style)
            if not in_mapping:
                node.append(value)
                if node is not root:
                    node.marks.append(mark)
                    node.ends.append(event.end_mark)
            elif key is None:
                if kind is not ScalarEvent or value is None:
                    self.note("CSG114", "a key must be plain text", mark, "Write `key: value`.")
                    raise _Stop
                if value == "<<" and not event.style:
                    self.note("CSG110", "merge key << is not allowed", mark, "Write the keys out.")
                key, key_mark, key_end = value, mark, event.end_mark
                continue
            else:
                if key in node:
                    first = node.marks[key][0].line + 1
                    self.note("CSG102", f"key '{key}' is used twice", key_mark, f"Delete this line, or line {first}.")
                else:
                    node[key] = value
                    node.marks[key] = (key_mark, mark)
                    node.ends[key] = (key_end, event.end_mark)
                key = None
            if kind is MappingStartEvent or kind is SequenceStartEvent:
                if len(stack) == MOST_LEVELS:
                    self.note("CSG115", TOO_DEEP[0], mark, TOO_DEEP[1])
                    raise _Stop
                stack.append((node, key, key_mark))
                node, key = value, None
                in_mapping = kind is MappingStartEvent


def parse(text: str, file: str) -> Document:
    """Parse the text of one data file.

    To report all problems, reading continues after a duplicate key, a tag or an alias, and skips lines that are not
    YAML. ``data`` is None if the file is not a mapping.
    """
    content = text.removeprefix(BOM)
    wide = _wide_indentation(content)
    if wide:
        content = _WIDE_INDENT.sub(lambda match: " " * len(match[0]), content)
    broken: dict[int, Problem] = {}
    for _ in range(3 * MOST_PROBLEMS):
        readable, lost = _without(content, broken)
        builder = _Builder(readable, file)
        data, problem = builder.build()
        if problem is None or problem.line in broken or len(broken) == MOST_PROBLEMS:
            break
        # This problem can cause the later ones, for example an open quotation mark. Parse again without its line.
        broken = {line: earlier for line, earlier in broken.items() if line < problem.line} | {problem.line: problem}
    noted = [_wide_blank(text.removeprefix(BOM), index, file) for index in wide]
    return Document(file, text, data, (*noted, *broken.values(), *builder.problems), lost)


_WIDE_INDENT = re.compile(
    r"^[ ]*[\u00a0\u2000-\u200a\u202f\u205f\u3000][ \u00a0\u2000-\u200a\u202f\u205f\u3000]*", re.MULTILINE
)
_KEY = re.compile(r"(?:- )?[\w\"']+:(?:\s|$)|- ")
"""The beginning of a key or of an element of a list, after the indentation."""


def _wide_indentation(text: str) -> list[int]:
    """Return the index of each line with a key or list element that a wide blank indents."""
    if text.isascii():
        return []
    return [match.start() for match in _WIDE_INDENT.finditer(text) if _KEY.match(text, match.end())][:MOST_PROBLEMS]


def _wide_blank(text: str, index: int, file: str) -> Problem:
    blank = next(letter for letter in text[index:] if letter != " ")
    column = text.index(blank, index)
    message = f"the indentation has the character U+{ord(blank):04X} ({name(blank).lower()})"
    return Problem("CSG101", message, file, *position(text, column), "Indent with spaces.")


def _without(text: str, broken: Iterable[int]) -> tuple[str, frozenset[tuple[int, str]]]:
    """Return the text without some lines and the lines indented below them, and the keys in these lines."""
    if not broken:
        return text, frozenset()
    lines = text.split("\n")
    keys: set[tuple[int, str]] = set()
    for line in broken:
        end = min(line, len(lines))
        depth = _depth(lines[end - 1])
        while end < len(lines) and (not lines[end].strip() or _depth(lines[end]) > depth):
            end += 1
        for index in range(line - 1, end):
            key = re.match(r"[\s-]*([^\s:#]+)", lines[index])
            keys.update({(index, key[1])} if key else ())
            lines[index] = ""
    return "\n".join(lines), frozenset(keys)


def _depth(line: str) -> int:
    """Return the indentation of a line. A line with a tab counts as very deep: no line is below it."""
    blank = line[: len(line) - len(line.lstrip())]
    return 1_000_000 if "\t" in blank else len(blank)
