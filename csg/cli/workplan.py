"""``csg workplan``: the activities of the plan."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from csg.cli.app import chosen_workspace, command, noun
from csg.cli.completion import complete_activity, complete_field, complete_objective
from csg.cli.options import (
    ActivityArgument,
    DryRunOption,
    FormatOption,
    LeadOption,
    PeriodOption,
    StatusOption,
    YesOption,
)
from csg.view.display import note, show, show_one

if TYPE_CHECKING:
    from csg.source.data_edits import Edit
    from csg.workspace import Workspace

app = noun("The activities of the workplan.")

ObjectiveOption = Annotated[
    str | None,
    typer.Option("--objective", metavar="ID", autocompletion=complete_objective, help="An objective's id: 2"),
]
Sort = Literal["plan", "id", "title", "lead", "status", "due", "reported"]


@command(app, "list")
def list_activities(
    lead: LeadOption = None,
    with_groups: Annotated[
        bool, typer.Option("--with-groups", help="Also list the activities that the lead shares in through a group.")
    ] = False,
    unodc_lead: Annotated[
        str | None, typer.Option("--unodc-lead", metavar="NAME", help="A section of the partner.")
    ] = None,
    objective: ObjectiveOption = None,
    status: StatusOption = None,
    period: PeriodOption = None,
    search: Annotated[
        str | None, typer.Option("--search", metavar="TEXT", help="Text in title, comments or reports.")
    ] = None,
    trouble: Annotated[
        bool,
        typer.Option("--trouble", help="Only what is at risk or off track, or was so when somebody last reported."),
    ] = False,
    sort: Annotated[Sort, typer.Option("--sort", help="The order of the activities.")] = "plan",
    format: FormatOption = "table",
) -> None:
    """List the activities of the workplan.

    The statuses are those of the current period, as in csg status, or of --period. --period without --status lists the
    activities that have a report in the period. --status unreported lists the activities without a report.
    """
    from csg.model.selection import Wanted, select, shared_through_groups, with_earlier_status
    from csg.problem import counted
    from csg.view.activities import activity_columns, activity_rows, statuses
    from csg.view.standing import standings_today
    from csg.workspace.plans import find_objective, find_period

    workspace = chosen_workspace()
    plan, directory = workspace.plan, workspace.directory
    wanted = Wanted(
        lead=None if lead is None else directory.resolve(lead),
        with_groups=with_groups,
        unodc_lead=None if unodc_lead is None else directory.section(unodc_lead).id,
        objective=None if objective is None else find_objective(workspace, objective).id,
        status=statuses(status),
        period=None if period is None else find_period(workspace, period).id,
        search=search,
        trouble=trouble,
        sort=sort,
    )
    standings = standings_today(workspace, wanted.period)
    activities = select(plan, directory, wanted, standings)
    show(activity_rows(plan, activities), activity_columns(workspace, standings), format, "no activity matches")
    if format == "table" and (earlier := with_earlier_status(plan, directory, wanted, standings)):
        note(f"{counted(len(earlier), 'activity')} had this status in the last report: {', '.join(earlier)}")
    if wanted.lead and not with_groups and format == "table":
        for group, count in shared_through_groups(plan, directory, wanted.lead).items():
            note(f"{group}, which {wanted.lead} is part of, leads {count} more. Add --with-groups to list them.")


@command(app, "show")
def show_activity(name: ActivityArgument, format: FormatOption = "table") -> None:
    """Show an activity with its progress reports."""
    from csg.view.activities import activity_columns, activity_page, activity_rows
    from csg.view.standing import standings_from_today
    from csg.workspace.plans import find_activity

    workspace = chosen_workspace()
    activity = find_activity(workspace, name)
    row = activity_rows(workspace.plan, [activity])[0]
    standings = {standing.activity.id: standing for _, standing in standings_from_today(workspace, activity)[:1]}
    show_one(row, activity_columns(workspace, standings), format, lambda: activity_page(workspace, activity))


@command(app, "add")
def add_activity(
    objective: ObjectiveOption = None,
    objective_title: Annotated[
        str | None, typer.Option("--objective-title", metavar="TEXT", help="The title of a new objective.")
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="The work to do; - reads it from standard input.")
    ] = None,
    unodc_lead: Annotated[
        list[str] | None,
        typer.Option("--unodc-lead", metavar="NAME", help="A section. Repeat it, or separate names with commas."),
    ] = None,
    cso_lead: Annotated[
        list[str] | None,
        typer.Option("--cso-lead", metavar="NAME", help="A lead. Repeat it, or separate names with commas."),
    ] = None,
    comments: Annotated[
        str | None, typer.Option("--comments", metavar="TEXT", help="Comments, as agreed; - reads standard input.")
    ] = None,
    due: Annotated[str | None, typer.Option("--due", metavar="DATE", help="The day it is due: 2022-03-14")] = None,
    related: Annotated[
        list[str] | None, typer.Option("--related", metavar="ID", help="An id. Repeat it, or separate ids with commas.")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="The activity's id [default: the next id of the objective]")
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FIELD=VALUE]…", autocompletion=complete_field, help="Other fields, for example budget=1200."
        ),
    ] = None,
    dry_run: DryRunOption = False,
) -> None:
    """Add an activity at the end of an objective, or of a new objective that --objective-title names.

    csg asks for the title and the leads if they are not given.
    """
    from csg.cli.workplan_add import NewActivity, run_add

    activity = NewActivity(
        objective, objective_title, title, unodc_lead, cso_lead, comments, due, related, name, settings or ()
    )
    run_add(chosen_workspace(), activity, dry_run=dry_run)


@command(app, "set")
def set_part(
    name: Annotated[
        str,
        typer.Argument(metavar="ID", autocompletion=complete_activity, help="An activity, an objective or a period."),
    ],
    settings: Annotated[
        list[str],
        typer.Argument(
            metavar="FIELD=VALUE…",
            autocompletion=complete_field,
            help="cso_lead=INPUD,HRI sets; cso_lead+=HRI adds; cso_lead-=HRI removes; due= empties.",
        ),
    ],
    dry_run: DryRunOption = False,
) -> None:
    """Set fields of an activity, an objective (2 title=…) or a period (mid due=2021-12-15).

    If the id of an activity or a period changes, the references to it change too.
    An activity has id, title, unodc_lead, cso_lead, comments, due, related, carried_from and recurring. Write lists
    with commas.
    """
    from csg.cli.asking import parse_settings
    from csg.cli.changing import finish_files, page_of
    from csg.cli.partner import require_partner
    from csg.editing import edits
    from csg.editing.renumber import renumber
    from csg.workspace.plans import in_plan

    workspace, given = chosen_workspace(), parse_settings(settings)
    require_partner(workspace, given)
    in_plan(workspace, lambda plan: plan.part(name))
    new_name = given.get("id", ("=", name))[1]

    def change(fresh: "Workspace") -> "dict[str, Iterable[Edit]]":
        own = tuple(edits.set_part(fresh.plan, name, given, fresh.directory))
        _, part = fresh.plan.part(name)
        references = renumber(fresh, part, new_name) if "id" in given and new_name != part.id else {}
        return {fresh.plan_file: [*own, *references.pop(fresh.plan_file, ())], **references}

    finish_files(workspace, change, page_of(new_name), dry_run=dry_run)


@command(app, "remove")
def remove_activity(name: ActivityArgument, yes: YesOption = False, dry_run: DryRunOption = False) -> None:
    """Remove an activity, with its progress reports."""
    from csg.cli.asking import confirm
    from csg.cli.changing import finish
    from csg.editing import edits
    from csg.problem import counted
    from csg.workspace.plans import find_activity

    workspace = chosen_workspace()
    activity = find_activity(workspace, name)
    reports = f" and its {counted(len(activity.progress), 'report')}" if activity.progress else ""
    confirm(f"Remove {name} ({activity.title}){reports}?", yes or dry_run)
    finish(
        workspace, lambda fresh: edits.remove_activity(fresh.plan, name), lambda _: f"removed {name}", dry_run=dry_run
    )


@command(app, "new")
def new_plan(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The new plan: 2022-23")],
    source: Annotated[
        str | None, typer.Option("--from", metavar="PLAN", help="The plan to carry over [default: the last plan]")
    ] = None,
    periods: Annotated[
        str | None,
        typer.Option(
            "--periods", metavar="ID,ID", help="The periods of the first plan of a workspace [default: mid,end]"
        ),
    ] = None,
    dry_run: DryRunOption = False,
) -> None:
    """Start the next year: a new plan with the open and the recurring activities of an earlier plan.

    Other completed and cancelled activities are not carried over. Neither are progress reports and due dates. Each
    activity keeps its id, and carried_from names its earlier plan. A workspace without a plan gets its first plan.
    """
    from csg.cli.app import choose
    from csg.cli.asking import Wrong
    from csg.editing.change import create
    from csg.editing.new_workspace import first_plan, period_ids, plan_name
    from csg.editing.next_year import next_plan, plan_data, plan_text
    from csg.problem import counted, visible
    from csg.view.new_plan import new_plan_texts

    plan_name(name)
    choose(None, source)
    workspace = chosen_workspace()
    if not workspace.plan_files and source is None:
        wanted = period_ids("mid,end" if periods is None else periods)
        new = first_plan(name, wanted, (), workspace.group.language)
        news = f"the first plan, with {counted(len(new.periods), 'period')} and no activities"
    elif periods is not None:
        raise Wrong(
            "--periods is for the first plan of a workspace. A later plan has the periods of the plan before it."
        )
    else:
        new, ended = next_plan(workspace.plan, name)
        carried = counted(sum(1 for _ in new.activities()), "activity")
        news = f"{carried} carried over from {workspace.plan.workplan}; not carried over: {', '.join(ended) or 'none'}"
    plan_change = create(workspace, f"data/workplan-{name}.yaml", plan_text(new), plan_data(new), dry_run=dry_run)
    if dry_run:
        print(visible(plan_change.diff()), end="")
    note(f"{plan_change.file}: {news}")
    for text in new_plan_texts(workspace, name):
        note(text)


@command(app, "import")
def import_plan(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A DOCX, PPTX, XLSX, CSV or Markdown file.")],
    name: Annotated[str, typer.Option("--as", metavar="NAME", help="The new plan: 2022-23")],
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="PERIOD", help="Make reports in this period of the progress column's text."),
    ] = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Make a new plan from a workplan table: number, activity, leads, comments and progress, with objective rows.

    csg lists the text that it cannot place, with its position. At a terminal it asks about a lead that is nearly a
    known name, and for the status of each report. Without a terminal it refuses such a file. An existing plan is never
    overwritten.
    """
    from csg.cli.workplan_import import Request, run_import

    run_import(chosen_workspace(), Request(file, name, period), yes=yes, dry_run=dry_run)
