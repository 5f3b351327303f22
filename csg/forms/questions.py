"""The questions of a form, and the codes in brackets that carry them through every program: ``[2.4 summary]``."""

import re
from collections.abc import Iterable
from typing import NamedTuple
from unicodedata import category

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
        for activity in activities:
            self._codes[_plain(str(Code(activity.id, "")))] = Code(activity.id, "")
            for question in (question for language in languages for question in questions(activity, language)):
                self._codes[_plain(str(question.code))] = question.code
                self._labels.setdefault(question.code, set()).add(question.label)

    def find(self, text: str) -> "tuple[Code, int, int] | None":
        """Return the first code in a text, and where it starts and ends; None without one."""
        for match in _BRACKETS.finditer(text):
            if code := self._codes.get(_plain(match[0])) or unknown_code(match[1]):
                return code, match.start(), match.end()
        return None

    def answer_on_line(self, code: Code, text: str) -> str:
        """Return the answer on the line of a question: the text after its words and the colon."""
        for label in self._labels.get(code, ()):
            if text.strip().startswith(label):
                return text.strip()[len(label) :].lstrip(" :\u00a0").strip()
        return text.partition(":")[2].strip()


def unknown_code(text: str) -> Code | None:
    """Return a code that looks like one of a question, also if no activity of the plan has it."""
    words = _plain(text).split(" ")
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


def _plain(text: str) -> str:
    visible = "".join(letter for letter in text if category(letter) != "Cf")
    return " ".join(visible.split()).casefold()
