"""Find the question for the country under review, and the countries in its answers."""

import re
from collections.abc import Iterable, Mapping

from csg.survey.country_names import country_code, country_key
from csg.survey.headers import key

MOST_COUNTRIES = 300
LONGEST_NAME = 80

_ASKS = re.compile(
    r"\b(countr(y|ies)|pays|pa[ií]s(es)?|paese|paesi|land|länder|kraj|ülke|strana|страна|стран[еуы]?|країн[аиуі]|negara"
    r"|nchi|quốc gia|мамлекет|ел|davlat|кишвар|држава|bansa)\b|بلد|دولة|البلاد|الدول|国家|國家|ประเทศ|देश|کشور|ملک"
    r"|国名|국가|နိုင်ငံ|ប្រទេស|ປະເທດ|দেশ|ქვეყ|երկիր|አገር",
    re.IGNORECASE,
)  # fmt: skip
_NO_COUNTRY = re.compile(
    r"(other|none|n/?a|not applicable|don.?t know|autre|aucun|otro|ninguno|другое|нет|أخرى|لا|其他|global|regional"
    r"|worldwide|all)\b.*",
    re.IGNORECASE,
)


class Gazetteer:
    """Countries by their names: those that the group uses, then those that languages have."""

    def __init__(self, own: Mapping[str, str]) -> None:
        """``own`` has codes by the names and aliases in ``data/countries.yaml``."""
        self._own = {country_key(name): code for name, code in own.items()}

    def code(self, name: str) -> str | None:
        """Return the code of the country with a name; None if it is no country."""
        if not name or len(name) > LONGEST_NAME:
            return None
        return self._own.get(country_key(name)) or country_code(name)

    def codes(self, names: Mapping[str, int] | Iterable[str], *, asked: bool = False) -> dict[str, str]:
        """Return the codes of names if they answer a question for a country: four of five of them name one.

        If the question asks for a country, half of them are enough.
        """
        answers = names if isinstance(names, Mapping) else dict.fromkeys(names, 1)
        if not answers or len(answers) > MOST_COUNTRIES:
            return {}
        if not asked and any(len(name) > LONGEST_NAME for name in answers):
            return {}
        often = sorted(answers, key=lambda name: -answers[name])[:4]
        if not any(map(self.code, often)):
            return {}  # the rest need not be looked up
        codes = self.known(answers)
        share = sum(answers[name] for name in codes) / sum(answers.values())
        if asked:
            return codes if share >= 0.5 else {}
        return codes if len(codes) > 1 and share >= 0.8 and len(codes) >= 0.5 * len(answers) else {}

    def known(self, names: Iterable[str]) -> dict[str, str]:
        """Return the codes of the names that are countries."""
        return {name: code for name in names if (code := self.code(name))}


def asks_for_country(text: str) -> bool:
    """Return whether a question's text has a word for a country in it."""
    return _ASKS.search(key(text)) is not None


def is_no_country(answer: str) -> bool:
    """Return whether an answer says in other words that it is no country, such as Other."""
    return _NO_COUNTRY.fullmatch(answer) is not None
