"""``csg workplan``: the activities of the plan."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from csg.cli.app import command, noun, workspace
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
    unodc_lead: Annotated[
        str | None, typer.Option("--unodc-lead", metavar="NAME", help="A section of the partner.")
    ] = None,
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

    Statuses are those of the current period, as in csg status, or of the period that --period gives. --period without
    --status lists the activities that have a report in the period. --status unreported lists those without a report.
    """
    from csg.model.selection import Wanted, select, shared_through_groups, with_earlier_status
    from csg.problem import counted
    from csg.view.activities import activity_columns, activity_rows, statuses
    from csg.view.standing import standings_today
    from csg.workspace.plans import find_objective, find_period

    place = workspace()
    plan, directory = place.plan, place.directory
    wanted = Wanted(
        lead=None if lead is None else directory.resolve(lead),
        with_groups=with_groups,
        unodc_lead=None if unodc_lead is None else directory.section(unodc_lead).id,
        objective=None if objective is None else find_objective(place, objective).id,
        status=statuses(status),
        period=None if period is None else find_period(place, period).id,
        search=search,
        sort=sort,
    )
    standings = standings_today(place, wanted.period)
    activities = select(plan, directory, wanted, standings)
    show(activity_rows(plan, activities), activity_columns(place, standings), format, "no activity matches")
    if format == "table" and (earlier := with_earlier_status(plan, directory, wanted, standings)):
        note(f"{counted(len(earlier), 'activity')} had this status when somebody last reported: {', '.join(earlier)}")
    if wanted.lead and not with_groups and format == "table":
        for group, count in shared_through_groups(plan, directory, wanted.lead).items():
            note(f"{count} more led by {group}, which {wanted.lead} is part of: --with-groups lists them too")


@command(app, "show")
def show_activity(name: ActivityArgument, format: FormatOption = "table") -> None:
    """Show the whole of an activity, with its progress reports."""
    from csg.view.activities import activity_columns, activity_page, activity_rows
    from csg.view.standing import standings_from_today
    from csg.workspace.plans import find_activity

    place = workspace()
    activity = find_activity(place, name)
    row = activity_rows(place.plan, [activity])[0]
    standings = {standing.activity.id: standing for _, standing in standings_from_today(place, activity)[:1]}
    show_one(row, activity_columns(place, standings), format, lambda: activity_page(place, activity))


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
        typer.Option("--unodc-lead", metavar="NAME", help="Repeat it, or write commas; none: n/a."),
    ] = None,
    cso_lead: Annotated[
        list[str] | None, typer.Option("--cso-lead", metavar="NAME", help="Repeat it, or write commas; none: n/a.")
    ] = None,
    comments: Annotated[
        str | None, typer.Option("--comments", metavar="TEXT", help="Comments, as agreed; - reads standard input.")
    ] = None,
    due: Annotated[str | None, typer.Option("--due", metavar="DATE", help="The day it is due: 2022-03-14")] = None,
    related: Annotated[
        list[str] | None, typer.Option("--related", metavar="ID", help="Repeat it, or write commas.")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Its id [default: the objective's next]")
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
    from csg.cli.asking import Wrong, ask, interactive, names, need, parse_settings
    from csg.cli.changing import finish, tried
    from csg.cli.partner import require_partner
    from csg.editing import edits
    from csg.problem import Problem, Refused
    from csg.view.activities import activity_page
    from csg.workspace.plans import find_objective
    from csg.workspace.schema import validated

    place, given = workspace(), parse_settings(settings or ())
    require_partner(place, given, unodc_lead)
    objectives, directory = [each.id for each in place.plan.objectives], place.directory
    need({"objective": objective, "title": title}, objective=", ".join(objectives))
    new, asking = objective_title is not None, interactive()
    if not (objective or new or objectives):
        raise Wrong("The plan has no objectives. Give --objective-title to add one.")

    def number_of(text: str) -> str:
        if not new:
            return find_objective(place, text).id
        if text in objectives:
            hint = f"Run `csg workplan set {text} title=…` to change its title."
            raise Refused(Problem("CSG314", f"objective {text} exists already", hint=hint))
        return text

    def write(fresh: "Workspace", fields: dict[str, Any]) -> "Iterable[Edit]":
        model, number = fresh.plan.activity_model, fields["objective"]
        rest = {key: value for key, value in fields.items() if key != "objective"}
        activity = validated(model, {"id": name or fresh.plan.next_id(number), **rest})
        if given:
            activity = validated(model, edits.with_settings(activity, given, directory))
        if objective_title is not None:
            return edits.add_objective(fresh.plan, number, objective_title, activity)
        return edits.add_activity(fresh.plan, number, activity)

    def cso_leads(text: str) -> list[str]:
        return names(text, read=directory.resolve)

    def partner_leads(text: str) -> list[str]:
        return names(text, read=directory.resolve_partner_lead)

    def leads(key: str, given_names: list[str] | None) -> Any:
        heading = place.group.heading(key)
        typed = ",".join(given_names) if given_names is not None else None if asking and heading else ""
        label = f"{heading}: names with commas (Enter for none)"
        known = directory.partner_leads if key == "unodc_lead" else directory
        read = checked(key, partner_leads if key == "unodc_lead" else cso_leads)
        option, words = key.replace("_", " "), tuple(known)
        return ask(option, typed, label=label, kind="short", words=words, optional=True, read=read)

    sample = {
        "objective": number_of(objective or (str(len(objectives) + 1) if new else objectives[0])),
        "title": title or "-",
        "unodc_lead": partner_leads(",".join(unodc_lead or ())),
        "cso_lead": cso_leads(",".join(cso_lead or ())),
        "comments": comments or "",
        "due": due,
        "related": names(",".join(related or ()), str),
    }
    checked = tried(place, write, sample, asking=asking)
    label, read = "Number of the new objective" if new else "Objective", checked("objective", number_of)
    fields = {
        "objective": ask(
            "objective", objective, label=label, kind="choice", choices=() if new else objectives, read=read
        ),
        "title": ask("title", title, label="The work to do (title)", read=checked("title")),
        "unodc_lead": leads("unodc_lead", unodc_lead),
        "cso_lead": leads("cso_lead", cso_lead),
        "comments": ask(
            "comments",
            comments if asking else comments or "",
            label="Comments, as agreed (Enter for none)",
            kind="text",
            optional=True,
            read=checked("comments"),
        ),
        "due": due,
        "related": sample["related"],
    }
    number = fields["objective"]

    def added(fresh: "Workspace") -> str:
        return activity_page(fresh, fresh.plan.objective(number).activities[-1])

    finish(place, lambda fresh: write(fresh, fields), added, dry_run=dry_run)


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
            help="cso_lead=INPUD,HRI sets; cso_lead+=HRI adds; cso_lead-=HRI takes out; due= empties.",
        ),
    ],
    dry_run: DryRunOption = False,
) -> None:
    """Set fields of an activity, or of an objective (2 title=…) or a period (mid due=2021-12-15).

    If the id of an activity or a period changes, the references to it change too.
    An activity has id, title, unodc_lead, cso_lead, comments, due, related, carried_from and recurring. Lists are
    written with commas.
    """
    from csg.cli.asking import parse_settings
    from csg.cli.changing import finish_files, page_of
    from csg.cli.partner import require_partner
    from csg.editing import edits
    from csg.editing.renumber import renumber
    from csg.workspace.plans import in_plan

    place, given = workspace(), parse_settings(settings)
    require_partner(place, given)
    in_plan(place, lambda plan: plan.part(name))
    new_name = given.get("id", ("=", name))[1]

    def change(fresh: "Workspace") -> "dict[str, Iterable[Edit]]":
        own = tuple(edits.set_part(fresh.plan, name, given, fresh.directory))
        _, part = fresh.plan.part(name)
        references = renumber(fresh, part, new_name) if "id" in given and new_name != part.id else {}
        return {fresh.plan_file: [*own, *references.pop(fresh.plan_file, ())], **references}

    finish_files(place, change, page_of(new_name), dry_run=dry_run)


