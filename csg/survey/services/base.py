"""The parts of an export that all services share: questions, samples of rows, and columns about the respondents."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from csg.model.review import Kind
from csg.survey import headers
from csg.survey.headers import key, plain_head
from csg.survey.table import Row

NO_LABEL = "Without a label"
NO_HEADING = "a column without a heading"


class Group(NamedTuple):
    """The columns of a question: one with its answers, or one for each of its choices or rows, by their labels.

    ``beside`` are columns of free text that belong to it, and ``other`` the label of those: Other (please specify).
    ``separators`` are the characters between several choices in one cell. ``personal`` is a question that can identify
    a person, ``free`` one that is answered in one's own words. ``yes`` and ``no`` are the cells of choices that are
    columns: those that choose it and those that do not; without ``yes``, a cell repeats the label. ``numbered`` is a
    question whose text has got a number, because another question has the same text. ``kind`` and ``choices`` are from
    a form.
    """

    id: str
    text: str
    columns: tuple[int, ...]
    labels: tuple[str, ...] = ()
    beside: tuple[int, ...] = ()
    other: str = ""
    separators: tuple[str, ...] = ()
    personal: bool = False
    free: bool = False
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    numbered: bool = False
    kind: Kind | None = None
    choices: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[int, ...]:
        """All columns of the question."""
        return (*self.columns, *self.beside)


class Survey(NamedTuple):
    """The contents of an export: its service, its questions, and the headings of columns that are not read.

    ``heads`` is the number of rows up to the first response, ``nothing`` the sign for no answer, ``notes`` are
    sentences about what a person should check, and ``cells`` translate the cells of columns.
    """

    service: str
    groups: list[Group]
    dropped: list[str]
    heads: int
    nothing: str = ""
    notes: tuple[str, ...] = ()
    cells: Mapping[int, Callable[[str], str]] = {}


class Sample:
    """The first rows of a table, from its headings on, all equally wide."""

    def __init__(self, rows: Sequence[Row]) -> None:
        """``rows`` begin with the headings."""
        self.width = len(rows[0]) if rows else 0
        self.rows = [[*row, *[""] * self.width][: self.width] for row in rows]

    def row(self, number: int) -> Row:
        """Return a row by its number from 0; an empty one after the end."""
        return self.rows[number] if number < len(self.rows) else [""] * self.width

    def column(self, column: int, heads: int = 1) -> list[str]:
        """Return the cells of a column that have an answer, as they are compared."""
        return [key(row[column]) for row in self.rows[heads:] if row[column].strip(" -")]


YES, NO = frozenset({"1", "true", "1.0"}), frozenset({"0", "false", "0.0"})
"""The cells of choices that are columns, in most services."""


def is_ticked(sample: Sample, column: int, label: str, heads: int) -> bool:
    """Return whether all cells of a column repeat its label, or are 0 and 1: it is a choice that people tick."""
    cells = set(sample.column(column, heads))
    return bool(cells) and (cells <= YES | NO or cells <= {key(label), key(label.rpartition(" - ")[2])})


def numbered(groups: Iterable[Group]) -> list[Group]:
    """Return questions with ids in the order of their columns."""
    return [group._replace(id=f"Q{number}") for number, group in enumerate(groups, 1)]


def is_personal(text: str, labels: Sequence[str] = ()) -> bool:
    """Return whether a question, or one of its rows, asks who somebody is."""
    contact = headers.CONTACT & {key(label) for label in labels}
    return len(contact) >= 3 or any(map(headers.is_personal, (text, *labels)))


def is_time(cell: str) -> bool:
    """Return whether a cell is a day with a time, or the number that a spreadsheet writes for one."""
    return bool(
        re.match(r"\s*\d{1,4}\D{1,2}\d{1,2}\D{1,2}\d{1,4}\D", f"{cell} ") or re.fullmatch(r"[345]\d{4}\.\d+", cell)
    )


def has_times(sample: Sample, column: int, heads: int = 1) -> bool:
    """Return whether nearly all cells of a column are times; a few can be damaged."""
    cells = sample.column(column, heads)
    return bool(cells) and sum(map(is_time, cells)) >= 0.9 * len(cells)


def own_columns(first: Row, known: frozenset[str]) -> int:
    """Return the number of columns at the beginning that a service adds."""
    return next((column for column, head in enumerate(first) if key(head) not in known), len(first))


def bracketed(
    first: Row, columns: Iterable[int], separators: tuple[str, ...] = (), texts: Mapping[int, str] | None = None
) -> list[Group]:
    """Return a question for each column, and one for neighbours with ``Question [row]`` as headings."""
    runs: list[tuple[str, list[int], list[str]]] = []
    for column in columns:
        head = texts[column] if texts else plain_head(first[column])
        row = re.fullmatch(r"(.*\S) ?\[([^\[]+)\]", head)
        if row and runs and runs[-1][0] == row[1] and runs[-1][2]:
            runs[-1][1].append(column)
            runs[-1][2].append(row[2].strip() or NO_LABEL)
        else:
            runs.append((row[1], [column], [row[2].strip() or NO_LABEL]) if row else (head, [column], []))
    groups: list[Group] = []
    for text, run, labels in runs:
        if len(run) > 1:
            personal = is_personal(text, labels)
            groups.append(Group("", text, tuple(run), tuple(labels), separators=separators, personal=personal))
        else:
            head = texts[run[0]] if texts else plain_head(first[run[0]])
            groups.append(Group("", head, tuple(run), separators=separators, personal=is_personal(head)))
    return groups
