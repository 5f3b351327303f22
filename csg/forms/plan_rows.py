"""The rows of workplan tables as objectives and activities, and a list of what could not be placed."""

import re
from collections.abc import Iterable, Iterator

from csg.forms.columns import (
    ID,
    LEADS,
    PARTNER,
    PROGRESS,
    TITLE,
    USUAL,
    Columns,
    columns_of,
    folded,
    headings,
    is_letters,
    label_of,
    missing_columns,
    usual_columns,
)
from csg.forms.plan_numbers import (
    OBJECTIVE_SHAPE,
    is_activity_number,
    is_heading,
    is_objective_number,
    next_after,
    number_and_title,
    objective_number,
    without_number,
)
from csg.forms.plan_records import ActivityRow, ObjectiveRow, PlanRows
from csg.forms.plan_tables import tables_again
from csg.forms.row_shapes import goes_on, objective_column, plain_number, title_above
from csg.forms.tables.table import Cell, Contents, Remark, Row, Table
from csg.model.group import GroupProfile
from csg.model.workplan import Activity
from csg.problem import Problem, Refused, listed, shown

_TITLE_WITH_NUMBER = re.compile(r"((?:\d{1,4}|[A-Z])(?:\.\d{1,4}){1,3})[.):]? (?=\S)")
_CONTINUED = re.compile(r" ?\((?:cont(?:inued|'d|d|\.)?)\)$", re.IGNORECASE)


def plan_rows(contents: Contents, group: GroupProfile, model: type[Activity], *, has_partner: bool) -> PlanRows:
    """Return the objectives and activities of a file's tables.

    Raises Refused if no table is a workplan's, if a column is missing, or if rows contradict each other.
    """
    reader = _Reader(group, model, has_partner=has_partner)
    reader.note_numbers(contents.tables)
    again = tables_again(contents.tables, headings(group, model), has_partner=has_partner)
    for number, table in enumerate(contents.tables):
        if number in again:
            reader.leave_out(table)
        else:
            reader.read(table)
    return reader.result(contents.remarks)


