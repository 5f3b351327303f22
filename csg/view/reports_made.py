"""How progress reports, and those that are owed, are shown."""

from collections.abc import Iterable

from csg.model.members import Directory, without_contact
from csg.model.reporting import debts
from csg.model.workplan import Activity, Period, Workplan
from csg.view.display import Column, Row, joined

REPORT_COLUMNS = (
    Column("ID", lambda row: row["id"]),
    Column("Period", lambda row: row["period"]),
    Column("By", lambda row: row["by"]),
    Column("Date", lambda row: row["date"]),
    Column("Status", lambda row: row["status"]),
    Column("Summary", lambda row: row["summary"], wraps=True),
    Column("Next steps", lambda row: row["next_steps"], whole=True),
    Column("Evidence", lambda row: joined(row["evidence"], ""), whole=True),
    Column("Plan", lambda row: row["plan"], whole=True),
)
DEBT_COLUMNS = (
    Column("Lead", lambda row: row["lead"]),
    Column("ID", lambda row: row["id"]),
    Column("Activity", lambda row: row["title"], wraps=True),
    Column("Due", lambda row: row["due"] or ""),
    Column("Reported by", lambda row: joined(row["shared_with"], "")),
)


def report_rows(plan: Workplan, activities: Iterable[Activity]) -> list[Row]:
    """Reports as plain data, each with its activity's id, the objective, the plan and the place in the file."""
    known = {activity.id for activity in activities}
    return [
        {
            "id": activity.id,
            **report.plain(),
            "objective": objective.id,
            "plan": plan.workplan,
            "source": report.source,
        }
        for objective in plan.objectives
        for activity in objective.activities
        if activity.id in known
        for report in activity.progress
    ]


def debt_rows(plan: Workplan, directory: Directory, period: Period, lead: str | None = None) -> list[Row]:
    """Reports that are owed, by lead in the order of the directory, as plain data."""
    owed = [
        debt
        for debt in debts(plan, directory, period.id)
        if lead is None or without_contact(debt.lead) == without_contact(lead)
    ]
    ranks = {name: rank for rank, name in enumerate(directory)}
    return [
        {
            "lead": debt.lead,
            "id": debt.activity.id,
            "title": debt.activity.title,
            "period": period.id,
            "due": period.due.isoformat() if period.due else None,
            "shared_with": list(debt.shared_with),
            "objective": plan.objective_of[debt.activity.id],
            "plan": plan.workplan,
            "source": debt.activity.source,
        }
        for debt in sorted(owed, key=lambda debt: ranks.get(without_contact(debt.lead), len(ranks)))
    ]
