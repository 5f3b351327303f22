"""Rules for text: no personal data, no invisible characters, no wrong blanks, and links that are links.

The folder is public, and some members could be arrested. So the rules check comments as well as values.
"""

import re
from collections.abc import Iterator, Sequence

from csg.checks.personal import personal, plain
from csg.checks.phones import REGIONS
from csg.checks.rules import rule
from csg.problem import Problem
from csg.source.parse import Document
from csg.source.text import BOM, line_and_column, position
from csg.workspace import Snapshot

_SUSPECT = re.compile(
    r"@|%40|[\[({ ](?i:at)[\])} ]|\d(?:[ \t().[\]/-]{0,3}\d){5}|\d\.\d{1,3}\.\d{1,3}\.\d|:[0-9A-Fa-f]{0,4}:"
)
"""A part of every e-mail address, telephone number and IP address. Other lines need no further check."""
_NUMBER_FIRST = re.compile(r"\n[ \t]*(?:#[# \t]*)?(?=[(+]{0,2}\d[ ().-]{0,2}\d)")
_NUMBER_LAST = "0123456789)(+.:/-elnp"
"""The last characters of a line whose number continues on the next line, or of a word such as tel."""
_MOST_AROUND = 40
"""The most characters of a number before and after a line break."""
UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e"
    r"\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
    # The two joiners belong only to Persian and Indic scripts.
    r"|(?<![^\x00-\u02ff])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u02ff])"
)
_ODD = re.compile(r"[^\t\n\r -~]+")
"""Characters that are not plain ASCII. Only these can be invisible."""
BLANK = r"[ \t\xa0\u2000-\u200a\u3000]"
_BLANKS = re.compile(rf"(?<=\S){BLANK}{{2,}}(?=\S)|^{BLANK}|{BLANK}$", re.MULTILINE)
_INDENTED = re.compile(rf"\n{BLANK}+")
_WIDE = re.compile(r"[\xa0\u2000-\u200a\u3000]")
_QUOTED_BLANK = re.compile(r"[:\[{,-] [\"']\s|\s[\"'](?=[\s,\]}]|$)")
_TRAILING = re.compile(r"[ \t]\r?\n")


def _at(document: Document, index: int, message: str, hint: str) -> Problem:
    return Problem("", message, document.file, *position(document.text, index), hint)


@rule("CSG220")
def no_personal_data(snapshot: Snapshot) -> Iterator[Problem]:
    """Require data files, with their comments, to have no e-mail address, telephone number or IP address.

    The folder is public, and its history is kept.
    """
    hint = "Delete it."
    regions = snapshot.group.regions or REGIONS
    for document in snapshot.documents:
        reported = set()
        text = plain(document.text)
        for start, end in _suspect_lines(text):
            for kind, index, detail in personal(text, start, end, regions):
                reported.add("".join(detail.split()))
                # The message does not repeat the text, because logs keep the output of a check.
                yield _at(document, index, f"{kind} is not allowed in a public folder", hint)
        yield from _wrapped_or_escaped(document, text, reported, regions)


def _wrapped_or_escaped(document: Document, text: str, reported: set[str], regions: Sequence[str]) -> Iterator[Problem]:
    """Yield the problems of personal data on two lines or with an escape."""
    message = "{} (over two lines, or with an escape) is not allowed in a public folder"
    wrapped = list(_wrapped(text, regions))
    if not wrapped and "\\" not in document.text:
        return  # as in nearly every file: its values need no separate check
    for value, mark in document.texts():
        for kind, _, detail in personal(plain(value), 0, len(value), regions):
            if "".join(detail.split()) not in reported:
                reported.add("".join(detail.split()))
                yield Problem("", message.format(kind), document.file, *line_and_column(mark), "Delete it.")
    for kind, index, detail in wrapped:
        if detail not in reported:  # it is in a comment
            yield _at(document, index, message.format(kind), "Delete it.")


def _wrapped(text: str, regions: Sequence[str]) -> Iterator[tuple[str, int, str]]:
    """Yield the kind, the position and the text without blanks of personal data on two lines."""
    for number in _NUMBER_FIRST.finditer(text):
        start, end = number.span()
        start -= len(text[start - 3 : start]) - len(text[start - 3 : start].rstrip())
        if text[start - 1 : start] not in _NUMBER_LAST:
            continue
        before = text[max(start - _MOST_AROUND, 0) : start].rpartition("\n")[2]
        after = text[end : end + _MOST_AROUND].partition("\n")[0]
        ends_before = any(
            at + len(detail) == len(before) for _, at, detail in personal(before, 0, len(before), regions)
        )
        if ends_before or any(at == 0 for _, at, _ in personal(after, 0, len(after), regions)):
            continue  # a list with a number on each line
        joined = f"{before} {after}"
        for kind, index, detail in personal(joined, 0, len(joined), regions):
            if index < len(before) < index + len(detail) - 1:
                yield kind, start - len(before) + index, "".join(detail.split())


