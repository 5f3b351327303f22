"""LimeSurvey: one row of headings, with the codes of questions, their texts, or both, in English.

A question with several choices, and the rows of an array, have a column each: ``Question [label]``, or ``G1Q2[SQ001]``
with codes. No real export was available.
"""

import re
from pathlib import Path

from csg.survey import headers
from csg.survey.headers import key, plain_head
from csg.survey.services.base import NO_HEADING, Group, Sample, Survey, bracketed, numbered
from csg.survey.table import refused

NAME = "LimeSurvey"
LOOKS_FOR = "Response ID, Date submitted, Last page"
_MARKS = headers.keys("submitdate", "lastpage", "startlanguage", "Date submitted", "Last page", "Start language")
_OWN = _MARKS | headers.keys(
    "id", "Response ID", "seed", "startdate", "Date started", "datestamp", "Date last action", "ipaddr", "IP address",
    "refurl", "Referrer URL", "token", "Access code", "interviewtime", "Total time", "firstname", "lastname", "email",
)  # fmt: skip
_TIME = re.compile(r"(group|question) ?time\b.*", re.IGNORECASE)
_YES = headers.keys("Y", "Yes", "Oui", "Sí", "Sim", "Ja", "Да", "نعم", "是", "Так", "Evet", "1")
_NO = headers.keys("N", "No", "Non", "Não", "Nein", "Нет", "لا", "否", "Ні", "Hayır", "0", "N/A")


def recognizes(sample: Sample) -> bool:
    """Return whether two of LimeSurvey's own columns are there, as codes or in English."""
    return len(_MARKS & {key(_text(head)) for head in sample.row(0)}) >= 2


def read(path: Path, sample: Sample) -> Survey:
    """Return the questions of an export."""
    heads = sample.row(0)
    dropped: list[str] = []
    columns: list[int] = []
    texts: dict[int, str] = {}
    for column, head in enumerate(heads):
        texts[column] = _text(head)
        if not texts[column] or key(texts[column]) in _OWN or _TIME.match(head):
            dropped.append(texts[column] or NO_HEADING)
        else:
            columns.append(column)
    if columns and all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*(\[[A-Za-z0-9_]+\])*", heads[column]) for column in columns):
        message = "this LimeSurvey export has codes of questions, not their texts"
        hint = "Export the responses again with the headings “Full question text” and “Full answers”"
        raise refused(path, message, hint)
    coded = [column for column in columns if _has_codes(sample.column(column))]
    if len(coded) > 1 or (coded and len(coded) * 2 >= len(columns)):
        message = "this LimeSurvey export has codes of answers, such as A1, not their texts"
        hint = "Export the responses again with “Full question text” and “Full answers”"
        raise refused(path, message, hint)
    return Survey(
        NAME, numbered(_with_ticks(group, sample) for group in bracketed(heads, columns, (), texts)), dropped, 1
    )


def _has_codes(cells: list[str]) -> bool:
    """Return whether the answers in a column are codes: A1, A2 and so on."""
    return len(set(cells)) > 1 and all(re.fullmatch(r"[a-z]{1,4}0{0,3}\d{1,3}|-oth-", cell) for cell in cells)


def _text(head: str) -> str:
    """Return a heading without the code before it, as in ``G1Q2. Which country?``."""
    text = plain_head(head)
    code = re.match(r"[A-Za-z]\w{0,20}(?:\[\w{1,20}\])?\. (?=\S)", text)
    return text[code.end() :] if code else text


def _with_ticks(group: Group, sample: Sample) -> Group:
    """Return a question whose columns are choices if all their cells are yes and no."""
    cells = {cell for column in group.columns for cell in sample.column(column)}
    if group.labels and cells and cells <= _YES | _NO:
        return group._replace(yes=_YES, no=_NO)
    return group
