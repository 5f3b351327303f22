"""The language of a document, a letter or a form: its words, dates, numbers and lists."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache, cached_property
from gettext import GNUTranslations, NullTranslations
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from unicodedata import bidirectional

if TYPE_CHECKING:
    from babel import Locale

Direction = Literal["ltr", "rtl"]
LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
MARKS: dict[Direction, str] = {"ltr": LEFT_TO_RIGHT_MARK, "rtl": RIGHT_TO_LEFT_MARK}
"""The mark that keeps the last full stop of a text with its words, in a line of the other direction."""
_SENTENCE_END = re.compile(r"[.:!?؟؛] ")
_FILE = "LC_MESSAGES/csg.po"
"""The catalogue in the folder of a language: ``csg/locale/es/LC_MESSAGES/csg.po``."""


def marked(text: str) -> str:
    """Return a text as it is. It marks the text for translation where a constant holds it."""
    return text


STATUS_WORDS = {
    "completed": marked("Completed"),
    "on-track": marked("On track"),
    "at-risk": marked("At risk"),
    "off-track": marked("Off track"),
    "not-started": marked("Not started"),
    "cancelled": marked("Cancelled"),
    "unreported": marked("No report"),
}
"""The words for each status, from done to unknown."""


class Language:
    """A language by its code: ``en``, ``pt-BR``. Words without a translation stay in English."""

    def __init__(self, code: str = "en") -> None:
        self.code = code

    @cached_property
    def _translations(self) -> NullTranslations:
        return _catalogue(self.code)

    @cached_property
    def locale(self) -> "Locale":
        """The rules of the language for dates, numbers and lists, from the Unicode locale data."""
        from babel import Locale

        return Locale.parse(self.code, sep="-")

    @property
    def direction(self) -> Direction:
        """Return the direction in which the language is written."""
        return "rtl" if self.locale.text_direction == "rtl" else "ltr"

    def gettext(self, message: str, **values: object) -> str:
        """Return a message in the language, with the values instead of their names: ``{lead}``."""
        text = self._translations.gettext(message)
        return text.format(**values) if values else text

    def ngettext(self, one: str, several: str, number: int, **values: object) -> str:
        """Return the form of a message for a number, which replaces ``{number}``."""
        return self._translations.ngettext(one, several, number).format(number=number, **values)

    def status(self, status: str) -> str:
        """Return the words for a status."""
        return self.gettext(STATUS_WORDS[status])

    def pgettext(self, context: str, message: str) -> str:
        """Return a short message whose meaning needs a context."""
        return self._translations.pgettext(context, message)

    def date(self, day: date) -> str:
        """Return a date as people write it: 15 Dec 2021."""
        from babel.dates import format_date, format_skeleton

        if self.code == "en":
            return format_date(day, "d MMM y", locale=self.locale)
        return format_skeleton("yMMMd", day, locale=self.locale)

    def number(self, number: float | str) -> str:
        """Return a number with the signs of the language; a text stays as it is."""
        from babel.numbers import format_decimal

        return number if isinstance(number, str) else format_decimal(number, locale=self.locale)

    def percent(self, share: float) -> str:
        """Return a share of one as a whole percentage."""
        from babel.numbers import format_percent

        return format_percent(share, format="#,##0%" if self.code == "en" else None, locale=self.locale)

    @property
    def comma(self) -> str:
        """Return a comma with a blank. From right to left, a mark keeps the number after a Latin name in its place."""
        return f"{RIGHT_TO_LEFT_MARK}، " if self.direction == "rtl" else ", "

    @property
    def semicolon(self) -> str:
        """Return a semicolon with its blanks."""
        if self.direction == "rtl":
            return f"{RIGHT_TO_LEFT_MARK}؛ "
        return f"{self._before_colon}; "

    @property
    def colon(self) -> str:
        """Return a colon with its blanks: French has one before it, too."""
        return f"{self._before_colon}: "

    @property
    def dot(self) -> str:
        """Return the sign between the parts of a title."""
        return f"{RIGHT_TO_LEFT_MARK} · " if self.direction == "rtl" else " · "

    @property
    def _before_colon(self) -> str:
        return "\N{NO-BREAK SPACE}" if self.code.partition("-")[0] == "fr" else ""

    def listed(self, parts: Iterable[object]) -> str:
        """Return parts with a comma between them: ``2.4, 2.5``."""
        return self.comma.join(map(str, parts))

    def names(self, names: Iterable[str]) -> str:
        """Return names as a list within a sentence: ``A, B and C``."""
        from babel.lists import format_list

        every = list(names)
        if self.code == "en":  # without the comma before "and"
            return " and ".join(part for part in (", ".join(every[:-1]), *every[-1:]) if part)
        return format_list(every, locale=self.locale)


def known_languages() -> list[str]:
    """Return the codes of the languages that documents can be in: English, and those with a catalogue."""
    return ["en", *sorted(path.parent.parent.name.replace("_", "-") for path in _folder().glob(f"*/{_FILE}"))]


def _folder() -> Path:
    return Path(str(resources.files("csg"))) / "locale"


@cache
def _catalogue(code: str) -> NullTranslations:
    """Return the words of a language from its catalogue, which is read as translators write it."""
    path = _folder() / code.replace("-", "_") / _FILE
    if not path.exists():
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with path.open("rb") as stream:
        write_mo(compiled, read_po(stream, locale=code.replace("-", "_")))
    compiled.seek(0)
    return GNUTranslations(compiled)


def end_mark(text: str, direction: Direction) -> str:
    """Return the mark that a text needs at its end in a paragraph of a direction; nothing for most texts.

    Without it, the full stop of an English sentence in an Arabic paragraph is on the wrong side of the sentence.
    """
    sentence = _SENTENCE_END.split(text)[-1]
    own = text_direction(sentence)
    needs_none = own == direction or not any(map(str.isalpha, sentence)) or sentence[-1].isalnum()
    return "" if needs_none or text.endswith(tuple(MARKS.values())) else MARKS[own]


def text_direction(text: str) -> Direction:
    """Return the direction of a text: that of its first letter which has one."""
    for character in text:
        kind = bidirectional(character)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"
