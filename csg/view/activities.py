"""How activities are shown."""

from collections.abc import Iterable, Iterator

import typer

from csg.model.names import STATUSES, UNREPORTED
from csg.model.workplan import Activity, Progress, Workplan
from csg.problem import listed, nearest, visible
from csg.view.display import Column, Row, joined, page


def _status(row: Row) -> str:
    return str(row["progress"][-1]["status"]) if row["progress"] else UNREPORTED


ACTIVITY_COLUMNS = (
    Column("ID", lambda row: row["id"]),
    Column("Activity", lambda row: row["title"], wraps=True),
    Column("UNODC lead", lambda row: joined(row["unodc_lead"])),
    Column("CSO lead", lambda row: joined(row["cso_lead"])),
    Column("Status", _status),
    Column("Due", lambda row: row["due"] or ""),
    Column("Objective", lambda row: row["objective"], whole=True),
    Column("Comments", lambda row: row["comments"], whole=True),
    Column("Related", lambda row: joined(row["related"], ""), whole=True),
    Column("Last report", lambda row: row["progress"][-1]["summary"] if row["progress"] else "", whole=True),
    Column("Reported by", lambda row: row["progress"][-1]["by"] if row["progress"] else "", whole=True),
    Column("Reported on", lambda row: row["progress"][-1]["date"] if row["progress"] else "", whole=True),
    Column("Plan", lambda row: row["plan"], whole=True),
)


def activity_rows(plan: Workplan, activities: Iterable[Activity]) -> list[Row]:
    """Activities as plain data, with the objective, the plan and the place in the file."""
    return [
        {
            **activity.plain(),
            "objective": plan.objective_of[activity.id],
            "plan": plan.workplan,
            "source": activity.source,
        }
        for activity in activities
    ]


def part_page(plan: Workplan, name: str) -> str:
    """An activity, or an objective or a period of the plan, for people."""
    _, part = plan.part(name)
    if isinstance(part, Activity):
        return activity_page(plan, part)
    told = ((key, str(text or "")) for key, text in part.plain().items() if key not in ("id", "activities"))
    return page(f"{plan.title}: {type(part).__name__.lower()} {part.id}", told)


def activity_page(plan: Workplan, activity: Activity) -> str:
    """The whole of an activity, for people."""
    objective = next(each for each in plan.objectives if activity in each.activities)
    latest = activity.latest()
    fields = (
        ("Plan", plan.title),
        ("Objective", f"{objective.id} {objective.title}"),
        ("UNODC lead", joined(activity.unodc_lead)),
        ("CSO lead", joined(activity.cso_lead)),
        ("Comments", activity.comments),
        ("Due", str(activity.due or "")),
        ("Related", joined(activity.related, "")),
        ("Carried from", activity.carried_from or ""),
        ("Status", f"{latest.status}, reported by {latest.by} on {latest.date}" if latest else "no progress reported"),
    )
    body = (line for report in activity.progress for line in _report_lines(plan, report))
    return page(f"{activity.id}  {activity.title}", fields, body)


def _report_lines(plan: Workplan, report: Progress) -> Iterator[str]:
    period = next((period.name for period in plan.periods if period.id == report.period), report.period)
    yield f"\n{period} report by {report.by}, {report.date}: {report.status}"
    yield "\n".join(f"  {line}" for line in report.summary.split("\n"))
    if report.next_steps:
        yield "\n".join(f"  {line}" for line in f"Next: {report.next_steps}".split("\n"))
    yield from (f"  {link}" for link in report.evidence)


def statuses(given: list[str] | None) -> tuple[str, ...]:
    """The statuses that were asked for, one an option or several with commas."""
    asked = tuple(name.strip() for each in given or () for name in each.split(","))
    for name in asked:
        if name not in (*STATUSES, UNREPORTED):
            hint = nearest(name, (*STATUSES, UNREPORTED), f"it is {listed((*STATUSES, UNREPORTED))}")
            raise typer.BadParameter(f"no status '{visible(name, '')}': {hint}")
    return asked
