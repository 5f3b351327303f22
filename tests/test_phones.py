"""Telephone numbers in public text: found as people write them, and not taken for years and amounts."""

from pathlib import Path

import pytest
from conftest import Run

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
        *("9876543210", "254712345678", "98765.43210", "98765 - 43210", "[98765] 43210", "98765\t43210"),
        *("98765\u221243210", "98765\u00b743210", "06.12.34.56.78", "06-12-34-56-78", "202.555.0123", "1-202-555-0123"),
        *("\u0442\u0435\u043b. 234-56-78", "T\u00e9l. 1234567"),
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
        *("https://example.org/9876543210", "01/07/2021-30/06/2022", "15 000-20 000", "10 000 000 - 12 000 000"),
        *(
            "98 765 432 people",
            "987 654 321 people",
            "912.345.678",
            "12.9715987 77.5945627",
            "3.14159265",
            "1234567.89",
        ),
        *("10 20 30 40 50", "200 300 400 500", "35 40 45 50 55", "100-200-300", "15000 20000", "2021 45678"),
        *("INR 9876543210", "KES 712 345 678", "$ 712 345 678", "712 345 678 shillings", "grant no. 987654321"),
        *("Meeting ID: 987 6543 2101", "account 9876543210", "123456789", "91 234 567 890", "2021/22 98765 43"),
        *("15 600 000 (13 200 000-18 900 000)", "9 876 543", "arXiv:2101.12345", "10:30-12:45", "E/CN.7/2021/10"),
    ],
)
def test_years_amounts_and_ranges_are_none(text: str) -> None:
    """Neither are dates, document numbers, ids, and numbers in a web address."""
    assert kinds(text) == []


@pytest.mark.parametrize(
    "link", ["https://wa.me/919876543210", "wa.me/919876543210", "https://t.me/+919876543210", "tel:9876543210"]
)
def test_a_link_to_a_telephone_is_found(link: str) -> None:
    """A link that opens a chat has the number in it."""
    assert any("telephone number" in kind for kind in kinds(f"Write to {link}."))


def test_a_number_over_two_lines_is_found(csg: Run, root: Path) -> None:
    """In a value and in a comment, where it begins; numbers on a line each are no number over two lines."""
    plan = root / "data" / "workplan-2021-22.yaml"
    before = plan.read_text("utf-8")
    lines = before.count("\n")
    plan.write_text(
        before + "# call 98764\n# 43211 today\n# 2021\n# 98765 people\n# 0712 345678\n# 12 people\n", "utf-8"
    )
    told = [line for line in csg("check").stdout.splitlines() if "CSG220" in line]
    assert [line.partition(" CSG220 ")[0].partition(".yaml")[2] for line in told] == [
        f":{lines + 1}:8:",
        f":{lines + 5}:3:",
    ]


@pytest.mark.parametrize("number", ["712 345 678", "98765 (43210)", "9876543210/9845012345", "98765 43210/98450 12345"])
def test_more_numbers_are_found(number: str) -> None:
    """One that could be an amount, and two with a slash between them."""
    assert set(kinds(f"Call {number}.")) == {"a telephone number"}


def test_a_group_names_its_own_regions() -> None:
    """A number is looked for as it is written in those countries alone."""
    assert [find[2] for find in personal("Call 612 345 678.", 0, 17, ("ES",))] == ["612 345 678"]
    assert list(personal("Call 612 345 678.", 0, 17, ("KE",))) == []
