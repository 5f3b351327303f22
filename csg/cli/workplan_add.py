"""``csg workplan add``: ask for the missing values of a new activity, and write it."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from csg.cli.asking import Wrong, ask, interactive, names, need, parse_settings
from csg.cli.changing import answer_checker, finish
from csg.cli.partner import require_partner
from csg.editing import edits
from csg.problem import Problem, Refused
from csg.source.data_edits import Edit
from csg.view.activities import activity_page
from csg.workspace import Workspace
from csg.workspace.plans import find_objective
from csg.workspace.schema import validated


class NewActivity(NamedTuple):
    """The values of a new activity on the command line; None for a value that is not given."""

    objective: str | None
    objective_title: str | None
    title: str | None
    unodc_lead: list[str] | None
    cso_lead: list[str] | None
    comments: str | None
    due: str | None
    related: list[str] | None
    name: str | None
    settings: Sequence[str]


def run_add(workspace: Workspace, values: NewActivity, *, dry_run: bool) -> None:
    """Add an activity to an objective, or to a new objective. Ask for the title and the leads if they are missing."""
    objective, objective_title, title, unodc_lead, cso_lead, comments, due, related, name, settings = values
    given = parse_settings(settings)
    require_partner(workspace, given, unodc_lead)
    objectives, directory = [part.id for part in workspace.plan.objectives], workspace.directory
    need({"objective": objective, "title": title}, objective=", ".join(objectives))
    new, asking = objective_title is not None, interactive()
    if not (objective or new or objectives):
        raise Wrong("The plan has no objectives. Give --objective-title to add one.")

    def number_of(text: str) -> str:
        if not new:
            return find_objective(workspace, text).id
        if text in objectives:
            hint = f"Run `csg workplan set {text} title=…` to change its title."
            raise Refused(Problem("CSG314", f"objective {text} exists already", hint=hint))
        return text

    def write(fresh: Workspace, fields: dict[str, Any]) -> Iterable[Edit]:
        model, number = fresh.plan.activity_model, fields["objective"]
        columns = {key: value for key, value in fields.items() if key != "objective"}
        activity = validated(model, {"id": name or fresh.plan.next_id(number), **columns})
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
        heading = workspace.group.heading(key)
        typed = ",".join(given_names) if given_names is not None else None if asking and heading else ""
        label = f"{heading}: names, separated by commas (Enter for none)"
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
    checked = answer_checker(workspace, write, sample, asking=asking)
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

    def added(fresh: Workspace) -> str:
        return activity_page(fresh, fresh.plan.objective(number).activities[-1])

    finish(workspace, lambda fresh: write(fresh, fields), added, dry_run=dry_run)
