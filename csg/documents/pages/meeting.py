"""A page for a meeting with the partner: changes since the last meeting, overdue activities, and decisions."""

from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from csg.documents.content import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Heading,
    Line,
    Panel,
    Paragraph,
    Row,
    Table,
    Text,
    data,
)
from csg.documents.pages.glance import at_a_glance
from csg.documents.source import Source
from csg.model.names import FINAL
from csg.model.reporting import PeriodStatus, last_status
from csg.model.summary import Summary
from csg.model.workplan import Activity, Period

_WORST_FIRST = ("off-track", "at-risk", "not-started", "on-track", "completed", "cancelled")
_ROOM = 26
"""The lines of all lists together that one page has room for."""
_LONGEST_TITLE = 90
"""The letters of a title that a list shows. The workplan shows whole titles."""
_MOST_AUTHORS = 3
"""The names of authors that a row shows."""


class Change(NamedTuple):
    """An activity with reports since a day: its status before and now, the authors, and a line if they differ."""

    activity: Activity
    before: PeriodStatus | None
    now: PeriodStatus
    authors: tuple[str, ...]
    differing: Cell

    @property
    def slipped(self) -> bool:
        """Return whether the status is worse than before."""
        if self.before is None or self.now.status in FINAL:
            return False
        return _WORST_FIRST.index(self.now.status) < _WORST_FIRST.index(self.before.status)


def meeting_page(source: Source, since: date | None) -> Document:
    """Return the page for a meeting: changes since a day, or since the last meeting of the plan."""
    _ = source.language.gettext
    summary = source.current
    since = since or (summary.last_meeting.date if summary and summary.last_meeting else None)
    path = f"{source.plan.workplan}/meeting"
    title = _("Brief for the meeting")
    if since:
        title = _("Brief for the meeting: changes since {date}", date=source.language.date(since))
    blocks = _blocks(source, summary, since) if summary else ()
    page = source.document(path, path.replace("/", "-"), (Text(title),), source.subtitle(), blocks)
    return page._replace(one_page=True)


def _blocks(source: Source, summary: Summary, since: date | None) -> Iterator[Block]:
    _ = source.language.gettext
    meeting = summary.last_meeting
    decisions: list[Line] = [(data(decision),) for decision in meeting.decisions] if meeting else []
    needed = needed_lines(source, summary)
    changes = sorted(_changes(source, since), key=lambda change: _WORST_FIRST.index(change.now.status))
    slipped = [change for change in changes if change.slipped]
    others = [change for change in changes if not change.slipped]
    overdue = [standing.activity for standing in summary.overdue]
    never = [activity for activity in source.plan.activities() if not activity.progress]
    lines = [sum(1 + len(change.differing) for change in part) for part in (slipped, others)]
    sizes = [len(needed), *lines, len(overdue), len(never), len(decisions)]
    room = iter(_shares(sizes, _ROOM))
    yield Panel(tuple(at_a_glance(source, summary)))
    yield from _list(source, _("Decisions and help needed"), needed, next(room), numbered=True)
    yield from _section(source, _("Slipped"), slipped, next(room))
    yield from _section(source, _("Other changes"), others, next(room))
    if not changes:
        yield Heading(2, (Text(_("Changes")),))
        yield Paragraph((Text(_("No report since this day.")),))
    for title, activities in ((_("After their due date"), overdue), (_("Never reported"), never)):
        yield from _list(source, title, [_activity(source, activity) for activity in activities], next(room))
    if meeting and decisions:
        held: Line = (data(meeting.title), Text(f"{source.language.comma}{source.language.date(meeting.date)}"))
        heading = _("Decisions of the last meeting")
        yield from _list(source, heading, decisions, next(room), numbered=True, before=held)


