"""One plan in one language, as the site shows it: its source, the paths of its pages, and what changed in it."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from csg.documents.catalogue import Catalogue
from csg.documents.content import Cell, Inline, Line, PageLink, Text, data
from csg.documents.source import Source, page_names
from csg.model.summary import Standing, Summary
from csg.model.workplan import Activity, Meeting, Objective


class Event(NamedTuple):
    """A change of a commit: its day, the plan that it changed (empty for other files), and what changed.

    ``subject`` is the id of an activity, as the plan numbers it now, or of another record; ``record`` is its kind.
    ``field`` is the field that changed, with its values ``before`` and ``after``; ``words`` say it in English.
    """

    day: date
    plan: str
    subject: str
    record: str
    what: str
    words: str
    field: str = ""
    before: Any = None
    after: Any = None


class Edition:
    """A plan in a language, with the paths of the pages that only the site has."""

    def __init__(self, catalogue: Catalogue, events: Iterable[Event] = (), *, whole_history: bool = True) -> None:
        self.catalogue, self.whole_history = catalogue, whole_history
        self.source: Source = catalogue.source
        self.plan = self.source.plan
        self.folder = self.plan.workplan
        self.events = tuple(event for event in events if event.plan in ("", self.folder))
        self.others: dict[str, Edition] = {self.folder: self}
        """Every plan in this language, by name."""

    @cached_property
    def summary(self) -> Summary | None:
        """The period that the site shows first: the last one with a report, or the first."""
        return self.source.current

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Each activity in the period that the site shows first, by its id."""
        return {standing.activity.id: standing for standing in self.summary.standings} if self.summary else {}

    @cached_property
    def objective_pages(self) -> dict[str, str]:
        """The page of each objective, by its id."""
        names = page_names(objective.id for objective in self.plan.objectives)
        return {name: f"{self.folder}/objectives/{page}" for name, page in names.items()}

    @cached_property
    def activity_pages(self) -> dict[str, str]:
        """The page of each activity, by its id."""
        names = page_names(activity.id for activity in self.plan.activities())
        return {name: f"{self.folder}/activities/{page}" for name, page in names.items()}

    @cached_property
    def meetings(self) -> list[tuple[Meeting, str]]:
        """Each meeting with its page, the last one first."""
        meetings = sorted(self.plan.meetings, key=lambda meeting: meeting.date, reverse=True)
        names = page_names(f"{meeting.date} {number}" for number, meeting in enumerate(meetings, 1))
        return [
            (meeting, f"{self.folder}/meetings/{page}") for meeting, page in zip(meetings, names.values(), strict=True)
        ]

    @cached_property
    def objective_of(self) -> dict[str, Objective]:
        """The objective of each activity, by the activity's id."""
        return {activity.id: objective for objective in self.plan.objectives for activity in objective.activities}

    def objective_page_of(self, activity: Activity) -> str:
        """Return the page of the objective of an activity."""
        return self.objective_pages[self.objective_of[activity.id].id]

    @cached_property
    def events_of(self) -> dict[str, list[Event]]:
        """The changes of each activity, the newest first, by its id."""
        events: dict[str, list[Event]] = {}
        for event in self.events:
            if event.plan and event.record in ("activity", "progress"):
                events.setdefault(event.subject, []).append(event)
        return events

    def activity_link(self, activity: Activity) -> Line:
        """Return the id and the title of an activity; the title is a link to its page."""
        return (Text(activity.id, strong=True), Text(" "), PageLink(self.activity_pages[activity.id], activity.title))

    def day(self, day: date | None, *, muted: bool = False) -> Line:
        """Return a date by which a table can be sorted; nothing without a date."""
        return (Text(self.source.due(day), muted=muted, day=day.isoformat()),) if day else ()

    def status(self, activity: Activity) -> Cell:
        """Return the status of an activity in the period that the site shows first."""
        standing = self.standings.get(activity.id)
        return self.source.standing(standing) if standing else ((self.source.status("unreported"),),)

    def statuses_by_period(self, activity: Activity) -> Cell:
        """Return the status of an activity in each period up to the last with reports."""
        lines: list[Line] = []
        for period, standing in self.source.standings.get(activity.id, []):
            first, *more = self.source.standing(standing)
            before: tuple[Inline, ...] = (data(period.name), Text(self.source.language.colon))
            lines += [(*before, *first), *more]
        return tuple(lines)
