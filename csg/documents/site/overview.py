"""The first page of the site: the state of the plan, what is needed, who owes a report, and what changed lately."""

from collections.abc import Iterator
from itertools import groupby

from csg.documents.content import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Line,
    PageLink,
    Panel,
    Paragraph,
    Row,
    Table,
    Text,
    data,
    joined,
)
from csg.documents.pages.dates import Dated, next_dates
from csg.documents.pages.glance import at_a_glance
from csg.documents.pages.progress import decisions
from csg.documents.site.edition import Edition, Event
from csg.documents.site.events import event_line, subject_line
from csg.documents.site.objective import status_tiles
from csg.model.summary import Summary
from csg.model.workplan import Activity, Period

_MOST_DATES, _MOST_DAYS, _MOST_EVENTS = 12, 5, 8
"""The dates that the overview shows; the days with changes, and the changes of a day."""
_OF_THE_PLAN = frozenset({"activity", "progress", "objective", "workplan", "review"})
"""The records whose changes the overview shows one by one."""


def overview_page(edition: Edition) -> Document:
    """Return the first page of the site."""
    source = edition.source
    subtitle: Line = (data(source.profile.group),) if source.profile.group else ()
    return source.document("index", "index", (data(edition.plan.title),), subtitle, _blocks(edition))


def _blocks(edition: Edition) -> Iterator[object]:
    summary = edition.summary
    if summary:
        if summary.totals.activities:
            yield status_tiles(edition, summary)
        yield _glance(edition, summary)
        yield from decisions(edition.source, summary)
        yield from _owed(edition, summary)
    yield from _dates(edition)
    yield from _lately(edition)


def _glance(edition: Edition, summary: Summary) -> Panel:
    """Return the state of the plan, with a link to the report on the period."""
    _ = edition.source.language.gettext
    heading, *blocks = at_a_glance(edition.source, summary)
    period = summary.period
    link = PageLink(edition.source.period_pages[period.id], _("{period} progress report", period=period.name))
    return Panel((heading, *blocks, Paragraph((link,))))


def _owed(edition: Edition, summary: Summary) -> Iterator[Block]:
    source, _ = edition.source, edition.source.language.gettext
    yield Heading(2, (Text(_("Reports owed")),))
    if not summary.owed:
        yield Paragraph((Text(_("None.")),))
        return
    if summary.period.due:
        due = _("Reports due {date}", date=source.due(summary.period.due))
        yield Paragraph((data(summary.period.name), Text(f"{source.language.comma}{due}")))
    columns = (Column(_("Lead"), content="short"), Column(_("Activities"), 6))
    rows = []
    for name, debts in summary.owed.items():
        ids: list[Line] = [(PageLink(edition.activity_pages[debt.activity.id], source.debt(debt)),) for debt in debts]
        rows.append(Row(((source.lead_line((name,)),), (joined(ids, source.language.comma),))))
    yield Table(_("Reports owed"), columns, tuple(rows))


def _dates(edition: Edition) -> Iterator[Block]:
    _ = edition.source.language.gettext
    dates = next_dates(edition.source)
    if not dates:
        return
    yield Heading(2, (Text(_("Next dates")),))
    columns = (Column(_("Date"), content="short"), Column(_("What is due"), 6))
    rows = tuple(Row(((edition.day(dated.day),), (_dated(edition, dated),))) for dated in dates[:_MOST_DATES])
    yield Table(_("Next dates"), columns, rows)
    if len(dates) > _MOST_DATES:
        link = PageLink(f"{edition.folder}/index", _("All activities"))
        yield Paragraph((link,))


def _dated(edition: Edition, dated: Dated) -> Line:
    record = dated.record
    if isinstance(record, Activity):
        return edition.activity_link(record)
    if isinstance(record, Period):
        title = edition.source.language.gettext("{period} progress report", period=record.name)
        return (PageLink(edition.source.period_pages[record.id], title),)
    page = next(page for meeting, page in edition.meetings if meeting is record)
    return (PageLink(page, record.title),)


def _lately(edition: Edition) -> Iterator[Block]:
    """Yield the newest changes by day."""
    language = edition.source.language
    days = [(day, list(events)) for day, events in groupby(edition.events, key=lambda event: event.day)]
    if not days:
        return
    yield Heading(2, (Text(language.gettext("What changed lately")),))
    for day, events in days[:_MOST_DAYS]:
        yield Heading(3, edition.day(day))
        shown = [event for event in events if event.record in _OF_THE_PLAN][:_MOST_EVENTS]
        lines = [_event(edition, event) for event in shown]
        if more := len(events) - len(shown):
            words = language.ngettext("{number} other change", "{number} other changes", more)
            lines.append((Text(words, muted=True),))
        yield Bullets(tuple(lines))


def _event(edition: Edition, event: Event) -> Line:
    return (*subject_line(edition, event), *event_line(edition, event))