class _Reader:
    """Reads tables, the columns of which can be named in an earlier one."""

    def __init__(self, group: GroupProfile, model: type[Activity], *, has_partner: bool) -> None:
        self._group, self._model, self._has_partner = group, model, has_partner
        self._known = headings(group, model)
        self._columns: Columns | None = None
        self._objectives: dict[str, ObjectiveRow] = {}
        self._current: ObjectiveRow | None = None
        self._last: ActivityRow | None = None
        self._heading: Row | None = None
        self._ids: dict[str, str] = {}
        self._given: set[str] = set()
        self._decisions: list[Remark] = []
        self._unplaced: list[Remark] = []
        self._problems: list[Problem] = []
        self._beside = ""
        """The last objective in a column of its own."""
        self._above: tuple[Remark, ...] = ()
        self._is_top = True
        """True until an activity of the table is read."""
        self._used: set[Remark] = set()
        """The texts above tables that are the titles of objectives."""

    def note_numbers(self, tables: Iterable[Table]) -> None:
        """Note the numbers of all rows, so that an activity without a number gets one that no later row has."""
        texts = (plain_number(cell.text) for table in tables for row in table.rows for cell in row.cells[:2])
        self._given.update(text.rstrip(".):") for text in texts if is_activity_number(text))

    def read(self, table: Table) -> None:
        """Read one table."""
        headed = any(columns_of(row, self._known) for row in table.rows)
        if not headed and not self._fits(table):
            self.leave_out(table)
            return
        self._above = table.above
        self._is_top = True
        if headed:
            self._last = None
        if not headed and self._columns is None:
            self._columns = usual_columns(table.width)
            self._decide(table.position, f"{_unknown_headings(table)} Its six columns were taken in the usual order.")
        for row in table.rows:
            self._read_row(row)

    def result(self, remarks: Iterable[Remark]) -> PlanRows:
        """Return what was read. Raises Refused if there is nothing, or if rows contradict each other."""
        self._drop_heading()
        if self._problems:
            raise Refused(*self._problems)
        if not self._ids:
            hint = (
                "The table needs headings (Activities, CSO Lead, Comments and so on) and rows with numbers such as 2.4."
            )
            raise Refused(Problem("CSG805", "no table in the file is a workplan", hint=hint))
        others = [remark for remark in remarks if remark not in self._used]
        return PlanRows(tuple(self._numbered()), tuple(self._decisions), (*self._unplaced, *others))

    def _numbered(self) -> Iterator[ObjectiveRow]:
        """Yield the objectives. A remark such as `50 reviewers` is none: it has a high number and no activity."""
        for objective in self._objectives.values():
            if objective.activities or not objective.id.isdecimal() or int(objective.id) <= len(self._objectives):
                yield objective
            else:
                self._unplaced.append(Remark(f"{objective.id} {objective.title}", objective.position))

    def _fits(self, table: Table) -> bool:
        """Return whether a table without headings continues the one before, or has the six usual columns."""
        if not any(is_activity_number(row.text(self._column(ID))) or is_heading(row) for row in table.rows):
            return False
        if self._columns is None:
            return table.width == len(USUAL)
        return table.width <= self._columns.width

    def _column(self, key: str) -> int | None:
        return 0 if self._columns is None else self._columns.column(key)

    def _read_row(self, row: Row) -> None:
        if not row.filled or is_letters(row):
            return
        columns = columns_of(row, self._known)
        if columns:
            self._drop_heading()
            self._use(columns, row)
            return
        if self._columns is None:
            self._drop(row)
            return
        row = self._without_objective(row)
        number = plain_number(row.text(self._columns.column(ID)))
        if is_heading(row) or (is_objective_number(number) and self._title(row) and not self._has_leads(row)):
            self._read_objective(row)
        elif is_activity_number(number):
            self._read_activity(row, number.rstrip(".):"))
        elif self._last and not self._heading and goes_on(row, self._columns, self._last.fields[TITLE]):
            self._continue(row)
        elif row.filled == [self._columns.column(TITLE)] or len(row.filled) == 1:
            self._drop_heading()
            self._heading = row
        elif self._title(row) and not number:
            self._number_activity(row)
        elif not number and self._last:
            self._continue(row)
        else:
            self._drop(row)

    def _without_objective(self, row: Row) -> Row:
        """Return a row without its objective, which some tables have in a column of its own."""
        assert self._columns is not None
        column = objective_column(self._columns)
        if column is None or not row.text(column) or row.filled == [column]:
            return row
        cells = [Cell("")] * len(row.cells)
        if folded(row.text(column)) != self._beside:
            self._beside = folded(row.text(column))
            cells[column] = row.cells[column]
            self._read_row(Row(tuple(cells), row.position))
        return row._replace(cells=(*row.cells[:column], Cell(""), *row.cells[column + 1 :]))

    def _title(self, row: Row) -> str:
        return row.text(self._column(TITLE))

    def _has_leads(self, row: Row) -> bool:
        return bool(row.text(self._column(PARTNER)) or row.text(self._column(LEADS)))

    def _use(self, columns: Columns, row: Row) -> None:
        """Use the columns that a row of headings names, for this table and those that have no headings."""
        missing = [label_of(key, self._group, self._model) for key in missing_columns(columns, self._has_partner)]
        if missing:
            seen = ", ".join(shown(cell.text, 30) for cell in row.cells if cell.text)
            message = f"{row.position}: the table has no column for {listed(missing, 'and')}"
            hint = f"Its headings are {seen}. Add the missing column, or correct the heading."
            self._problems.append(Problem("CSG805", message, hint=hint))
        if PROGRESS not in columns.fields and columns != self._columns:
            self._decide(row.position, "The table has no column for progress reports.")
        self._columns = columns

    def _read_objective(self, row: Row) -> None:
        used = row.filled[:1] if is_heading(row) else [self._column(ID), self._column(TITLE)]
        self._drop_heading()
        self._start(*number_and_title(" ".join(row.text(column) for column in used)), row.position)
        rest = [row.cells[column].text for column in row.filled if column not in used]
        self._unplaced.extend(Remark(text, row.position) for text in rest)

    def _start(self, number: str, title: str, position: str) -> None:
        """Start an objective, or go on with one that an earlier table has."""
        number = objective_number(number)
        known = self._objectives.get(number)
        self._last = None
        if known is None:
            known = ObjectiveRow(number, _CONTINUED.sub("", title), position)
            self._objectives[number] = known
        elif folded(_CONTINUED.sub("", title)) != folded(known.title):
            message = f"{position}: objective {number} has another title than in {known.position}"
            self._problems.append(Problem("CSG805", message, hint="Give each objective its own number."))
        self._current = known

    def _read_activity(self, row: Row, name: str) -> None:
        assert self._columns is not None
        name = name[:1].upper() + name[1:]
        number_cell = row.cells[self._columns.fields[ID]]
        if self._last and name == self._last.id and number_cell.is_continued:
            self._continue(row)
            return
        if number_cell.is_number and self._last and next_after(self._last.id) == f"{name}0":
            name = f"{name}0"
            self._decide(
                row.position, f"The number {number_cell.text} was read as {name}, which follows {self._last.id}."
            )
        objective = self._objective_of(name, row)
        if objective is not None:
            self._add_once(objective, name, row)

    def _add_once(self, objective: ObjectiveRow, name: str, row: Row) -> None:
        if name in self._ids:
            message = f"{row.position}: activity {name} is in {self._ids[name]} already"
            self._problems.append(Problem("CSG805", message, hint="Give each activity its own number."))
        else:
            self._add(objective, name, row)

    def _objective_of(self, name: str, row: Row) -> ObjectiveRow | None:
        """Return the objective that an activity's number names. A title above it without a number becomes a new one."""
        number = objective_number(name)
        if number not in self._objectives and not self._heading:
            self._start_above(number)
        if self._heading and number not in self._objectives:
            heading, self._heading = self._heading, None
            self._decide(
                heading.position, f"This title has no number. Activity {name} below it gives the number {number}."
            )
            title = " ".join(heading.cells[heading.filled[0]].text.split())
            self._start(number, without_number(title, number), heading.position)
        self._drop_heading()
        objective = self._objectives.get(number)
        if objective is None:
            message = f"{row.position}: activity {name} has no objective {number} above it"
            hint = "Add a row with the number and the title of the objective."
            self._problems.append(Problem("CSG805", message, hint=hint))
        elif self._current and objective is not self._current:
            self._decide(row.position, f"Activity {name} was put into objective {number}, as its number says.")
        return objective

    def _start_above(self, number: str) -> None:
        """Start an objective whose title is in the text above the table."""
        if found := title_above(self._above, OBJECTIVE_SHAPE, number, is_first=self._is_top):
            remark, title = found
            self._used.add(remark)
            self._decide(remark.position, f"The text above the table was taken as the title of objective {number}.")
            self._start(number, title, remark.position)

    def _number_activity(self, row: Row) -> None:
        """Add an activity that has no number of its own: it is in the title, or the objective has a next one."""
        if match := _TITLE_WITH_NUMBER.match(self._title(row)):
            assert self._columns is not None
            column = self._columns.fields[TITLE]
            title = row.cells[column]._replace(text=self._title(row)[match.end() :])
            row = row._replace(cells=(*row.cells[:column], title, *row.cells[column + 1 :]))
            if objective := self._objective_of(match[1], row):
                self._add_once(objective, match[1], row)
            return
        self._drop_heading()
        if self._current is None:
            self._drop(row)
            return
        start = f"{self._current.id}."
        numbers = (name.rpartition(".")[2] for name in {*self._ids, *self._given} if name.startswith(start))
        last = max((int(number) for number in numbers if number.isdecimal()), default=0)
        name = f"{self._current.id}.{last + 1}"
        self._decide(row.position, f"The activity has no number. It was given the number {name}.")
        self._add(self._current, name, row)

    def _add(self, objective: ObjectiveRow, name: str, row: Row) -> None:
        assert self._columns is not None
        self._ids[name] = row.position
        if not self._title(row):
            message = f"{row.position}: activity {name} has no title"
            self._problems.append(Problem("CSG805", message, hint="Write the work to do beside the number."))
        fields = {key: row.text(column) for key, column in self._columns.fields.items() if key != ID}
        self._last = ActivityRow(name, row.position, fields)
        self._current = objective
        self._is_top = False
        objective.activities.append(self._last)
        self._drop_others(row)

    def _continue(self, row: Row) -> None:
        """Add the text of a row without a number to the activity above it."""
        assert self._columns is not None
        assert self._last is not None
        self._drop_heading()
        for key, column in self._columns.fields.items():
            if key != ID and row.text(column) and not row.cells[column].is_continued:
                self._last.add(key, row.text(column))
        self._decide(row.position, f"The row has no number of its own. Its text was added to activity {self._last.id}.")
        self._drop_others(row)

    def _drop_others(self, row: Row) -> None:
        """Note the text in columns that are no field's."""
        assert self._columns is not None
        for column in row.filled:
            if column not in self._columns.fields.values():
                heading = self._columns.others.get(column)
                text = row.cells[column].text
                self._unplaced.append(Remark(f"{heading}: {text}" if heading else text, row.position))

    def _drop_heading(self) -> None:
        """Note a title that no activity follows: it is a remark in the table."""
        if self._heading:
            heading, self._heading = self._heading, None
            self._drop(heading)

    def _drop(self, row: Row) -> None:
        self._unplaced.append(Remark(" | ".join(row.cells[column].text for column in row.filled), row.position))

    def leave_out(self, table: Table) -> None:
        """Note a table that is no workplan."""
        first = next((row for row in table.rows if row.filled), None)
        if first:
            begin = " | ".join(shown(first.cells[column].text, 30) for column in first.filled)
            rows = "row" if len(table.rows) == 1 else "rows"
            text = f"a table of {table.width} columns and {len(table.rows)} {rows} that is no workplan: {begin}"
            self._unplaced.append(Remark(text, table.position))

    def _decide(self, position: str, text: str) -> None:
        self._decisions.append(Remark(text, position))


def _unknown_headings(table: Table) -> str:
    """Return the words for a table without headings that are known: its first row can have others."""
    first = next((row for row in table.rows if row.filled), None)
    if first is None or len(first.filled) < len(USUAL) - 1 or is_activity_number(first.text(0)):
        return "The table has no headings."
    return f"The headings are not known: {', '.join(shown(first.cells[column].text, 30) for column in first.filled)}."
