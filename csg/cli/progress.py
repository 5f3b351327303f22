"""``csg progress``: the reports on the activities."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from csg.cli.app import chosen_workspace, command, noun
from csg.cli.completion import complete_activity, complete_status, complete_value
from csg.cli.options import (
    ActivityArgument,
    ByOption,
    DryRunOption,
    FormatOption,
    LeadOption,
    PeriodOption,
    StatusOption,
    YesOption,
)
from csg.model.names import STATUSES, status_meant
from csg.view.display import note, show

if TYPE_CHECKING:
    from csg.source.data_edits import Edit
    from csg.workspace import Workspace

app = noun("Progress reports on the activities.")

OneStatus = Annotated[
    str | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        parser=status_meant,
        autocompletion=complete_status,
        help=f"One of {', '.join(STATUSES)}.",
    ),
]
SummaryOption = Annotated[
    str | None, typer.Option("--summary", metavar="TEXT", help="The work that was done; - reads standard input.")
]
NeedsOption = Annotated[
    str | None,
    typer.Option("--needs", metavar="TEXT", help="The decision or help that is needed, and from whom."),
]
ValueOption = Annotated[
    list[str] | None,
    typer.Option(
        "--value",
        metavar="ID=N",
        autocompletion=complete_value,
        help="The total of an indicator since the plan began: locations=3. Can be repeated.",
    ),
]
NextOption = Annotated[str | None, typer.Option("--next-steps", metavar="TEXT", help="The next steps.")]
EvidenceOption = Annotated[
    list[str] | None,
    typer.Option("--evidence", metavar="LINK", help="A web address that shows the work. Can be repeated."),
]
DateOption = Annotated[str | None, typer.Option("--date", metavar="DATE", help="The day of the report: 2021-12-10")]
NumberOption = Annotated[
    int | None,
    typer.Option(
        "--number",
        metavar="N",
        help="The number of the report, if the author has several in the period. 1 is the oldest.",
    ),
]


@command(app, "add")
def add_report(
    name: Annotated[
        str | None, typer.Argument(metavar="ID", autocompletion=complete_activity, help="An activity's id: 2.4")
    ] = None,
    period: PeriodOption = None,
    by: ByOption = None,
    status: OneStatus = None,
    summary: SummaryOption = None,
    needs: NeedsOption = None,
    next_steps: NextOption = None,
    evidence: EvidenceOption = None,
    value: ValueOption = None,
    date: DateOption = None,
    another: Annotated[
        bool,
        typer.Option(
            "--another",
            help="Add a second report by the same author in the period. A later --date has the same effect.",
        ),
    ] = False,
    dry_run: DryRunOption = False,
) -> None:
    """Add a progress report to an activity. csg asks for missing values. The date is today's."""
    from csg.cli.progress_add import NewReport, run_add

    report = NewReport(period, by, status, summary, needs, next_steps, evidence, value, date)
    run_add(chosen_workspace(), name, report, another=another, dry_run=dry_run)


