"""Shapes of rows in workplan tables: those that go on with the row above, and objectives beside or above a table."""

import re
from collections.abc import Iterable
from unicodedata import decimal, normalize

from csg.forms.columns import ID, LEADS, OBJECTIVE_HEADINGS, PARTNER, TITLE, Columns, folded
from csg.forms.tables.table import Remark, Row

_LONGEST_TITLE = 200
"""The longest title of an objective above a table, in characters. Longer text is an introduction."""
_YEAR = re.compile(r"\d{4}")


def plain_number(text: str) -> str:
    """Return the number of a row in plain digits and points, in whatever script or width it is written."""
    plain = text if text.isascii() else normalize("NFKC", text)
    return "".join(str(decimal(letter, letter)) for letter in plain)


def goes_on(row: Row, columns: Columns) -> bool:
    """Return whether a row goes on with the activity above it, as where a page ends.

    It has text in one column alone that is neither the title's nor the number's, or its title begins within a sentence.
    """
    filled = set(row.filled)
    if columns.fields.get(ID) in filled:
        return False
    if columns.fields[TITLE] not in filled:
        return len(filled) == 1 and 0 not in filled and filled < set(columns.fields.values())
    has_leads = bool(filled & {columns.fields.get(PARTNER), columns.fields.get(LEADS)})
    return not has_leads and len(filled) > 1 and row.text(columns.fields[TITLE])[:1].islower()


def objective_column(columns: Columns) -> int | None:
    """Return the column of the objectives; None if the table has none."""
    return next((column for column, text in columns.others.items() if folded(text) in OBJECTIVE_HEADINGS), None)


def title_above(
    above: Iterable[Remark], shape: re.Pattern[str], number: str, *, is_first: bool
) -> tuple[Remark, str] | None:
    """Return the text above a table that has the title of an objective, and the title; None without one.

    It has the number of the objective. The last text above the first activity of a table may have no number, if it has
    no year, as the title of the plan has.
    """
    texts = [remark for remark in above if len(remark.text) <= _LONGEST_TITLE]
    for remark in reversed(texts):
        match = shape.match(remark.text)
        if match and str(int(match[1])) == number and remark.text[match.end() :].strip():
            return remark, " ".join(remark.text[match.end() :].split())
    if is_first and texts and not shape.match(texts[-1].text) and not _YEAR.search(texts[-1].text):
        return texts[-1], " ".join(texts[-1].text.split())
    return None