def _suspect_lines(text: str) -> Iterator[tuple[int, int]]:
    end = -1
    for match in _SUSPECT.finditer(text):
        if match.start() > end:
            start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
            end = len(text) if end < 0 else end
            yield start, end


@rule("CSG221")
def no_unseen_characters(snapshot: Snapshot) -> Iterator[Problem]:
    """Require data files to have no invisible, control or text-direction character, and no escape of one (``\\u202e``).

    Reviewers must see the same text as the file has.
    """
    hint = "Delete it."
    for document in snapshot.documents:
        begin = document.text.startswith(BOM)
        for odd in _ODD.finditer(document.text, begin):
            for match in UNSEEN.finditer(document.text, *odd.span()):
                yield _at(document, match.start(), f"the text has the invisible character U+{ord(match[0]):04X}", hint)
        if "\\" in document.text:
            for text, mark in document.texts():
                hidden = UNSEEN.search(text)
                if hidden and hidden[0] not in document.text[mark.index : mark.index + 2 * len(text) + 80]:
                    message = f"the text has the invisible character U+{ord(hidden[0]):04X}, written as an escape"
                    yield Problem("", message, document.file, *line_and_column(mark), hint)


@rule("CSG222", "warning")
def no_double_blanks(snapshot: Snapshot) -> Iterator[Problem]:
    """Require text to have no two blanks in a row, and no blank at its beginning or end."""
    for document in snapshot.documents:
        for text, mark in document.texts() if _may_look_wrong(document.text) else ():
            if _BLANKS.search(_INDENTED.sub("\n", text)):
                message = "the text has two blanks in a row, or a blank at an end"
                yield Problem("", message, document.file, *line_and_column(mark), "Keep one blank between words.")


def _may_look_wrong(source: str) -> bool:
    """Return whether a value in a file can have wrong blanks. In most files, none can."""
    if any(sign in source for sign in (" \n", " \r", "\t", "\\")) or (not source.isascii() and _WIDE.search(source)):
        return True
    lines = source.split("\n")
    quoted = (line for line in lines if "'" in line or '"' in line)
    return any("  " in line.strip() for line in lines) or any(map(_QUOTED_BLANK.search, quoted))


@rule("CSG223", "warning")
def no_trailing_blanks(snapshot: Snapshot) -> Iterator[Problem]:
    """Require lines not to end with a blank."""
    for document in snapshot.documents:
        for match in _TRAILING.finditer(document.text):
            yield _at(document, match.start(), "the line ends with a blank", "Delete it.")


@rule("CSG224")
def evidence_is_a_link(snapshot: Snapshot) -> Iterator[Problem]:
    """Require evidence to be a web address that begins with https:// or http:// and has no blank."""
    for plan in snapshot.plans:
        for activity in plan.activities():
            for report in activity.progress:
                for index, link in enumerate(report.evidence):
                    if not re.fullmatch(r"https?://[^\s<>\"]+", link):
                        message = f"evidence number {index + 1} of activity {activity.id} must be a web address"
                        yield report.problem(message, ("evidence", index), "Write the whole address, with https://.")


_TEXT_KEY = re.compile(
    r"[ ]*(?:- )?(?:title|name|comments|summary|needs|next_steps|introduction|unit|text):[ ]+(?=[^ |>\"'\[{#])"
)


@rule("CSG225", "warning")
def no_text_is_cut_off(snapshot: Snapshot) -> Iterator[Problem]:
    """Require text with `` #`` in it to be in quotes: without them, the rest of the line is a comment.

    An intended comment has two blanks before it.
    """
    for document in snapshot.documents:
        start = 0
        for line in document.text.split("\n"):
            index = _cut_off(line) if "#" in line else -1
            if index >= 0:
                yield _at(
                    document,
                    start + index,
                    "the text after # is a comment and not part of the value",
                    "Put the text in quotes.",
                )
            start += len(line) + 1


def _cut_off(line: str) -> int:
    """Return the index of the number sign that cuts off the text on a line; -1 without one."""
    key = _TEXT_KEY.match(line)
    first = line.find("#", key.end()) if key else -1
    return first if first >= 2 and line[first - 1] == " " and not line[first - 2].isspace() else -1


@rule("CSG226", "warning")
def reports_differ(snapshot: Snapshot) -> Iterator[Problem]:
    """Require the reports of an activity to differ."""
    for plan in snapshot.plans:
        for activity in plan.activities():
            seen: set[str] = set()
            for report in activity.progress:
                if report.content in seen:
                    message = f"activity {activity.id} has the report by {report.by} of {report.date} twice"
                    yield report.problem(message, (), "Delete one of them.")
                seen.add(report.content)
