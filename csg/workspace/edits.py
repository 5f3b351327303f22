"""Edits of the data files in the plan's own terms: a report added, fields set, an activity removed."""

from collections.abc import Iterable
from typing import Any

from csg.model.base import Record
from csg.model.workplan import Activity, Progress, Workplan, natural
from csg.problem import Path, Problem, Refused, nearest
from csg.source.edit import Edit, Insert, Put, Remove

Settings = dict[str, tuple[str, str]]
"""Fields by name, each with how it is set (``=``, or ``+=`` to add to a list) and the text it is given."""


def filled(record: Record) -> dict[str, Any]:
    """A record as it is written: without the optional keys that say nothing."""
    plain = record.plain()
    fields = type(record).model_fields
    return {key: value for key, value in plain.items() if fields[key].is_required() or value not in (None, "", [])}


def order(model: type[Record]) -> tuple[str, ...]:
    """The order of a record's keys, as the model has them."""
    return tuple(model.model_fields)


def add_report(plan: Workplan, name: str, report: Progress) -> Iterable[Edit]:
    """Add a progress report to an activity: after those that are not younger."""
    activity = plan.find(name)
    index = sum(1 for known in activity.progress if known.date <= report.date)
    yield Insert((*plan.path(name), "progress"), index, filled(report), order(Activity))


def pick_report(plan: Workplan, name: str, period: str, by: str, number: int | None = None) -> int:
    """Which report of an activity is meant: its index.

    ``number`` counts from 1 among the author's of the period. Raises Refused where there is none, or several and no
    number.
    """
    activity = plan.find(name)
    found = [i for i, report in enumerate(activity.progress) if (report.period, report.by) == (period, by)]
    if not found or (number is not None and not 1 <= number <= len(found)):
        hint = f"csg progress list {name} shows what there is"
        raise Refused(Problem("CSG305", f"no such report by {by} in period {period} on {name}", hint=hint))
    if number is None and len(found) > 1:
        message = f"{by} has {len(found)} reports in period {period} on {name}"
        raise Refused(Problem("CSG305", message, hint=f"say which with --number 1 to {len(found)}"))
    return found[(number or 1) - 1]


def edit_report(plan: Workplan, name: str, index: int, report: Progress) -> Iterable[Edit]:
    """Give a report the fields of ``report``. One whose date changed moves to where it belongs."""
    old = plan.find(name).progress[index]
    path = (*plan.path(name), "progress")
    others = [known.date for i, known in enumerate(plan.find(name).progress) if i != index]
    place = sum(1 for date in others if date <= report.date)
    if old.date == report.date or place == index:
        yield from put_fields((*path, index), old, report)
    else:
        yield Remove((*path, index))
        yield Insert(path, place, filled(report), order(Activity))


def remove_report(plan: Workplan, name: str, index: int) -> Iterable[Edit]:
    """Remove a report; with the last one the key that held it."""
    path = (*plan.path(name), "progress")
    yield Remove(path if len(plan.find(name).progress) == 1 else (*path, index))


def put_fields(path: Path, old: Record, new: Record) -> Iterable[Edit]:
    """Set the fields in which two records of one kind differ; one that is emptied goes, if it is optional."""
    before, after = filled(old), filled(new)
    for key in order(type(old)):
        if key in after and before.get(key) != after[key]:
            yield Put((*path, key), after[key], order(type(old)))
        elif key in before and key not in after:
            yield Remove((*path, key))


def with_settings(record: Record, settings: Settings) -> dict[str, Any]:
    """The record as plain data with fields set by ``FIELD=VALUE``, for the model to validate.

    A list is written with commas. Raises Refused for a field that there is not, or ``+=`` on one that is no list.
    """
    fields = {key: value for key, value in record.plain().items() if key != "progress"}
    for key, (how, value) in settings.items():
        if key not in fields:
            hint = nearest(key, fields, f"the fields are {', '.join(fields)}")
            raise Refused(Problem("CSG306", f"no field '{key}'", hint=hint))
        if isinstance(fields[key], list):
            names = [name.strip() for name in value.split(",") if name.strip()]
            fields[key] = [*fields[key], *(name for name in names if name not in fields[key])] if how == "+=" else names
        elif how == "+=":
            raise Refused(Problem("CSG306", f"{key} is no list", hint=f"set it with {key}=VALUE"))
        else:
            fields[key] = value or None
    return {
        key: value for key, value in fields.items() if value is not None or type(record).model_fields[key].is_required()
    }


def next_id(plan: Workplan, objective: str) -> str:
    """The id that the next activity of an objective gets."""
    numbers = [natural(activity.id)[-1][0] for activity in plan.objective(objective).activities]
    return f"{objective}.{max(numbers, default=0) + 1}"


def add_activity(plan: Workplan, objective: str, activity: Activity) -> Iterable[Edit]:
    """Add an activity at the end of an objective."""
    index = plan.objectives.index(plan.objective(objective))
    place = len(plan.objectives[index].activities)
    yield Insert(("objectives", index, "activities"), place, filled(activity), ("id", "title", "activities"))


def set_activity(plan: Workplan, name: str, activity: Activity) -> Iterable[Edit]:
    """Give an activity the fields of ``activity``."""
    return put_fields(plan.path(name), plan.find(name), activity)


def remove_activity(plan: Workplan, name: str) -> Iterable[Edit]:
    """Remove an activity with its reports."""
    path = plan.path(plan.find(name).id)
    yield Remove(path)
