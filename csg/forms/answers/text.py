"""The answers in a text with the codes of a form, as mail programs quote, break and answer it."""

import re
import sys
from typing import NamedTuple
from unicodedata import category

from csg.forms.answers.mail_lines import before_quoted_mail, end_of_chat_head, is_header, is_signature_of_device
from csg.forms.answers.sheet import Answer, Sheet, tidy
from csg.forms.own_words import begins_letter, greets, is_own
from csg.forms.questions import END, Code, Codes, has_question, plain_tag, tags_in
from csg.problem import Sentence, shown

_QUOTE = re.compile(r"[>|\s]*")
_QUOTE_SIGN = re.compile(r"\s*[>|]")
_SIGNATURE = "-- "
_BEFORE_CODE = 2
"""The characters that can be before a code on its line: the marks of bold text, or a bullet."""
_MOST_SHOWN = 200
"""The most characters of words beside the answers that are shown."""
_BROKEN = range(50, 101)
"""The lengths of lines that a mail program has broken, in characters. The next line goes on with the same sentence."""


class Line(NamedTuple):
    """A line of a text: its number, the depth of its quotes, and its text without quote signs."""

    number: int
    depth: int
    bare: str
    content: str


def answers_of_text(file: str, text: str, codes: Codes, subject: str = "", *, is_cover: bool = False) -> Sheet:
    """Return the answers of a text with the codes of a form: each is below its question, or after it on the line.

    Text of a lead that is below no question is a remark, if it can be an answer. ``is_cover`` says that the answers are
    in an attached form, so that the text need not have any.
    """
    reader = _Reader(codes)
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        reader.read(_line(number, line))
    reader.finish()
    tags = (*tags_in(subject), *reader.tags)
    return Sheet(file, tuple(reader.answers), tags, tuple(reader.titles), tuple(reader.remarks(is_cover=is_cover)),
                 doubts=tuple(reader.doubts), asides=tuple(reader.asides(is_cover=is_cover)))  # fmt: skip


def _line(number: int, text: str) -> Line:
    bare = "".join(letter for letter in text if category(letter) != "Cf" or letter in "\u200c\u200d")
    mark = _QUOTE.match(bare)
    prefix = mark[0] if mark else ""
    return Line(number, sum(prefix.count(sign) for sign in ">|"), bare, bare[len(prefix) :])


