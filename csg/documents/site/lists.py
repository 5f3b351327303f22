"""The pages that list other pages: the leads of a plan, and the reviews."""

from collections.abc import Iterator

from csg.documents.content import Column, Document, Line, PageLink, Row, Table, Text, data, joined
from csg.documents.site.edition import Edition


def leads_page(edition: Edition) -> Document:
    """Return the list of the leads of a plan, with what each of them leads and owes."""
    source, _ = edition.source, edition.source.language.gettext
    columns = (
        Column(_("Lead"), 1.5),
        Column(_("Full name"), 4),
        Column(_("Activities"), 3),
        Column(_("Reports owed"), 2),
    )
    title = source.language.pgettext("people", "Leads")
    table = Table(title, columns, tuple(_lead_rows(edition)))
    path = f"{edition.folder}/leads/index"
    return source.document(path, f"{edition.folder}-leads", (Text(title),), source.subtitle(), [table])


def _lead_rows(edition: Edition) -> Iterator[Row]:
    source = edition.source
    owed = edition.summary.owed if edition.summary else {}
    for name, page in source.lead_pages.items():
        entry = source.directory.find(name)
        full = entry.name if entry and entry.name != name else ""
        led: list[Line] = [
            (PageLink(edition.activity_pages[activity.id], activity.id),) for activity in source.led[name]
        ]
        debts: list[Line] = [
            (PageLink(edition.activity_pages[debt.activity.id], debt.activity.id),) for debt in owed.get(name, ())
        ]
        yield Row((
            ((PageLink(page, name),),),
            ((data(full),),) if full else ((),),
            (joined(led, source.language.comma),),
            (joined(debts, source.language.comma),),
        ))  # fmt: skip


def reviews_page(edition: Edition) -> Document:
    """Return the list of the reviews."""
    source, _ = edition.source, edition.source.language.gettext
    columns = (Column(_("Review"), 5), Column(_("Activity"), content="short"))
    rows = tuple(
        Row((((PageLink(page, review.title),),), ((data(review.activity or ""),),)))
        for page, review in edition.catalogue.reviews.items()
    )
    table = Table(_("Reviews"), columns, rows)
    subtitle: Line = (data(source.profile.group),) if source.profile.group else ()
    return source.document("reviews", "reviews", (Text(_("Reviews")),), subtitle, [table])
