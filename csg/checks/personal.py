"""Find personal data that has a fixed form in a text. Names of people and handles have no fixed form."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from unicodedata import category, decimal, normalize

from csg.checks.phones import REGIONS, phone_numbers

_LINK = re.compile(r"https?://[^\s<>\"'\])]+")
_MAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64} ?(?:@|%40|[\[({]at[\])}]) ?[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.+-])[\w.+-]{1,64} at [\w-]+(?: dot [\w-]+)+",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\w)|(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w.:]*\w))"
)
_HOST = re.compile(r"(?<=//)\d{1,3}(?:\.\d{1,3}){3}(?![\w.])")
_CHAT = re.compile(
    r"(?:wa\.me/|\bt\.me/|whatsapp\.com/send/?\?phone=|viber://\w{1,10}\?number=|\btel:)(?:\+|%2B)?\d(?:-?\d){6,14}(?!\w)",
    re.IGNORECASE,
)
_HAS = {
    _MAIL: re.compile(r"@|%40|[\[({ ]at[\])} ]", re.IGNORECASE),
    _ADDRESS: re.compile(r"\d\.\d{1,3}\.\d|:[0-9A-Fa-f]{0,4}:"),
    _HOST: re.compile(r"//\d"),
    _CHAT: re.compile(r"\d{4}"),
}
"""A part of each pattern. A search for it is ten times as fast."""
_DIGITS = re.compile(r"\d\D?\D?\D?\d")
_PERSONAL = {
    "an e-mail address": _MAIL,
    "an IP address": _ADDRESS,
    "the IP address of a link": _HOST,
    "the telephone number of a link": _CHAT,
}


def _is_address(text: str) -> bool:
    """Return whether a text is an IP address, and not ``::`` or the number of a section, such as ``3.1.2.1``."""
    try:
        return not ip_address(text).is_unspecified and not re.fullmatch(r"\d(?:\.\d){3}", text)
    except ValueError:
        return False


def personal(text: str, start: int, end: int, regions: Sequence[str] = REGIONS) -> Iterator[tuple[str, int, str]]:
    """Yield the kind, the position and the text of each personal detail in a part of a text that is ``plain``.

    ``regions`` are the countries whose telephone numbers are found without a prefix.
    """
    links = [match.span() for match in _LINK.finditer(text, start, end)]
    starts = [first for first, _ in links]

    def in_a_link(position: int) -> bool:
        index = bisect_right(starts, position) - 1
        return index >= 0 and position < links[index][1]

    for kind, pattern in _PERSONAL.items():
        if not _HAS[pattern].search(text, start, end):
            continue
        for match in pattern.finditer(text, start, end):
            if pattern is _ADDRESS and (in_a_link(match.start()) or not _is_address(match[0])):
                continue
            yield kind, match.start(), match[0]
    if _DIGITS.search(text, start, end):
        for position, number in phone_numbers(text, start, end, regions):
            if not in_a_link(position):
                yield "a telephone number", position, number


def plain(text: str) -> str:
    """Return text of the same length with the digits and signs of all scripts in ASCII."""
    return text if text.isascii() else text.translate(_AS_ASCII)


class _AsASCII(dict[int, str]):
    """A translation of single characters to ASCII: wide and narrow forms, digits, dashes and blanks."""

    def __missing__(self, letter: int) -> str:
        if category(chr(letter)) == "Pd" or letter == _MINUS:
            self[letter] = "-"
            return "-"
        same = "." if chr(letter) in _MIDDLE_DOTS else normalize("NFKC", chr(letter))
        digit = decimal(chr(letter), None)
        self[letter] = str(digit) if digit is not None else same if len(same) == 1 else chr(letter)
        return self[letter]


_MINUS = 0x2212
_MIDDLE_DOTS = "\u00b7\u2022\u2219\u22c5\u30fb"
_AS_ASCII = _AsASCII()