class _Reader:
    """Reads lines one after the other, and remembers the question whose answer can go on."""

    def __init__(self, codes: Codes) -> None:
        self.answers: list[Answer] = []
        self.titles: list[tuple[str, str]] = []
        self.tags: list[str] = []
        self.doubts: list[tuple[str, str]] = []
        self._codes = codes
        self._open: Code | None = None
        self._words = ""
        """The words of the open question or title, which the next line can go on with."""
        self._start = Line(0, 0, "", "")
        self._lines: list[str] = []
        self._prose: list[Line] = []
        self._below_titles: list[Line] = []
        self._before = ""
        self._signed = sys.maxsize
        """The number of the line above a signature."""
        self._is_astray = False
        """True if the lines are below a code that csg does not know, or in a chat message without a code."""

    def read(self, line: Line) -> None:
        """Read a line."""
        if end := end_of_chat_head(line.content):
            self._start_message()
            line = line._replace(bare=line.content[end:], content=line.content[end:])
        content = line.content
        if line.bare == _SIGNATURE or is_signature_of_device(content):
            self._signed = min(self._signed, line.number)
        has_code = content.startswith("[") or "[" in content[: _BEFORE_CODE + 1]
        found = self._codes.find(content) if has_code else None
        if found and found[1] <= _BEFORE_CODE:
            self._lines = self._codes.without_last_label(found[0], self._lines)
            self._close()
            self._start_question(line, found[0], content[found[2] :])
        elif self._words and self._goes_on(content):
            pass
        elif plain_tag(content) == plain_tag(END):
            self._close()
        elif has_code and self._codes.is_unknown_code(content):
            self._close()
            self._is_astray = True
            self._below_titles.append(line)
        elif self._open and self._open.field:
            self._read_answer(line)
        else:
            self._read_other(line)

    def _start_message(self) -> None:
        """End an answer at the next message of a chat, which another person can have written."""
        if self._open and self._open.field:
            self._close()
            self._is_astray = True

    def finish(self) -> None:
        """End the last answer. Without the end mark, a signature can follow it."""
        can_be_signed = self._open is not None and self._open.field not in ("", "evidence")
        if can_be_signed and any(not line.strip() for line in "\n".join(self._lines).rstrip().split("\n")):
            message = Sentence(
                "the answer to {question} can have other words below it, such as a signature", question=self._open
            )
            hint = Sentence("Write {mark} on a line of its own below the answer.", mark=END)
            self.doubts.append((message, hint))
        self._close()

    def _read_answer(self, line: Line) -> None:
        is_quoted = line.depth > self._start.depth and line.content.strip() and is_own(line.content)
        if line.bare == _SIGNATURE or is_signature_of_device(line.content):
            self.finish()
        elif is_quoted or begins_letter(line.content):
            self._lines = self._before_letter()
            self.finish()
            self._read_other(line)
        else:
            self._lines.append(_unquoted(line.bare, self._start.depth))

    def _before_letter(self) -> list[str]:
        """Return the lines of the open answer that are above the quoted letter, the first words of which it has."""
        lines = self._lines
        greeting = next((index for index, line in enumerate(lines) if greets(line.strip(" >|"))), len(lines))
        kept = greeting
        while kept and (_QUOTE_SIGN.match(lines[kept - 1]) or not lines[kept - 1].strip()):
            kept -= 1
        return before_quoted_mail(lines[:kept])

    def remarks(self, *, is_cover: bool) -> list[str]:
        """Return the text that can be an answer and has no question.

        It is text between the title of an activity and its first question, text that names an activity of the form,
        and, if no question has an answer, all that is not csg's own.
        """
        loose = [line for line in self._prose if not self._is_beside(line, is_cover=is_cover)]
        lines = [line.content.strip() for line in sorted((*self._below_titles, *loose))]
        return [" ".join(lines)] if lines else []

    def asides(self, *, is_cover: bool) -> list[str]:
        """Return the other words of the lead, which are beside the answers, such as a greeting."""
        prose = (line for line in self._prose if line.number < self._signed)
        lines = [line.content.strip() for line in prose if self._is_beside(line, is_cover=is_cover)]
        return [f"these words: '{shown(' '.join(lines), _MOST_SHOWN)}'"] if lines else []

    def _is_beside(self, line: Line, *, is_cover: bool) -> bool:
        named = {activity for activity, _ in self.titles}
        has_answers = is_cover or any(answer.text for answer in self.answers)
        return has_answers and not self._codes.names_activity(line.content, named)

    def _start_question(self, line: Line, code: Code, after: str) -> None:
        self._open, self._start, self._words = code, line, ""
        self._is_astray = False
        self._signed = sys.maxsize  # a signature ends a mail: this one did not
        if not code.field:
            if self._codes.is_second_title(code.activity, after, self.titles):
                self._below_titles.append(line)
            self.titles.append((code.activity, after.strip()))
            self._words = after if self._codes.is_part_of_title(code.activity, after) else ""
            self._before = line.content
        elif self._codes.is_part_of_label(code, after):
            self._words = after
        elif answer := self._codes.answer_on_line(code, after):
            self._lines.append(answer)

    def _goes_on(self, content: str) -> bool:
        """Return whether a line goes on with the words of the title or the question above it."""
        assert self._open is not None
        code, words = self._open, f"{self._words} {content}"
        if not code.field:
            is_whole = self._codes.is_title(code.activity, words)
            is_part = is_whole or self._codes.is_part_of_title(code.activity, words)
            if is_part:
                self.titles[-1] = (code.activity, words.strip())
        else:
            is_whole = self._codes.has_label(code, words)
            is_part = is_whole or self._codes.is_part_of_label(code, words)
            if is_whole and (answer := self._codes.answer_on_line(code, words)):
                self._lines.append(answer)
        if not is_part and code.field:
            self._lines.append(self._words.strip())
        self._words = words if is_part and not is_whole else ""
        return is_part

    def _close(self) -> None:
        if self._open and self._open.field:
            lines = [self._words.strip(), *self._lines] if self._words else self._lines
            self.answers.append(Answer(self._open, tidy("\n".join(lines)), f"line {self._start.number}"))
        self._open, self._lines, self._words = None, [], ""

    def _read_other(self, line: Line) -> None:
        """Read a line that is no question and no answer: csg's own, quoted from another mail, or written by a lead."""
        self.tags += tags_in(line.content)
        is_below_title = self._open is not None
        is_broken = len(self._before) in _BROKEN
        is_lost = self._is_astray and not (is_own(line.content) or self._is_of_program(line))
        if is_lost or has_question(line.content):
            self._below_titles.append(line)
        elif not line.content.strip():
            self._before = ""
        elif is_own(line.content) or is_broken or self._codes.is_label(line.content):
            self._before = line.content
        elif is_below_title and line.depth < max(self._start.depth, 1):
            self._below_titles.append(line)
        elif not is_below_title and line.depth == 0 and not self._is_of_program(line):
            self._prose.append(line)

    def _is_of_program(self, line: Line) -> bool:
        """Return whether a line has a tag, or is one that mail programs write: `On Monday Ana wrote:`."""
        text = line.content.strip()
        is_mark = line.bare == _SIGNATURE or is_signature_of_device(text)
        return is_mark or text.endswith(":") or is_header(text) or bool(tags_in(text))


def _unquoted(line: str, depth: int) -> str:
    """Return a line without as many quote signs as its question has."""
    rest = line
    for _ in range(depth):
        stripped = rest.lstrip()
        if stripped[:1] not in (">", "|"):
            break
        rest = stripped[1:].removeprefix(" ")
    return rest
