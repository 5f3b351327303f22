"""``csg workplan``: the activities of the plan."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from csg.cli.app import command, noun, workspace
from csg.cli.display import note, show, show_one
from csg.cli.options import (
    ActivityArgument,
    DryRunOption,
    FormatOption,
    LeadOption,
    PeriodOption,
    StatusOption,
    YesOption,
    complete_objective,
)

if TYPE_CHECKING:
    from csg.source.edit import Edit
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
        bool, typer.Option("--with-groups", help="Also what the lead shares in through a group.")
    ] = False,
    unodc_lead: Annotated[str | None, typer.Option("--unodc-lead", metavar="NAME", help="A UNODC section: HAS")] = None,
    objective: ObjectiveOption = None,
    status: StatusOption = None,
    period: PeriodOption = None,
    search: Annotated[
        str | None, typer.Option("--search", metavar="TEXT", help="Text in title, comments or reports.")
    ] = None,
    sort: Annotated[Sort, typer.Option("--sort", help="What to sort by.")] = "plan",
    format: FormatOption = "table",
) -> None:
    """List the activities of the workplan.

    --period alone lists the activities that have a report in it; with --status, those whose last report in it has that
    status. --status unreported lists those without a report.
    """
    from csg.cli.activities import ACTIVITY_COLUMNS, activity_rows, statuses
    from csg.model.selection import Wanted, select, shared_through_groups

    place = workspace()
    plan, directory = place.plan, place.directory
    wanted = Wanted(
        lead=lead and directory.resolve(lead),
        with_groups=with_groups,
        unodc_lead=unodc_lead and directory.resolve(unodc_lead),
        objective=objective and plan.objective(objective).id,
        status=statuses(status),
        period=period and plan.period(period).id,
        search=search,
        sort=sort,
    )
    show(activity_rows(plan, select(plan, directory, wanted)), ACTIVITY_COLUMNS, format, "no activity is like that")
    if wanted.lead and not with_groups and format == "table":
        for group, count in shared_through_groups(plan, directory, wanted.lead).items():
            note(f"{count} more led by {group}, which {wanted.lead} is part of: --with-groups lists them too")


@command(app, "show")
def show_activity(name: ActivityArgument, format: FormatOption = "table") -> None:
    """Show the whole of an activity, with its progress reports."""
    from csg.cli.activities import ACTIVITY_COLUMNS, activity_page, activity_rows

    plan = workspace().plan
    activity = plan.find(name)
    show_one(activity_rows(plan, [activity])[0], ACTIVITY_COLUMNS, format, lambda: activity_page(plan, activity))


@command(app, "add")
def add_activity(
    objective: ObjectiveOption = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="What is to be done; - reads it from standard input.")
    ] = None,
    unodc_lead: Annotated[
        list[str] | None, typer.Option("--unodc-lead", metavar="NAME", help="May be repeated; none: n/a.")
    ] = None,
    cso_lead: Annotated[
        list[str] | None, typer.Option("--cso-lead", metavar="NAME", help="May be repeated; none: n/a.")
    ] = None,
    comments: Annotated[str, typer.Option("--comments", metavar="TEXT", help="Comments, as agreed.")] = "",
    due: Annotated[str | None, typer.Option("--due", metavar="DATE", help="The day it is due: 2022-03-14")] = None,
    related: Annotated[list[str] | None, typer.Option("--related", metavar="ID", help="May be repeated.")] = None,
    name: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Its id [default: the objective's next]")
    ] = None,
    dry_run: DryRunOption = False,
) -> None:
    """Add an activity at the end of an objective."""
    from csg.cli.asking import ask
    from csg.cli.changing import finish, page_of
    from csg.model.workplan import Activity
    from csg.workspace import edits
    from csg.workspace.schema import validated

    place = workspace()
    plan, directory = place.plan, place.directory
    objective = ask("objective", objective, choices=[each.id for each in plan.objectives])
    fields = {
        "id": name or edits.next_id(plan, objective),
        "title": ask("title", title, long=True),
        "unodc_lead": [directory.resolve(lead) for lead in unodc_lead or ()],
        "cso_lead": [directory.resolve(lead) for lead in cso_lead or ()],
        "comments": ask("comments", comments),
        "due": due,
        "related": list(related or ()),
    }
    activity = validated(Activity, fields)
    finish(
        place, lambda fresh: edits.add_activity(fresh.plan, objective, activity), page_of(activity.id), dry_run=dry_run
    )


@command(app, "set")
def set_activity(
    name: ActivityArgument,
    settings: Annotated[
        list[str], typer.Argument(metavar="FIELD=VALUE…", help="cso_lead=INPUD,HRI sets; cso_lead+=HRI adds.")
    ],
    dry_run: DryRunOption = False,
) -> None:
    """Set fields of an activity. FIELD= empties one; lists are written with commas."""
    from csg.cli.asking import parse_settings
    from csg.cli.changing import finish, page_of
    from csg.model.workplan import Activity
    from csg.workspace import edits
    from csg.workspace.schema import validated

    place, given = workspace(), parse_settings(settings)
    renamed = given.get("id", ("=", name))[1]

    def change(fresh: "Workspace") -> "Iterable[Edit]":
        old = fresh.plan.find(name)
        new = validated(Activity, {**edits.with_settings(old, given), "progress": old.plain()["progress"]})
        return edits.set_activity(fresh.plan, name, new)

    finish(place, change, page_of(renamed), dry_run=dry_run)


@command(app, "remove")
def remove_activity(name: ActivityArgument, yes: YesOption = False, dry_run: DryRunOption = False) -> None:
    """Remove an activity, with its progress reports. Its number is not given to another."""
    from csg.cli.asking import confirm
    from csg.cli.changing import finish
    from csg.workspace import edits

    place = workspace()
    activity = place.plan.find(name)
    reports = f" and its {len(activity.progress)} reports" if activity.progress else ""
    confirm(f"Remove {name} ({activity.title}){reports}?", yes or dry_run)
    finish(place, lambda fresh: edits.remove_activity(fresh.plan, name), None, dry_run=dry_run)


@command(app, "new")
def new_plan(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The new plan: 2022-23")],
    source: Annotated[
        str | None, typer.Option("--from", metavar="PLAN", help="The plan to carry over [default: the last]")
    ] = None,
    dry_run: DryRunOption = False,
) -> None:
    """Start the next year: a new plan with the open activities of an earlier one.

    Completed and cancelled activities stay behind, and so do progress reports and due dates. Each activity keeps its id
    and says in carried_from where it comes from.
    """
    from csg.checks import check
    from csg.cli.app import choose
    from csg.workspace.change import create
    from csg.workspace.next_year import next_plan, plan_text

    if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z_-]{0,40}", name):
        raise typer.BadParameter("a plan's name is letters, digits and dashes, as in 2022-23")
    choose(None, source)
    place = workspace()
    old = place.plan
    new, left = next_plan(old, name)
    made = create(place, f"data/workplan-{name}.yaml", plan_text(new), check, dry_run=dry_run)
    if dry_run:
        print(made.diff(), end="")
    carried = sum(1 for _ in new.activities())
    note(
        f"{made.file}: {carried} activities carried over from {old.workplan}; left behind: {', '.join(left) or 'none'}"
    )
