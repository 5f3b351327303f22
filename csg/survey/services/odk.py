"""ODK Central: one row of headings, with the names of groups before a hyphen, and columns such as KEY at the end.

Cells hold the names of choices. A question with several choices has one column with blanks between them, or, if they
are split on export, also a column of 0 and 1 for each choice, after a slash. No real export was available.
"""

from pathlib import Path

from csg.survey import headers
from csg.survey.headers import key, plain_head
from csg.survey.services.base import Sample, Survey
from csg.survey.services.kobo import from_paths

NAME = "ODK Central"
LOOKS_FOR = "SubmissionDate, KEY"
_MARKS = headers.keys("SubmissionDate", "KEY", "meta-instanceID", "instanceID", "SubmitterID", "ReviewState")
_OWN = _MARKS | headers.keys(
    "start", "end", "today", "deviceid", "phonenumber", "username", "email", "subscriberid", "simserial", "simid",
    "SubmitterName", "AttachmentsPresent", "AttachmentsExpected", "Status", "DeviceID", "Edits", "FormVersion",
    "meta-instanceName", "instanceName", "audit", "PARENT_KEY", "SET-OF",
)  # fmt: skip
_PARTS = ("Latitude", "Longitude", "Altitude", "Accuracy")


def recognizes(sample: Sample) -> bool:
    """Return whether the columns that ODK Central adds are there."""
    known = {key(head) for head in sample.row(0)}
    return key("KEY") in known and len(_MARKS & known) >= 2


def read(path: Path, sample: Sample) -> Survey:  # noqa: ARG001
    """Return the questions of an export."""
    heads = [plain_head(head) for head in sample.row(0)]
    own = {
        column
        for column, head in enumerate(heads)
        if key(head) in _OWN or (key(head.rpartition("-")[2]) in _OWN - headers.keys("status") and "-" in head)
    }
    own |= {column for column, head in enumerate(heads) if head.endswith(tuple(f"-{part}" for part in _PARTS))}
    return from_paths(NAME, heads, sample, 1, own)
