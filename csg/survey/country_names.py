"""Names of countries in the languages that a survey may come in, as ISO 3166-1 alpha-3 codes."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple
from unicodedata import category, normalize

SHORT_FORMS = {
    "ARE": "UAE; Emirates; ОАЭ; EAU; الإمارات",
    "BIH": "BiH; Bosnia; Bosnie; Босния",
    "BLR": "Белоруссия; Byelorussia",
    "CAF": "CAR; RCA; ЦАР; Central African Rep",
    "CHN": "PRC; КНР",
    "CIV": "Ivory Coast; RCI; Cote dIvoire; Costa de Marfil",
    "COD": "DRC; RDC; DR Congo; D R Congo; RD Congo; Dem Rep Congo; Democratic Rep of Congo; Congo DR; Congo DRC;"
    " Congo RDC; Congo RD; Congo Kinshasa; Congo Dem Rep; Democratic Republic of Congo; RD del Congo; RD do Congo;"
    " République démocratique du Congo; ДРК; ДР Конго; Zaire; 刚果金; 民主刚果",
    "COG": "Congo Brazzaville; Republic of Congo; Republic of the Congo; République du Congo; Congo Republic; 刚果布",
    "CZE": "Czech Republic; Česká republika; Чехия",
    "FSM": "FSM; Micronesia",
    "GBR": "UK; GB; U K; United Kingdom of Great Britain and Northern Ireland; Great Britain; Britain; England;"
    " Scotland; Wales; Northern Ireland; Великобритания; Англия; Англія; Royaume Uni; Reino Unido; 英国; 英國;"
    " بريطانيا; المملكة المتحدة",
    "IRN": "Islamic Republic of Iran; IRI",
    "KGZ": "Kyrgyz Republic; Kirghizia; Kirgizia; Киргизия; Киргизстан; Kirghizistan; Kirguistán; قرغيزستان; 吉尔吉斯",
    "KOR": "ROK; South Korea; Republic of Korea; Korea South; Южная Корея",
    "LAO": "Lao PDR; PDR Lao; RDP Lao; RDP lao; Lao; Lao Peoples Democratic Republic; ЛНДР; 老挝",
    "MDA": "Молдавия; Республика Молдова",
    "MKD": "FYROM; Macedonia; Македония",
    "MMR": "Burma; Birmanie; Birmania; Бирма; 缅甸",
    "NLD": "Holland; The Netherlands",
    "PNG": "PNG",
    "PRK": "DPRK; North Korea; Korea North; КНДР; Северная Корея",
    "PSE": "Palestine; Palestina; Палестина; فلسطين",
    "RUS": "Russia; РФ; Российская Федерация; Russian Fed",
    "SAU": "KSA; Saudi",
    "SWZ": "Swaziland; Свазиленд",
    "TLS": "East Timor; Timor",
    "TZA": "Tanzania; United Republic of Tanzania; Tanzanie",
    "USA": "US; USA; U S; U S A; EUA; EE UU; EEUU; États Unis; États Unis d’Amérique; United States of America; США;"
    " 美国; 美國; أمريكا",
    "VNM": "Viet Nam; Vietnam; SRV; Вьетнам; 越南",
    "ZAF": "RSA; SA; ЮАР; Afrique du Sud",
}
"""Short forms and older names that neither Babel nor countrynames has. They are part of country_names.txt."""

UNCLEAR = frozenset(["congo", "конго", "الكونغو", "刚果", "korea", "corée", "corea", "корея", "كوريا"])
"""Names of two countries: a person must say which."""

_ARABIC = str.maketrans("ةىیک", "هييك")
_CASED_PARTS = re.compile(r"\s[-–—:]\s|[/|]")


@cache
def country_key(name: str) -> str:
    """Return a name as names are compared: regardless of case, accents, signs, blanks and an article before it.

    >>> country_key("Côte d'Ivoire"), country_key("The U.K.")
    ('cote divoire', 'uk')
    """
    text = normalize("NFKD", name.casefold().replace(".", "").replace("&", " and ")).translate(_ARABIC)
    letters = ("" if _is_mark(sign) else sign if sign.isalnum() or category(sign)[0] == "M" else " " for sign in text)
    return re.sub(r"^(?:the|la|le|les|el|los|las|a|o|os) (?=..)", "", " ".join("".join(letters).split()))


def _is_mark(sign: str) -> bool:
    """Return whether a sign is an accent, an apostrophe, or a mark of Arabic; other scripts need their marks."""
    return sign in "’'‘ʼ`´" or (category(sign) == "Mn" and sign < "\u0700")


class _Names(NamedTuple):
    """The codes of countries by their names, by names that are less certain, and by codes of two letters."""

    names: Mapping[str, str]
    others: Mapping[str, str]
    short: Mapping[str, str]


@cache
def _read() -> _Names:
    """Return the names of countries that docs/make_country_names.py has collected from Babel and countrynames."""
    found: tuple[dict[str, str], ...] = ({}, {}, {})
    for line in files(__package__).joinpath("country_names.txt").read_text("utf-8").splitlines()[1:]:
        code, *columns = line.split("\t")
        for codes, column in zip(found, columns, strict=True):
            codes |= dict.fromkeys(column.split(";"), code)
    for codes in found:
        codes.pop("", None)
    return _Names(*found)


@cache
def country_code(name: str) -> str | None:
    """Return the code of the country with a name; None if it is no country, or if it can be two.

    Words of two Latin letters are names only in capitals: ``no`` and ``in`` are words.
    """
    name = re.sub(r"^[\W\d_]+", "", normalize("NFKC", name).strip())  # a number or a flag before it
    whole = _code(name)
    if whole:
        return whole
    before, bracket, inner = name.removesuffix(")").partition("(")
    if name.endswith(")") and before.strip() and bracket and not {"(", ")"} & set(inner):
        return _one(_code(before.strip()), _code(inner), _code(f"{before.strip()} {inner}"))
    if (parts := _CASED_PARTS.split(name)) and len(parts) == 2:
        return _one(*(_code(part.strip(), two_letters=True) for part in parts))
    if name.count(",") == 1:
        first, last = name.split(",")
        return _code(f"{last} {first}")  # Iran, Islamic Republic of
    return None


def _one(first: str | None, second: str | None, together: str | None = None) -> str | None:
    """Return the code that two parts of a name agree on; None if they name two countries."""
    if together:
        return together
    return None if first and second and first != second else first or second


def _code(name: str, *, two_letters: bool = False) -> str | None:
    name = name.strip()
    bare = re.sub(r"[\W_]", "", name)
    if len(bare) < 2:
        return None
    known, key = _read(), country_key(name)
    if bare.isascii() and len(bare) == 2:
        short = known.names.get(key) if bare.isupper() else None
        return short or (known.short.get(bare.casefold()) if two_letters and bare.isupper() else None)
    if key in _unclear():
        return None
    return known.names.get(key) or (known.others.get(key) if len(bare) > 2 else None)


@cache
def _unclear() -> frozenset[str]:
    return frozenset(map(country_key, UNCLEAR))


def nearest_country(name: str) -> str | None:
    """Return the code of the country whose name is written almost like a name; None if no name or two are.

    >>> nearest_country("Kyrgistan")
    'KGZ'
    """
    from difflib import get_close_matches

    known = _read().names
    codes = {known[close] for close in get_close_matches(country_key(name), known, 8, 0.82)}
    return codes.pop() if len(codes) == 1 else None
