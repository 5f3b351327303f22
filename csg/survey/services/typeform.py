"""Typeform: one row of headings that begins with ``#``, and ends with the times and the id of the network.

A question with several choices has a column for each choice, with the label as the heading and as the cell. The
question itself is not in the file, so csg calls it by its choices. Two such questions side by side look like one.
The columns about respondents are quoted in public code. No whole real export was available.
"""

import re
from pathlib import Path

from csg.survey import headers
from csg.survey.headers import key, plain_head
from csg.survey.services.base import NO_HEADING, Group, Sample, Survey, is_personal, numbered

NAME = "Typeform"
LOOKS_FOR = "#, Start Date (UTC), Submit Date (UTC)"
_MARKS = headers.keys("Start Date (UTC)", "Submit Date (UTC)", "Stage Date (UTC)", "Network ID", "Response Type")
_OWN = _MARKS | headers.keys("#", "Tags", "Ending", "Response ID")

_HIDDEN_FIELD = re.compile(r"[a-z0-9_]{1,60}")
"""The name of a hidden field: a variable of the link that a person got, for example the person's number."""


def recognizes(sample: Sample) -> bool:
    """Return whether two of Typeform's own columns are there."""
    return len(_MARKS & {key(head) for head in sample.row(0)}) >= 2


def read(path: Path, sample: Sample) -> Survey:  # noqa: ARG001
    """Return the questions of an export."""
    heads = [plain_head(head) for head in sample.row(0)]
    dropped: list[str] = []
    runs: list[list[int]] = []
    for column, head in enumerate(heads):
        if not head or key(head) in _OWN or (_HIDDEN_FIELD.fullmatch(head) and not _is_choice(sample, column)):
            dropped.append(head or NO_HEADING)
        elif runs and runs[-1][-1] == column - 1 and _is_choice(sample, column) and _is_choice(sample, column - 1):
            runs[-1].append(column)
        else:
            runs.append([column])
    return Survey(NAME, numbered(_group(heads, run) for run in runs), dropped, 1)


def _is_choice(sample: Sample, column: int) -> bool:
    """Return whether each cell of a column repeats its heading."""
    return set(sample.column(column)) == {key(sample.row(0)[column])}


def _group(heads: list[str], run: list[int]) -> Group:
    if len(run) == 1:
        return Group("", heads[run[0]], tuple(run), personal=is_personal(heads[run[0]]))
    labels = tuple(heads[column] for column in run)
    return Group("", f"Choices: {', '.join(labels)}", tuple(run), labels)
