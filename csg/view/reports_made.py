"""Tables of progress reports, and of the reports that are owed."""

from collections.abc import Collection, Iterable, Iterator

from csg.model.earlier import EarlierDebts
from csg.model.fields import field_text
from csg.model.summary import Summary
from csg.model.words import some_names
from csg.model.workplan import Activity, Workplan
from csg.problem import counted, shown
from csg.view.display import Column, Row, joined

REPORT_COLUMNS = (
    Column("ID", lambda row: row["id"]),
    Column("Period", lambda row: row["period"]),
    Column("By", lambda row: row["by"]),
    Column("Date", lambda row: row["date"]),
    Column("Status", lambda row: row["status"]),
    Column("Summary", lambda row: row["summary"], wraps=True),
    Column("Needs", lambda row: row["needs"], whole=True),
    Column("Next steps", lambda row: row["next_steps"], whole=True),
    Column("Evidence", lambda row: joined(row["evidence"], ""), whole=True),
    Column("Values", lambda row: field_text(row["values"]), whole=True),
    Column("Plan", lambda row: row["plan"], whole=True),
)
DEBT_COLUMNS = (
    Column("Lead", lambda row: f"{row['lead']} ({row['contact']})" if row["contact"] else row["lead"]),
    Column("ID", lambda row: row["id"]),
    Column("Activity", lambda row: row["title"], wraps=True),
    Column("Due", lambda row: row["due"] or ""),
    Column("Reported by", lambda row: some_names(row["shared_with"])),
)


def report_rows(plan: Workplan, activities: Iterable[Activity]) -> list[Row]:
    """Return reports as plain data, with the activity's id, the objective, the plan and the position in the file."""
    ids = {activity.id for activity in activities}
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
        if activity.id in ids
        for report in activity.progress
    ]


def mentions(row: Row, text: str) -> bool:
    """Return whether a text is in the words of a report, regardless of case."""
    words = (row["summary"], row["needs"], row["next_steps"], *row["evidence"])
    return any(text.casefold() in word.casefold() for word in words)


def debt_rows(summary: Summary, leads: Collection[str] | None = None) -> list[Row]:
    """Return the reports that some leads owe, or all, as plain data, by lead in the order of the directory."""
    plan, period = summary.plan, summary.period
    return [
        {
            "lead": debt.lead,
            "contact": debt.contact,
            "id": debt.activity.id,
            "title": debt.activity.title,
            "period": period.id,
            "due": period.due.isoformat() if period.due else None,
            "shared_with": list(debt.shared_with),
            "objective": plan.objective_of[debt.activity.id],
            "plan": plan.workplan,
            "source": debt.activity.source,
        }
        for debt in summary.debts
        if leads is None or debt.lead in leads
    ]


def debts_text(summary: Summary, rows: list[Row]) -> str:
    """Return a sentence with the number of reports that are owed, and their due date."""
    owed = {row["id"] for row in rows if not row["shared_with"]}
    shared = len({row["id"] for row in rows} - owed)
    period = summary.period
    due = f", {'overdue since' if summary.reports_overdue else 'due'} {period.due}" if period.due else ""
    activities = [f"{counted(len(owed), 'activity')} without a report from any lead"] if owed else []
    activities += [f"{counted(shared, 'activity')} where another lead has reported"] if shared else []
    return f"{period.name}: {counted(len(rows), 'report')} owed{due}: {', '.join(activities)}."


def earlier_texts(earlier: Iterable[EarlierDebts], leads: Collection[str] | None = None) -> Iterator[str]:
    """Yield a sentence for each earlier period in which reports are owed, by some leads or by all."""
    for debts in earlier:
        owed = debts.owed if leads is None else {lead: debts.owed.get(lead, ()) for lead in leads}
        if number := sum(map(len, owed.values())):
            reports = counted(number, f"{shown(debts.period.name)} report")
            verb = "is" if number == 1 else "are"
            command = f"csg progress due --plan {debts.plan.workplan} --period {debts.period.id}"
            yield f"{reports} {verb} still owed in {shown(debts.plan.title)}: {command}"
