"""Days as people write them: a date, or a few words. What is not certainly a day is refused."""

import re
from calendar import monthrange
from datetime import date, timedelta

_UNITS = ("day", "week", "month", "year")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_AGO = re.compile(rf"(\d{{1,4}}) ({'|'.join(_UNITS)})s? ago", re.ASCII)


def day_of(text: str, today: date) -> date:
    """Return the day that a text names, today or earlier.

    It is a date (2021-12-15), today, yesterday, a weekday, ``last week`` (or month, year, weekday) or ``3 days ago``
    (or weeks, months, years). Raises ValueError, with the reason, for anything else.

    >>> day_of("last month", date(2022, 3, 31)), day_of("Monday", date(2022, 3, 30))
    (datetime.date(2022, 2, 28), datetime.date(2022, 3, 28))
    """
    words = " ".join(text.split()).casefold()
    if _ISO.fullmatch(words):
        day = date.fromisoformat(words)
        if day > today:
            raise ValueError("it is in the future")
        return day
    if words in ("today", "yesterday"):
        return today - timedelta(days=words == "yesterday")
    name = words.removeprefix("last ")
    if name in _WEEKDAYS:
        return today - timedelta(days=(today.weekday() - _WEEKDAYS.index(name) - 1) % 7 + 1)
    if name != words and name in _UNITS[1:]:
        return _earlier(today, 1, name)
    if match := _AGO.fullmatch(words):
        return _earlier(today, int(match[1]), match[2])
    raise ValueError("csg does not know these words")


def _earlier(today: date, number: int, unit: str) -> date:
    """Return the day so many days, weeks, months or years before today; in a shorter month, its last day."""
    if unit in ("day", "week"):
        return today - timedelta(days=number * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 - number * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    if year < 1:
        raise ValueError("it is too long ago")
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
