"""The calendar of a plan: due dates, the ends of periods and meetings as days, with a reminder two weeks before."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from csg.documents.source import Source, page_name
from csg.language import RIGHT_TO_LEFT_MARK
from csg.model.members import without_contact
from csg.model.workplan import Meeting
from csg.problem import visible

if TYPE_CHECKING:
    from icalendar import Timezone

_REMINDER = timedelta(days=14)
_REFRESH = timedelta(days=1)
"""The time after which a program that subscribes to the calendar loads it again."""
_STAMP = datetime(2000, 1, 1, tzinfo=UTC)
"""The time of every entry, so that the same data makes the same bytes."""


class Day(NamedTuple):
    """An entry of the calendar. Its id comes from ``key``, so that it stays the same if the date changes.

    The key of a meeting is its title, because other meetings can be added before it.
    """

    key: str
    day: date
    title: str
    text: str
    reminds: bool = True


def calendar(source: Source, lead: str | None = None) -> bytes:
    """Return the calendar of a plan, or of one lead. A plan without dates has an empty calendar."""
    from icalendar import Alarm, Calendar, Event

    book = Calendar()
    book.add("prodid", "-//csg//workplan//EN")
    book.add("version", "2.0")
    name = f"{source.plan.title}{source.language.colon}{lead}" if lead else source.plan.title
    book.add("x-wr-calname", visible(name, keep=""))
    book.add("refresh-interval", _REFRESH, {"VALUE": "DURATION"})
    book.add("x-published-ttl", "P1D")
    group = page_name(source.profile.short or source.profile.group or "group")
    for entry in _days(source, lead):
        event = Event()
        event.add("uid", f"{quote(source.plan.workplan)}-{quote(entry.key, safe='')}@{group}.csg")
        event.add("dtstamp", _STAMP)
        event.add("summary", visible(entry.title, keep=""))
        if entry.text:
            event.add("description", visible(entry.text, keep=f"\n{RIGHT_TO_LEFT_MARK}"))
        event.add("dtstart", entry.day)
        if entry.day < date.max:  # an event without an end is one day long, too
            event.add("dtend", entry.day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        if entry.reminds:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", visible(entry.title, keep=""))
            alarm.add("trigger", -_REMINDER)
            event.add_component(alarm)
        book.add_component(event)
    if not book.subcomponents:
        book.add_component(_time_zone())
    content: bytes = book.to_ical()
    return content


def _time_zone() -> "Timezone":
    """Return a time zone, because a calendar without any component is not valid (RFC 5545, 3.6)."""
    from icalendar import Timezone, TimezoneStandard

    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "UTC")
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", timedelta())
    standard.add("tzoffsetto", timedelta())
    zone.add_component(standard)
    return zone


def _days(source: Source, lead: str | None) -> Iterator[Day]:
    _ = source.language.gettext
    for summary in source.summaries:
        owed = {name: debts for name, debts in summary.owed.items() if lead in (None, name)}
        if summary.period.due and (owed or lead is None):
            title = _("{period} reports are due: {plan}", period=summary.period.name, plan=source.plan.title)
            colon, listed = source.language.colon, source.language.listed
            lines = [f"{name}{colon}{listed(debt.activity.id for debt in debts)}" for name, debts in owed.items()]
            yield Day(f"period-{summary.period.id}", summary.period.due, title, "\n".join(lines))
    for activity in source.plan.activities():
        leads = [without_contact(name) for name in (*activity.cso_lead, *activity.unodc_lead)]
        if activity.due and (lead is None or lead in leads):
            text = _("Lead: {leads}", leads=source.lead_names(leads))
            yield Day(f"activity-{activity.id}", activity.due, f"{activity.id} {activity.title}", text)
    for key, meeting in _meetings(source):
        text = "\n".join(f"- {decision}" for decision in meeting.decisions)
        yield Day(key, meeting.date, meeting.title, text)


def _meetings(source: Source) -> Iterator[tuple[str, Meeting]]:
    """Yield the meetings by date, each with a key from its title: the first, second and later of the same title."""
    seen: Counter[str] = Counter()
    for meeting in sorted(source.plan.meetings, key=lambda meeting: meeting.date):
        title = " ".join(meeting.title.split())
        seen[title] += 1
        yield f"meeting-{sha256(title.encode()).hexdigest()[:12]}-{seen[title]}", meeting
