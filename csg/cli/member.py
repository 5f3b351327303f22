"""``csg member``: the members of the group."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from csg.cli.app import chosen_workspace, command, noun
from csg.cli.completion import complete_type
from csg.cli.options import DryRunOption, FormatOption, MemberArgument, NewMemberArgument, YesOption
from csg.view.display import Column, Row, joined, page, show, show_one

if TYPE_CHECKING:
    from csg.model.members import Directory, Group, Member, Section
    from csg.source.data_edits import Edit
    from csg.workspace import Workspace

app = noun("The members of the group.")

MEMBER_COLUMNS = (
    Column("ID", lambda row: row["id"]),
    Column("Name", lambda row: row["name"], wraps=True),
    Column("Type", lambda row: row.get("type") or ""),
)
TypeOption = Annotated[
    str | None,
    typer.Option("--type", metavar="TYPE", autocompletion=complete_type, help="The id of a membership type."),
]


def _row(entry: "Member | Group | Section") -> Row:
    return {**entry.plain(), "source": entry.source}


@command(app, "list")
def list_members(
    type: TypeOption = None,
    search: Annotated[str | None, typer.Option("--search", metavar="TEXT", help="Text in the id or the name.")] = None,
    format: FormatOption = "table",
) -> None:
    """List the members of the group."""
    from csg.model.base import pick

    directory = chosen_workspace().directory
    kind = None if type is None else pick(directory.membership_types, type, "membership type", "data/members.yaml").id
    rows = [
        _row(member)
        for member in directory.members
        if kind in (None, member.type) and (search or "").casefold() in f"{member.id} {member.name}".casefold()
    ]
    show(rows, MEMBER_COLUMNS, format, "no member matches")


@command(app, "show")
def show_member(name: MemberArgument, format: FormatOption = "table") -> None:
    """Show a member, a group or a section: its type, its groups or members, and its activities."""
    workspace = chosen_workspace()
    entry = workspace.directory.entry(name)
    show_one(_row(entry), MEMBER_COLUMNS, format, lambda: _page(workspace, entry))


def _page(workspace: "Workspace", entry: "Member | Group | Section") -> str:
    from csg.model.selection import Wanted, select

    directory = workspace.directory
    plain = entry.plain()
    kinds = {kind.id: kind.name for kind in directory.membership_types}
    fields = [("Type", kinds.get(plain["type"] or "", plain["type"] or "not given"))] if "type" in plain else []
    fields.append(("Groups", joined(sorted(directory.groups_of(entry.id)), "")))
    fields.append(("Members", joined(sorted(directory.members_of(entry.id)), "")))
    if workspace.plan_files:
        plan = workspace.plan
        led = select(plan, directory, Wanted(lead=entry.id))
        both = select(plan, directory, Wanted(lead=entry.id, with_groups=True))
        own = {activity.id for activity in led}
        shared = [activity for activity in both if activity.id not in own]
        fields.append(
            ("Leads", "\n".join(f"{activity.id}  {activity.title}" for activity in led) or f"nothing in {plan.title}")
        )
        fields.append(("Shares in", "\n".join(f"{activity.id}  {activity.title}" for activity in shared)))
    return page(entry.name if entry.name == entry.id else f"{entry.name} ({entry.id})", fields)


@command(app, "add")
def add_member(
    name: NewMemberArgument = None,
    full_name: Annotated[str | None, typer.Option("--name", metavar="TEXT", help="The full name.")] = None,
    type: TypeOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Add a member at the end of the list."""
    from csg.cli.asking import Wrong, ask, interactive
    from csg.cli.changing import answer_checker, finish
    from csg.cli.typed import name_argument
    from csg.editing import edits
    from csg.model.fields import order
    from csg.model.members import Directory, Member
    from csg.problem import Problem, Refused
    from csg.source.data_edits import Insert
    from csg.workspace.names import MEMBERS
    from csg.workspace.schema import validated

    def write(fresh: "Workspace", fields: dict[str, Any]) -> "Iterable[Edit]":
        member, directory = validated(Member, fields), fresh.directory
        if existing := directory.find(member.id):
            hint = f"Run `csg member show {existing.id}` to see it."
            raise Refused(Problem("CSG310", f"{existing.id} is in data/members.yaml already", hint=hint))
        return [Insert(("members",), len(directory.members), edits.filled(member), order(Directory))]

    if name is None and not interactive():
        raise Wrong("missing the member's ID. Give it, or run the command at a terminal to be asked.")
    workspace = chosen_workspace()
    sample = {"id": name or _free_id(workspace.directory), "name": "-", "type": type}
    asking = None in (name, full_name) and interactive()
    checked = answer_checker(workspace, write, sample, file=lambda _: MEMBERS, asking=asking)
    member_id = name or ask("id", None, label="Id: the short name that people use", kind="choice", read=checked("id"))
    if name is None:
        name_argument("--id", member_id)
    member = {**sample, "id": member_id, "name": ask("name", full_name, label="Full name", read=checked("name"))}
    finish(
        workspace,
        lambda fresh: write(fresh, member),
        lambda fresh: _page(fresh, fresh.directory.member(member_id)),
        file=lambda _: MEMBERS,
        dry_run=dry_run,
    )


