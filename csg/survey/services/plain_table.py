"""Any sheet with one row of headings: an export from which somebody deleted the columns about respondents."""

import re
from pathlib import Path

from csg.survey import headers
from csg.survey.headers import key, plain_head
from csg.survey.services.base import NO_HEADING, Sample, Survey, bracketed, has_times, numbered

NAME = "a table with one row of headings"
LOOKS_FOR = "one row of questions"
OWN = headers.GOOGLE | headers.MICROSOFT | headers.KOBO | headers.SURVEYMONKEY
"""Headings of columns about respondents, in the services that have one row of headings."""

_MARKS = ("?", "？", "؟", ";", "՞", "።")
"""Signs at the end of a question, in several scripts."""


def recognizes(sample: Sample) -> bool:
    """Return whether the first row is made of questions: each column has a heading, half of them are sentences, and
    one has a question mark.

    Long answers are sentences too. In doubt, a person has to name the layout.
    """
    heads = [plain_head(head) for head in sample.row(0)]
    asked = [head for head in heads if head and key(head) not in OWN]
    if len(asked) < 2 or not all(heads) or any(re.fullmatch(r"[\d.,:/ -]+", head) for head in heads):
        return False
    if not any(head.endswith(_MARKS) for head in asked):
        return False
    return sum(map(_is_sentence, asked)) >= 0.5 * len(asked)


def _is_sentence(head: str) -> bool:
    words = len(head.split())
    return head.endswith(_MARKS) or words >= 4 or (not head.isascii() and len(head) >= 8)


def read(path: Path, sample: Sample) -> Survey:  # noqa: ARG001
    """Return the questions of a table. Columns about respondents and columns of times are left out."""
    dropped: list[str] = []
    columns: list[int] = []
    for column, cell in enumerate(sample.row(0)):
        head = plain_head(cell)
        if not head or key(head) in OWN or headers.is_kobo_own(head) or has_times(sample, column):
            dropped.append(head or NO_HEADING)
        else:
            columns.append(column)
    return Survey(NAME, numbered(bracketed(sample.row(0), columns, (";", ", "))), dropped, 1)
