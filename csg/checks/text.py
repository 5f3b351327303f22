"""Rules for text: nothing personal, nothing that cannot be seen, nothing that looks wrong, no link that is none.

The folder is public and some who take part could be arrested for who they are, so a comment counts as much as a value.
"""

import re
from collections.abc import Iterator, Sequence

from csg.checks.personal import personal, plain
from csg.checks.phones import REGIONS
from csg.checks.rules import rule
from csg.problem import Problem
from csg.source.parse import Document
from csg.source.text import BOM, place, position
from csg.workspace import Snapshot

_SUSPECT = re.compile(
    r"@|%40|[\[({ ](?i:at)[\])} ]|\d(?:[ \t().[\]/-]{0,3}\d){5}|\d\.\d{1,3}\.\d{1,3}\.\d|:[0-9A-Fa-f]{0,4}:"
)
"""In every e-mail address, telephone number and IP address: the lines without it need no closer look."""
_NUMBER_FIRST = re.compile(r"\n[ \t]*(?:#[# \t]*)?(?=[(+]{0,2}\d[ ().-]{0,2}\d)")
_NUMBER_LAST = "0123456789)(+.:/-elnp"
"""The characters before a number that goes on in the next line: a part of it, or the end of a word such as tel."""
_MOST_AROUND = 40
"""Characters on both sides of the end of a line in which a number that goes on over it stands."""
UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e"
    r"\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
    # The two joiners are part of how Persian and Indic languages are written, and nothing elsewhere.
    r"|(?<![^\x00-\u02ff])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u02ff])"
)
_ODD = re.compile(r"[^\t\n\r -~]+")
"""Whatever is not plain ASCII: the rest of a text need not be looked at for what cannot be seen."""
BLANK = r"[ \t\xa0\u2000-\u200a\u3000]"
_BLANKS = re.compile(rf"(?<=\S){BLANK}{{2,}}(?=\S)|^{BLANK}|{BLANK}$", re.MULTILINE)
_INDENTED = re.compile(rf"\n{BLANK}+")
_WIDE = re.compile(r"[\xa0\u2000-\u200a\u3000]")
_QUOTED_BLANK = re.compile(r"[:\[{,-] [\"']\s|\s[\"'](?=[\s,\]}]|$)")
_TRAILING = re.compile(r"[ \t]\r?\n")


def _at(document: Document, index: int, message: str, hint: str) -> Problem:
    return Problem("", message, document.file, *position(document.text, index), hint)


@rule("CSG220", "personal data")
def no_personal_data(snapshot: Snapshot) -> Iterator[Problem]:
    """No e-mail address, telephone number or IP address stands anywhere in a data file, comments included.

    The folder is public and its history is kept: whoever finds one takes it out before it is committed.
    """
    hint = "take it out"
    regions = snapshot.group.regions or REGIONS
    for document in snapshot.documents:
        told = set()
        text = plain(document.text)
        for start, end in _suspect_lines(text):
            for kind, index, found in personal(text, start, end, regions):
                told.add("".join(found.split()))
                # The text itself is not repeated: what a check prints ends up in logs.
                yield _at(document, index, f"{kind} does not belong in a public folder", hint)
        yield from _wrapped_or_escaped(document, text, told, regions)


def _wrapped_or_escaped(document: Document, text: str, told: set[str], regions: Sequence[str]) -> Iterator[Problem]:
    """Report what is personal and not on one line of the file: it goes on over two lines, or has an escape in it."""
    message = "{}, over two lines or with an escape in it, does not belong in a public folder"
    wrapped = list(_wrapped(text, regions))
    if not wrapped and "\\" not in document.text:
        return  # as in nearly every file: its values need no look of their own
    for value, mark in document.texts():
        for kind, _, detail in personal(plain(value), 0, len(value), regions):
            if "".join(detail.split()) not in told:
                told.add("".join(detail.split()))
                yield Problem("", message.format(kind), document.file, *place(mark), "take it out")
    for kind, index, detail in wrapped:
        if detail not in told:  # it is in a comment
            yield _at(document, index, message.format(kind), "take it out")


def _wrapped(text: str, regions: Sequence[str]) -> Iterator[tuple[str, int, str]]:
    """Yield the kind, the position and the text without blanks of what goes on over the end of a line."""
    for number in _NUMBER_FIRST.finditer(text):
        start, end = number.span()
        start -= len(text[start - 3 : start]) - len(text[start - 3 : start].rstrip())
        if text[start - 1 : start] not in _NUMBER_LAST:
            continue
        before = text[max(start - _MOST_AROUND, 0) : start].rpartition("\n")[2]
        after = text[end : end + _MOST_AROUND].partition("\n")[0]
        whole_before = any(at + len(one) == len(before) for _, at, one in personal(before, 0, len(before), regions))
        if whole_before or any(at == 0 for _, at, _ in personal(after, 0, len(after), regions)):
            continue  # a list of numbers, a line each
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


