"""Reports that are probably mistakes: a second report by an author in a period, or a report with a far date."""

from datetime import date
from shlex import quote
from typing import TYPE_CHECKING, Any

from csg.cli.asking import confirm, interactive
from csg.model.reporting import A_YEAR, plan_span, reports_by
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
    """Return whether a person at a terminal wants a second report by the author. Raise Abort for a no.

    Without a terminal, or if the author has no report, do not ask.
    """
    problem = _already_reported(workspace, name, period, by) if interactive() else None
    if problem is None:
        return False
    note(f"{problem.message}. To change that report: {_edit_command(workspace, name, period, by)}")
    confirm("Add a second report?", sure=False)
    return True


def is_follow_up(workspace: "Workspace", name: str, period: str, by: str, day: str | None) -> bool:
    """Return whether a command without a terminal adds another report on purpose.

    It does if it gives a date on which the author has no report in the period. A command that runs twice by mistake has
    the same date. ``warn_of_far_date`` warns of a date in a wrong year.
    """
    if interactive() or day is None:
        return False
    reports = reports_by(workspace.plan.find(name), period, by)
    return day not in {report.date.isoformat() for report in reports}


def warn_of_far_date(workspace: "Workspace", day: str | None) -> None:
    """Warn of a date more than a year before or after the plan, or from today if the plan has no dates."""
    if day is None:
        return
    given, today = date.fromisoformat(day), date.today()
    first, last = plan_span(workspace.plan) or (today, today)
    if first - given <= A_YEAR and given - last <= A_YEAR:
        return
    dates = f"the plan ({first} to {last})" if plan_span(workspace.plan) else "today"
    message = f"the report is dated {day}, more than a year from {dates}"
    hint = "If the date is wrong, correct it with `csg progress edit`."
    note(str(Problem("CSG229", message, hint=hint, severity="warning")))


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
