"""Recognize answers that belong to one person, device, day or house: they are no choices of a form."""

import re

_CODE = re.compile(r"[^\s_]{6,}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DIGITS, _LETTERS = 3, 3
_MANY_DIGITS = 4
_DAY = re.compile(
    r"(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2})(?:[T ,].{0,40})?", re.ASCII
)
_STREET = re.compile(
    r"\b(?:street|str|st|road|rd|avenue|ave|av|lane|rue|boulevard|blvd|calle|avenida|carrera|rua|travessa|stra(?:ß|ss)e"
    r"|via|jalan|jl|sokak|caddesi|ул|улица|улице|вул|вулиця|проспект|пр|пер|переулок|дом|кв|flat|apartment|apt|phố"
    r"|đường|barabara|شارع|मार्ग|गली)\b|路|街|号|號",
    re.IGNORECASE,
)
_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")


def is_one_of_a_kind(answer: str) -> bool:
    """Return whether an answer is a code, a day, or an address with a number."""
    if not _DIGIT.search(answer):
        return False
    return _DAY.fullmatch(answer) is not None or _is_code(answer) or _STREET.search(answer) is not None


def _is_code(answer: str) -> bool:
    """Return whether an answer is one word of letters and digits, as the ids of people and devices are.

    Words with an underscore are the names of choices in a form.
    """
    bare = _YEAR.sub("", answer)
    digits, letters = len(_DIGIT.findall(bare)), len(_LETTER.findall(bare))
    if not digits or not letters or not _CODE.fullmatch(answer):
        return False
    return (digits >= _DIGITS and letters >= _LETTERS) or digits >= _MANY_DIGITS or ":" in answer