@command(app, "remove")
def remove_activity(name: ActivityArgument, yes: YesOption = False, dry_run: DryRunOption = False) -> None:
    """Remove an activity, with its progress reports."""
    from csg.cli.asking import confirm
    from csg.cli.changing import finish
    from csg.editing import edits
    from csg.problem import counted
    from csg.workspace.plans import find_activity

    place = workspace()
    activity = find_activity(place, name)
    reports = f" and its {counted(len(activity.progress), 'report')}" if activity.progress else ""
    confirm(f"Remove {name} ({activity.title}){reports}?", yes or dry_run)
    finish(place, lambda fresh: edits.remove_activity(fresh.plan, name), lambda _: f"removed {name}", dry_run=dry_run)


@command(app, "new")
def new_plan(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The new plan: 2022-23")],
    source: Annotated[
        str | None, typer.Option("--from", metavar="PLAN", help="The plan to carry over [default: the last]")
    ] = None,
    periods: Annotated[
        str | None,
        typer.Option("--periods", metavar="ID,ID", help="The periods of a workspace's first plan [default: mid,end]"),
    ] = None,
    dry_run: DryRunOption = False,
) -> None:
    """Start the next year: a new plan with the open and the recurring activities of an earlier one.

    Other completed and cancelled activities stay behind, and so do progress reports and due dates. Each activity keeps
    its id and says in carried_from where it comes from. A workspace without a plan gets its first one.
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
    place = workspace()
    if not place.plan_files and source is None:
        new = first_plan(name, period_ids("mid,end" if periods is None else periods), ())
        news = f"the first plan, with {counted(len(new.periods), 'period')} and no activities"
    elif periods is not None:
        raise Wrong("--periods is for the first plan of a workspace. A later plan has the periods of the one before.")
    else:
        new, left = next_plan(place.plan, name)
        carried = counted(sum(1 for _ in new.activities()), "activity")
        news = f"{carried} carried over from {place.plan.workplan}; left behind: {', '.join(left) or 'none'}"
    made = create(place, f"data/workplan-{name}.yaml", plan_text(new), plan_data(new), dry_run=dry_run)
    if dry_run:
        print(visible(made.diff()), end="")
    note(f"{made.file}: {news}")
    for text in new_plan_texts(place, name):
        note(text)
