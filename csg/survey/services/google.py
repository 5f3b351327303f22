"""Google Forms: one row of headings that begins with the time, in the language of the form's owner.

Several choices are in one cell, with a comma or a semicolon between them; a grid has a column for each row.
"""

import re
from pathlib import Path

from csg.survey import headers
from csg.survey.headers import key, plain_head
from csg.survey.services.base import NO_HEADING, Sample, Survey, bracketed, has_times, numbered, own_columns
from csg.survey.table import Row

NAME = "Google Forms"
LOOKS_FOR = "Timestamp"
SEPARATORS = (";", ", ")


def recognizes(sample: Sample) -> bool:
    """Return whether the first column is a Timestamp, in any of some languages, and has times."""
    return key(sample.row(0)[0]) in headers.GOOGLE_TIME and has_times(sample, 0)


def read(path: Path, sample: Sample) -> Survey:  # noqa: ARG001  (all services are called in the same way)
    """Return the questions of an export."""
    return one_row(NAME, sample.row(0), headers.GOOGLE, SEPARATORS)


def one_row(service: str, first: Row, known: frozenset[str], separators: tuple[str, ...]) -> Survey:
    """Return an export with one row of headings: the service's own columns come first, then the questions."""
    start = own_columns(first, known)
    dropped = [plain_head(head) for head in first[:start]]
    columns: list[int] = []
    for column in range(start, len(first)):
        head = plain_head(first[column])
        if not head or headers.MICROSOFT_MARKS.match(head) or re.search(r"\[(Score|Feedback)\]$", head):
            dropped.append(head or NO_HEADING)
        else:
            columns.append(column)
    return Survey(service, numbered(bracketed(first, columns, separators)), dropped, 1)
