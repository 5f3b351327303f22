"""The next year's plan, made from an earlier one."""

from textwrap import indent
from typing import Any

from csg.editing.edits import filled
from csg.model.reporting import is_finished
from csg.model.workplan import Objective, Workplan
from csg.source.emit import WIDTH, Inline, emit


def next_plan(old: Workplan, name: str) -> tuple[Workplan, list[str]]:
    """Return a plan with the open activities of ``old``, and the ids of the completed and cancelled ones.

    Progress reports and due dates belong to the old plan and stay there. Related activities that are not carried over
    are left out.
    """
    left = [activity.id for activity in old.activities() if is_finished(old, activity)]
    objectives = tuple(_carried(old, objective, left) for objective in old.objectives)
    title = old.title.replace(old.workplan, name).replace(old.workplan.replace("-", "/"), name.replace("-", "/"))
    periods = tuple(period.model_copy(update={"due": None}) for period in old.periods)
    title = title if title != old.title else f"Workplan {name.replace('-', '/')}"
    return Workplan(workplan=name, title=title, periods=periods, objectives=objectives), left


def _carried(old: Workplan, objective: Objective, left: list[str]) -> Objective:
    open_activities = (activity for activity in objective.activities if activity.id not in left)
    activities = tuple(
        activity.model_copy(
            update={
                "progress": (),
                "due": None,
                "related": tuple(name for name in activity.related if name not in left),
                "carried_from": f"{old.workplan} {activity.id}",
            }
        )
        for activity in open_activities
    )
    return objective.model_copy(update={"activities": activities})


def plan_data(plan: Workplan) -> dict[str, Any]:
    """Return the content of a new plan's file as plain data."""
    objectives = [
        {**filled(objective), "activities": [filled(activity) for activity in objective.activities]}
        for objective in plan.objectives
    ]
    return {**filled(plan), "periods": [filled(period) for period in plan.periods], "objectives": objectives}


def plan_text(plan: Workplan) -> str:
    """Return the text of a new plan's file: each period on a line, a blank line between activities."""
    data = plan_data(plan)
    text = emit({key: value for key, value in data.items() if key not in ("periods", "objectives")})
    text += "\n" + emit({"periods": [Inline(period) for period in data["periods"]]}) + "\nobjectives:\n"
    return text + "\n".join(_objective_text(objective) for objective in data["objectives"])


def _objective_text(objective: dict[str, Any]) -> str:
    activities = objective.pop("activities")
    if not activities:
        return _element({**objective, "activities": []}, 2)
    blocks = "\n".join(_element(activity, 6) for activity in activities)
    return f"{_element(objective, 2)}    activities:\n{blocks}"


def _element(record: dict[str, Any], depth: int) -> str:
    return indent(emit([record], width=WIDTH - depth), " " * depth)