@command(app, "list")
def list_reports(
    name: Annotated[
        str | None, typer.Argument(metavar="[ID]", autocompletion=complete_activity, help="An activity's id")
    ] = None,
    period: PeriodOption = None,
    by: ByOption = None,
    status: StatusOption = None,
    search: Annotated[str | None, typer.Option("--search", metavar="TEXT", help="Text in the reports.")] = None,
    format: FormatOption = "table",
) -> None:
    """List the progress reports of an activity or of all activities, in the plan's order and oldest first."""
    from csg.view.activities import statuses
    from csg.view.reports_made import REPORT_COLUMNS, mentions, report_rows
    from csg.workspace.plans import find_activity, find_period

    workspace = chosen_workspace()
    plan, wanted = workspace.plan, statuses(status)
    author = None if by is None else workspace.directory.resolve(by)
    in_period = None if period is None else find_period(workspace, period).id
    activities = [find_activity(workspace, name)] if name else plan.activities()
    rows = [
        row
        for row in report_rows(plan, activities)
        if in_period in (None, row["period"])
        and author in (None, row["by"])
        and (not wanted or row["status"] in wanted)
        and (search is None or mentions(row, search))
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
    needs: NeedsOption = None,
    next_steps: NextOption = None,
    evidence: EvidenceOption = None,
    value: ValueOption = None,
    date: DateOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Change the progress report of an author in a period. Other fields stay as they are.

    --by and --period choose the report. To change its author or its period, remove the report and add it again.
    --value ID= removes the value of an indicator.

    If no change is given, csg asks for the status and the summary at a terminal.
    """
    from csg.cli.asking import Wrong, ask, interactive
    from csg.cli.changing import answer_checker, finish, page_of
    from csg.cli.report_choice import pick_report
    from csg.cli.second_report import warn_of_far_date
    from csg.cli.values import changed_values, parse_values
    from csg.editing import edits
    from csg.workspace.plans import find_activity
    from csg.workspace.schema import validated

    workspace = chosen_workspace()
    values = parse_values(value or (), find_activity(workspace, name))
    find = pick_report(workspace, name, period, by, number)
    given: dict[str, Any] = {
        "status": status,
        "summary": summary and ask("summary", summary),
        "needs": needs and ask("needs", needs),
        "next_steps": next_steps and ask("next steps", next_steps),
        "evidence": None if evidence is None else [link for link in evidence if link],
        "values": values or None,
        "date": date,
    }
    changed = {key: value for key, value in given.items() if value is not None}
    if not changed and not interactive():
        raise Wrong(
            "nothing to change. Give --status, --summary, --needs, --next-steps, --evidence, --value or --date."
        )

    def write(fresh: "Workspace", fields: dict[str, Any]) -> "Iterable[Edit]":
        index, old = find(fresh)
        new = {**old.plain(), **fields, "values": changed_values(old.values, fields.get("values", {}))}
        return edits.edit_report(fresh.plan, name, index, validated(type(old), new))

    if not changed:
        _, old = find(workspace)
        checked = answer_checker(workspace, write, {}, asking=True)
        changed["status"] = ask(
            "status",
            None,
            label="The status",
            kind="choice",
            choices=STATUSES,
            default=old.status,
            read=checked("status", status_meant),
        )
        changed["summary"] = ask(
            "summary",
            None,
            label="What was done (summary)",
            kind="text",
            default=old.summary,
            editor=True,
            read=checked("summary"),
        )
    finish(workspace, lambda fresh: write(fresh, changed), page_of(name), dry_run=dry_run)
    warn_of_far_date(workspace, date)


@command(app, "remove")
def remove_report(
    name: ActivityArgument,
    period: PeriodOption = None,
    by: ByOption = None,
    number: NumberOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Remove the progress report of an author in a period."""
    from csg.cli.asking import confirm
    from csg.cli.changing import finish, page_of
    from csg.cli.report_choice import pick_report
    from csg.editing import edits

    workspace = chosen_workspace()
    find = pick_report(workspace, name, period, by, number)
    _, report = find(workspace)
    confirm(f"Remove the report of {report.date} by {report.by} on {name} ({report.status})?", yes or dry_run)
    finish(
        workspace, lambda fresh: edits.remove_report(fresh.plan, name, find(fresh)[0]), page_of(name), dry_run=dry_run
    )


@command(app, "due")
def list_due(
    period: PeriodOption = None,
    lead: LeadOption = None,
    with_groups: Annotated[
        bool, typer.Option("--with-groups", help="With --lead, also list what the lead's groups owe.")
    ] = False,
    never: Annotated[
        bool, typer.Option("--never", help="Only leads that have never reported, on any activity of any plan.")
    ] = False,
    format: FormatOption = "table",
) -> None:
    """List the reports that are owed, by lead.

    If an activity has several leads, each lead must report. The list shows which other leads have reported.
    """
    from csg.model.members import without_contact
    from csg.model.reporting import leads_with_reports
    from csg.view.reports_made import DEBT_COLUMNS, debt_rows, debts_text, earlier_texts
    from csg.view.standing import owed_earlier, summary_today
    from csg.workspace.plans import readable_plans

    workspace = chosen_workspace()
    summary = summary_today(workspace, period)
    directory = workspace.directory
    only_lead = None if lead is None else without_contact(directory.resolve(lead))
    leads = None if only_lead is None else directory.with_groups(only_lead) if with_groups else {only_lead}
    rows = debt_rows(summary, leads)
    if never:
        reported = leads_with_reports(readable_plans(workspace).values(), directory, workspace.group.secretariat)
        rows = [row for row in rows if row["lead"] not in reported]
    show(rows, DEBT_COLUMNS, format, f"No {summary.period.name} report is owed.")
    if format == "table" and rows:
        note(debts_text(summary, rows))
    if format == "table":
        for text in earlier_texts(owed_earlier(workspace, summary.period), leads):
            note(text)


# The commands of the next modules belong to this noun.
from csg.cli import progress_collect, progress_issue_form, progress_request  # noqa: E402, F401
