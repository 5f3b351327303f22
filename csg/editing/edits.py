"""Edits of the data files in the plan's own terms: a report added, fields set, an activity removed."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from csg.editing.tidy import tidy
from csg.model.base import Record
from csg.model.fields import is_kept, is_long, is_texts, order
from csg.model.members import Directory
from csg.model.workplan import Activity, Objective, Progress, Workplan
from csg.problem import Path, Problem, Refused, counted, listed, nearest, shown
from csg.source.edit import Edit, Insert, Move, Put, Remove
from csg.source.emit import Inline
from csg.workspace.schema import validated

Settings = dict[str, tuple[str, str]]
"""Fields by name, each with how it is set (``=``; ``+=`` and ``-=`` for a list) and the text it is given."""


def filled(record: Record) -> dict[str, Any]:
    """Return a record as it is written: without optional keys that are empty."""
    plain = {key: tidy(value) if is_long(type(record), key) else value for key, value in record.plain().items()}
    plain |= {
        key: _written(value) for key, value in record.__dict__.items() if isinstance(value, (Record, tuple, dict))
    }
    fields = type(record).model_fields
    keys = order(type(record))
    return {key: plain[key] for key in keys if fields[key].is_required() or not _says_nothing(plain[key])}


def _written(value: Any) -> Any:
    """Return records below a record as they are written, and numbers by id on one line."""
    if isinstance(value, Record):
        return filled(value)
    if isinstance(value, dict):
        return Inline(value)
    return [_written(element) if isinstance(element, Record) else element for element in value]


def _says_nothing(value: Any) -> bool:
    """Return whether a value is what an optional key means that is left out. The number 0 is a value."""
    return value is False or value in (None, "", [], {})


def add_report(plan: Workplan, name: str, report: Progress) -> Iterable[Edit]:
    """Add a progress report to an activity: after those that are not younger."""
    activity = plan.find(name)
    index = sum(1 for known in activity.progress if known.date <= report.date)
    yield Insert((*plan.path(name), "progress"), index, filled(report), order(Activity))


def add_reports(plan: Workplan, reports: Iterable[tuple[str, Progress]]) -> Iterable[Edit]:
    """Add progress reports to activities, in the order of their dates."""
    dates: dict[str, list[date]] = {}
    for name, report in reports:
        known = dates.setdefault(name, [old.date for old in plan.find(name).progress])
        index = sum(1 for day in known if day <= report.date)
        known.insert(index, report.date)
        yield Insert((*plan.path(name), "progress"), index, filled(report), order(Activity))


def pick_report(plan: Workplan, name: str, period: str, by: str, number: int | None = None) -> int:
    """Return the index of the report that is meant.

    ``number`` counts from 1 among the reports of the author in the period. Raise Refused if there is no such report,
    or if there are several and no number.
    """
    activity = plan.find(name)
    found = [i for i, report in enumerate(activity.progress) if (report.period, report.by) == (period, by)]
    if not found:
        hint = f"Run `csg progress list {name}` to see its reports."
        raise Refused(Problem("CSG305", f"activity {name} has no report by {by} in period {period}", hint=hint))
    if number not in range(1, len(found) + 1) and (number, len(found)) != (None, 1):
        reports = (activity.progress[index] for index in found)
        which = (f"{count} ({report.date}, {report.status})" for count, report in enumerate(reports, 1))
        message = f"{by} has {counted(len(found), 'report')} in period {period} on {name}"
        raise Refused(Problem("CSG305", message, hint=f"Choose one with --number: {', '.join(which)}."))
    return found[(number or 1) - 1]


def edit_report(plan: Workplan, name: str, index: int, report: Progress) -> Iterable[Edit]:
    """Give a report the fields of ``report``. One whose date changed moves, as it is written, to where it belongs."""
    path = (*plan.path(name), "progress")
    reports = plan.find(name).progress
    yield from put_fields((*path, index), reports[index], report)
    others = [known.date for number, known in enumerate(reports) if number != index]
    place = sum(1 for date in others if date <= report.date)
    if reports[index].date != report.date and place != index:
        yield Move((*path, index), place)


def remove_report(plan: Workplan, name: str, index: int) -> Iterable[Edit]:
    """Remove a report; with the last one the key that held it."""
    path = (*plan.path(name), "progress")
    yield Remove(path if len(plan.find(name).progress) == 1 else (*path, index))


def put_fields(path: Path, old: Record, new: Record) -> Iterable[Edit]:
    """Set the fields in which two records of one kind differ; one that is emptied goes, if it is optional."""
    before, after = filled(old), filled(new)
    for key in order(type(old)):
        if key in after and before.get(key) != after[key]:
            yield from _put((*path, key), before.get(key), after[key], order(type(old)))
        elif key in before and key not in after:
            yield Put((*path, key), []) if is_kept(type(old), key) else Remove((*path, key))


def _put(path: Path, before: Any, after: Any, keys: tuple[str, ...]) -> Iterable[Edit]:
    """Set a field. A list loses and gains elements one by one, so that the text around the others stays."""
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
    for place, element in enumerate(after[len(kept) :], len(kept)):
        yield Insert(path, place, element, keys)


def _put_numbers(path: Path, before: dict[str, Any], after: dict[str, Any]) -> Iterable[Edit]:
    """Set numbers by id one by one, so that the text around the others stays."""
    for key, value in after.items():
        if before.get(key) != value:
            yield Put((*path, key), value, tuple(after))
    for key in before.keys() - after.keys():
        yield Remove((*path, key))


def with_settings(record: Record, settings: Settings, directory: Directory | None = None) -> dict[str, Any]:
    """Return the record as plain data with fields set by ``FIELD=VALUE``, for the model to validate.

    A list of names is written with commas, a list of sentences with line breaks. In lead columns the case of a name
    does not matter. Raise Refused for an unknown field or name, and for ``+=`` or ``-=`` on a field that is not a
    list.
    """
    fields = {key: value for key, value in record.plain().items() if key not in _WHOLE}
    for key, (how, value) in settings.items():
        if key not in fields:
            hint = _WHOLE.get(key) or nearest(key, fields, f"The fields are {listed(fields, 'and')}.")
            if isinstance(record, Activity) and key in Progress.model_fields:
                hint = f"It is part of a progress report: csg progress add {record.id}"
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


_WHOLE = {
    "progress": "Run `csg progress add` to add a report.",
    "activities": "Run `csg workplan add` to add an activity.",
    "indicators": "Run `csg indicator add` to add an indicator.",
    "meetings": "Run `csg meeting add` to add a meeting.",
}
"""Lists of records, which have commands of their own, each with a hint at the command."""


def _texts(key: str, old: list[str], how: str, texts: list[str]) -> list[str]:
    """Return a list of sentences that is set, added to, or without those that have the given beginnings."""
    if how != "-=":
        return _listed(old, how, texts)
    left = list(old)
    for text in texts:
        beginning = text.casefold()
        meant = [known for known in left if known.casefold() == beginning]
        meant = meant or [known for known in left if known.casefold().startswith(beginning)]
        if len(meant) != 1:
            message = f"{len(meant) or 'no'} texts of {key} begin with '{shown(text)}'"
            raise Refused(Problem("CSG306", message, hint="Write more words of the text that is meant, as it begins."))
        left.remove(meant[0])
    return left


def _listed(old: list[str], how: str, names: list[str]) -> list[str]:
    if how == "-=":
        return [name for name in old if name not in names]
    return [*old, *(name for name in names if name not in old)] if how == "+=" else names


def add_activity(plan: Workplan, objective: str, activity: Activity) -> Iterable[Edit]:
    """Add an activity at the end of an objective of the plan."""
    index = plan.objectives.index(plan.objective(objective))
    place = len(plan.objectives[index].activities)
    yield Insert(("objectives", index, "activities"), place, filled(activity), ("id", "title", "activities"))


def add_objective(plan: Workplan, name: str, title: str, activity: Activity) -> Iterable[Edit]:
    """Add an objective at the end of the plan, with its first activity."""
    objective = filled(validated(Objective, {"id": name, "title": title, "activities": ()}))
    new = {**objective, "activities": [filled(activity)]}
    yield Insert(("objectives",), len(plan.objectives), new, order(Workplan))


def set_part(plan: Workplan, name: str, settings: Settings, directory: Directory) -> Iterable[Edit]:
    """Set fields of the activity, objective or period of the plan that has the id."""
    path, old = plan.part(name)
    whole = {key: value for key, value in old.plain().items() if key in _WHOLE}
    yield from put_fields(path, old, validated(type(old), {**with_settings(old, settings, directory), **whole}))


def remove_activity(plan: Workplan, name: str) -> Iterable[Edit]:
    """Remove an activity with its reports. Raise Refused if another is related to it."""
    activity = plan.find(name)
    for other in plan.activities():
        if activity.id in other.related:
            hint = f"Remove the reference first: `csg workplan set {other.id} related-={activity.id}`."
            raise Refused(Problem("CSG309", f"activity {other.id} is related to {activity.id}", hint=hint))
    yield Remove(plan.path(activity.id))
