"""The plan of a new progress report, if an earlier plan still owes a report. The reports of other plans."""

from typing import TYPE_CHECKING

from csg.cli.app import is_plan_chosen
from csg.cli.asking import ask, interactive
from csg.model.reporting import debts_of
from csg.model.workplan import Activity, Period, Workplan
from csg.problem import Problem, Refused, listed, shown
from csg.workspace.plans import carried_through, in_other_plans, readable_plans

if TYPE_CHECKING:
    from csg.workspace import Workspace

Target = tuple[Workplan, Activity]
"""A plan, and an activity of it that a report can be for."""


def target_of(workspace: "Workspace", activity: Activity, period: Period) -> "tuple[Workspace, Activity]":
    """Return the plan that a report is for, as a workspace, and the activity there.

    If an earlier plan still owes a report for the activity and the period, and no plan was chosen, ask a person at a
    terminal. Raise Refused if no person can be asked.
    """
    earlier = [] if is_plan_chosen() else _owing(workspace, activity, period)
    if not earlier:
        return workspace, activity
    targets = {
        plan.workplan: earlier_activity for plan, earlier_activity in reversed([(workspace.plan, activity), *earlier])
    }
    debtors = listed((plan.workplan for plan, _ in reversed(earlier)), "and")
    message = f"{debtors} still {'owes' if len(earlier) == 1 else 'owe'} the {shown(period.name)} report"
    message += f" on activity {activity.id}, and {workspace.plan.workplan} has this activity too"
    if not interactive():
        options = listed(_option(plan, earlier_activity, activity) for plan, earlier_activity in targets.items())
        raise Refused(Problem("CSG316", message, hint=f"Choose the plan with {options}."))

    def chosen(text: str) -> str:
        if text not in targets:
            raise Refused(Problem("CSG302", f"'{shown(text)}' is not one of {listed(targets, 'and')}"))
        return text

    label = f"{message[:1].upper()}{message[1:]}. Plan of this report"
    plan = ask("plan", None, label=label, kind="choice", choices=list(targets), read=chosen)
    return (workspace.with_plan(plan), targets[plan]) if plan != workspace.plan.workplan else (workspace, activity)


def _owing(workspace: "Workspace", activity: Activity, period: Period) -> list[Target]:
    """Return the earlier plans that still owe a report for an activity and a period, the newest first."""
    secretariat = workspace.group.secretariat
    return [
        (plan, earlier_activity)
        for plan, earlier_activity in carried_through(workspace, activity)
        if any(other.id == period.id for other in plan.periods)
        and debts_of(plan, workspace.directory, earlier_activity, period.id, secretariat)
    ]


def _option(plan: str, earlier_activity: Activity, activity: Activity) -> str:
    """Return the option that chooses a plan. If the activity has another id there, add the id."""
    other_id = f" (activity {earlier_activity.id} there)" if earlier_activity.id != activity.id else ""
    return f"--plan {plan}{other_id}"


def no_report(workspace: "Workspace", activity: Activity, refused: Refused, period: str = "", by: str = "") -> Refused:
    """Return the error for a report that the plan does not have. The hint names the other plans that have it."""
    carried = {plan.workplan: other_activity for plan, other_activity in carried_through(workspace, activity)}
    same_id = {plan.workplan: plan.activity(activity.id) for plan in readable_plans(workspace).values()}
    candidates = {**same_id, **carried}
    having = {
        plan: other_activity
        for plan, other_activity in candidates.items()
        if other_activity and plan != workspace.plan.workplan and _has_report(other_activity, period, by)
    }
    if not having:
        return refused
    renamed = (f"activity {activity.id} is {other_activity.id} in {plan}" for plan, other_activity in having.items())
    differs = any(other_activity.id != activity.id for other_activity in having.values())
    hint = in_other_plans(list(having)) + (f" ({listed(renamed, 'and')})" if differs else "")
    message = refused.problems[0].message
    return Refused(refused.problems[0]._replace(message=f"{message} in {workspace.plan.workplan}", hint=hint))


def _has_report(activity: Activity, period: str, by: str) -> bool:
    return any(period in ("", report.period) and by in ("", report.by) for report in activity.progress)
