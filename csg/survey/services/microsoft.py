"""Microsoft Forms: one row of headings that begins with ID and two times, in the language of the form's owner.

Several choices are in one cell, each with a semicolon after it.
"""

from pathlib import Path

from csg.survey import headers
from csg.survey.headers import key
from csg.survey.services.base import Sample, Survey
from csg.survey.services.google import one_row

NAME = "Microsoft Forms"
LOOKS_FOR = "ID, Start time, Completion time"


def recognizes(sample: Sample) -> bool:
    """Return whether the first columns are an id and a time."""
    known = [key(head) for head in sample.row(0)]
    return known[0] in headers.MICROSOFT_ID and bool(headers.MICROSOFT_TIME & set(known[1:3]))


def read(path: Path, sample: Sample) -> Survey:  # noqa: ARG001
    """Return the questions of an export."""
    return one_row(NAME, sample.row(0), headers.MICROSOFT, (";",))
