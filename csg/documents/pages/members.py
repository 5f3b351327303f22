"""The members of the group, the types of membership, and the other names that lead activities."""

from collections.abc import Iterator

from csg.documents.content import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Heading,
    Line,
    Paragraph,
    Row,
    Table,
    Text,
    data,
)
from csg.documents.source import Source


def members_page(source: Source) -> Document:
    """Return the list of members, with the activities that each leads in the plan."""
    _ = source.language.gettext
    subtitle: Line = (data(source.profile.group),) if source.profile.group else ()
    return source.document("members", "members", (Text(_("Members")),), subtitle, _blocks(source))


def _blocks(source: Source) -> Iterator[Block]:
    _, ngettext = source.language.gettext, source.language.ngettext
    directory = source.directory
    yield Paragraph((Text(ngettext("{number} member.", "{number} members.", len(directory.members))),))
    kinds = {kind.id: kind.name for kind in directory.membership_types}
    columns = (
        Column(_("Short name"), content="short"),
        Column(_("Name"), 4),
        Column(_("Type"), 3),
        Column(_("Leads"), 1.6),
    )
    rows = tuple(
        Row((
            (source.lead_line([member.id]),),
            ((data(member.name),),),
            ((data(kinds.get(member.type or "", "")),),),
            _led(source, member.id),
        ))
        for member in directory.members
    )  # fmt: skip
    yield Table(_("Members"), columns, rows)
    if directory.membership_types:
        yield Heading(2, (Text(_("Types of membership")),))
        yield Bullets(tuple((data(kind.name),) for kind in directory.membership_types))
    if directory.leads or directory.unodc:
        yield Heading(2, (Text(_("Other leads")),))
        yield _others(source)


def _led(source: Source, name: str) -> Cell:
    return (source.data_list(activity.id for activity in source.led.get(name, [])),)


def _others(source: Source) -> Table:
    _ = source.language.gettext
    columns = (Column(_("Name"), 2), Column(_("Full name"), 2), Column(_("Members"), 2), Column(_("Leads"), 2))
    rows = [
        Row((
            (source.lead_line([group.id]),),
            ((data(group.name),),),
            ((Text(_("all")),) if group.members == "all" else source.data_list(group.members),),
            _led(source, group.id),
        ))
        for group in source.directory.leads
    ]  # fmt: skip
    partner = f" ({source.profile.partner})" if source.profile.partner else ""
    rows += [
        Row((
            (source.lead_line([section.id]),),
            ((data(f"{section.name}{partner}"),),),
            ((),),
            _led(source, section.id),
        ))
        for section in source.directory.unodc
    ]  # fmt: skip
    return Table(_("Other leads"), columns, tuple(rows))
