"""What a table is, and how a file that is none is told."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from csg.problem import Problem, Refused, reason

Row = list[str]
MOST_COLUMNS = 2_000
HEADS = 2
"""Rows that may be of heads, and are rows even where there is nothing in them."""


class Table(NamedTuple):
    """A table: its encoding, its first rows, which hold its heads, and all rows with the columns one asks for.

    ``rows(columns)`` yields what is in those columns alone; nothing of another is kept.
    """

    encoding: str
    head: list[Row]
    rows: Callable[[Sequence[int]], Iterator[Sequence[str]]]


def refused(path: Path, message: str, hint: str) -> Refused:
    """What is wrong with a file that somebody gave, and nothing of what is in it."""
    return Refused(Problem("CSG701", message, path.name, hint=hint))


@contextmanager
def errors(path: Path) -> Iterator[None]:
    """Faults of the file's as what is told of them."""
    try:
        yield
    except OSError as error:
        raise refused(path, f"cannot be read: {reason(error)}", "Save the export as a file.") from None


def fit(path: Path, width: int) -> None:
    """Raises Refused where a table has more columns than any survey."""
    if width > MOST_COLUMNS:
        message = f"{width} columns; the most is {MOST_COLUMNS}"
        raise refused(path, message, "export fewer questions at a time, or the condensed form")
