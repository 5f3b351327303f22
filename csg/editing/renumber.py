"""Change the id of an activity or a period, and the references to it."""

from collections.abc import Iterator

from csg.model.base import Identified
from csg.model.workplan import Activity, Period, Workplan
from csg.problem import Path
from csg.source.data_edits import Edit, Put
from csg.workspace import Workspace


def renumber(workspace: Workspace, part: Identified, new: str) -> dict[str, list[Edit]]:
    """Return the edits, by file, that give each reference to a part of the plan its new id."""
    plan = workspace.plan
    if isinstance(part, Period):
        return {workspace.plan_file: [Put(path, new) for path in _reports_in(plan, part.id)]}
    if not isinstance(part, Activity):
        return {}
    edits: dict[str, list[Edit]] = {workspace.plan_file: [Put(path, new) for path in _related_to(plan, part.id)]}
    plans = [(file, workspace.with_plan(name).plan) for name, file in workspace.plan_files.items()]
    for file, other in plans:
        if file != workspace.plan_file:
            origin = f"{plan.workplan} {part.id}"
            edits[file] = [Put(path, f"{plan.workplan} {new}") for path in _carried_from(other, origin)]
    if not any(other.activity(part.id) for file, other in plans if file != workspace.plan_file):
        for review in workspace.reviews:
            if review.activity == part.id and review.source:
                edits[str(review.source["file"])] = [Put(("activity",), new)]
    return {file: file_edits for file, file_edits in edits.items() if file_edits}


def _activities(plan: Workplan) -> Iterator[tuple[Path, Activity]]:
    for number, objective in enumerate(plan.objectives):
        for index, activity in enumerate(objective.activities):
            yield ("objectives", number, "activities", index), activity


def _reports_in(plan: Workplan, period: str) -> Iterator[Path]:
    for path, activity in _activities(plan):
        for index, report in enumerate(activity.progress):
            if report.period == period:
                yield (*path, "progress", index, "period")


def _related_to(plan: Workplan, name: str) -> Iterator[Path]:
    for path, activity in _activities(plan):
        for index, related in enumerate(activity.related):
            if related == name and activity.id != name:
                yield (*path, "related", index)


def _carried_from(plan: Workplan, origin: str) -> Iterator[Path]:
    for path, activity in _activities(plan):
        if activity.carried_from == origin:
            yield (*path, "carried_from")
