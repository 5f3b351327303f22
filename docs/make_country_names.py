"""Write csg/survey/country_names.txt: the names of countries that Babel and countrynames have, ready to be looked up.

To collect them takes a second and 90 MiB, so an import of a survey reads this file. Run it for a new version of one of
these packages: python docs/make_country_names.py
"""

import re
import warnings
from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from babel import Locale

from csg.survey import country_names
from csg.survey.country_names import SHORT_FORMS, UNCLEAR, country_key

LANGUAGES = """
    en es fr ru ar pt uk zh zh_Hant de it nl pl tr fa hi bn id vi th my km lo ne sw ky kk uz tg ka hy az ro bg sr cs ja
    ko ur si ta am fil ms mn pt_PT
""".split()  # noqa: SIM905  (a list of 48 short texts is hard to read)
"""The locales of Babel whose names of countries are written."""
VERSIONS = f"# Babel {version('babel')}, countrynames {version('countrynames')}\n"
PAGE = Path(country_names.__file__).with_name("country_names.txt")


def country_lines() -> str:
    """Return a line with the versions of the packages, and one for each country.

    It has the code, the names, names that only countrynames has, and the code of two letters.
    """
    names, unclear = _babel_names()
    unclear |= set(map(country_key, UNCLEAR))
    others = {key: code for key, code in _other_names() if key not in unclear and key not in names and len(key) > 2}
    names = {key: code for key, code in names.items() if key not in unclear}
    names |= {country_key(form): code for code, forms in SHORT_FORMS.items() for form in forms.split("; ")}
    lines: defaultdict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for index, found in enumerate((names, others)):
        for key, code in found.items():
            lines[code][index].append(key)
    short = dict(_short_codes())
    return VERSIONS + "".join(
        f"{code}\t{';'.join(sorted(lines[code][0]))}\t{';'.join(sorted(lines[code][1]))}\t{short.get(code, '')}\n"
        for code in sorted(lines)
    )


def _babel_names() -> tuple[dict[str, str], set[str]]:
    """Return the codes of the names that languages have, and the names that two countries have."""
    codes: dict[str, str] = {}
    unclear: set[str] = set()
    for language in LANGUAGES:
        for region, name in Locale.parse(language).territories.items():
            code = _code_3(region) if len(region) == 2 and region.isalpha() else None
            for form in _forms(name) if code else ():
                if codes.setdefault(country_key(form), code or "") != code:
                    unclear.add(country_key(form))
    return codes, unclear


def _forms(name: str) -> Iterator[str]:
    """Yield a name, and its part outside of brackets: Myanmar (Burma)."""
    yield name
    if match := re.fullmatch(r"([^()（）]+?) ?[(（]([^()（）]+)[)）]", name):
        yield match[1]


def _other_names() -> Iterator[tuple[str, str]]:
    """Yield the names that countrynames has, with their codes."""
    from countrynames.data import DATA

    failing = {country_key(name) for name in DATA["FAIL"]}
    for short, names in DATA.items():
        code = _code_3(short) if short != "FAIL" else None
        for name in (*names, code or "") if code else ():
            if (key := country_key(name)) not in failing:
                yield key, code or ""


def _short_codes() -> Iterator[tuple[str, str]]:
    from countrynames.data import DATA

    for short in DATA:
        if len(short) == 2 and (code := _code_3(short)):
            yield code, short.casefold()


def _code_3(region: str) -> str | None:
    """Return the code of three letters for one of two letters; None for what is no country."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it needs ICU, which cannot be installed everywhere
        import countrynames

        try:
            code = countrynames.to_code_3(region)
        except KeyError:  # a region without such a code: the Canary Islands
            return None
    return code if code and len(code) == 3 and code != "EUU" else None


if __name__ == "__main__":
    PAGE.write_text(country_lines(), encoding="utf-8")
