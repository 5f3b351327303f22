"""A new plan from the rows of a table: leads as names of the directory, and reports from the last column."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from csg.forms.columns import COMMENTS, DUE, LEADS, PARTNER, PROGRESS, TITLE
from csg.forms.leads import NOTHING, LeadNames
from csg.forms.plan_records import ActivityRow, PlanRows
from csg.forms.status_words import status_of
from csg.forms.tables.table import Remark
from csg.model.members import Directory, without_contact
from csg.model.names import status_meant
from csg.model.workplan import Objective, Period, Progress, Workplan
from csg.problem import Problem, Refused
from csg.workspace.schema import validated

NO_TEXT = NOTHING | {"tbc"}
"""Words of a cell that reports nothing, in lower case."""


class NearLead(NamedTuple):
    """A piece of a lead cell that is written nearly like a known name."""

    text: str
    id: str
    activity: str
    position: str
    hint: str


class ReportText(NamedTuple):
    """A text of the last column that becomes a report: its activity, and who can be its author."""

    activity: ActivityRow
    leads: tuple[str, ...]
    text: str


class Answers(NamedTuple):
    """The decisions of a person: the names that pieces of lead cells mean, and the reports by activity.

    An empty name leaves a piece out.
    """

    leads: Mapping[str, str]
    reports: Mapping[str, Progress]


class LeadReader:
    """The leads of the rows, by the column that they are in."""

    def __init__(self, directory: Directory) -> None:
        partner = Directory(members=(), unodc=directory.unodc)
        self._names = {PARTNER: LeadNames(partner), LEADS: LeadNames(directory)}

    def near(self, rows: PlanRows) -> Iterator[NearLead]:
        """Yield the pieces of lead cells that are nearly a name, each once."""
        seen: set[str] = set()
        for activity in rows.activities():
            for key, names in self._names.items():
                for piece in names.read(activity.fields.get(key, "")).unknown:
                    near = names.nearest_id(piece)
                    if near and piece not in seen:
                        seen.add(piece)
                        yield NearLead(piece, near, activity.id, activity.position, names.near(piece))

    def read(self, activity: ActivityRow, key: str, answers: Mapping[str, str]) -> tuple[list[str], list[str]]:
        """Return the leads of a cell, with the answers for pieces that are nearly a name, and the other pieces."""
        leads = self._names[key].read(activity.fields.get(key, ""))
        names = [*leads.names, *(answers[piece] for piece in leads.unknown if answers.get(piece))]
        return list(dict.fromkeys(names)), [piece for piece in leads.unknown if not answers.get(piece)]


def require_clear_leads(near: list[NearLead]) -> None:
    """Raise Refused, with the nearest names, if a lead is written nearly like a known one."""
    if near:
        raise Refused(
            *(
                Problem(
                    "CSG806", f"{lead.position}: unknown lead '{lead.text}' in activity {lead.activity}", hint=lead.hint
                )
                for lead in near
            )
        )


def report_texts(rows: PlanRows, leads: LeadReader, answers: Mapping[str, str]) -> Iterator[ReportText]:
    """Yield the texts of the last column, with the leads that can be their authors."""
    for activity in rows.activities():
        text = activity.fields.get(PROGRESS, "")
        if text.casefold() not in NO_TEXT:
            authors = leads.read(activity, LEADS, answers)[0] or leads.read(activity, PARTNER, answers)[0]
            yield ReportText(activity, tuple(dict.fromkeys(map(without_contact, authors))), text)


def stated_status(text: str) -> str | None:
    """Return the status that a text begins with, before a colon, a full stop or a dash; None if it begins otherwise.

    >>> stated_status("On track: two trainings."), stated_status("Not on track."), stated_status("Nearly on track.")
    ('on-track', 'off-track', None)
    """
    return status_of(_STATUS_END.split(text[:LONGEST_STATUS], maxsplit=1)[0])


_STATUS_END = re.compile(r"[:.;,–—\n]| - ")
LONGEST_STATUS = 60
"""The longest words for a status at the start of a text, in characters."""


def new_plan(
    name: str, periods: tuple[Period, ...], rows: PlanRows, leads: LeadReader, answers: Answers, model: type[Workplan]
) -> tuple[Workplan, list[Remark]]:
    """Return the plan, and what could not be placed: lead cells with other words, and texts without a report.

    Raises Refused if a value does not match the schema.
    """
    unplaced: list[Remark] = []
    objectives = []
    for objective in rows.objectives:
        activities = [_activity(activity, leads, answers, unplaced, model) for activity in objective.activities]
        fields = {"id": objective.id, "title": objective.title, "activities": activities}
        objectives.append(_checked(_objective_model(model), fields, objective.position))
    return _plan(name, periods, objectives, model), unplaced


def _plan(name: str, periods: tuple[Period, ...], objectives: list[Any], model: type[Workplan]) -> Workplan:
    fields = {"workplan": name, "title": f"Workplan {name.replace('-', '/')}", "periods": periods}
    return validated(model, {**fields, "objectives": objectives})


def _activity(
    row: ActivityRow, leads: LeadReader, answers: Answers, unplaced: list[Remark], model: type[Workplan]
) -> Any:
    fields: dict[str, Any] = {"id": row.id, "title": " ".join(row.fields.get(TITLE, "").split())}
    for key in (PARTNER, LEADS):
        fields[key], unknown = leads.read(row, key, answers.leads)
        unplaced.extend(Remark(f"lead of {row.id}: {piece}", row.position) for piece in unknown)
    comments = row.fields.get(COMMENTS, "")
    fields[COMMENTS] = "" if comments.casefold().rstrip(".") in NOTHING else comments
    own = {key: row.fields[key] for key in model.activity_model.own_fields if row.fields.get(key)}
    due = " ".join(row.fields.get(DUE, "").split())
    if _is_day(due):
        own[DUE] = due
    elif due.casefold().rstrip(".") not in NOTHING:
        unplaced.append(Remark(f"due date of {row.id}: {due}. A date is written as 2022-03-14.", row.position))
    if row.id in answers.reports:
        fields[PROGRESS] = [answers.reports[row.id]]
    elif row.fields.get(PROGRESS, "").casefold() not in NO_TEXT:
        unplaced.append(Remark(f"progress report of {row.id}: {row.fields[PROGRESS]}", row.position))
    return _checked(model.activity_model, {**fields, **own}, row.position)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _checked(model: Any, fields: dict[str, Any], position: str) -> Any:
    """Return a record. Raises Refused, with the position in the file, if a value does not match the schema."""
    try:
        return validated(model, fields)
    except Refused as refused:
        raise Refused(
            *(problem._replace(message=f"{position}: {problem.message}") for problem in refused.problems)
        ) from None


def report_of(text: ReportText, period: str, author: str, status: str) -> Progress:
    """Return the report that a text of the last column becomes."""
    fields = {"period": period, "by": author, "date": date.today(), "status": status_meant(status)}
    return validated(Progress, {**fields, "summary": text.text})


def _objective_model(model: type[Workplan]) -> type[Objective]:
    """Return the class of a plan's objectives, whose activities have the group's own fields."""
    from csg.workspace.schema import record_at

    found = record_at(model, ("objectives",))
    assert issubclass(found, Objective)
    return found
