"""SurveyMonkey: two rows of headings. The second has the choices, the rows of a grid, or the kind of answer.

Headings from published exports. SurveyMonkey does not translate the columns about respondents.
"""

import re
from pathlib import Path

from csg.survey import headers
from csg.survey.headers import key, plain_head
from csg.survey.services.base import NO_LABEL, Group, Sample, Survey, is_personal, is_ticked, numbered
from csg.survey.table import Row, refused

NAME = "SurveyMonkey"
LOOKS_FOR = "Respondent ID"
_UNNAMED = re.compile(r"Unnamed: \d+(_level_\d+)?|\.\.\.\d+|X\d+")
"""Headings that spreadsheets and statistics programs give to a column without one."""
_KINDS = headers.RESPONSE | headers.OPEN_ENDED


def recognizes(sample: Sample) -> bool:
    """Return whether the first row has SurveyMonkey's columns, or the second its words for the kind of answer."""
    known = [key(head) for head in sample.row(0)]
    if known[0] in headers.SURVEYMONKEY_ID or len(headers.SURVEYMONKEY & set(known[:9])) >= 3:
        return True
    second = [key(cell) for cell in sample.row(1)]
    return bool(_KINDS & set(second)) and not _KINDS & set(known) and any(known)


def read(path: Path, sample: Sample) -> Survey:
    """Return the questions of an export."""
    first, second = sample.row(0), sample.row(1)
    known = [column for column, head in enumerate(first) if key(head) in headers.SURVEYMONKEY]
    leading = next((column for column in range(len(first)) if column not in known), len(first))
    headed = [bool(head.strip()) for head in first] + [True]
    # For a question with one column, the second row has a word of SurveyMonkey's for its kind.
    single = [key(cell) for column, cell in enumerate(second) if headed[column] and headed[column + 1] and cell.strip()]
    if any(second[column].strip() for column in known) or (single and not _KINDS.intersection(single)):
        message = "the second row of headings, with the choices, is missing"
        hint = "Export all individual responses from SurveyMonkey, with both rows, in English"
        raise refused(path, message, hint)
    # The columns that a collector adds come before the first question too, and have no label either.
    labelled = next((column for column, cell in enumerate(second) if cell.strip()), leading)
    start = max(labelled, leading)
    runs: list[list[int]] = []
    for column in range(start, len(first)):
        text, label = first[column].strip(), key(second[column])
        named = bool(text) and not _UNNAMED.fullmatch(text)
        again = bool(runs) and named and text == first[runs[-1][0]].strip()
        own = label in headers.RESPONSE or label in headers.OPEN_ENDED or not label
        if runs and (not named or (again and not own)):
            runs[-1].append(column)
        else:
            runs.append([column])
    condensed = not any(cell.strip() for cell in second)
    groups = (_group(sample, first, second, run, condensed=condensed) for run in runs)
    return Survey(NAME, numbered(groups), [plain_head(each) for each in first[:start]], 2)


def _group(sample: Sample, first: Row, second: Row, run: list[int], *, condensed: bool) -> Group:
    text = plain_head(first[run[0]]) or "Without a heading"
    labels = [plain_head(second[column]) or (NO_LABEL if len(run) > 1 else "") for column in run]
    # The columns that a collector adds can come after the questions too.
    added = len(run) == 1 and key(text) in headers.SURVEYMONKEY and key(labels[0]) not in headers.RESPONSE
    if len(run) == 1 or key(labels[0]) in headers.RESPONSE:
        free = key(labels[0]) in headers.OPEN_ENDED
        other = labels[1] if len(run) > 1 else ""
        separators = (", ",) if condensed else ()
        personal = added or is_personal(text, labels)
        return Group("", text, (run[0],), (), tuple(run[1:]), other, separators, personal, free)
    choices = sum(is_ticked(sample, column, second[column], 2) for column in run)
    # Choices that people tick can be named e-mail or WhatsApp. Fields for an address hold other text than their label.
    ticked = choices >= len(run) - 1 and choices > 0
    return Group("", text, tuple(run), tuple(labels), personal=is_personal(text, () if ticked else labels))
