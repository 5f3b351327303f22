"""Recognize the survey service of an export, the columns that are questions, and those about the respondents."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from csg.survey import headers
from csg.survey.headers import key, plain_head
from csg.survey.table import Row, refused


class Group(NamedTuple):
    """The columns of a question: one with its answers, or one for each of its choices or rows, by their labels.

    ``beside`` is a column of free text that belongs to it, and ``other`` the label of that: Other (please specify).
    ``separators`` may stand between several choices in one cell. ``personal`` is a question of who somebody is,
    ``free`` one that is answered in one's own words, ``flags`` one whose choices are columns of yes and no. The columns
    of what is ``apart`` have a name in common, and perhaps no more.
    """

    id: str
    text: str
    columns: tuple[int, ...]
    labels: tuple[str, ...] = ()
    beside: tuple[int, ...] = ()
    other: str = ""
    separators: tuple[str, ...] = ()
    personal: bool = False
    free: bool = False
    flags: bool = False
    apart: bool = False

    @property
    def cells(self) -> tuple[int, ...]:
        """All columns of the question."""
        return (*self.columns, *self.beside)


class Survey(NamedTuple):
    """The contents of an export: its service, its questions, the headings of columns that are not read, the number of
    rows with headings, and the sign for no answer.
    """

    service: str
    groups: list[Group]
    dropped: list[str]
    heads: int
    nothing: str = ""


NO_LABEL = "Without a label"
_UNNAMED = re.compile(r"Unnamed: \d+(_level_\d+)?|\.\.\.\d+|X\d+")
"""Headings that spreadsheets and statistics programs give to a column without one."""


def recognise(path: Path, head: Sequence[Row]) -> Survey:
    """Return the contents of an export, by its first two rows. Raises Refused if no known service wrote it."""
    first = head[0] if head else []
    if not any(first):
        raise refused(
            path, "the first row has no headings", "Export the responses again, or delete the rows above the headings"
        )
    second = [*(head[1] if len(head) > 1 else []), *[""] * len(first)][: len(first)]
    known = [key(each) for each in first]
    if known[0] in headers.SURVEYMONKEY_ID or len(headers.SURVEYMONKEY & set(known[:9])) >= 3:
        return _surveymonkey(path, first, second)
    if len(headers.KOBO_MARKS & set(known)) >= 3:
        return _kobo(first, second)
    if known[0] in headers.MICROSOFT_ID and headers.MICROSOFT_TIME & set(known[1:3]):
        return _one_row("Microsoft Forms", first, headers.MICROSOFT)
    if known[0] in headers.GOOGLE_TIME:
        return _one_row("Google Forms", first, headers.GOOGLE)
    message = "this file is not a survey export that csg recognizes"
    if headers.RESPONSE & set(known) or headers.OPEN_ENDED & set(known):
        message = "the first row of headings is missing"
    hint = "Export all individual responses from SurveyMonkey, Google Forms, KoboToolbox or Microsoft Forms"
    raise refused(path, message, hint)


def _number(groups: Iterable[Group]) -> list[Group]:
    return [group._replace(id=f"Q{number}") for number, group in enumerate(groups, 1)]


def _is_personal(text: str, labels: Sequence[str] = ()) -> bool:
    contact = headers.CONTACT & {key(label) for label in labels}
    return len(contact) >= 3 or any(map(headers.is_personal, (text, *labels)))


def _surveymonkey(path: Path, first: Row, second: Row) -> Survey:
    known = [column for column, head in enumerate(first) if key(head) in headers.SURVEYMONKEY]
    leading = next((column for column in range(len(first)) if column not in known), len(first))
    headed = [bool(head.strip()) for head in first] + [True]
    # For a question with one column, the second row has a word of SurveyMonkey's for its kind.
    single = [key(cell) for column, cell in enumerate(second) if headed[column] and headed[column + 1] and cell.strip()]
    kinds = headers.RESPONSE | headers.OPEN_ENDED
    if any(second[column].strip() for column in known) or (single and not kinds.intersection(single)):
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
    groups = (_surveymonkey_group(first, second, run, condensed=condensed) for run in runs)
    return Survey("SurveyMonkey", _number(groups), [plain_head(each) for each in first[:start]], 2)


def _surveymonkey_group(first: Row, second: Row, run: list[int], *, condensed: bool) -> Group:
    text = plain_head(first[run[0]]) or "Without a heading"
    labels = [plain_head(second[column]) or (NO_LABEL if len(run) > 1 else "") for column in run]
    # The columns that a collector adds can come after the questions too.
    added = len(run) == 1 and key(text) in headers.SURVEYMONKEY and key(labels[0]) not in headers.RESPONSE
    personal = added or _is_personal(text, labels)
    if len(run) == 1 or key(labels[0]) in headers.RESPONSE:
        free = key(labels[0]) in headers.OPEN_ENDED
        other = labels[1] if len(run) > 1 else ""
        separators = (", ",) if condensed else ()
        return Group("", text, (run[0],), (), tuple(run[1:]), other, separators, personal, free)
    return Group("", text, tuple(run), tuple(labels), personal=personal)


def _one_row(service: str, first: Row, known: frozenset[str]) -> Survey:
    """Return an export with one row of headings: the service's own columns come first, then a column for each question.

    ``Question [row]`` in neighbouring columns is a question with several rows.
    """
    start = next((column for column, head in enumerate(first) if key(head) not in known), len(first))
    dropped = [plain_head(each) for each in first[:start]]
    separators = (";",) if known is headers.MICROSOFT else (";", ", ")
    runs: list[tuple[str, list[int], list[str]]] = []
    for column in range(start, len(first)):
        head = plain_head(first[column])
        if not head or headers.MICROSOFT_MARKS.match(head) or re.search(r"\[(Score|Feedback)\]$", head):
            dropped.append(head or "a column without a headinging")
            continue
        row = re.fullmatch(r"(.*\S) ?\[([^\[]+)\]", head)
        if row and runs and runs[-1][0] == row[1] and runs[-1][2]:
            runs[-1][1].append(column)
            runs[-1][2].append(row[2].strip() or NO_LABEL)
        else:
            runs.append((row[1], [column], [row[2].strip() or NO_LABEL]) if row else (head, [column], []))
    groups = (_group(first, *run)._replace(separators=separators) for run in runs)
    return Survey(service, _number(groups), dropped, 1)


def _group(first: Row, text: str, columns: list[int], labels: list[str]) -> Group:
    if len(columns) > 1:
        return Group("", text, tuple(columns), tuple(labels), personal=_is_personal(text, labels))
    head = plain_head(first[columns[0]])
    return Group("", head, tuple(columns), personal=_is_personal(head))


def _kobo(first: Row, second: Row) -> Survey:
    heads = [plain_head(cell) for cell in first]
    tagged = any(second) and all(not cell.strip() or cell.startswith("#") for cell in second)
    places = {
        head.replace("_latitude", "").replace("/_", "/").removeprefix("_") for head in heads if "_latitude" in head
    }
    dropped: list[str] = []
    runs: list[tuple[str, list[int], list[str]]] = []
    parent = None
    for column, head in enumerate(heads):
        stem, slash, label = head.rpartition("/")
        added = {key(head), key(label)} & headers.KOBO or headers.is_kobo_own(head) or head in places
        if not head or added:
            dropped.append(head or "a column without a headinging")
        elif parent is not None and head.startswith(f"{parent}/"):
            # The column before has the same choices in one cell, which cannot be separated again.
            runs[-1][1].append(column)
            runs[-1][2].append(head.removeprefix(f"{parent}/") or NO_LABEL)
        elif column + 1 < len(heads) and heads[column + 1].startswith(f"{head}/"):
            parent = head
            runs.append((head, [], []))
        else:
            parent = None
            again = bool(slash and runs and runs[-1][2] and runs[-1][0] == stem)
            if again:
                runs[-1][1].append(column)
                runs[-1][2].append(label or NO_LABEL)
            else:
                runs.append((stem, [column], [label or NO_LABEL]) if slash else (head, [column], []))
    asked = [run for run in runs if run[1]]
    parents = {run[0] for run in asked if any(head == run[0] for head in heads)}
    groups = (_group(first, *run)._replace(flags=True, apart=run[0] not in parents) for run in asked)
    return Survey("KoboToolbox", _number(groups), dropped, 2 if tagged else 1, "n/a")