def _free_id(directory: "Directory") -> str:
    """Return an id that no member has, to check other values before the id is known."""
    from itertools import count

    return next(name for number in count(1) if directory.find(name := f"Member-{number}") is None)


@command(app, "set")
def set_member(
    name: MemberArgument,
    settings: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE…", help="type=drug-user-network")],
    dry_run: DryRunOption = False,
) -> None:
    """Set fields of a member. FIELD= empties an optional field.

    id=NEW renames the member in every file that has it, in one step.
    """
    from csg.cli.asking import parse_settings
    from csg.cli.changing import finish_files
    from csg.editing import edits
    from csg.editing.rename import rename
    from csg.model.members import Member
    from csg.workspace.names import MEMBERS
    from csg.workspace.schema import validated

    given = parse_settings(settings)

    def change(fresh: "Workspace") -> "dict[str, Iterable[Edit]]":
        directory = fresh.directory
        old = directory.member(name)
        new = validated(Member, edits.with_settings(old, given))
        path = ("members", directory.members.index(old))
        renamed = rename(fresh, old.id, new.id) if new.id != old.id else {}
        return {**renamed, MEMBERS: [*renamed.get(MEMBERS, ()), *edits.put_fields(path, old, new)]}

    new_name = given.get("id", ("=", name))[1]
    finish_files(
        chosen_workspace(),
        change,
        lambda workspace: _page(workspace, workspace.directory.member(new_name)),
        dry_run=dry_run,
    )


@command(app, "remove")
def remove_member(name: MemberArgument, yes: YesOption = False, dry_run: DryRunOption = False) -> None:
    """Remove a member. No plan and no group may refer to it."""
    from csg.cli.asking import confirm
    from csg.cli.changing import finish
    from csg.editing.rename import reference_texts, references
    from csg.problem import Problem, Refused, counted, some
    from csg.source.data_edits import Remove
    from csg.workspace.names import MEMBERS

    workspace = chosen_workspace()
    member = workspace.directory.member(name)

    def change(fresh: "Workspace") -> "Iterable[Edit]":
        if reference_lines := references(fresh, member.id):
            number = counted(sum(map(len, reference_lines.values())), "reference")
            hint = f"Change the references first: {some(reference_texts(fresh, reference_lines))}."
            raise Refused(Problem("CSG318", f"{member.id} cannot be removed: it has {number}", hint=hint))
        return [Remove(("members", fresh.directory.members.index(fresh.directory.member(name))))]

    change(workspace)
    confirm(f"Remove {member.id} ({member.name})?", yes or dry_run)
    finish(workspace, change, lambda _: f"removed {member.id}", file=lambda _: MEMBERS, dry_run=dry_run)
