"""Tables and pages of activities."""

from collections.abc import Iterable, Iterator, Mapping

import typer

from csg.model.fields import FieldView, field_text, fields_of
from csg.model.names import NO_REPORT, STATUSES, UNREPORTED, status_meant, status_text
from csg.model.reporting import authors_of
from csg.model.summary import Standing
from csg.model.words import differing_text, last_known_text, standing_text
from csg.model.workplan import Activity, Progress, Workplan
from csg.problem import listed, nearest, visible
from csg.view.display import Column, Row, joined, page
from csg.view.indicators import indicator_lines
from csg.view.standing import standings_from_today
from csg.workspace import Workspace


def _indicator_cell(indicator: Row) -> str:
    target = f", target {indicator['target']}" if indicator["target"] is not None else ""
    return f"{indicator['id']}: {indicator['name']}{target}"


_COMPUTED = (
    Column("Indicators", lambda row: "; ".join(map(_indicator_cell, row["indicators"])), whole=True),
    Column("Objective", lambda row: row["objective"], whole=True),
    Column("Last report", lambda row: row["progress"][-1]["summary"] if row["progress"] else "", whole=True),
    Column("Reported by", lambda row: row["progress"][-1]["by"] if row["progress"] else "", whole=True),
    Column("Reported on", lambda row: row["progress"][-1]["date"] if row["progress"] else "", whole=True),
    Column("Plan", lambda row: row["plan"], whole=True),
)


def activity_columns(workspace: Workspace, standings: Mapping[str, Standing]) -> tuple[Column, ...]:
    """Return the columns of a table of activities: the fields of the model, then computed columns.

    ``standings`` has the activities, by id, in the period whose statuses are shown.
    """
    views = activity_fields(workspace)
    first = [field_column(view) for view in views if view.in_table]
    leads = 1 + max(index for index, view in enumerate(view for view in views if view.in_table) if view.kind == "names")
    other_fields = (field_column(view) for view in views if not view.in_table and view.kind != "records")
    return (*first[:leads], *_status_columns(standings), *first[leads:], *other_fields, *_COMPUTED)


def _status_columns(standings: Mapping[str, Standing]) -> tuple[Column, Column]:
    """Return the columns of the status in a period and, if it has no report, of the last known status."""

    def status(row: Row) -> str:
        return status_text(standings[row["id"]].status if row["id"] in standings else UNREPORTED)

    def last_known(row: Row) -> str:
        standing = standings.get(row["id"])
        return last_known_text(standing.last) if standing and not standing.reports else ""

    return Column("Status", status), Column("Last known", last_known)


def activity_fields(workspace: Workspace) -> list[FieldView]:
    """Return the fields of the plan's activities; a group without a partner has no column for the partner's leads."""
    views = fields_of(workspace.plan.activity_model, workspace.group)
    return [view for view in views if view.key != "unodc_lead" or workspace.has_partner]


def field_column(view: FieldView) -> Column:
    """Return the column of a field. Names are joined, and long text can wrap."""
    nothing = "n/a" if view.key.endswith("_lead") else ""
    wraps = view.long or view.key == "title"
    return Column(view.label, lambda row: field_text(row[view.key], nothing), wraps=wraps, whole=not view.in_table)


def activity_rows(plan: Workplan, activities: Iterable[Activity]) -> list[Row]:
    """Return activities as plain data, with the objective, the plan and the position in the file."""
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
    plain = part.plain()
    views = (view for view in fields_of(type(part)) if view.key != "id" and view.kind != "records")
    fields = ((view.label, _field_lines(plain[view.key])) for view in views)
    return page(f"{plan.title}: {type(part).__name__.lower()} {part.id}", fields)


def _field_lines(value: object) -> str:
    """Return a field of a page as text, with each element of a list of sentences on a line."""
    return "\n".join(map(str, value)) if isinstance(value, list) else field_text(value)


def activity_page(workspace: Workspace, activity: Activity) -> str:
    """Return the page of an activity: each of its fields, and its reports."""
    plan = workspace.plan
    objective = next(objective for objective in plan.objectives if activity in objective.activities)
    row = activity.plain()
    columns = [field_column(view) for view in activity_fields(workspace) if view.key in row and view.kind != "records"]
    fields = (
        ("Plan", plan.title),
        ("Objective", f"{objective.id} {objective.title}"),
        *((column.heading, column.text(row)) for column in columns[2:]),
        ("Status", _status_text(workspace, activity)),
        ("Authors differ", _differing_text(plan, activity)),
        ("Indicators", indicator_lines(plan, activity)),
    )
    body = (line for report in activity.progress for line in _report_lines(plan, report))
    return page(f"{activity.id}  {activity.title}", fields, body)


def _status_text(workspace: Workspace, activity: Activity) -> str:
    """Return the status today, and in each later period with a report, on a line for each period."""
    periods = standings_from_today(workspace, activity)
    if len(periods) == 1 and periods[0][1].authors:
        return _period_text(periods[0][1])
    return "\n".join(f"{period.name}: {_period_text(standing)}" for period, standing in periods) or NO_REPORT


def _period_text(standing: Standing) -> str:
    """Return the status in a period, with its authors, or with the last known status if there is no report."""
    if standing.authors:
        return f"{standing.status}, reported by {_authors_text(standing)}"
    return f"{standing_text(standing)}{'' if standing.asked else '; no report is asked for'}"


def _authors_text(standing: Standing) -> str:
    """Return the authors of the latest reports and their dates, with the status of each author if they differ."""
    days = {report.date for report in standing.authors}
    if len(days) == 1 and not standing.differing:
        return f"{joined(report.by for report in standing.authors)} on {days.pop()}"
    return joined(
        f"{report.by} on {report.date}{f' ({report.status})' if standing.differing else ''}"
        for report in standing.authors
    )


def _differing_text(plan: Workplan, activity: Activity) -> str:
    """Return the periods in which the authors differ, with their statuses, on a line for each period."""
    by_period = ((period.name, tuple(authors_of(activity, period.id))) for period in plan.periods)
    return "\n".join(
        f"{name}: {differing_text(authors)}"
        for name, authors in by_period
        if len({report.status for report in authors}) > 1
    )


def _report_lines(plan: Workplan, report: Progress) -> Iterator[str]:
    period = next((period.name for period in plan.periods if period.id == report.period), report.period)
    yield f"\n{period} report by {report.by}, {report.date}: {report.status}"
    yield "\n".join(f"  {line}" for line in report.summary.split("\n"))
    if report.needs:
        yield "\n".join(f"  {line}" for line in f"Needs: {report.needs}".split("\n"))
    if report.next_steps:
        yield "\n".join(f"  {line}" for line in f"Next: {report.next_steps}".split("\n"))
    yield from (f"  {link}" for link in report.evidence)
    if report.values:
        yield f"  Values: {field_text(report.values)}"


def statuses(given: list[str] | None) -> tuple[str, ...]:
    """Return the statuses of an option that can be repeated or have commas."""
    asked = tuple(status_meant(name.strip()) for text in given or () for name in text.split(","))
    for name in asked:
        if name not in (*STATUSES, UNREPORTED):
            hint = nearest(name, (*STATUSES, UNREPORTED), f"Choose from {listed((*STATUSES, UNREPORTED))}.")
            raise typer.BadParameter(f"unknown status '{visible(name, '')}'. {hint}")
    return asked
