"""The page of a meeting, and the list of all meetings of a plan."""

from collections.abc import Iterator
from datetime import date

from csg.documents.content import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Line,
    PageLink,
    Paragraph,
    Row,
    Table,
    Text,
    data,
)
from csg.documents.site.edition import Edition
from csg.documents.source import page_name
from csg.model.workplan import Meeting


def meeting_page_of(edition: Edition, meeting: Meeting, path: str) -> Document:
    """Return the page of a meeting: its decisions, and the reports since the meeting before it."""
    source = edition.source
    file = f"{edition.folder}-meeting-{page_name(path.rpartition('/')[2])}"
    subtitle: Line = (*edition.day(meeting.date), Text(" · "), *source.subtitle())
    return source.document(path, file, (data(meeting.title),), subtitle, _blocks(edition, meeting))


def _blocks(edition: Edition, meeting: Meeting) -> Iterator[Block]:
    _ = edition.source.language.gettext
    yield Heading(2, (Text(_("Decisions")),))
    if meeting.decisions:
        yield Bullets(tuple((data(decision),) for decision in meeting.decisions), numbered=True)
    else:
        yield Paragraph((Text(_("None.")),))
    earlier = [other.date for other, _page in edition.meetings if other.date < meeting.date]
    rows = tuple(_reports(edition, max(earlier, default=None), meeting.date))
    if rows:
        yield Heading(2, (Text(_("Reports before the meeting")),))
        columns = (
            Column(_("Date"), content="short"),
            Column(_("Activity"), 5),
            Column(_("Lead"), 1.5),
            Column(_("Status"), content="short"),
        )
        yield Table(_("Reports before the meeting"), columns, rows)


def _reports(edition: Edition, since: date | None, until: date) -> Iterator[Row]:
    """Yield the reports after a meeting and up to the next."""
    found = [
        (report, activity)
        for activity in edition.plan.activities()
        for report in activity.progress
        if report.date <= until and (since is None or report.date > since)
    ]
    for report, activity in sorted(found, key=lambda pair: pair[0].date, reverse=True):
        yield Row((
            (edition.day(report.date),),
            (edition.activity_link(activity),),
            (edition.source.lead_line((report.by,)),),
            ((edition.source.status(report.status),),),
        ))  # fmt: skip


def meeting_links(edition: Edition) -> Iterator[Block]:
    """Yield the meetings of the plan, each with a link to its page."""
    if edition.meetings:
        yield Heading(2, (Text(edition.source.language.gettext("Meetings")),))
        yield Bullets(
            tuple(
                (*edition.day(meeting.date), Text(" "), PageLink(page, meeting.title))
                for meeting, page in edition.meetings
            )
        )
