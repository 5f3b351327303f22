"""``csg progress``: the reports on the activities."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from csg.cli.app import command, noun, workspace
from csg.cli.display import note, show
from csg.cli.options import (
    ActivityArgument,
    ByOption,
    DryRunOption,
    FormatOption,
    LeadOption,
    PeriodOption,
    StatusOption,
    YesOption,
    complete_activity,
    complete_status,
)
from csg.model.names import STATUSES

if TYPE_CHECKING:
    from csg.source.edit import Edit
    from csg.workspace import Workspace

app = noun("Progress reports on the activities.")

OneStatus = Annotated[
    str | None,
    typer.Option("--status", metavar="STATUS", autocompletion=complete_status, help=f"One of {', '.join(STATUSES)}."),
]
SummaryOption = Annotated[
    str | None, typer.Option("--summary", metavar="TEXT", help="What was done; - reads it from standard input.")
]
NextOption = Annotated[str | None, typer.Option("--next-steps", metavar="TEXT", help="What comes next.")]
EvidenceOption = Annotated[
    list[str] | None, typer.Option("--evidence", metavar="LINK", help="A web address that shows it; may be repeated.")
]
DateOption = Annotated[str | None, typer.Option("--date", metavar="DATE", help="The day of the report: 2021-12-10")]
NumberOption = Annotated[
    int | None,
    typer.Option("--number", metavar="N", help="Which, where the author has several in the period: 1 is the oldest."),
]


@command(app, "add")
def add_report(
    name: ActivityArgument,
    period: PeriodOption = None,
    by: ByOption = None,
    status: OneStatus = None,
    summary: SummaryOption = None,
    next_steps: NextOption = None,
    evidence: EvidenceOption = None,
    date: DateOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Add a progress report to an activity. What is not given is asked for; the date is today's."""
    from datetime import date as day

    from csg.cli.asking import ask
    from csg.cli.changing import finish, page_of
    from csg.model.reporting import current_period
    from csg.model.workplan import Progress
    from csg.workspace import edits
    from csg.workspace.schema import validated

    place = workspace()
    plan, directory = place.plan, place.directory
    activity, current = plan.find(name), current_period(plan, day.today())
    period = ask("period", period, choices=[each.id for each in plan.periods], default=current.id if current else None)
    report = validated(
        Progress,
        {
            "period": plan.period(period).id,
            "by": directory.resolve(ask("by", by, default=activity.leads[0] if len(activity.leads) == 1 else None)),
            "date": date or day.today(),
            "status": ask("status", status, choices=STATUSES),
            "summary": ask("summary", summary, long=True),
            "next_steps": ask("next-steps", next_steps or ""),
            "evidence": list(evidence or ()),
        },
    )
    finish(place, lambda fresh: edits.add_report(fresh.plan, name, report), page_of(name), dry_run=dry_run)


@command(app, "list")
def list_reports(
    name: Annotated[
        str | None, typer.Argument(metavar="[ID]", autocompletion=complete_activity, help="An activity's id")
    ] = None,
    period: PeriodOption = None,
    by: ByOption = None,
    status: StatusOption = None,
    format: FormatOption = "table",
) -> None:
    """List progress reports: of an activity or of all, in the plan's order and oldest first."""
    from csg.cli.activities import statuses
    from csg.cli.reports_made import REPORT_COLUMNS, report_rows

    place = workspace()
    plan, wanted = place.plan, statuses(status)
    author = by and place.directory.resolve(by)
    if period:
        plan.period(period)
    rows = [
        row
        for row in report_rows(plan, [plan.find(name)] if name else plan.activities())
        if period in (None, row["period"]) and author in (None, row["by"]) and (not wanted or row["status"] in wanted)
    ]
    show(rows, REPORT_COLUMNS, format, "no progress reported")


@command(app, "edit")
def edit_report(
    name: ActivityArgument,
    period: PeriodOption = None,
    by: ByOption = None,
    number: NumberOption = None,
    status: OneStatus = None,
    summary: SummaryOption = None,
    next_steps: NextOption = None,
    evidence: EvidenceOption = None,
    date: DateOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Change a progress report: the one by this author in this period. What is not given stays."""
    from csg.cli.asking import ask
    from csg.cli.changing import finish, page_of
    from csg.model.workplan import Progress
    from csg.workspace import edits
    from csg.workspace.schema import validated

    place = workspace()
    author = place.directory.resolve(ask("by", by))
    period = ask("period", period, choices=[each.id for each in place.plan.periods])
    given: dict[str, Any] = {
        "status": status,
        "summary": summary and ask("summary", summary),
        "next_steps": next_steps and ask("next-steps", next_steps),
        "evidence": None if evidence is None else [link for link in evidence if link],
        "date": date,
    }
    changed = {key: value for key, value in given.items() if value is not None}
    if not changed:
        raise typer.BadParameter("nothing to change: give --status, --summary, --next-steps, --evidence or --date")

    def change(fresh: "Workspace") -> "Iterable[Edit]":
        index = edits.pick_report(fresh.plan, name, period, author, number)
        old: Progress = fresh.plan.find(name).progress[index]
        return edits.edit_report(fresh.plan, name, index, validated(Progress, {**old.plain(), **changed}))

    finish(place, change, page_of(name), dry_run=dry_run)


@command(app, "remove")
def remove_report(
    name: ActivityArgument,
    period: PeriodOption = None,
    by: ByOption = None,
    number: NumberOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Remove a progress report: the one by this author in this period."""
    from csg.cli.asking import ask, confirm
    from csg.cli.changing import finish, page_of
    from csg.workspace import edits

    place = workspace()
    author = place.directory.resolve(ask("by", by))
    period = ask("period", period, choices=[each.id for each in place.plan.periods])
    index = edits.pick_report(place.plan, name, period, author, number)
    report = place.plan.find(name).progress[index]
    confirm(f"Remove the report of {report.date} by {author} on {name} ({report.status})?", yes or dry_run)

    def change(fresh: "Workspace") -> "Iterable[Edit]":
        index = edits.pick_report(fresh.plan, name, period, author, number)
        return edits.remove_report(fresh.plan, name, index)

    finish(place, change, page_of(name), dry_run=dry_run)


@command(app, "due")
def list_due(period: PeriodOption = None, lead: LeadOption = None, format: FormatOption = "table") -> None:
    """List who owes which report, by lead.

    One of several leads owes its own word on an activity until it has given it; the list says where another of them
    has reported meanwhile.
    """
    from datetime import date

    from csg.cli.reports_made import DEBT_COLUMNS, debt_rows
    from csg.model.reporting import current_period
    from csg.problem import Problem, Refused

    place = workspace()
    plan, directory = place.plan, place.directory
    chosen = plan.period(period) if period else current_period(plan, date.today())
    if chosen is None:
        raise Refused(Problem("CSG307", f"{plan.title} has no periods", hint="add them to the plan's file"))
    rows = debt_rows(plan, directory, chosen, lead and directory.resolve(lead))
    show(rows, DEBT_COLUMNS, format, f"no {chosen.name} report is owed")
    if rows and format == "table":
        owed = len({row["id"] for row in rows if not row["shared_with"]})
        note(f"{chosen.name}: {owed} activities without a report{f', due {chosen.due}' if chosen.due else ''}")