def _shares(sizes: list[int], room: int) -> list[int]:
    """Return the lines that each list shows. Short lists are whole; the long ones share the other lines."""
    shares = [0] * len(sizes)
    for position, index in enumerate(sorted(range(len(sizes)), key=sizes.__getitem__)):
        shares[index] = min(sizes[index], room // (len(sizes) - position))
        room -= shares[index]
    return shares


def _list(
    source: Source, title: str, lines: list[Line], most: int, *, numbered: bool = False, before: Line = ()
) -> Iterator[Block]:
    if not lines:
        return
    yield Heading(2, (Text(title),))
    if before:
        yield Paragraph(before)
    yield Bullets(tuple(lines[:most]), numbered=numbered)
    yield from map(Paragraph, more_lines(source, len(lines) - most))


def more_lines(source: Source, number: int) -> list[Line]:
    """Return a line with the number of lines for which there is no room; none if there is room for all."""
    more = source.language.gettext("More in the progress report: {number}.", number=number)
    return [(Text(more, muted=True),)] if number > 0 else []


def needed_lines(source: Source, summary: Summary) -> list[Line]:
    """Return the decisions that the partner is asked for, and what the activities in trouble need."""
    _ = source.language.gettext
    lines: list[Line] = [(data(decision),) for decision in summary.decisions_needed]
    for standing in summary.help_needed:
        for report in standing.calls_for_help:
            name: Line = (
                data(f"{standing.activity.id} ({report.by})", strong=True),
                Text(source.language.colon, strong=True),
            )
            pill: Line = (source.status(standing.known_status), Text(" ")) if standing.troubled else ()
            following: Line = (Text(f"{_('Next:')} ", emphasis=True), data(report.next_steps))
            known = following if report.next_steps else (data(report.summary),)
            lines.append((*pill, *name, *((data(report.needs),) if report.needs else known)))
    return lines


def _changes(source: Source, since: date | None) -> Iterator[Change]:
    for activity in source.plan.activities():
        new = [report for report in activity.progress if since is None or report.date >= since]
        now = last_status(source.plan, activity.progress)
        if new and now:
            before = last_status(source.plan, (report for report in activity.progress if report not in new))
            authors = tuple(dict.fromkeys(report.by for report in new))
            yield Change(activity, before, now, authors, _differing(source, activity, now.period))


def _section(source: Source, title: str, changes: list[Change], most: int) -> Iterator[Block]:
    """Yield a table of changes in ``most`` lines, with the earlier status if any change has one."""
    if not changes:
        return
    _ = source.language.gettext
    ends = accumulate(1 + len(change.differing) for change in changes)
    most = sum(1 for end in ends if end <= most)
    with_before = any(change.before for change in changes[:most])
    before = (Column(_("Before"), content="short"),) if with_before else ()
    columns = (
        Column(_("Activity"), 6), *before, Column(_("Now"), content="short"), Column(_("Reported by"), 1.5),
    )  # fmt: skip
    rows = tuple(_change_row(source, change, with_before=with_before) for change in changes[:most])
    yield Heading(2, (Text(title),))
    yield Table(title, columns, rows)
    yield from map(Paragraph, more_lines(source, len(changes) - most))


def _change_row(source: Source, change: Change, *, with_before: bool) -> Row:
    activity: Line = (data(change.activity.id, strong=True), Text(" "), data(_short(change.activity.title)))
    earlier: Cell = ((source.status(change.before.status),),) if change.before else ((Text("–"),),)
    others = len(change.authors) - _MOST_AUTHORS
    authors = source.data_list((*change.authors[:_MOST_AUTHORS], *([f"+{others}"] if others > 0 else [])))
    before = (earlier,) if with_before else ()
    now: Cell = ((source.status(change.now.status),),)
    return Row(((activity, *change.differing), *before, now, (authors,)))


def _differing(source: Source, activity: Activity, period: Period) -> Cell:
    """Return a line with the status that each author gives in a period, if they differ."""
    standings = (standing for known, standing in source.standings.get(activity.id, []) if known.id == period.id)
    reports = next(standings).differing
    return ((Text(source.differing(reports), muted=True),),) if reports else ()


def _short(title: str) -> str:
    """Return a title, without its last words if it is too long for a line."""
    if len(title) <= _LONGEST_TITLE:
        return title
    words = title[:_LONGEST_TITLE].rpartition(" ")[0]
    return f"{words or title[:_LONGEST_TITLE]}…"


def _activity(source: Source, activity: Activity) -> Line:
    line: Line = (
        data(activity.id, strong=True),
        Text(" "),
        data(_short(activity.title)),
        Text(f" ({source.language.listed(activity.leads)})", muted=True),
    )
    if not activity.due:
        return line
    due = source.language.gettext("due {date}", date=source.due(activity.due))
    return (*line, Text(f"{source.language.comma}{due}"))
