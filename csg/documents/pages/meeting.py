"""A page for a meeting with the partner: changes since the last meeting, overdue activities, and decisions."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from csg.documents.content import (
    Block,
    Bullets,
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
from csg.model.workplan import Activity

_WORST_FIRST = ("off-track", "at-risk", "not-started", "on-track", "completed", "cancelled")


class Change(NamedTuple):
    """An activity with reports since a day: its status before and now, and the authors of the reports."""

    activity: Activity
    before: PeriodStatus | None
    now: PeriodStatus
    authors: tuple[str, ...]

    @property
    def slipped(self) -> bool:
        """Return whether the status is worse than before."""
        if self.before is None or self.now.status in FINAL:
            return False
        return _WORST_FIRST.index(self.now.status) < _WORST_FIRST.index(self.before.status)


def meeting_page(source: Source, since: date | None) -> Document:
    """Return the page for a meeting: changes since a day, or since the last meeting of the plan."""
    _ = source.language.gettext
    summary = _current(source)
    since = since or (summary.last_meeting.date if summary and summary.last_meeting else None)
    path = f"{source.plan.workplan}/meeting"
    title = _("Brief for the meeting")
    if since:
        title = _("Brief for the meeting: changes since {date}", date=source.language.date(since))
    blocks = _blocks(source, summary, since) if summary else ()
    return source.document(path, path.replace("/", "-"), (Text(title),), source.subtitle(), blocks)


def _current(source: Source) -> Summary | None:
    """Return the last period with a report, or the first period."""
    reported = {report.period for activity in source.plan.activities() for report in activity.progress}
    summaries = [summary for summary in source.summaries if summary.period.id in reported]
    return summaries[-1] if summaries else next(iter(source.summaries), None)


def _blocks(source: Source, summary: Summary, since: date | None) -> Iterator[Block]:
    _ = source.language.gettext
    yield Panel(tuple(at_a_glance(source, summary, with_numbers=False)))
    yield from _decisions(source, summary)
    changes = list(_changes(source, since))
    yield from _section(source, _("Slipped"), [change for change in changes if change.slipped])
    yield from _section(source, _("Other changes"), [change for change in changes if not change.slipped])
    if not changes:
        yield Heading(2, (Text(_("Changes")),))
        yield Paragraph((Text(_("No report since this day.")),))
    overdue = [standing.activity for standing in summary.overdue]
    never = [activity for activity in source.plan.activities() if not activity.progress]
    for title, activities in ((_("After their due date"), overdue), (_("Never reported"), never)):
        if activities:
            yield Heading(2, (Text(title),))
            yield Bullets(tuple(_activity(source, activity) for activity in activities))
    meeting = summary.last_meeting
    if meeting and meeting.decisions:
        date_text = source.language.date(meeting.date)
        yield Heading(2, (Text(_("Decisions of the last meeting")),))
        yield Paragraph((data(meeting.title), Text(f", {date_text}")))
        yield Bullets(tuple((data(decision),) for decision in meeting.decisions), numbered=True)


def _decisions(source: Source, summary: Summary) -> Iterator[Block]:
    _ = source.language.gettext
    lines: list[Line] = [(data(decision),) for decision in summary.decisions_needed]
    lines += [
        (data(f"{standing.activity.id} ({report.by}): ", strong=True), data(report.needs))
        for standing in summary.help_needed
        for report in standing.needs
    ]
    if lines:
        yield Heading(2, (Text(_("Decisions and help needed")),))
        yield Bullets(tuple(lines), numbered=True)


def _changes(source: Source, since: date | None) -> Iterator[Change]:
    for activity in source.plan.activities():
        new = [report for report in activity.progress if since is None or report.date >= since]
        now = last_status(source.plan, activity.progress)
        if new and now:
            before = last_status(source.plan, (report for report in activity.progress if report not in new))
            yield Change(activity, before, now, tuple(dict.fromkeys(report.by for report in new)))


def _section(source: Source, title: str, changes: list[Change]) -> Iterator[Block]:
    if not changes:
        return
    _ = source.language.gettext
    columns = (
        Column(_("Activity"), 6),
        Column(_("Before"), content="short"),
        Column(_("Now"), content="short"),
        Column(_("Reported by"), 1.5),
    )
    rows = tuple(
        Row((
            ((data(change.activity.id, strong=True), Text(" "), data(change.activity.title)),),
            ((source.status(change.before.status),),) if change.before else ((Text("–"),),),
            ((source.status(change.now.status),),),
            ((data(", ".join(change.authors)),),),
        ))
        for change in changes
    )  # fmt: skip
    yield Heading(2, (Text(title),))
    yield Table(title, columns, rows)


def _activity(source: Source, activity: Activity) -> Line:
    line: Line = (
        data(activity.id, strong=True),
        Text(" "),
        data(activity.title),
        data(f" ({', '.join(activity.leads)})", muted=True),
    )
    if not activity.due:
        return line
    due = source.language.gettext("due {date}", date=source.due(activity.due))
    return (*line, Text(f"{source.language.comma}{due}"))
