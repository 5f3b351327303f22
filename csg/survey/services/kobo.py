"""KoboToolbox: one row of headings, with the names of groups before a slash, and marks such as _uuid at the end.

A question with several choices has one column with all of them, a column of 0 and 1 for each, or both. Layouts and
headings are those of formpack, KoboToolbox's own exporter.
"""

import re
from itertools import pairwise
from pathlib import Path

from csg.survey import headers
from csg.survey.headers import key, plain_head
from csg.survey.services.base import NO, NO_HEADING, NO_LABEL, YES, Group, Sample, Survey, is_personal, numbered

NAME = "KoboToolbox"
LOOKS_FOR = "_id, _uuid, _submission_time"
_SEPARATORS = ("/", "::", ":", "|", ">", "\\", "~", "-", ".", "__")
"""The separators that are looked for. That of KoboToolbox comes first."""
_SLASH = "\ue000"
"""The sign for a slash in a label while another separator is replaced by one."""
NOTHING = "n/a"
"""The cell of a question that a respondent was not asked."""


def recognizes(sample: Sample) -> bool:
    """Return whether three of KoboToolbox's own columns are there."""
    return len(headers.KOBO_MARKS & {key(head) for head in sample.row(0)}) >= 3


def read(path: Path, sample: Sample) -> Survey:  # noqa: ARG001
    """Return the questions of an export."""
    heads = [plain_head(head) for head in sample.row(0)]
    tags = sample.row(1)
    tagged = any(tags) and all(not cell.strip() or cell.startswith("#") for cell in tags)
    first_row = 2 if tagged else 1
    # A blank can be on each side of the separator.
    heads = [re.sub(r" ([/>|:~-]|::) ", r"\1", head) for head in heads] if _has_blanks(heads) else heads
    separator = _separator(heads, sample, first_row)
    if separator != "/":
        heads = [head.replace("/", _SLASH).replace(separator, "/") for head in heads]
    survey = from_paths(NAME, heads, sample, first_row, _is_own(heads, sample))
    return _with_slashes(survey) if separator != "/" else survey


def _has_blanks(heads: list[str]) -> bool:
    """Return whether the separator has blanks around it: a question comes before such a separator in its choices."""
    stems = (head.rpartition(separator)[0] for head in heads for separator in (" / ", " > ", " | ", " :: ", " - "))
    return len({stem for stem in stems if stem} & set(heads)) > 0


def _separator(heads: list[str], sample: Sample, first_row: int) -> str:
    """Return the sign between the names of groups, questions and choices, which a person chooses in KoboToolbox.

    It is between a question and its choices: columns of 0 and 1 with the same beginning.
    """
    flags = [_is_flag(sample, column, first_row) and bool(head) for column, head in enumerate(heads)]
    known = set(heads)

    def choices(separator: str) -> int:
        stems = [head.rpartition(separator)[0] if flag else "" for head, flag in zip(heads, flags, strict=True)]
        alike = [bool(one) and (one in known or one == two) for one, two in pairwise(stems)]
        return sum(alike) + bool(stems[-1] and stems[-1] in known)

    return max(_SEPARATORS, key=choices)


def _with_slashes(survey: Survey) -> Survey:
    """Return a survey with the slashes that are in labels."""
    groups = [
        group._replace(
            text=group.text.replace(_SLASH, "/"), labels=tuple(each.replace(_SLASH, "/") for each in group.labels)
        )
        for group in survey.groups
    ]
    return survey._replace(groups=groups, dropped=[head.replace(_SLASH, "/") for head in survey.dropped])


def _is_own(heads: list[str], sample: Sample) -> set[int]:
    """Return the columns that KoboToolbox adds: facts about the response, places, and links to files."""
    places = {
        head.replace("_latitude", "").replace("/_", "/").removeprefix("_") for head in heads if "_latitude" in head
    }
    own: set[int] = set()
    for column, head in enumerate(heads):
        name = key(head.rpartition("/")[2])
        # A choice can be named email or phone. Its cells are 0 and 1.
        named = name in headers.KOBO and ("/" not in head or not _is_flag(sample, column, 1))
        link = (head.endswith("_URL") and head.removesuffix("_URL") in heads) or f"{head}_URL" in heads
        if key(head) in headers.KOBO or named or link or headers.is_kobo_own(head) or head in places:
            own.add(column)
    return own


def _is_flag(sample: Sample, column: int, heads: int) -> bool:
    """Return whether a column has no other cells than 0 and 1."""
    return set(sample.column(column, heads)) - {NOTHING} <= YES | NO


def from_paths(service: str, heads: list[str], sample: Sample, first_row: int, own: set[int]) -> Survey:
    """Return the questions of an export whose headings are paths: ``group/question/choice``."""
    dropped: list[str] = []
    runs: list[tuple[str, list[int], list[str]]] = []
    column = 0
    while column < len(heads):
        head = heads[column]
        if not head or column in own:
            dropped.append(head or NO_HEADING)
            column += 1
            continue
        stem, end = _choices(heads, sample, first_row, column, own)
        if stem:
            columns = [at for at in range(column, end) if heads[at] != stem]
            runs.append((stem, columns, [heads[at].removeprefix(f"{stem}/") or NO_LABEL for at in columns]))
        else:
            runs.append((head, [column], []))
        column = max(end, column + 1)
    texts = _without_groups([stem for stem, _, _ in runs])
    groups = (_group(stem, text, columns, labels) for (stem, columns, labels), text in zip(runs, texts, strict=True))
    return Survey(service, numbered(groups), dropped, first_row, NOTHING)


def _group(path: str, text: str, columns: list[int], labels: list[str]) -> Group:
    personal, text = is_personal(path) or is_personal(text), text.strip()
    if labels:
        return Group("", text, tuple(columns), tuple(map(str.strip, labels)), personal=personal, yes=YES, no=NO)
    return Group("", text, tuple(columns), separators=(" ",), personal=personal)


def _choices(heads: list[str], sample: Sample, first_row: int, column: int, own: set[int]) -> tuple[str, int]:
    """Return the path of the question whose choices begin at a column, and the column after them.

    The column of the question can come first. Without it, the choices are neighbours with a path in common, and all
    their cells are 0 and 1. Labels can have a slash in them. The path is empty where no choices begin.
    """

    def run(stem: str, start: int) -> int:
        end = start
        while end < len(heads) and end not in own and heads[end].startswith(f"{stem}/"):
            if not _is_flag(sample, end, first_row):
                break
            end += 1
        return end

    head = heads[column]
    end = run(head, column + 1)
    if end > column + 1:
        return head, end
    if not _is_flag(sample, column, first_row) or not sample.column(column, first_row):
        return "", column
    parts = head.split("/")
    for length in range(len(parts) - 1, 0, -1):
        stem = "/".join(parts[:length])
        end = run(stem, column)
        if end > column + 1:
            return stem, end
    return "", column


def _without_groups(paths: list[str]) -> list[str]:
    """Return the texts of questions without the names of groups before them.

    A group is the beginning that several neighbours have in common. A label can have a slash in it. Where texts would
    be the same, they keep the names of their groups.
    """
    starts = [{path[:at] for at, sign in enumerate(path) if sign == "/"} for path in paths]
    groups: set[str] = set()
    for here, after in pairwise(starts):
        groups |= here & after
    texts = []
    for path, beginnings in zip(paths, starts, strict=True):
        group = max(beginnings & groups, key=len, default="")
        texts.append(path.removeprefix(f"{group}/") if group else path)
    return [path if texts.count(text) > 1 else text for path, text in zip(paths, texts, strict=True)]
