"""Personal data in a text: what can be known by its form. A name cannot, nor a handle."""

import re
from collections.abc import Iterator
from ipaddress import ip_address
from unicodedata import decimal, normalize

_LINK = re.compile(r"https?://[^\s<>\"'\])]+")
_MAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64} ?(?:@|%40|[\[({]at[\])}]) ?[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.+-])[\w.+-]{1,64} at [\w-]+(?: dot [\w-]+)+",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w/.+-])(?<!\d )"
    r"(?:(?:\+ ?|00)[1-9](?:[ ().\u2010-\u2013/-]{0,2}\d){6,14}"  # international
    r"|(?=\(?0(?:\D?\D?\d){8})\(?0\d{1,4}\)?(?:[ ./-]?\d{2,}){1,5}"  # with a 0, and longer than any date
    r"|(?:\d )?\(\d{3}\)[ -]?\d{3}-\d{2}-?\d{2}|\d{3}-\d{3}-\d{4})(?![\w-])"  # as in North America, or Russia
    r"|(?i:\b(?:tel|phone|mobile|whatsapp|signal)\b[:. ]{1,3}\+?\d(?:[ ()./-]{0,2}\d){5,14})"
)
_DATE = re.compile(r"(?<!\d)(?:\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2}))(?!\d)")
_ADDRESS = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\w)|(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w.:]*\w))"
)
_HOST = re.compile(r"(?<=//)\d{1,3}(?:\.\d{1,3}){3}(?![\w.])")
_HAS = {
    _MAIL: re.compile(r"@|%40|[\[({ ]at[\])} ]", re.IGNORECASE),
    _PHONE: re.compile(r"\d\D?\D?\D?\d"),
    _ADDRESS: re.compile(r"\d\.\d{1,3}\.\d|:[0-9A-Fa-f]{0,4}:"),
    _HOST: re.compile(r"//\d"),
}
"""What stands in each of them, and is found ten times as fast."""
_PERSONAL = {
    "an e-mail address": _MAIL,
    "a telephone number": _PHONE,
    "an IP address": _ADDRESS,
    "the IP address of a link": _HOST,
}


def _is_address(text: str) -> bool:
    """Whether an IP address is one: ``3.1.2.1`` is more often the number of a section, and ``::`` is nothing."""
    try:
        return not ip_address(text).is_unspecified and not re.fullmatch(r"\d(?:\.\d){3}", text)
    except ValueError:
        return False


def _is_phone(text: str) -> bool:
    """Whether a telephone number is one, and not dates, or an amount: ``+10 000 000 people``."""
    digits = re.sub(r"\D", "", _DATE.sub("", text))
    grouped = re.fullmatch(r"\D*\d{1,3}(?: \d{3})+", text)
    return len(digits) >= 6 and not digits.endswith("00000" if not grouped else "000")


def personal(text: str, start: int, end: int) -> Iterator[tuple[str, int, str]]:
    """What each find in a part of a text that is ``plain`` is, where it begins and the find itself."""
    links = [match.span() for match in _LINK.finditer(text, start, end)]
    for kind, pattern in _PERSONAL.items():
        if not _HAS[pattern].search(text, start, end):
            continue
        for match in pattern.finditer(text, start, end):
            linked = any(first <= match.start() < last for first, last in links)
            sure = {_ADDRESS: _is_address, _PHONE: _is_phone}.get(pattern, bool)
            if (not linked or pattern in (_MAIL, _HOST)) and sure(match[0]):
                yield kind, match.start(), match[0]


def plain(text: str) -> str:
    """Text of the same length with digits and signs of all scripts as ASCII has them."""
    return text if text.isascii() else text.translate(_AS_ASCII)


class _AsASCII(dict[int, str]):
    """A translation of one character to one: wide and narrow forms, digits and blanks as ASCII has them."""

    def __missing__(self, letter: int) -> str:
        same = normalize("NFKC", chr(letter))
        digit = decimal(chr(letter), None)
        self[letter] = str(digit) if digit is not None else same if len(same) == 1 else chr(letter)
        return self[letter]


_AS_ASCII = _AsASCII()
