"""Edits of the plan: add a report, set fields, remove an activity."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from csg.editing.tidy import tidy
from csg.model.base import Record
from csg.model.fields import is_kept, is_long, is_texts, order
from csg.model.members import Directory
from csg.model.workplan import Activity, Objective, Progress, Workplan
from csg.problem import Path, Problem, Refused, counted, listed, nearest, shown
from csg.source.data_edits import Edit, Insert, Move, Put, Remove
from csg.source.emit import Inline
from csg.workspace.schema import validated

Settings = dict[str, tuple[str, str]]
"""The operator of each field (``=``, or ``+=`` and ``-=`` for a list) and its new text, by the field's name."""


def filled(record: Record) -> dict[str, Any]:
    """Return a record as csg writes it, without empty optional keys."""
    plain = {key: tidy(value) if is_long(type(record), key) else value for key, value in record.plain().items()}
    plain |= {
        key: _written(value) for key, value in record.__dict__.items() if isinstance(value, (Record, tuple, dict))
    }
    fields = type(record).model_fields
    keys = order(type(record))
    return {key: plain[key] for key in keys if fields[key].is_required() or not _is_empty(plain[key])}


def _written(value: Any) -> Any:
    """Return the records in a record as csg writes them, and numbers by id on one line."""
    if isinstance(value, Record):
        return filled(value)
    if isinstance(value, dict):
        return Inline(value)
    return [_written(element) if isinstance(element, Record) else element for element in value]


def _is_empty(value: Any) -> bool:
    """Return whether a value means the same as a missing optional key. The number 0 is a value."""
    return value is False or value in (None, "", [], {})


def add_report(plan: Workplan, name: str, report: Progress) -> Iterable[Edit]:
    """Add a progress report to an activity, after the reports of the same or an earlier date."""
    activity = plan.find(name)
    index = sum(1 for earlier in activity.progress if earlier.date <= report.date)
    yield Insert((*plan.path(name), "progress"), index, filled(report), order(Activity))


def add_reports(plan: Workplan, reports: Iterable[tuple[str, Progress]]) -> Iterable[Edit]:
    """Add progress reports to activities, in the order of their dates."""
    dates: dict[str, list[date]] = {}
    for name, report in reports:
        known_dates = dates.setdefault(name, [old.date for old in plan.find(name).progress])
        index = sum(1 for day in known_dates if day <= report.date)
        known_dates.insert(index, report.date)
        yield Insert((*plan.path(name), "progress"), index, filled(report), order(Activity))


def pick_report(plan: Workplan, name: str, period: str, by: str, number: int | None = None) -> int:
    """Return the index of a report.

    ``number`` counts from 1 among the reports of the author in the period. Raise Refused if the report is not
    found, or if there are several and no number is given.
    """
    activity = plan.find(name)
    indices = [i for i, report in enumerate(activity.progress) if (report.period, report.by) == (period, by)]
    if not indices:
        hint = f"Run `csg progress list {name}` to see its reports."
        raise Refused(Problem("CSG305", f"activity {name} has no report by {by} in period {period}", hint=hint))
    if number not in range(1, len(indices) + 1) and (number, len(indices)) != (None, 1):
        reports = (activity.progress[index] for index in indices)
        choices = (f"{count} ({report.date}, {report.status})" for count, report in enumerate(reports, 1))
        message = f"{by} has {counted(len(indices), 'report')} in period {period} on {name}"
        raise Refused(Problem("CSG305", message, hint=f"Choose one with --number: {', '.join(choices)}."))
    return indices[(number or 1) - 1]


def edit_report(plan: Workplan, name: str, index: int, report: Progress) -> Iterable[Edit]:
    """Set the fields of a report to those of ``report``. If its date changes, move it to its position by date."""
    path = (*plan.path(name), "progress")
    reports = plan.find(name).progress
    yield from put_fields((*path, index), reports[index], report)
    other_dates = [other.date for number, other in enumerate(reports) if number != index]
    new_index = sum(1 for date in other_dates if date <= report.date)
    if reports[index].date != report.date and new_index != index:
        yield Move((*path, index), new_index)


def remove_report(plan: Workplan, name: str, index: int) -> Iterable[Edit]:
    """Remove a report. If it is the last report, remove the key ``progress`` too."""
    path = (*plan.path(name), "progress")
    yield Remove(path if len(plan.find(name).progress) == 1 else (*path, index))


def put_fields(path: Path, old: Record, new: Record) -> Iterable[Edit]:
    """Set the fields in which two records differ. Remove an optional field that becomes empty."""
    before, after = filled(old), filled(new)
    for key in order(type(old)):
        if key in after and before.get(key) != after[key]:
            yield from _put((*path, key), before.get(key), after[key], order(type(old)))
        elif key in before and key not in after:
            yield Put((*path, key), []) if is_kept(type(old), key) else Remove((*path, key))


def _put(path: Path, before: Any, after: Any, keys: tuple[str, ...]) -> Iterable[Edit]:
    """Set a field. Change the elements of a list one by one, so that the text around the others stays."""
    if isinstance(before, dict) and isinstance(after, dict) and before.keys() & after.keys():
        yield from _put_numbers(path, before, after)
        return
    if not (isinstance(before, list) and isinstance(after, list) and before and after):
        yield Put(path, after, keys)
        return
    kept = [element for element in before if element in after]
    if not kept or after[: len(kept)] != kept:
        yield Put(path, after, keys)
        return
    for index in reversed(range(len(before))):
        if before[index] not in after:
            yield Remove((*path, index))
    for index, element in enumerate(after[len(kept) :], len(kept)):
        yield Insert(path, index, element, keys)


