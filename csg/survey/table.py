"""Tables, and the refusal of a file that is not one."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from csg.problem import Problem, Refused, reason

Row = list[str]
MOST_COLUMNS = 2_000
HEADS = 2
"""Rows at the top that can be headings. They count as rows even if they are empty."""


class Table(NamedTuple):
    """A table: its encoding, its first rows (the headings), and all rows with the columns that are asked for.

    ``rows(columns)`` yields the cells of those columns alone. The cells of other columns are not kept.
    """

    encoding: str
    head: list[Row]
    rows: Callable[[Sequence[int]], Iterator[Sequence[str]]]


def refused(path: Path, message: str, hint: str) -> Refused:
    """Return the refusal of a file. It repeats nothing that is in the file."""
    return Refused(Problem("CSG701", message, path.name, hint=hint))


@contextmanager
def errors(path: Path) -> Iterator[None]:
    """Turn an error of the file system into a refusal."""
    try:
        yield
    except OSError as error:
        raise refused(path, f"cannot be read: {reason(error)}", "Save the export as a file.") from None


def fit(path: Path, width: int) -> None:
    """Refuse a table that has more columns than any survey."""
    if width > MOST_COLUMNS:
        message = f"{width} columns; the most is {MOST_COLUMNS}"
        raise refused(path, message, "Export fewer questions at a time, or the condensed form")
