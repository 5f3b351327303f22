"""The language of a document, a letter or a form: its words, dates, numbers and lists."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from gettext import NullTranslations, translation
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from unicodedata import bidirectional

if TYPE_CHECKING:
    from babel import Locale

Direction = Literal["ltr", "rtl"]
DOMAIN = "csg"
"""The name of the catalogues: ``csg/locale/LANGUAGE/LC_MESSAGES/csg.mo``."""


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
        folder = str(resources.files("csg") / "locale")
        return translation(DOMAIN, folder, [self.code.replace("-", "_")], fallback=True)

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
        """Return a message in the language, with the values in the places of their names: ``{lead}``."""
        text = self._translations.gettext(message)
        return text.format(**values) if values else text

    def ngettext(self, one: str, several: str, number: int, **values: object) -> str:
        """Return the form of a message for a number, which stands at ``{number}``."""
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

    def names(self, names: Iterable[str]) -> str:
        """Return names as a list within a sentence: ``A, B and C``."""
        from babel.lists import format_list

        every = list(names)
        if self.code == "en":  # without the comma before "and"
            return " and ".join(part for part in (", ".join(every[:-1]), *every[-1:]) if part)
        return format_list(every, locale=self.locale)


def known_languages() -> list[str]:
    """Return the codes of the languages that documents can be in: English, and those with a catalogue."""
    folder = Path(str(resources.files("csg"))) / "locale"
    return ["en", *sorted(path.parent.parent.name for path in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))]


def text_direction(text: str) -> Direction:
    """Return the direction of a text: that of its first letter which has one."""
    for character in text:
        kind = bidirectional(character)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"
