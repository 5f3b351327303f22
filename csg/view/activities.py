"""How activities are shown."""

from collections.abc import Iterable, Iterator

import typer

from csg.model.fields import FieldView, field_text, fields_of
from csg.model.names import STATUSES, UNREPORTED, status_meant
from csg.model.workplan import Activity, Progress, Workplan
from csg.problem import listed, nearest, visible
from csg.view.display import Column, Row, page
from csg.workspace import Workspace


def _status(row: Row) -> str:
    return str(row["progress"][-1]["status"]) if row["progress"] else UNREPORTED


_COMPUTED = (
    Column("Objective", lambda row: row["objective"], whole=True),
    Column("Last report", lambda row: row["progress"][-1]["summary"] if row["progress"] else "", whole=True),
    Column("Reported by", lambda row: row["progress"][-1]["by"] if row["progress"] else "", whole=True),
    Column("Reported on", lambda row: row["progress"][-1]["date"] if row["progress"] else "", whole=True),
    Column("Plan", lambda row: row["plan"], whole=True),
)


def activity_columns(workspace: Workspace) -> tuple[Column, ...]:
    """Return the columns of a table of activities: the model's fields, then what follows from them."""
    views = activity_fields(workspace)
    first = [field_column(view) for view in views if view.in_table]
    leads = 1 + max(index for index, view in enumerate(view for view in views if view.in_table) if view.kind == "names")
    rest = (field_column(view) for view in views if not view.in_table and view.kind != "records")
    return (*first[:leads], Column("Status", _status), *first[leads:], *rest, *_COMPUTED)


def activity_fields(workspace: Workspace) -> list[FieldView]:
    """Return the fields of the plan's activities; a group without a partner has no column for the partner's leads."""
    views = fields_of(workspace.plan.activity_model, workspace.group)
    return [view for view in views if view.key != "unodc_lead" or workspace.has_partner]


def field_column(view: FieldView) -> Column:
    """Return a field's column: names are joined, and text may wrap if it can be long."""
    nothing = "n/a" if view.key.endswith("_lead") else ""
    wraps = view.long or view.key == "title"
    return Column(view.label, lambda row: field_text(row[view.key], nothing), wraps=wraps, whole=not view.in_table)


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


def part_page(workspace: Workspace, name: str) -> str:
    """Return the page of an activity, or of an objective or a period of the plan."""
    plan = workspace.plan
    _, part = plan.part(name)
    if isinstance(part, Activity):
        return activity_page(workspace, part)
    told = ((key, str(text or "")) for key, text in part.plain().items() if key not in ("id", "activities"))
    return page(f"{plan.title}: {type(part).__name__.lower()} {part.id}", told)


def activity_page(workspace: Workspace, activity: Activity) -> str:
    """Return the page of an activity: each of its fields, and its reports."""
    plan = workspace.plan
    objective = next(each for each in plan.objectives if activity in each.activities)
    latest = activity.latest()
    row = activity.plain()
    columns = [field_column(view) for view in activity_fields(workspace) if view.key in row and view.kind != "records"]
    fields = (
        ("Plan", plan.title),
        ("Objective", f"{objective.id} {objective.title}"),
        *((column.head, column.text(row)) for column in columns[2:]),
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
    asked = tuple(status_meant(name.strip()) for each in given or () for name in each.split(","))
    for name in asked:
        if name not in (*STATUSES, UNREPORTED):
            hint = nearest(name, (*STATUSES, UNREPORTED), f"it is {listed((*STATUSES, UNREPORTED))}")
            raise typer.BadParameter(f"no status '{visible(name, '')}': {hint}")
    return asked
