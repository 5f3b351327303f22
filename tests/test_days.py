"""Days as people write them: what is certain, and nothing else."""

from datetime import date

import pytest

from csg.history.days import day_of

TODAY = date(2022, 3, 30)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-12-15", "2021-12-15"),
        ("2022-03-30", "2022-03-30"),
        ("today", "2022-03-30"),
        (" Yesterday ", "2022-03-29"),
        ("last week", "2022-03-23"),
        ("last month", "2022-02-28"),
        ("LAST YEAR", "2021-03-30"),
        ("3 days ago", "2022-03-27"),
        ("1 day ago", "2022-03-29"),
        ("0 days ago", "2022-03-30"),
        ("2  weeks ago", "2022-03-16"),
        ("13 months ago", "2021-02-28"),
        ("2 years ago", "2020-03-30"),
        ("tuesday", "2022-03-29"),
        ("last Wednesday", "2022-03-23"),
        ("wednesday", "2022-03-23"),
        ("last thursday", "2022-03-24"),
    ],
)
def test_a_day(text: str, day: str) -> None:
    """It is today or before."""
    assert day_of(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "noon", "tea", "now", "never", "tomorrow", "next week", "last", "last day", "last tea", "days ago"),
        *(
            "-3 days ago",
            "3 days",
            "3.5 days ago",
            "three days ago",
            "9999 years ago",
            "10000 days ago",
            "\u0663 days ago",
        ),
        *("2022-03-31", "2999-01-01", "2021-02-30", "2021-13-01", "20211215", "2021-W50-1", "15.12.2021", "12/15/2021"),
        *("2021-12-15 x", "2021-12-15T10:00", "2021-12", "0000-01-01", "last week x", "yesterday!"),
    ],
)
def test_what_is_not_certainly_a_day(text: str) -> None:
    """git would take it for one."""
    with pytest.raises(ValueError, match=r"."):
        day_of(text, TODAY)
