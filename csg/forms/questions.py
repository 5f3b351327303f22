"""The questions of a form, and the codes in brackets that carry them through every program: ``[2.4 summary]``."""

import re
from collections.abc import Container, Iterable
from typing import NamedTuple
from unicodedata import category, decimal

from csg.language import Language, known_languages, marked
from csg.model.names import STATUSES
from csg.model.workplan import Activity

END = "[csg end]"
"""The mark after the last question of a letter."""
QUESTIONS = {
    "status": marked("Status"),
    "summary": marked("What was done"),
    "needs": marked("The decision or help that you need, and from whom"),
    "next_steps": marked("Next steps"),
    "evidence": marked("Links that show the work"),
}
"""The questions on an activity, by the field of a progress report that they fill."""
STATUS_ASKED = marked("Choose a status")
"""The words in the cell of a status that is not chosen yet."""
VALUE = "value"
"""The question for the value of an indicator, whose id follows in the code."""
_AROUND = " :*_\t\r\n\u00a0"
"""Characters that programs put around the words of a question: blanks, and the marks of bold text."""
_AFTER = " :\t\r\u00a0"
"""Characters between the words of a question and its answer on the same line."""
_LABEL_ENDS = re.compile(r"[*_ \t\u00a0]*(?::[*_]*|[\r\n]|\Z)")
_NUMBERS = re.compile(r"[\w.]+")
_BRACKETS = re.compile(r"\[([^\[\]\r\n]{1,300})\]")


class Code(NamedTuple):
    """The code of a question: the activity, the field, and the indicator for a value. An empty field: the activity."""

    activity: str
    field: str
    indicator: str = ""

    def __str__(self) -> str:
        """Return the code as a form shows it."""
        return f"[{' '.join(part for part in self if part)}]"


class Question(NamedTuple):
    """A question of a form: its code, and its words."""

    code: Code
    label: str


def questions(activity: Activity, language: Language) -> list[Question]:
    """Return the questions on an activity."""
    asked = [Question(Code(activity.id, field), language.gettext(label)) for field, label in QUESTIONS.items()]
    for indicator in activity.indicators:
        unit = f" ({indicator.unit})" if indicator.unit else ""
        label = language.gettext("Total since the plan began: {indicator}", indicator=f"{indicator.name}{unit}")
        asked.append(Question(Code(activity.id, VALUE, indicator.id), label))
    return asked


def status_choices(language: Language) -> list[str]:
    """Return the words for each status that a report can have."""
    return [language.status(status) for status in STATUSES]


class Codes:
    """The codes of a plan's questions, to find them in text whatever program has written it."""

    def __init__(self, activities: Iterable[Activity]) -> None:
        languages = [Language(code) for code in known_languages()]
        self._codes: dict[str, Code] = {}
        self._labels: dict[Code, set[str]] = {}
        self._titles: dict[str, set[str]] = {}
        for activity in activities:
            self._titles.setdefault(activity.id, set()).add(_words(activity.title))
            self._codes[_plain_code(str(Code(activity.id, "")))] = Code(activity.id, "")
            for question in (question for language in languages for question in questions(activity, language)):
                self._codes[_plain_code(str(question.code))] = question.code
                self._labels.setdefault(question.code, set()).add(_words(question.label))
        self._every_label = frozenset(label for labels in self._labels.values() for label in labels)

    def find(self, text: str) -> "tuple[Code, int, int] | None":
        """Return the first code in a text, and where it starts and ends; None without one."""
        for match in _BRACKETS.finditer(text):
            if code := self._codes.get(_plain_code(match[0])) or unknown_code(match[1]):
                return code, match.start(), match.end()
        return None

    def is_unknown_code(self, text: str) -> bool:
        """Return whether a text begins with a code of no question, such as a translated one: `[2.4 estado]`."""
        match = _BRACKETS.search(text)
        if not match or self.find(match[0]):
            return False
        activity, rest = self.activity_of(_plain_code(match[1]))
        return bool(rest) and activity in self._titles

    def answer_on_line(self, code: Code, text: str) -> str:
        """Return the answer on the line of a question: the text after its words and the colon, if they are there.

        Other words than those of the question are an answer, also with a colon: `[2.4 summary] Chad: two trainings`.
        """
        return self.without_label(code, text).strip()

    def without_label(self, code: Code, text: str) -> str:
        """Return a text without the words of a question at its start, in any language, and the colon after them."""
        end = _end_of_label(text, self._labels.get(code, ()))
        return text[end:].lstrip(_AFTER) if end else text

    def has_label(self, code: Code, text: str) -> bool:
        """Return whether a text begins with the words of a question."""
        return _end_of_label(text, self._labels.get(code, ())) > 0

    def without_last_label(self, code: Code, lines: list[str]) -> list[str]:
        """Return lines without the words of a question at their end, where a program put them before its code.

        Words after those of the question are an answer: `Next steps: three`.
        """
        kept = len(lines)
        while kept and not lines[kept - 1].strip():
            kept -= 1
        is_label = bool(kept) and self.has_label(code, lines[kept - 1])
        return lines[: kept - 1] if is_label and not self.answer_on_line(code, lines[kept - 1]) else lines

    def is_label(self, text: str) -> bool:
        """Return whether a text is the words of any question, and nothing else."""
        return _words(text).strip(_AROUND) in self._every_label

    def is_part_of_label(self, code: Code, text: str) -> bool:
        """Return whether a text is the beginning of a question, as where a mail program broke the line."""
        return _is_part(text, self._labels.get(code, ()))

    def is_part_of_title(self, activity: str, text: str) -> bool:
        """Return whether a text is the beginning of the title of an activity."""
        return _is_part(text, self._titles.get(activity, ()))

    def is_title(self, activity: str, text: str) -> bool:
        """Return whether a text is the whole title of an activity."""
        return _words(text) in self._titles.get(activity, ())

    def is_second_title(self, activity: str, text: str, before: Iterable[tuple[str, str]]) -> bool:
        """Return whether a text after the number of an activity is an answer: its title came before, in other words."""
        is_known = self.is_title(activity, text) or self.is_part_of_title(activity, text) or not text.strip()
        return not is_known and any(name == activity for name, _ in before)

    def activity_of(self, text: str) -> tuple[str, str]:
        """Return the id at the start of a text, and the title after it. An id can have blanks: the longest counts."""
        words = text.split()
        longest = max((name.count(" ") + 1 for name in self._titles), default=1)
        for end in range(min(longest, len(words)), 1, -1):
            if (name := " ".join(words[:end])) in self._titles:
                return name, " ".join(words[end:])
        return " ".join(words[:1]), " ".join(words[1:])

    def names_activity(self, text: str, among: Container[str] | None = None) -> bool:
        """Return whether a text has the number of an activity: of any, or of those named."""
        known = self._titles if among is None else among
        return any(number.strip(".") in known for number in _NUMBERS.findall(text))


