"""A second report by the same author in the same period: more often a mistake than a wish."""

from shlex import quote
from typing import TYPE_CHECKING, Any

from csg.cli.asking import confirm, interactive
from csg.model.reporting import reports_by
from csg.problem import Problem, Refused, shown
from csg.view.display import note

if TYPE_CHECKING:
    from csg.workspace import Workspace


def require_first_report(workspace: "Workspace", name: str, report: dict[str, Any]) -> None:
    """Raise Refused if the author of a new report has reported on the activity in the period."""
    problem = _already_reported(workspace, name, report["period"], report["by"])
    if problem:
        raise Refused(problem)


def agrees_to_another(workspace: "Workspace", name: str, period: str, by: str) -> bool:
    """Return whether a person at a terminal wants a second report by the author. Raises Abort for a no.

    Nobody is asked without a terminal, or if the author has no report.
    """
    problem = _already_reported(workspace, name, period, by) if interactive() else None
    if problem is None:
        return False
    note(f"{problem.message}. To change that report: {_edit_command(workspace, name, period, by)}")
    confirm("Add a second report?", sure=False)
    return True


def is_follow_up(workspace: "Workspace", name: str, period: str, by: str, day: str | None) -> bool:
    """Return whether a command without a terminal adds a later or earlier report on purpose.

    It does if it gives a date on which the author has no report in the period. The command run twice is a mistake: it
    would have the same date.
    """
    if interactive() or day is None:
        return False
    reports = reports_by(workspace.plan.find(name), period, by)
    return day not in {report.date.isoformat() for report in reports}


def _already_reported(workspace: "Workspace", name: str, period: str, by: str) -> Problem | None:
    plan = workspace.plan
    reports = reports_by(plan.find(name), period, by)
    if not reports:
        return None
    last = reports[-1]
    message = f"{shown(last.by)} has reported on {name} in {shown(plan.period(period).name)} already"
    message += f" ({last.date}, {last.status})"
    hint = f"Change that report with {_edit_command(workspace, name, period, by)}, or add a second one with --another."
    return Problem("CSG317", message, hint=hint)


def _edit_command(workspace: "Workspace", name: str, period: str, by: str) -> str:
    last = reports_by(workspace.plan.find(name), period, by)[-1]
    plan = f" --plan {workspace.plan.workplan}" if workspace.plan_name else ""
    return f"csg progress edit {name} --period {period} --by {quote(last.by)}{plan}"
