"""``csg progress``: the reports on the activities."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from csg.cli.app import command, noun, workspace
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
from csg.model.names import STATUSES, TROUBLED, status_meant
from csg.view.display import note, show

if TYPE_CHECKING:
    from csg.model.workplan import Progress
    from csg.source.edit import Edit
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
    str | None, typer.Option("--summary", metavar="TEXT", help="What was done; - reads it from standard input.")
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
        help="The total of an indicator since the plan began: locations=3; may be repeated.",
    ),
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
            "--another", help="Add a second report by the same author in the period. A later --date does so too."
        ),
    ] = False,
    dry_run: DryRunOption = False,
) -> None:
    """Add a progress report to an activity. What is not given is asked for; the date is today's."""
    from datetime import date as day

    from csg.cli.asking import ask, interactive, need
    from csg.cli.changing import finish, page_of, tried
    from csg.cli.report_author import ask_activity, confirm_author
    from csg.cli.report_target import target_of
    from csg.cli.second_report import agrees_to_another, is_follow_up, require_first_report, warn_of_far_date
    from csg.cli.values import answered_values, new_values
    from csg.editing import edits
    from csg.model.reporting import current_period
    from csg.model.workplan import Progress
    from csg.view.display import joined
    from csg.workspace.plans import find_activity, find_period
    from csg.workspace.schema import validated

    place = workspace()
    plan, directory = place.plan, place.directory
    activity = find_activity(place, name) if name else ask_activity(place)
    current = current_period(plan, directory, day.today(), place.group.secretariat)
    periods = [each.id for each in plan.periods]
    required = {"period": period, "by": by, "status": status, "summary": summary}
    need(required, period=", ".join(periods), by=", ".join(activity.leads), status=", ".join(STATUSES))
    # What is given is looked at before anything is asked for: nobody types an answer in vain.
    leads = activity.leads
    sample: dict[str, Any] = {
        "period": periods[0] if periods else "-",
        "by": leads[0] if leads else next(iter(directory), "-"),
        "date": day.today(),
        "status": STATUSES[0],
        "summary": "-",
    }
    given = {"status": status, "date": date, "evidence": evidence, "values": new_values(value or (), activity)}
    validated(Progress, {**sample, **{key: value for key, value in given.items() if value}})

    def period_of(text: str) -> str:
        return find_period(place, text).id

    for text, read in ((period, period_of), (by, directory.resolve)):
        if text is not None:
            read(text)
    asking = interactive() and None in required.values()
    if asking:
        note(f"{activity.id}  {activity.title} ({joined(leads)})")
        given |= {"summary": summary, "needs": needs, "next_steps": next_steps}
        sample |= {key: value for key, value in given.items() if value}

    def write(fresh: "Workspace", fields: dict[str, Any]) -> "Iterable[Edit]":
        return edits.add_report(fresh.plan, activity.id, validated(Progress, fields))

    checked = tried(place, write, sample, asking=asking)
    now, nothing = current.id if current else None, None if asking else ""
    in_period = ask(
        "period",
        period,
        label="Reporting period",
        kind="choice",
        choices=periods,
        default=now,
        read=checked("period", period_of),
    )
    target, activity = target_of(place, activity, plan.period(in_period))
    if target is not place:
        place, leads = target, activity.leads
        checked = tried(place, write, {**sample, "period": in_period}, asking=asking)
    only = leads[0] if len(leads) == 1 else None
    author = ask(
        "by",
        by,
        label="Reported by",
        kind="choice",
        choices=leads,
        words=tuple(directory),
        default=only,
        read=checked("by", directory.resolve),
    )
    confirm_author(place, activity, author)
    another = (
        another
        or agrees_to_another(place, activity.id, in_period, author)
        or is_follow_up(place, activity.id, in_period, author, date)
    )
    how = ask(
        "status", status, label="The status", kind="choice", choices=STATUSES, read=checked("status", status_meant)
    )
    indicators = [f"{indicator.id}=" for indicator in activity.indicators]
    report = {
        "period": in_period,
        "by": author,
        "date": date or day.today(),
        "status": how,
        "summary": ask(
            "summary", summary, label="What was done (summary)", kind="text", editor=True, read=checked("summary")
        ),
        "needs": ask(
            "needs",
            needs if needs is not None or (asking and how in TROUBLED) else "",
            label="The decision or help that is needed, and from whom (Enter for nothing)",
            kind="text",
            optional=True,
            read=checked("needs"),
        ),
        "next_steps": ask(
            "next steps",
            nothing if next_steps is None else next_steps,
            label="What comes next (Enter for nothing)",
            kind="text",
            optional=True,
            read=checked("next_steps"),
        ),
        "evidence": evidence
        or ask(
            "evidence",
            nothing,
            label="Web links that show it, with a space between them (Enter for none)",
            kind="short",
            optional=True,
            split=str.split,
            read=checked("evidence", str.split),
        ),
        "values": new_values(value or (), activity)
        or ask(
            "value",
            nothing if indicators else "",
            label=f"Totals since the plan began: {'N '.join(indicators)}N (Enter for none)",
            kind="short",
            words=indicators,
            optional=True,
            split=str.split,
            read=checked("values", lambda text: answered_values(text, activity)),
        ),
    }

    def write_first(fresh: "Workspace") -> "Iterable[Edit]":
        if not another:
            require_first_report(fresh, activity.id, report)
        return write(fresh, report)

    finish(place, write_first, page_of(activity.id), dry_run=dry_run)
    warn_of_far_date(place, date)


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
    from csg.view.activities import statuses
    from csg.view.reports_made import REPORT_COLUMNS, report_rows
    from csg.workspace.plans import find_activity, find_period

    place = workspace()
    plan, wanted = place.plan, statuses(status)
    author = None if by is None else place.directory.resolve(by)
    in_period = None if period is None else find_period(place, period).id
    activities = [find_activity(place, name)] if name else plan.activities()
    rows = [
        row
        for row in report_rows(plan, activities)
        if in_period in (None, row["period"])
        and author in (None, row["by"])
        and (not wanted or row["status"] in wanted)
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
    """Change a progress report: the one by this author in this period. What is not given stays.

    --by and --period choose the report. To change its author or its period, remove the report and add it again.
    --value ID= removes the value of an indicator.

    At a terminal, with nothing to change given, status and summary are asked for.
    """
    from csg.cli.asking import Wrong, ask, interactive
    from csg.cli.changing import finish, page_of, tried
    from csg.cli.second_report import warn_of_far_date
    from csg.cli.values import changed_values, parse_values
    from csg.editing import edits
    from csg.workspace.plans import find_activity
    from csg.workspace.schema import validated

    place = workspace()
    values = parse_values(value or (), find_activity(place, name))
    which = _which(place, name, period, by, number)
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
        raise Wrong("nothing to change: give --status, --summary, --needs, --next-steps, --evidence, --value or --date")

    def write(fresh: "Workspace", fields: dict[str, Any]) -> "Iterable[Edit]":
        index, old = which(fresh)
        new = {**old.plain(), **fields, "values": changed_values(old.values, fields.get("values", {}))}
        return edits.edit_report(fresh.plan, name, index, validated(type(old), new))

    if not changed:
        _, old = which(place)
        checked = tried(place, write, {}, asking=True)
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
    finish(place, lambda fresh: write(fresh, changed), page_of(name), dry_run=dry_run)
    warn_of_far_date(place, date)


def _which(
    place: "Workspace", name: str, period: str | None, by: str | None, number: int | None
) -> "Callable[[Workspace], tuple[int, Progress]]":
    """Which report is meant, in a workspace as it then is: its index and the report. What is not given is asked for."""
    from csg.cli.asking import ask, interactive, need
    from csg.cli.report_target import no_report
    from csg.editing import edits
    from csg.problem import Problem, Refused
    from csg.workspace.plans import find_activity, find_period

    directory, activity = place.directory, find_activity(place, name)
    reports = activity.progress
    if not reports and interactive():
        missing = Problem(
            "CSG305", f"no report on {activity.id}", hint=f"Run `csg progress add {activity.id}` to add one."
        )
        raise no_report(place, activity, Refused(missing))
    periods = list(dict.fromkeys(report.period for report in reports))
    authors = list(dict.fromkeys(report.by for report in reports))
    need({"period": period, "by": by}, period=", ".join(periods), by=", ".join(authors))
    only_period, only_author = (each[0] if len(each) == 1 else None for each in (periods, authors))
    in_period = ask(
        "period",
        period,
        label="Reporting period",
        kind="choice",
        choices=periods,
        default=only_period,
        read=lambda text: find_period(place, text).id,
    )
    author = ask(
        "by",
        by,
        label="Reported by",
        kind="choice",
        choices=authors,
        default=only_author,
        read=directory.resolve,
    )

    def find(fresh: "Workspace") -> "tuple[int, Progress]":
        try:
            index = edits.pick_report(fresh.plan, name, in_period, author, number)
        except Refused as refused:
            raise no_report(fresh, activity, refused, in_period, author) from None
        return index, fresh.plan.find(name).progress[index]

    return find


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
    from csg.cli.asking import confirm
    from csg.cli.changing import finish, page_of
    from csg.editing import edits

    place = workspace()
    which = _which(place, name, period, by, number)
    _, report = which(place)
    confirm(f"Remove the report of {report.date} by {report.by} on {name} ({report.status})?", yes or dry_run)
    finish(place, lambda fresh: edits.remove_report(fresh.plan, name, which(fresh)[0]), page_of(name), dry_run=dry_run)


@command(app, "due")
def list_due(period: PeriodOption = None, lead: LeadOption = None, format: FormatOption = "table") -> None:
    """List who owes which report, by lead.

    If an activity has several leads, each lead must report. The list says where another lead has reported.
    """
    from csg.view.reports_made import DEBT_COLUMNS, debt_rows, debts_text, earlier_texts
    from csg.view.standing import owed_earlier, summary_today

    place = workspace()
    summary = summary_today(place, period)
    only_lead = None if lead is None else place.directory.resolve(lead)
    rows = debt_rows(summary, only_lead)
    show(rows, DEBT_COLUMNS, format, f"No {summary.period.name} report is owed.")
    if format == "table" and rows:
        note(debts_text(summary, rows))
    if format == "table":
        for text in earlier_texts(owed_earlier(place), only_lead):
            note(text)


# The commands of the next modules belong to this noun.
from csg.cli import progress_collect, progress_request  # noqa: E402, F401
