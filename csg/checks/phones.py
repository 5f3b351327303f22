"""Telephone numbers in a text: as they are written abroad, and as people write them at home.

All work is linear in the length of the text: a run of digits is looked at in windows of a few groups.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate

REGIONS = (
    *("TH", "IN", "NP", "PK", "BD", "ID", "VN", "MM", "PH", "CN", "IR", "AF"),
    *("RU", "UA", "BY", "KZ", "KG", "TJ", "UZ", "GE", "AM", "AZ"),
    *("KE", "TZ", "UG", "ZA", "ZW", "MZ", "NG", "GH", "SN", "MA", "EG", "BR", "MX", "AR", "GB"),
)
"""Countries whose mobile numbers are known without a prefix: where networks of people at risk work most. A group names
its own in data/group.yaml. With all countries of the world, years and amounts are numbers of some country."""
FEWEST, MOST = 7, 15
"""Digits of a telephone number: shorter ones have no area, and E.164 allows no more than 15."""
MOST_GROUPS = 6
"""Groups of digits in a telephone number: 8 912 345 67 89 has five."""

_KNOWN_FORMS = re.compile(
    r"(?<![\w/.+-])"
    r"(?:(?:\+ ?|00)[1-9](?:[ ().\u2010-\u2013/-]{0,2}\d){6,14}"  # international
    r"|(?<!\d )(?=\(?0(?:\D?\D?\d){8})\(?0\d{1,4}\)?[ ./-]?\d{2,14}(?:[ ./-]\d{2,14}){0,4}"  # with a 0
    r"|(?:\d )?\(\d{3}\)[ -]?\d{3}-\d{2}-?\d{2}|\d{3}-\d{3}-\d{4})(?![\w-])"  # as in North America, or Russia
    r"|(?i:\b(?:tel|phone|mobile|whatsapp|signal)\b[:. ]{1,3}\+?\d(?:[ ()./-]{0,2}\d){5,14})"
)
_RUN = re.compile(r"(?<![\w/.+,-])\(?\d(?:[ ().\u2010-\u2013/-]{0,2}\d)*(?![\w,])")
_GROUP = re.compile(r"\d+")
_DATE = re.compile(r"(?<!\d)(?:\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2}))(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_AMOUNT = re.compile(r"\D*\d{1,3}(?: \d{3})+")


def phone_numbers(text: str, start: int, end: int, regions: Sequence[str] = REGIONS) -> Iterator[tuple[int, str]]:
    """Yield the position and the text of each telephone number in a part of a text.

    ``regions`` are the countries (ISO 3166-1 alpha-2) whose own way to write a mobile number is looked for.
    """
    known = [match for match in _KNOWN_FORMS.finditer(text, start, end) if _is_phone(match[0])]
    yield from ((match.start(), match[0]) for match in known)
    taken = {position for match in known for position in range(*match.span())}
    for run in _RUN.finditer(text, start, end):
        if len(run[0]) >= FEWEST and run.start() not in taken and not _DATE.fullmatch(run[0]):
            yield from _local(run, taken, regions)


def _is_phone(text: str) -> bool:
    """Return whether digits can be a telephone number, and not dates, or an amount: ``+10 000 000 people``."""
    digits = re.sub(r"\D", "", _DATE.sub("", text))
    round_end = "000" if _AMOUNT.fullmatch(text) else "00000"
    return len(digits) >= 6 and not digits.endswith(round_end)


def _local(run: re.Match[str], taken: set[int], regions: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the mobile numbers in a run of groups of digits, as people write them in their own country."""
    groups = [match.span() for match in _GROUP.finditer(run[0])]
    sizes = list(accumulate((end - start for start, end in groups), initial=0))
    first = 0
    while first < len(groups):
        # The longest comes first: 8 912 345 67 89 is one number, not one in it.
        for last in range(min(first + MOST_GROUPS, len(groups)), first, -1):
            if not FEWEST <= sizes[last] - sizes[first] <= MOST:
                continue
            start, end = groups[first][0], groups[last - 1][1]
            start -= run[0][start - 1 : start] == "("
            whole = (first, last) == (0, len(groups))
            if (
                taken.isdisjoint(range(run.start() + start, run.start() + end))
                and (whole or _stands_alone(run[0], start, end))
                and _is_local(run[0][start:end], regions)
            ):
                yield run.start() + start, run[0][start:end]
                first = last - 1
                break
        first += 1


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether a part of a run has blanks around it."""
    return text[max(start - 1, 0) : start] in ("", " ") and text[end : end + 1] in ("", " ")


def _is_local(text: str, regions: Sequence[str]) -> bool:
    groups = _GROUP.findall(text)
    if any(len(group) == 1 for group in groups[1:]) or not _is_phone(text) or _is_range(text, groups):
        return False
    return _is_mobile("".join(groups), tuple(regions))


def _is_range(text: str, groups: list[str]) -> bool:
    """Return whether numbers are years, or a range of years or of amounts: 2022-2026, 25000-30000, 2021/345678."""
    if all(map(_YEAR.fullmatch, groups)) or (_YEAR.fullmatch(groups[0]) and text[4:5] in "/-\u2010\u2011\u2012\u2013"):
        return True
    joined = re.fullmatch(r"\d+ ?[-\u2010-\u2013] ?\d+", text)
    return bool(joined) and len(groups[0]) == len(groups[1]) and int(groups[0]) < int(groups[1])


@cache
def _is_mobile(digits: str, regions: tuple[str, ...]) -> bool:
    import phonenumbers

    mobile = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    for region in regions:
        try:
            number = phonenumbers.parse(digits, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number_for_region(number, region) and phonenumbers.number_type(number) in mobile:
            return True
    return False
