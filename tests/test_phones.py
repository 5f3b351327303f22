"""Telephone numbers in public text: found as people write them, and not taken for years and amounts."""

import pytest

from csg.checks.personal import personal, plain


def kinds(text: str) -> list[str]:
    """Return the kinds of personal detail in a text."""
    same = plain(text)
    return [kind for kind, _, _ in personal(same, 0, len(same))]


@pytest.mark.parametrize(
    "number",
    [
        *("98765 43210", "9841-234567", "8-912-345-67-89", "8 701 123 45 67", "(11) 91234-5678", "15 1234 5678"),
        *("98765-43210", "(987) 654 3210", "8 (912) 345-67-89", "7 912 345 67 89", "91 98765 43210"),
        *("0712 345678", "+254 712 345678", "050 123 45 67", "07123456789", "00254 712 345 678", "+1 (202) 555-0123"),
        *("\uff19\uff18\uff17\uff16\uff15 43210", "98765\u00a043210", "98765\u201343210"),
        *("\u0669\u0668\u0667\u0666\u0665 \u0664\u0663\u0662\u0661\u0660", "tel. 345678", "(202) 555-0123"),
    ],
)
@pytest.mark.parametrize("text", ["{}", "Call {} today.", "({})", "12 people, {}", "ask for 12 {}"])
def test_a_number_is_found(number: str, text: str) -> None:
    """Alone, in a sentence, in brackets, after another number."""
    if text != "({})" or number[0].isdecimal():
        assert kinds(text.format(number)) == ["a telephone number"]


@pytest.mark.parametrize(
    "text",
    [
        *("2021/22", "2022-2026", "2021\u20132026", "120 000", "25000-30000", "2021/345678", "2010 2014 2018"),
        *("E/CN.7/2021/L.5", "A/RES/S-30/1", "978-3-16-148410-0", "3.1.2.1", "USD 1,200,000", "1200000 people"),
        *("USD 345 678 000", "10000-49999 employees", "2021-12-10", "12.03.2021 - 15.03.2021", "10.1136/bmj.n1234"),
        *("17, 11, 7, 6, 6 and 3", "ISSN 1234-5678", "12 500 000", "20 000 - 30 000", "INR 1,25,000", "2.4 and 2.5"),
        *("9876543210123456789", "1 2 3 4 5 6 7 8 9 10", "2020 to 2025, 12 500 000", "GBP 1 234 567"),
        "https://example.org/9876543210",
    ],
)
def test_years_amounts_and_ranges_are_none(text: str) -> None:
    """Neither are dates, document numbers, ids, and numbers in a web address."""
    assert kinds(text) == []


def test_a_group_names_its_own_regions() -> None:
    """A number is looked for as it is written in those countries alone."""
    assert [find[2] for find in personal("Call 612 345 678.", 0, 17, ("ES",))] == ["612 345 678"]
    assert list(personal("Call 612 345 678.", 0, 17, ("KE",))) == []
