"""The tables of a file that list activities again, such as the reports owed in the workbook of csg."""

from collections.abc import Sequence
from typing import NamedTuple

from csg.forms.columns import ID, columns_of, missing_columns
from csg.forms.plan_numbers import is_activity_number
from csg.forms.tables.table import Table


class _Numbers(NamedTuple):
    """The numbers of the activities in a table. ``is_complete`` says that it has all columns of a workplan."""

    is_complete: bool
    activities: frozenset[str]


def tables_again(tables: Sequence[Table], known: dict[str, str], *, has_partner: bool) -> frozenset[int]:
    """Return the positions of the tables that only list activities of a complete table again."""
    parts = [_numbers(table, known, has_partner=has_partner) for table in tables]
    whole = {number for part in parts if part and part.is_complete for number in part.activities}
    return frozenset(
        position
        for position, part in enumerate(parts)
        if part and whole and not part.is_complete and whole.issuperset(part.activities)
    )


def _numbers(table: Table, known: dict[str, str], *, has_partner: bool) -> _Numbers | None:
    """Return the numbers of the activities in a table; None for a table without headings."""
    columns = next(filter(None, (columns_of(row, known) for row in table.rows)), None)
    if columns is None:
        return None
    texts = (row.text(columns.column(ID)) for row in table.rows)
    activities = frozenset(text for text in texts if is_activity_number(text))
    return _Numbers(not missing_columns(columns, has_partner), activities)
