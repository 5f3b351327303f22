"""Answers that are numbers: grades on a scale, and bands."""

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

_MOST_CODES = 3
"""The greatest grade of answers that are rather the codes of two or three choices."""


def is_grade(answer: str) -> bool:
    """Return whether an answer is a grade from 0 to 10."""
    return re.fullmatch(r"(?:\d|10)(?:[.,]0{1,6})?", answer, re.ASCII) is not None


def is_coded(answers: Iterable[str], text: str) -> bool:
    """Return whether grades are rather the codes of choices: 1 and 2, or 1 to 3, of no scale that the text names."""
    values = {int(float(answer.replace(",", "."))) for answer in answers}
    return max(values) <= _MOST_CODES and not re.search(r"\d", text)


_ONE = r"([1-9]\d{0,2}(?:[,. ]\d{3}){1,2}|[1-9]\d{0,3}|0)"
_RANGE = re.compile(rf"(?<![\d+(.,-]){_ONE} ?(?:[-–—]|to|à|a|до|bis|al) ?{_ONE}(?![\d-]|[.,]\d)")


def without_range(answer: str) -> str:
    """Return an answer without a range of numbers, such as 2010-2014 or 1,000 to 4,999: it is no telephone number."""
    found = _RANGE.search(answer)
    if found is None or not _plain(found[1]) < _plain(found[2]):
        return answer
    return f"{answer[: found.start()]}{answer[found.end() :]}"


def _plain(number: str) -> int:
    return int(re.sub(r"\D", "", number))


def grades(counts: Counter[str]) -> dict[str, int]:
    """Return grades on the smallest usual scale that has them all: 1 to 5, 1 to 7, 1 to 10, 0 to 10."""
    sums: Counter[int] = Counter()
    for answer, number in counts.items():
        sums[int(float(answer.replace(",", ".")))] += number
    least, most = min(sums), max(sums)
    first, last = next(scale for scale in ((1, 5), (1, 7), (1, 10), (0, 10)) if scale[0] <= least and most <= scale[1])
    return {str(grade): sums[grade] for grade in range(first, last + 1)}


def bands(counts: Counter[str], threshold: int) -> dict[str, int]:
    """Return numbers in at most ten bands whose width is a round number; none if there are too few for two bands.

    The first and the last band are so wide that they reach the threshold: the smallest and the largest number belong
    to one person each.
    """
    if not counts:
        return {}
    numbers: Counter[Decimal] = Counter()
    points = [answer for answer in counts if "." in answer]
    # As in 1.500 and 12.000, if no other number has a point: thousands, as most of Europe writes them.
    thousands = bool(points) and all(re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", answer) for answer in points)
    for answer, count in counts.items():
        numbers[number_of(answer.replace(".", "") if thousands else answer)] += count
    whole = all(number == int(number) for number in numbers)
    low, high = min(numbers), max(numbers)
    widths = (Decimal(step) * Decimal(10) ** power for power in range(0 if whole else -6, 9) for step in (1, 2, 5))
    width = next(width for width in widths if _floor(high, width) - _floor(low, width) < 10)
    sums = [
        (band, sum(count for number, count in numbers.items() if _floor(number, width) == band))
        for band in range(_floor(low, width), _floor(high, width) + 1)
    ]
    first, last = 0, len(sums) - 1
    while first < last and sum(count for _, count in sums[: first + 1]) < threshold:
        first += 1
    while last > first and sum(count for _, count in sums[last:]) < threshold:
        last -= 1
    if first >= last:
        return {}  # too few for two bands
    step = 1 if whole else 0
    begin = {f"up to {_text((sums[first][0] + 1) * width - step)}": sum(count for _, count in sums[: first + 1])}
    end = {f"{_text(sums[last][0] * width)} or more": sum(count for _, count in sums[last:])}
    return {**begin, **{_label(band, width, step): count for band, count in sums[first + 1 : last]}, **end}


def number_of(answer: str) -> Decimal:
    """Return a number as it was written: a comma before three digits separates thousands, another the decimals."""
    thousands = re.fullmatch(r"-?[1-9]\d{0,2},\d{3}(\.\d+)?", answer)
    return Decimal(answer.replace(",", "" if thousands else "."))


def _floor(number: Decimal, width: Decimal) -> int:
    return int((number / width).to_integral_value(rounding="ROUND_FLOOR"))


def _label(band: int, width: Decimal, step: int) -> str:
    first, last = band * width, (band + 1) * width - step
    return _text(first) if first == last else f"{_text(first)} to {'' if step else 'under '}{_text(last)}"


def _text(number: Decimal) -> str:
    return f"{number.normalize():f}"
