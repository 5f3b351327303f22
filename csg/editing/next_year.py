"""The next year's plan, made from an earlier plan."""

from collections.abc import Collection
from textwrap import indent
from typing import Any, TypeVar

from csg.editing.edits import filled
from csg.model.base import Record
from csg.model.reporting import is_finished
from csg.model.workplan import Activity, Indicator, Objective, Period, Workplan
from csg.source.emit import WIDTH, Inline, emit

KEPT: dict[type[Record], frozenset[str]] = {
    Workplan: frozenset(),
    Period: frozenset({"id", "name"}),
    Objective: frozenset({"id", "title"}),
    Activity: frozenset({"id", "title", "unodc_lead", "cso_lead", "comments", "related", "recurring", "indicators"}),
    Indicator: frozenset({"id", "name", "baseline", "unit"}),
}
"""The fields that a new plan keeps. It also keeps the fields that a group adds to its activities."""
NOT_KEPT: dict[type[Record], frozenset[str]] = {
    Workplan: frozenset({"workplan", "title", "periods", "meetings", "objectives"}),
    Period: frozenset({"due", "introduction", "decisions_needed"}),
    Objective: frozenset({"activities"}),
    Activity: frozenset({"due", "carried_from", "progress"}),
    Indicator: frozenset({"target"}),
}
"""The other fields. They belong to the earlier year, or the new plan has its own value."""
R = TypeVar("R", bound=Record)


def next_plan(old: Workplan, name: str) -> tuple[Workplan, list[str]]:
    """Return a plan with the open and the recurring activities of ``old``, and the ids of the others.

    The new plan does not name related activities that are not in it.
    """
    ended = [activity.id for activity in old.activities() if is_finished(old, activity) and not activity.recurring]
    return _next_plan(old, name, ended), ended


def carried_plan(old: Workplan, new: Workplan) -> Workplan:
    """Return the plan that ``next_plan`` made when ``new`` was started from ``old``.

    An activity in ``new`` was open then, even if it is completed now.
    """
    _, ended = next_plan(old, new.workplan)
    carried = {activity.carried_from for activity in new.activities()}
    return _next_plan(old, new.workplan, [name for name in ended if f"{old.workplan} {name}" not in carried])


def _next_plan(old: Workplan, name: str, ended: list[str]) -> Workplan:
    """Return the plan with the activities of ``old`` that are not in ``ended``."""
    title = old.title.replace(old.workplan, name).replace(old.workplan.replace("-", "/"), name.replace("-", "/"))
    return Workplan(
        workplan=name,
        title=title if title != old.title else f"Workplan {name.replace('-', '/')}",
        periods=carried_periods(old),
        objectives=tuple(_carried_objective(old, objective, set(ended)) for objective in old.objectives),
    )


def carried_periods(old: Workplan) -> tuple[Period, ...]:
    """Return the periods of a new plan: the periods of ``old`` without their due dates."""
    return tuple(_carried(Period, period) for period in old.periods)


def carried_activity(activity: Activity, source: str, in_plan: Collection[str]) -> Activity:
    """Return an activity of the plan ``source`` for the next plan. ``in_plan`` has the ids that are carried over."""
    return _carried(
        Activity,
        activity,
        related=tuple(name for name in activity.related if name in in_plan),
        indicators=tuple(_carried(Indicator, indicator) for indicator in activity.indicators),
        carried_from=f"{source} {activity.id}",
    )


def _carried_objective(old: Workplan, objective: Objective, ended: set[str]) -> Objective:
    in_plan = old.objective_of.keys() - ended
    activities = tuple(
        carried_activity(activity, old.workplan, in_plan) for activity in objective.activities if activity.id in in_plan
    )
    return _carried(Objective, objective, activities=activities)


def _carried(kind: type[Record], record: R, **changes: Any) -> R:
    """Return a record of the new plan: its kept fields and its new values."""
    own: tuple[str, ...] = getattr(record, "own_fields", ())
    kept = {key: getattr(record, key) for key in (*KEPT[kind], *own)}
    return type(record).model_validate(kept | changes)


def plan_data(plan: Workplan) -> dict[str, Any]:
    """Return the content of a new plan's file as plain data."""
    objectives = [
        {**filled(objective), "activities": [_activity_data(activity) for activity in objective.activities]}
        for objective in plan.objectives
    ]
    return {**filled(plan), "periods": [filled(period) for period in plan.periods], "objectives": objectives}


def _activity_data(activity: Activity) -> dict[str, Any]:
    progress = [filled(report) for report in activity.progress]
    return {**filled(activity), **({"progress": progress} if progress else {})}


def plan_text(plan: Workplan) -> str:
    """Return the text of a new plan's file: each period on a line, a blank line between activities."""
    data = plan_data(plan)
    text = emit({key: value for key, value in data.items() if key not in ("periods", "objectives")})
    text += "\n" + emit({"periods": [Inline(period) for period in data["periods"]]})
    if not data["objectives"]:
        return f"{text}\nobjectives: []\n"
    return f"{text}\nobjectives:\n" + "\n".join(_objective_text(objective) for objective in data["objectives"])


def _objective_text(objective: dict[str, Any]) -> str:
    activities = objective.pop("activities")
    if not activities:
        return _element({**objective, "activities": []}, 2)
    blocks = "\n".join(_element(activity, 6) for activity in activities)
    return f"{_element(objective, 2)}    activities:\n{blocks}"


def _element(record: dict[str, Any], depth: int) -> str:
    return indent(emit([record], width=WIDTH - depth), " " * depth)
