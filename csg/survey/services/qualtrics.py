"""Qualtrics: names of questions, their texts, and a row with ``{"ImportId":"QID1"}``.

A question with several choices has one column with commas, or a column for each choice. The rows of a matrix have a
column each. The three rows of headings are quoted in public code. No whole real export was available.
"""

import re
from itertools import groupby
from pathlib import Path

from csg.survey import headers
from csg.survey.headers import key, plain_head
from csg.survey.services.base import NO_HEADING, Group, Sample, Survey, is_personal, is_ticked, numbered
from csg.survey.table import refused

NAME = "Qualtrics"
LOOKS_FOR = "a third row with ImportId"
_QUESTION = re.compile(r"(QID\d+)")
_RECORDED = re.compile(
    r"QID\d+_(?:DO|FIRST_CLICK|LAST_CLICK|PAGE_SUBMIT|CLICK_COUNT|BROWSER|VERSION|OS|RESOLUTION|FILE_\w+|NPS_GROUP)\b"
)
"""Ids of columns that Qualtrics records beside a question: the order of the choices, times, the device, files."""
_OWN = headers.keys(
    "StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "RecordedDate",
    "ResponseId", "RecipientLastName", "RecipientFirstName", "RecipientEmail", "ExternalReference",
    "ExternalDataReference", "LocationLatitude", "LocationLongitude", "DistributionChannel", "UserLanguage",
    "Q_RecaptchaScore", "Q_RelevantIDDuplicate", "Q_DuplicateRespondent", "Q_BallotBoxStuffing",
)  # fmt: skip
_HEADS = 3


def recognizes(sample: Sample) -> bool:
    """Return whether the third row has Qualtrics' ids of columns."""
    return any("ImportId" in cell for cell in sample.row(2))


def read(path: Path, sample: Sample) -> Survey:
    """Return the questions of an export. Only columns whose id is that of a question are read."""
    if not recognizes(sample):
        message, hint = "the third row of headings, with ImportId, is missing", "Export the data from Qualtrics as CSV"
        raise refused(path, message, hint)
    names, texts, ids = sample.row(0), sample.row(1), sample.row(2)
    found = [_QUESTION.search(cell) for cell in ids]
    dropped: list[str] = []
    columns: list[int] = []
    for column, name in enumerate(names):
        number = found[column]
        if number is None or key(name) in _OWN or _RECORDED.search(ids[column]):
            dropped.append(plain_head(texts[column]) or plain_head(name) or NO_HEADING)
        else:
            columns.append(column)
    groups: list[Group] = []
    for _, run in groupby(columns, key=lambda column: _stem(ids[column])):
        groups += _groups(sample, list(run))
    return Survey(NAME, numbered(groups), dropped, _HEADS)


def _stem(cell: str) -> str:
    """Return the part of an id that the columns of one question have in common."""
    number = _QUESTION.search(cell)
    return number[1] if number else cell


def _groups(sample: Sample, run: list[int]) -> list[Group]:
    """Return the questions of neighbours with one id: choices in columns, rows of a matrix, or text beside a choice."""
    texts = {column: plain_head(sample.row(1)[column]) or plain_head(sample.row(0)[column]) for column in run}
    beside = [column for column in run if _is_text(sample, column)]
    main = [column for column in run if column not in beside] or beside[:1]
    beside = [column for column in beside if column not in main]
    if len(main) == 1:
        text = texts[main[0]].removesuffix(" - Selected Choice")
        free = (_is_text(sample, main[0]),)
        other = "Other" if beside else ""
        group = Group("", text, tuple(main), separators=(",",), personal=is_personal(text), free=free[0])
        return [group._replace(other=other, beside=tuple(beside[:1])), *_free_texts(texts, beside[1:])]
    stem, labels = _labels([texts[column] for column in main])
    ticked = sum(is_ticked(sample, column, label, _HEADS) for column, label in zip(main, labels, strict=True))
    personal = is_personal(stem, () if ticked >= len(main) - 1 else labels)
    group = Group("", stem, tuple(main), labels, personal=personal, separators=(",",))
    return [group, *_free_texts(texts, beside)]


def _free_texts(texts: dict[int, str], columns: list[int]) -> list[Group]:
    return [Group("", texts[at], (at,), personal=is_personal(texts[at]), free=True) for at in columns]


def _is_text(sample: Sample, column: int) -> bool:
    """Return whether a column has what people wrote: its id ends in TEXT."""
    return re.search(r"_TEXT\b", f"{sample.row(0)[column]} {sample.row(2)[column]}") is not None


def _labels(texts: list[str]) -> tuple[str, tuple[str, ...]]:
    """Return the text of a question and the labels of its columns, which follow the text and a dash."""
    pairs = [text.replace(" - Selected Choice - ", " - ").rpartition(" - ") for text in texts]
    stems = {stem for stem, _, _ in pairs}
    if len(stems) == 1 and "" not in stems:
        return stems.pop(), tuple(label for _, _, label in pairs)
    shortest = min(texts, key=len)
    end = next((at for at in range(len(shortest), 0, -1) if all(text[:at] == shortest[:at] for text in texts)), 0)
    stem = shortest[: max(shortest.rfind(" - ", 0, end + 1), 0)]
    return (stem or texts[0]), tuple(text.removeprefix(f"{stem} - ") if stem else text for text in texts)
