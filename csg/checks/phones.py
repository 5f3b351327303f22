"""Find telephone numbers in a text, in international and in national forms.

The work is linear in the length of the text: a run of digits is checked in windows of a few groups.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise

REGIONS = (
    *("TH", "IN", "NP", "PK", "BD", "ID", "VN", "MM", "PH", "CN", "IR", "AF"),
    *("RU", "UA", "BY", "KZ", "KG", "TJ", "UZ", "GE", "AM", "AZ"),
    *("KE", "TZ", "UG", "ZA", "ZW", "MZ", "NG", "GH", "SN", "MA", "EG", "BR", "MX", "AR", "GB"),
)
"""Countries whose mobile numbers are found without a prefix, because networks of people at risk work there. A group can
list its own in data/group.yaml. With all countries of the world, years and amounts would look like numbers."""
FEWEST, MOST = 7, 15
"""The fewest and most digits of a telephone number. E.164 allows at most 15."""
MOST_GROUPS = 6
"""The most groups of digits in a telephone number: 8 912 345 67 89 has five."""
LONG = 10
"""The fewest digits of a telephone number between slashes: 9876543210/9845012345."""
FEWEST_IN_LIST, LARGEST_STEP = 4, 10
"""The fewest numbers of a list with equal steps, and its largest step: 35 40 45 50."""

_GAP = r"[ \t().[\]\u2010-\u2013/-]"
"""A character that is allowed between two digits of a number, in a ``plain`` text."""
_WORDS = (
    "tel|tél|tlf|telephone|téléphone|telefon|teléfono|telefone|telefono|phone|mobile|mobil|móvil|cell|celular|cel|fax"
    "|whatsapp|signal|viber|тел|телефон|моб|факс|هاتف|جوال|电话|手机"
)
_KNOWN_FORMS = re.compile(
    r"(?<![\w/.+-])"
    rf"(?:(?:\+ ?|00)[1-9](?:{_GAP}{{0,3}}\d){{6,14}}"  # international
    # With a 0, and longer than any date.
    r"|(?<!\d )(?=\(?0(?:\D?\D?\d){8})\(?0\d{1,4}\)?[ ./-]?\d{2,14}(?:[ ./-]\d{2,14}){0,4}"
    r"|(?:\d )?\(\d{3}\)[ -]?\d{3}-\d{2}-?\d{2}|(?:1[ .-])?\d{3}([.-])\d{3}\1\d{4})(?![\w-])"  # America, or Russia
    rf"|(?i:\b(?:{_WORDS})\b[:. ]{{1,3}}\+?\d(?:{_GAP}{{0,3}}\d){{5,14}})"
)
_RUN = re.compile(rf"(?<![\w/+])(?<!\d[.,-])[(\[]?\d(?:{_GAP}{{0,3}}\d)*(?![\w,])")
_GROUP = re.compile(r"\d+")
_DATE = re.compile(r"(?<!\d)(?:\d{4}([./-])\d{1,2}\1\d{1,2}|\d{1,2}([./-])\d{1,2}\2(?:\d{4}|\d{2}))(?!\d)")
_PAIRS = re.compile(r"0\d([./-])\d\d(?:\1\d\d){3}")
"""Five pairs of digits, as in France and West Africa. Three of them could be a date."""
_IN_ORDER = "01234567890123456789"
_YEAR = re.compile(r"(?:19|20)\d\d")
_THOUSANDS = re.compile(r"\D{0,3}[1-9]\d{0,2}(?: \d{3})+")
_GROUPED_AMOUNT = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d?(?: \d{3})+")
"""Thousands with points, or with blanks after one or two digits: 912.345.678, 98 765 432. Not 712 345 678."""
_TO = re.compile(r" [-\u2010-\u2013] ")
_DECIMAL = re.compile(r"\d{1,3}\.\d+|\d+\.\d{1,2}")
_DIGIT_RANGE = re.compile(r"(\d++(?: \d{3})*+) ?[-\u2010-\u2013] ?(\d++(?: \d{3})*+)")
_BEFORE_AMOUNT = re.compile(
    r"(?:[$€£¥₹₽₴₸₦฿₱₫৳]|\b(?:USD|US|EUR|GBP|CHF|THB|INR|Rs|NPR|PKR|BDT|IDR|Rp|VND|MMK|PHP|CNY|IRR|AFN|RUB|UAH|BYN|KZT"
    r"|KGS|TJS|UZS|GEL|AMD|AZN|KES|KSh|TZS|UGX|ZAR|MZN|NGN|GHS|XOF|XAF|FCFA|MAD|EGP|BRL|MXN|ARS"
    r"|(?i:grant|account|invoice|order|reference|ref|contract|project|award|budget|id|pmid|arxiv|vat|zip|isbn|issn)))"
    r"(?:[ .:#-]|no\b|number\b){0,5}$"
)
"""A currency, or a word for a number that is not a telephone number, at the end of the text before a number."""
_AFTER_AMOUNT = re.compile(
    r" ?(?:[$€£¥₹₽₴₸₦฿₱₫৳%]|(?:people|persons|users|clients|women|men|children|participants|needles|syringes|doses"
    r"|units|dollars|euros?|shillings|rupees|roubles|rubles|rand|baht|naira|taka|pesos|reais|USD|EUR|GBP|KES|INR|RUB)\b)",
    re.IGNORECASE,
)
_MOST_BEFORE = 24
"""The number of characters before a number that are searched for its meaning."""


def phone_numbers(text: str, start: int, end: int, regions: Sequence[str] = REGIONS) -> Iterator[tuple[int, str]]:
    """Yield the position and the text of each telephone number in a part of a text.

    ``regions`` are the countries (ISO 3166-1 alpha-2) whose mobile numbers are found without a prefix.
    """
    numbers = [match for match in _KNOWN_FORMS.finditer(text, start, end) if _is_phone(match[0])]
    yield from ((match.start(), match[0]) for match in numbers)
    taken = {position for match in numbers for position in range(*match.span())}
    for run in _RUN.finditer(text, start, end):
        if run.end() - run.start() >= FEWEST and run.start() not in taken and not _DATE.fullmatch(run[0]):
            yield from _local(run, taken, regions)


def _is_phone(text: str) -> bool:
    """Return whether digits can be a telephone number, not dates or an amount such as ``+10 000 000 people``."""
    if _PAIRS.fullmatch(text.strip("()")):
        return True
    digits = "".join(_GROUP.findall(_DATE.sub("", text)))
    round_end = "000" if _THOUSANDS.fullmatch(text) else "00000"
    return len(digits) >= 6 and not digits.endswith(round_end)


def _local(run: re.Match[str], taken: set[int], regions: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the mobile numbers in a run of groups of digits, as people write them in their own country."""
    text = run[0]  # a copy, made once
    groups = [match.span() for match in _GROUP.finditer(text)]
    sizes = list(accumulate((end - start for start, end in groups), initial=0))
    is_amount = _THOUSANDS.fullmatch(text) is not None
    first = 0
    while first < len(groups):
        # Try the longest first: 8 912 345 67 89 is a number, not a part of it.
        for last in range(min(first + MOST_GROUPS, len(groups)), first, -1):
            if not FEWEST <= sizes[last] - sizes[first] <= MOST:
                continue
            start, end = groups[first][0], groups[last - 1][1]
            start -= text[start - 1 : start] in ("(", "[")
            is_whole = (first, last) == (0, len(groups))
            if (
                taken.isdisjoint(range(run.start() + start, run.start() + end))
                and (is_whole or (not is_amount and _stands_alone(text, start, end)))
                and _is_closed(run.string, run.start() + start, run.start() + end)
                and not _is_amount(run.string, run.start() + start, run.start() + end)
                and _is_local(text[start:end], regions)
            ):
                yield run.start() + start, text[start:end]
                first = last - 1
                break
        first += 1


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether a part of a run has blanks before and after it, or slashes if it is long."""
    digits = sum(map(str.isdecimal, text[start:end]))
    around = ("", " ", "/") if digits >= LONG and "/" not in text[start:end] else ("", " ")
    return text[max(start - 1, 0) : start] in around and text[end : end + 1] in around


def _is_closed(text: str, start: int, end: int) -> bool:
    """Return whether each bracket in a part of a text is closed in it, or directly after it."""
    part = text[start : end + 1]
    return part.count("(") <= part.count(")")


def _is_amount(text: str, start: int, end: int) -> bool:
    """Return whether the words around a number show that it is money, people, or the number of a document."""
    before = text[max(start - _MOST_BEFORE, 0) : start]
    return bool(_BEFORE_AMOUNT.search(before) or _AFTER_AMOUNT.match(text, end))


def _is_local(text: str, regions: Sequence[str]) -> bool:
    groups = _GROUP.findall(text)
    if any(len(group) == 1 for group in groups[1:]) or not _is_phone(text) or _is_list_or_range(text, groups):
        return False
    if text in _IN_ORDER or _DECIMAL.fullmatch(text) or _GROUPED_AMOUNT.fullmatch(text):
        return False
    return _is_mobile("".join(groups), tuple(regions))


def _is_list_or_range(text: str, groups: list[str]) -> bool:
    """Return whether numbers are years, a list, or a range: 2022-2026, 25000-30000, 2021/345678, 10 20 30 40."""
    if _YEAR.fullmatch(groups[0]) or (len(groups) > 1 and all(group.endswith("0") for group in groups)):
        return True
    if len(groups) >= FEWEST_IN_LIST and len({len(group) for group in groups}) == 1:
        steps = {int(later) - int(earlier) for earlier, later in pairwise(groups)}
        if len(steps) == 1 and 0 < max(steps) <= LARGEST_STEP:
            return True
    if _TO.search(text) and any(_THOUSANDS.fullmatch(end) for end in _TO.split(text)):
        return True
    ends = _DIGIT_RANGE.fullmatch(text)
    if not ends:
        return False
    first, last = (end.replace(" ", "") for end in ends.groups())
    return len(first) == len(last) and int(first) < int(last)


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