def _put_numbers(path: Path, before: dict[str, Any], after: dict[str, Any]) -> Iterable[Edit]:
    """Set numbers by id one by one, so that the text around the others stays."""
    for key, value in after.items():
        if before.get(key) != value:
            yield Put((*path, key), value, tuple(after))
    for key in before.keys() - after.keys():
        yield Remove((*path, key))


def with_settings(record: Record, settings: Settings, directory: Directory | None = None) -> dict[str, Any]:
    """Return the record as plain data after ``FIELD=VALUE`` settings, for the model to validate.

    Commas separate names, and line breaks separate sentences. In lead columns, the case of names is ignored.
    Raise Refused for an unknown field or name, and for ``+=`` or ``-=`` on a field that is not a list.
    """
    fields = {key: value for key, value in record.plain().items() if key not in _RECORD_LISTS}
    for key, (how, value) in settings.items():
        if key not in fields:
            hint = _RECORD_LISTS.get(key) or nearest(key, fields, f"The fields are {listed(fields, 'and')}.")
            if isinstance(record, Activity) and key in Progress.model_fields:
                hint = f"It is part of a progress report. Run `csg progress add {record.id}` to add one."
            raise Refused(Problem("CSG306", f"no field '{shown(key)}'", hint=hint))
        if is_texts(type(record), key):
            fields[key] = _texts(key, fields[key], how, [tidy(text) for text in value.splitlines() if text.strip()])
        elif isinstance(fields[key], list):
            names = [name.strip() for name in value.split(",") if name.strip()]
            if directory and key in ("unodc_lead", "cso_lead"):
                resolve = directory.resolve_partner_lead if key == "unodc_lead" else directory.resolve
                names = [resolve(name) for name in names]
            fields[key] = _listed(fields[key], how, names)
        elif how != "=":
            raise Refused(Problem("CSG306", f"{key} is not a list", hint=f"Set it with {key}=VALUE."))
        else:
            fields[key] = value or None
    required = type(record).model_fields
    return {key: value for key, value in fields.items() if value is not None or required[key].is_required()}


_RECORD_LISTS = {
    "progress": "Run `csg progress add` to add a report.",
    "activities": "Run `csg workplan add` to add an activity.",
    "indicators": "Run `csg indicator add` to add an indicator.",
    "meetings": "Run `csg meeting add` to add a meeting.",
}
"""The lists of records, which have their own commands, with a hint that names the command."""


def _texts(key: str, old: list[str], how: str, texts: list[str]) -> list[str]:
    """Return a list of sentences after a setting. ``-=`` removes the sentences with these beginnings."""
    if how != "-=":
        return _listed(old, how, texts)
    kept = list(old)
    for text in texts:
        beginning = text.casefold()
        meant = [sentence for sentence in kept if sentence.casefold() == beginning]
        meant = meant or [sentence for sentence in kept if sentence.casefold().startswith(beginning)]
        if len(meant) != 1:
            message = f"{len(meant) or 'no'} texts of {key} begin with '{shown(text)}'"
            raise Refused(Problem("CSG306", message, hint="Write more words of the beginning of the text."))
        kept.remove(meant[0])
    return kept


def _listed(old: list[str], how: str, names: list[str]) -> list[str]:
    if how == "-=":
        return [name for name in old if name not in names]
    return [*old, *(name for name in names if name not in old)] if how == "+=" else names


def add_activity(plan: Workplan, objective: str, activity: Activity) -> Iterable[Edit]:
    """Add an activity at the end of an objective of the plan."""
    index = plan.objectives.index(plan.objective(objective))
    count = len(plan.objectives[index].activities)
    yield Insert(("objectives", index, "activities"), count, filled(activity), ("id", "title", "activities"))


def add_objective(plan: Workplan, name: str, title: str, activity: Activity) -> Iterable[Edit]:
    """Add an objective at the end of the plan, with its first activity."""
    objective = filled(validated(Objective, {"id": name, "title": title, "activities": ()}))
    new = {**objective, "activities": [filled(activity)]}
    yield Insert(("objectives",), len(plan.objectives), new, order(Workplan))


def set_part(plan: Workplan, name: str, settings: Settings, directory: Directory) -> Iterable[Edit]:
    """Set fields of the activity, objective or period of the plan that has the id."""
    path, old = plan.part(name)
    lists = {key: value for key, value in old.plain().items() if key in _RECORD_LISTS}
    yield from put_fields(path, old, validated(type(old), {**with_settings(old, settings, directory), **lists}))


def remove_activity(plan: Workplan, name: str) -> Iterable[Edit]:
    """Remove an activity with its reports. Raise Refused if another activity is related to it."""
    activity = plan.find(name)
    for other in plan.activities():
        if activity.id in other.related:
            hint = f"Remove the reference first: `csg workplan set {other.id} related-={activity.id}`."
            raise Refused(Problem("CSG309", f"activity {other.id} is related to {activity.id}", hint=hint))
    yield Remove(plan.path(activity.id))
