"""The plan as it is today. Terminal commands use today's date, and documents never do."""

from datetime import date

from csg.model.earlier import EarlierDebts, debts_before, earlier_debts
from csg.model.reporting import current_period
from csg.model.summary import Standing, Summary, standing_of, summarize
from csg.model.workplan import Activity, Period
from csg.problem import Problem, Refused
from csg.workspace import Workspace
from csg.workspace.plans import earlier_plans, find_period


def chosen_period(workspace: Workspace, name: str | None = None) -> Period | None:
    """Return a period by id, or today's; None for a plan without periods. Raise Refused for an unknown id."""
    if name is not None:
        return find_period(workspace, name)
    return current_period(workspace.plan, workspace.directory, date.today(), workspace.group.secretariat)


def summary_today(workspace: Workspace, name: str | None = None) -> Summary:
    """Return the summary of a period, or of today's period. Raise Refused if the plan has no periods."""
    plan, period = workspace.plan, chosen_period(workspace, name)
    if period is None:
        hint = "Add periods to the plan's file, as docs/data-format.md shows."
        raise Refused(Problem("CSG307", f"{plan.title} has no periods", hint=hint))
    return summarize(plan, workspace.directory, period, date.today(), workspace.group.secretariat)


def owed_earlier(workspace: Workspace, period: Period) -> list[EarlierDebts]:
    """Return the reports that are still owed before a period of the chosen plan: in the plan, and in earlier plans."""
    directory, secretariat = workspace.directory, workspace.group.secretariat
    return [
        *debts_before(workspace.plan, period, directory, secretariat),
        *earlier_debts(earlier_plans(workspace), directory, secretariat),
    ]


def standings_today(workspace: Workspace, name: str | None = None) -> dict[str, Standing]:
    """Return every activity, by id, in a period or in today's period; none for a plan without periods."""
    if not workspace.plan.periods:
        return {}
    return {standing.activity.id: standing for standing in summary_today(workspace, name).standings}


def standings_from_today(workspace: Workspace, activity: Activity) -> list[tuple[Period, Standing]]:
    """Return an activity in today's period, and in each later period with a report."""
    plan, today = workspace.plan, chosen_period(workspace)
    if today is None:
        return []
    later = plan.periods[plan.periods.index(today) + 1 :]
    reported = {report.period for report in activity.progress}
    periods = [today, *(period for period in later if period.id in reported)]
    secretariat = workspace.group.secretariat
    return [
        (period, standing_of(plan, workspace.directory, activity, period, date.today(), secretariat))
        for period in periods
    ]
