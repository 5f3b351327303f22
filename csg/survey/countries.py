"""Names of countries, in the languages that a survey may come in, as ISO 3166-1 alpha-3 codes."""

import warnings
from collections.abc import Iterable, Mapping
from functools import cache

MOST_COUNTRIES = 300
LONGEST_NAME = 80


@cache
def country_code(name: str) -> str | None:
    """Return the code of the country with a name in any of some fifty languages; None if it is no country.

    The names are those of OpenSanctions' countrynames. One of two letters is no name here: ``no`` and ``in`` are words.
    """
    if len(name.strip()) < 3 or len(name) > LONGEST_NAME:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it needs ICU, which cannot be installed everywhere
        import countrynames

        try:
            code = countrynames.to_code_3(name)
        except KeyError:  # a place without such a code: the Canary Islands
            return None
    return code if code and len(code) == 3 else None


def country_codes(names: Mapping[str, int] | Iterable[str]) -> dict[str, str]:
    """Return the codes of names if they answer a question for a country: four of five of them name one."""
    answers = names if isinstance(names, Mapping) else dict.fromkeys(names, 1)
    if not answers or len(answers) > MOST_COUNTRIES or any(len(name) > LONGEST_NAME for name in answers):
        return {}
    often = sorted(answers, key=lambda name: -answers[name])[:4]
    if not any(map(country_code, often)):
        return {}  # the rest need not be looked up
    codes = {name: code for name in answers if (code := country_code(name))}
    known = sum(answers[name] for name in codes)
    return codes if len(codes) > 1 and known >= 0.8 * sum(answers.values()) and len(codes) >= 0.5 * len(answers) else {}
