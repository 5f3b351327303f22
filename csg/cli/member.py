"""``csg member``: who takes part."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from csg.cli.app import command, noun, workspace
from csg.cli.display import Column, Row, joined, page, show, show_one
from csg.cli.options import DryRunOption, FormatOption, MemberArgument

if TYPE_CHECKING:
    from csg.model.members import Directory, Member
    from csg.source.edit import Edit
    from csg.workspace import Workspace

app = noun("The members of the group.")

MEMBER_COLUMNS = (
    Column("ID", lambda row: row["id"]),
    Column("Name", lambda row: row["name"], wraps=True),
    Column("Type", lambda row: row["type"] or ""),
)
TypeOption = Annotated[str | None, typer.Option("--type", metavar="TYPE", help="The id of a membership type.")]


def _row(member: "Member") -> Row:
    return {**member.plain(), "source": member.source}


@command(app, "list")
def list_members(
    type: TypeOption = None,
    search: Annotated[str | None, typer.Option("--search", metavar="TEXT", help="Text in the id or the name.")] = None,
    format: FormatOption = "table",
) -> None:
    """List the members of the group."""
    from csg.model.base import pick

    directory = workspace().directory
    kind = type and pick(directory.membership_types, type, "membership type", "data/members.yaml").id
    found = [
        _row(member)
        for member in directory.members
        if kind in (None, member.type) and (search or "").casefold() in f"{member.id} {member.name}".casefold()
    ]
    show(found, MEMBER_COLUMNS, format, "no member is like that")


@command(app, "show")
def show_member(name: MemberArgument, format: FormatOption = "table") -> None:
    """Show a member: its type, its groups, what it leads."""
    place = workspace()
    directory = place.directory
    member = directory.member(name)
    show_one(_row(member), MEMBER_COLUMNS, format, lambda: _page(place, member))


def _page(place: "Workspace", member: "Member") -> str:
    from csg.model.selection import Wanted, select

    directory, plan = place.directory, place.plan
    kinds = {kind.id: kind.name for kind in directory.membership_types}
    led = select(plan, directory, Wanted(lead=member.id))
    shared = [each for each in select(plan, directory, Wanted(lead=member.id, with_groups=True)) if each not in led]
    fields = (
        ("Type", kinds.get(member.type or "", member.type or "not given")),
        ("Groups", joined(sorted(directory.groups_of(member.id)), "none")),
        ("Leads", "\n".join(f"{each.id}  {each.title}" for each in led) or f"nothing in {plan.title}"),
        ("Shares in", "\n".join(f"{each.id}  {each.title}" for each in shared)),
    )
    return page(member.name if member.name == member.id else f"{member.name} ({member.id})", fields)


@command(app, "add")
def add_member(
    name: MemberArgument,
    full_name: Annotated[str | None, typer.Option("--name", metavar="TEXT", help="The full name.")] = None,
    type: TypeOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Add a member at the end of the list."""
    from csg.cli.asking import ask
    from csg.model.members import Directory, Member
    from csg.source.edit import Insert
    from csg.workspace import edits
    from csg.workspace.schema import validated

    member = validated(Member, {"id": name, "name": ask("name", full_name), "type": type})

    def change(directory: "Directory") -> "Iterable[Edit]":
        return [Insert(("members",), len(directory.members), edits.filled(member), edits.order(Directory))]

    _finish(change, member.id, dry_run=dry_run)


@command(app, "set")
def set_member(
    name: MemberArgument,
    settings: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE…", help="type=drug-user-network")],
    dry_run: DryRunOption = False,
) -> None:
    """Set fields of a member. FIELD= empties an optional one."""
    from csg.cli.asking import parse_settings
    from csg.model.members import Member
    from csg.workspace import edits
    from csg.workspace.schema import validated

    given = parse_settings(settings)

    def change(directory: "Directory") -> "Iterable[Edit]":
        old = directory.member(name)
        path = ("members", directory.members.index(old))
        return edits.put_fields(path, old, validated(Member, edits.with_settings(old, given)))

    _finish(change, given.get("id", ("=", name))[1], dry_run=dry_run)


def _finish(edits: "Callable[[Directory], Iterable[Edit]]", name: str, *, dry_run: bool) -> None:
    from csg.cli.changing import finish
    from csg.workspace.workspace import MEMBERS

    finish(
        workspace(),
        lambda fresh: edits(fresh.directory),
        lambda place: _page(place, place.directory.member(name)),
        file=lambda _: MEMBERS,
        dry_run=dry_run,
    )
