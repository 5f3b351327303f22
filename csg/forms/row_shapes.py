"""Shapes of rows in workplan tables: those that go on with the row above, and objectives beside or above a table."""

import re
from collections.abc import Iterable
from unicodedata import decimal, normalize

from csg.forms.columns import ID, LEADS, OBJECTIVE_HEADINGS, PARTNER, TITLE, Columns, folded
from csg.forms.tables.table import Remark, Row

_LONGEST_TITLE = 200
"""The longest title of an objective above a table, in characters. Longer text is an introduction."""
_WORDS_BEFORE = frozenset({"activity", "act", "actividad", "activité", "мероприятие", "النشاط", "no", "nº", "n°", "№"})
"""Words before the number of an activity, in lower case and in five languages."""
_WITH_COMMA = re.compile(r"\d{1,3},\d{1,3}")
_YEAR = re.compile(r"\d{4}")


def plain_number(text: str) -> str:
    """Return the number of a row in plain digits and points, whatever its script, its width, and the word before it.

    Where a comma is the decimal sign, a spreadsheet writes 1,2 for 1.2.
    """
    plain = text if text.isascii() else normalize("NFKC", text)
    plain = "".join(str(decimal(letter, letter)) for letter in plain)
    word, _, number = plain.rpartition(" ")
    plain = number if word.casefold().rstrip(".:") in _WORDS_BEFORE else plain
    return plain.replace(",", ".") if _WITH_COMMA.fullmatch(plain) else plain


def goes_on(row: Row, columns: Columns, title: str) -> bool:
    """Return whether a row goes on with the activity above it, as where a page ends. ``title`` is that activity's.

    It has text in one column alone that is neither the title's nor the number's, or its title begins within a sentence
    and the title above does not.
    """
    filled = set(row.filled)
    if columns.fields.get(ID) in filled:
        return False
    if columns.fields[TITLE] not in filled:
        return len(filled) == 1 and 0 not in filled and filled < set(columns.fields.values())
    has_leads = bool(filled & {columns.fields.get(PARTNER), columns.fields.get(LEADS)})
    is_in_sentence = row.text(columns.fields[TITLE])[:1].islower() and not title[:1].islower()
    return not has_leads and len(filled) > 1 and is_in_sentence


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
