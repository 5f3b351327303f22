"""The other plans of a workspace: earlier plans, and plans that have an id which this plan does not have."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from csg.model.workplan import Activity, Objective, Period, Workplan
from csg.problem import Refused, listed
from csg.workspace.workspace import Workspace

T = TypeVar("T")


def readable_plans(workspace: Workspace) -> dict[str, Workplan]:
    """Return the plans whose files have no errors, by name. ``csg check`` reports the errors of the others."""
    loaded = {name: workspace.load(file) for name, file in workspace.plan_files.items()}
    return {name: plan.record for name, plan in loaded.items() if plan.record and not plan.problems}


def earlier_plans(workspace: Workspace) -> list[Workplan]:
    """Return the plans before the chosen plan, by name; the newest comes first."""
    names = list(workspace.plan_files)
    before = names[: list(workspace.plan_files.values()).index(workspace.plan_file)]
    plans = readable_plans(workspace)
    return [plans[name] for name in reversed(before) if name in plans]


def carried_through(workspace: Workspace, activity: Activity) -> Iterator[tuple[Workplan, Activity]]:
    """Yield the activity in each earlier plan that it was carried from, the newest first."""
    plans = {plan.workplan: plan for plan in earlier_plans(workspace)}
    current: Activity | None = activity
    while current and (plan := plans.pop(current.origin[0], None)):
        current = plan.activity(current.origin[1])
        if current:
            yield plan, current


def other_plans_with(workspace: Workspace, name: str) -> list[str]:
    """Return the names of the other plans that have an activity with this id; none if the chosen plan has it."""
    having = [plan.workplan for plan in readable_plans(workspace).values() if plan.activity(name)]
    chosen = workspace.load(workspace.plan_file).record
    return [] if chosen and chosen.workplan in having else having


def in_plan(workspace: Workspace, find: Callable[[Workplan], T]) -> T:
    """Return the part of the plan that ``find`` returns.

    Raise Refused if it is not found. The problem names the other plans that have it.
    """
    plan = workspace.plan
    try:
        return find(plan)
    except Refused as refused:
        names = [other_plan.workplan for other_plan in readable_plans(workspace).values() if _has(other_plan, find)]
        hint = in_other_plans(names)
        if not hint:
            raise
        raise Refused(*(problem._replace(hint=hint) for problem in refused.problems)) from None


def find_activity(workspace: Workspace, name: str) -> Activity:
    """Return the activity of the plan with this id. Raise Refused as ``in_plan`` does."""
    return in_plan(workspace, lambda plan: plan.find(name))


def find_objective(workspace: Workspace, name: str) -> Objective:
    """Return the objective of the plan with this id or title. Raise Refused as ``in_plan`` does."""
    return in_plan(workspace, lambda plan: plan.objective(name))


def find_period(workspace: Workspace, name: str) -> Period:
    """Return the period of the plan with this id or name. Raise Refused as ``in_plan`` does."""
    return in_plan(workspace, lambda plan: plan.period(name))


def in_other_plans(names: list[str]) -> str:
    """Return a hint that names the plans that have a part; an empty text for no plans."""
    if not names:
        return ""
    options = listed(f"--plan {name}" for name in names)
    return f"{listed(names, 'and')} {'has' if len(names) == 1 else 'have'} it. Add {options}"


def _has(plan: Workplan, find: Callable[[Workplan], object]) -> bool:
    try:
        find(plan)
    except Refused:
        return False
    return True
