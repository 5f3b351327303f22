"""Tables, and the refusal of a file that is not one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from csg.problem import Problem, Refused, reason

Row = list[str]
MOST_COLUMNS = 2_000
SAMPLE = 300
"""Rows at the top that are looked at, to recognize the service and the kinds of columns."""
MOST_SAMPLE = 4 * 1024**2
"""Characters in these rows at most."""


class Table(NamedTuple):
    """A table: its encoding, the name of its sheet, its first rows, and all rows with the columns that are asked for.

    ``rows(columns, heads)`` yields the cells of those columns alone, of the rows after the first ``heads`` that have
    anything in them. The cells of other columns are not kept.
    """

    encoding: str
    name: str
    sample: list[Row]
    rows: Callable[[Sequence[int], int], Iterator[Sequence[str]]]


def sampled(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the first rows of a table."""
    left = MOST_SAMPLE
    for row in islice(rows, SAMPLE):
        yield row
        left -= sum(map(len, row))
        if left < 0:
            return


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