@rule("CSG221", "character that cannot be seen")
def no_unseen_characters(snapshot: Snapshot) -> Iterator[Problem]:
    """No invisible, control or text-direction character stands in a data file, as itself or as an escape (``\\u202e``):
    what people review is what is there.
    """
    hint = "delete it"
    for document in snapshot.documents:
        begin = document.text.startswith(BOM)
        for odd in _ODD.finditer(document.text, begin):
            for match in UNSEEN.finditer(document.text, *odd.span()):
                yield _at(document, match.start(), f"invisible character U+{ord(match[0]):04X}", hint)
        if "\\" in document.text:
            for text, mark in document.texts():
                hidden = UNSEEN.search(text)
                if hidden and hidden[0] not in document.text[mark.index : mark.index + 2 * len(text) + 80]:
                    message = f"invisible character U+{ord(hidden[0]):04X} written as an escape"
                    yield Problem("", message, document.file, *place(mark), hint)


@rule("CSG222", "blanks that look wrong", "warning")
def no_double_blanks(snapshot: Snapshot) -> Iterator[Problem]:
    """No text has two blanks in a row, or one at its beginning or end."""
    for document in snapshot.documents:
        for text, mark in document.texts() if _may_look_wrong(document.text) else ():
            if _BLANKS.search(_INDENTED.sub("\n", text)):
                message = "blanks at an end, or two in a row"
                yield Problem("", message, document.file, *place(mark), "leave one between words")


def _may_look_wrong(source: str) -> bool:
    """Whether a value in a file may have blanks that look wrong. Few have, and then its values need no look."""
    if any(sign in source for sign in (" \n", " \r", "\t", "\\")) or (not source.isascii() and _WIDE.search(source)):
        return True
    lines = source.split("\n")
    quoted = (line for line in lines if "'" in line or '"' in line)
    return any("  " in line.strip() for line in lines) or any(map(_QUOTED_BLANK.search, quoted))


@rule("CSG223", "trailing blanks", "warning")
def no_trailing_blanks(snapshot: Snapshot) -> Iterator[Problem]:
    """No line ends in blanks."""
    for document in snapshot.documents:
        for match in _TRAILING.finditer(document.text):
            yield _at(document, match.start(), "a blank at the end of a line", "delete it")


@rule("CSG224", "evidence that is no link")
def evidence_is_a_link(snapshot: Snapshot) -> Iterator[Problem]:
    """Evidence is a web address that begins with https:// or http://, with no blank in it."""
    for plan in snapshot.plans:
        for activity in plan.activities():
            for report in activity.progress:
                for index, link in enumerate(report.evidence):
                    if not re.fullmatch(r"https?://[^\s<>\"]+", link):
                        message = f"evidence number {index + 1} of activity {activity.id} is no web address"
                        yield report.problem(message, ("evidence", index), "write it from https:// on")


_TEXT_KEY = re.compile(r"[ ]*(?:- )?(?:title|name|comments|summary|next_steps|text):[ ]+(?=[^ |>\"'\[{#])")


@rule("CSG225", "text cut off by a #", "warning")
def no_text_is_cut_off(snapshot: Snapshot) -> Iterator[Problem]:
    """Require text with `` #`` in it to be in quotes: without them, the rest of the line is a comment.

    A comment that is meant as one has two blanks before it.
    """
    for document in snapshot.documents:
        start = 0
        for line in document.text.split("\n"):
            index = _cut_off(line) if "#" in line else -1
            if index >= 0:
                yield _at(document, start + index, "what follows # is no part of the text", "put the text in quotes")
            start += len(line) + 1


def _cut_off(line: str) -> int:
    """Return the index of the number sign that cuts off the text on a line; -1 if there is none."""
    key = _TEXT_KEY.match(line)
    first = line.find("#", key.end()) if key else -1
    return first if first >= 2 and line[first - 1] == " " and not line[first - 2].isspace() else -1


@rule("CSG226", "the same report twice", "warning")
def no_report_is_there_twice(snapshot: Snapshot) -> Iterator[Problem]:
    """No activity has two reports that say the same."""
    for plan in snapshot.plans:
        for activity in plan.activities():
            seen: set[str] = set()
            for report in activity.progress:
                if report.content in seen:
                    message = f"the report by {report.by} of {report.date} stands in activity {activity.id} twice"
                    yield report.problem(message, (), "take one out")
                seen.add(report.content)
