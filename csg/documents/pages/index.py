"""The first page: a link to every other document of every plan."""

from collections.abc import Iterator, Mapping

from csg.documents.content import Block, Bullets, Document, Heading, Line, PageLink, Text, data
from csg.documents.source import Source


def index_page(source: Source, earlier: tuple[Source, ...], reviews: Mapping[str, str]) -> Document:
    """Return the page of links. ``earlier`` are the plans before this one, ``reviews`` titles by their page."""
    _ = source.language.gettext
    return source.document(
        "README", "index", (Text(_("Reports")),), source.subtitle(), _blocks(source, earlier, reviews)
    )


def _blocks(source: Source, earlier: tuple[Source, ...], reviews: Mapping[str, str]) -> Iterator[Block]:
    _ = source.language.gettext
    links = _plan_links(source)
    links.append((PageLink("members", _("Members")),))
    links += [(PageLink(page, title),) for page, title in reviews.items()]
    yield Bullets(tuple(links))
    if source.leads:
        yield Heading(2, (Text(_("Leads: activities, and reports owed")),))
        yield Bullets(tuple((PageLink(page, name),) for name, page in source.lead_pages.items()))
    for year in reversed(earlier):
        yield Heading(2, (data(year.plan.title),))
        yield Bullets(tuple(_plan_links(year)))


def _plan_links(source: Source) -> list[Line]:
    _ = source.language.gettext
    links: list[Line] = [(PageLink(f"{source.plan.workplan}/workplan", _("Workplan")),)]
    for period in source.plan.periods:
        title = _("{period} progress report", period=period.name)
        line: Line = (PageLink(source.period_pages[period.id], title),)
        if period.due:
            line = (*line, Text(" · "), Text(_("reports due {date}", date=source.due(period.due))))
        links.append(line)
    return links