def _words(text: str) -> str:
    """Return words as they are compared: with one blank between them, and regardless of case."""
    return " ".join(text.split()).casefold()


def _end_of_label(text: str, labels: Iterable[str]) -> int:
    """Return the end of one of the labels that begins a text, whatever its blanks; 0 if none does.

    A label ends with a colon or its line. Without them the words are those of an answer: `Next steps are unclear`.
    """
    start = len(text) - len(text.lstrip(_AROUND))
    for label in labels:
        end = start
        for word in label.split(" "):
            while text[end : end + 1].isspace():
                end += 1
            if text[end : end + len(word)].casefold() != word:
                break
            end += len(word)
        else:
            if match := _LABEL_ENDS.match(text, end):
                return match.end()
    return 0


def _is_part(text: str, wholes: Iterable[str]) -> bool:
    words = _words(text)
    return bool(words) and any(whole.startswith(f"{words} ") for whole in wholes)


def has_question(text: str) -> bool:
    """Return whether a text has the code of a question in it."""
    return any(unknown_code(match[1]) for match in _BRACKETS.finditer(text))


def unknown_code(text: str) -> Code | None:
    """Return a code that looks like one of a question, also if no activity of the plan has it."""
    words = _plain_code(text).split(" ")
    for index in range(1, len(words)):
        if words[index] in QUESTIONS and index == len(words) - 1:
            return Code(" ".join(words[:index]), words[index])
        if words[index] == VALUE and index < len(words) - 1:
            return Code(" ".join(words[:index]), VALUE, " ".join(words[index + 1 :]))
    return None


def tag(short: str | None, plan: str, period: str, lead: str) -> str:
    """Return the tag that brings a reply home: ``[CS Group 2021-22 mid INWUD]``."""
    return f"[{' '.join(part for part in (short, plan, period, lead) if part)}]"


def tags_in(text: str) -> list[str]:
    """Return everything in brackets that is not a code, as ``plain_tag`` compares it."""
    return [_plain(match[0]) for match in _BRACKETS.finditer(text)]


def plain_tag(text: str) -> str:
    """Return a tag as tags are compared: regardless of case, blanks and marks of direction."""
    return _plain(text)


def _plain_code(text: str) -> str:
    """Return a code as codes are compared: also without the marks that programs put before its signs."""
    plain = _plain(text.replace("\\", ""))
    if not plain.isascii():
        plain = "".join(str(decimal(letter, letter)) for letter in plain)
    return plain.replace("next steps", "next_steps").replace("next-steps", "next_steps")


def _plain(text: str) -> str:
    visible = text if text.isascii() else "".join(letter for letter in text if category(letter) != "Cf")
    return " ".join(visible.split()).casefold()
