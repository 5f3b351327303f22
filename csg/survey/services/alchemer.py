"""Alchemer (before, SurveyGizmo): one row of headings that begins with the id of the response and its times.

A choice that people tick is ``label:question``, and so is a row of a grid. The first columns are those of published
files. No whole real export was available.
"""

import re
from itertools import groupby
from pathlib import Path

from csg.survey import headers
from csg.survey.headers import key, plain_head
from csg.survey.services.base import NO_HEADING, Group, Sample, Survey, is_personal, is_ticked, numbered

NAME = "Alchemer"
LOOKS_FOR = "Response ID, Time Started, Date Submitted"
_MARKS = headers.keys("Time Started", "Date Submitted")
_OWN = _MARKS | headers.keys(
    "Response ID", "Status", "Contact ID", "Legacy Comments", "Comments", "Language", "Referer", "SessionID",
    "User Agent", "Extended Referer",
    "Extended User Agent", "Longitude", "Latitude", "Country", "City", "State/Region", "Postal", "Tags",
    "IP Address", "Device Data", "Link Name", "Quality Score", "DMA", "GeoCountry", "GeoCity", "GeoRegion", "GeoPostal",
)  # fmt: skip

_VARIABLE = re.compile(r"(URL Variable|Custom Variable|Hidden Value)\b", re.IGNORECASE)


def recognizes(sample: Sample) -> bool:
    """Return whether Alchemer's own columns are there."""
    known = {key(head) for head in sample.row(0)}
    return known >= _MARKS and bool(known & headers.keys("Response ID", "SessionID", "Status"))


def read(path: Path, sample: Sample) -> Survey:  # noqa: ARG001
    """Return the questions of an export."""
    heads = [plain_head(head) for head in sample.row(0)]
    columns = [column for column, head in enumerate(heads) if head and not _is_own(head)]
    dropped = [head or NO_HEADING for column, head in enumerate(heads) if column not in columns]
    runs = [list(run) for _, run in groupby(columns, key=lambda column: _question(heads[column]) or str(column))]
    return Survey(NAME, numbered(_group(heads, run, sample) for run in runs), dropped, 1)


def _is_own(head: str) -> bool:
    """Return whether Alchemer adds a column with this heading, or it is a variable of the link that a person got."""
    return key(head) in _OWN or _VARIABLE.match(head) is not None


def _question(head: str) -> str:
    """Return the question after the label of a choice or a row; nothing if there is no label."""
    label, colon, question = head.partition(":")
    return question.strip() if colon and label.strip() else ""


def _group(heads: list[str], run: list[int], sample: Sample) -> Group:
    if len(run) == 1:
        return Group("", heads[run[0]], tuple(run), personal=is_personal(heads[run[0]]))
    text = _question(heads[run[0]])
    labels = tuple(heads[column].partition(":")[0].strip() for column in run)
    ticked = sum(is_ticked(sample, column, label, 1) for column, label in zip(run, labels, strict=True))
    return Group("", text, tuple(run), labels, personal=is_personal(text, () if ticked >= len(run) - 1 else labels))
