"""The plan of a group for a year: objectives, activities and the progress on them (``data/workplan-*.yaml``)."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, ClassVar

from pydantic import Field

from csg.model.base import (
    IN_TABLE,
    KEPT,
    Blank,
    Date,
    Flag,
    Id,
    Identified,
    Names,
    Number,
    Numbers,
    Prose,
    Record,
    Several,
    Texts,
    Words,
    pick,
)
from csg.model.names import Status, meant_ids
from csg.problem import Path, Refused, listed, nearest


class Progress(Record):
    """One progress report on an activity."""

    period: Annotated[Id, IN_TABLE] = Field(title="Period", description="The id of one of the workplan's periods.")
    by: Annotated[Id, IN_TABLE] = Field(
        title="By", description="The author: a member, a group or a section of the partner."
    )
    date: Annotated[Date, IN_TABLE] = Field(title="Date", description="The day of the report.")
    status: Annotated[Status, IN_TABLE] = Field(title="Status", description="How the activity is going.")
    summary: Annotated[Prose, IN_TABLE] = Field(title="Summary", description="The work that was done.")
    needs: Blank = Field(
        "", title="Needs", description="The decision or help that is needed, and from whom it is needed."
    )
    next_steps: Blank = Field("", title="Next steps", description="The work that comes next.")
    evidence: Several[Words] = Field((), title="Evidence", description="Links to documents that show the work.")
    values: Numbers = Field(
        {},
        title="Values",
        description="The total that each indicator has reached since the plan began, by the indicator's id.",
    )


class Indicator(Identified):
    """A number that shows how far an activity has come."""

    id: Annotated[Id, IN_TABLE] = Field(title="Indicator", description="A short name: locations.")
    name: Annotated[Words, IN_TABLE] = Field(title="Name", description="The things that are counted.")
    baseline: Annotated[Number | None, IN_TABLE] = Field(
        None, title="Baseline", description="The number when the plan began."
    )
    target: Annotated[Number | None, IN_TABLE] = Field(
        None, title="Target", description="The number to reach in the plan's year."
    )
    unit: Annotated[Words | None, IN_TABLE] = Field(None, title="Unit", description="The unit: locations, people, %.")


class Activity(Identified):
    """One activity of the workplan: a row of the source's table."""

    id: Annotated[Id, IN_TABLE] = Field(title="ID", description="The objective's id, a dot and a number: 2.4.")
    title: Annotated[Words, IN_TABLE] = Field(title="Activity", description="The work to do.")
    unodc_lead: Annotated[Several[Id], IN_TABLE, KEPT] = Field(
        (),
        title="Partner lead",
        description="Sections of the partner that lead. A contact may follow in brackets. [] for n/a.",
    )
    cso_lead: Annotated[Several[Id], IN_TABLE, KEPT] = Field(
        (), title="CSO lead", description="Members or groups that lead. [] for n/a."
    )
    comments: Blank = Field(title="Comments", description="Comments, as agreed.")
    due: Annotated[Date | None, IN_TABLE] = Field(None, title="Due", description="The day the activity is due.")
    related: Several[Id] = Field((), title="Related", description="Ids of activities that belong with it.")
    carried_from: Id | None = Field(
        None,
        title="Carried from",
        description="The earlier plan, a space and the activity's id there: 2021-22 2.4.",
    )
    recurring: Flag = Field(
        False,
        title="Recurring",
        description="true for an activity of every year: each new plan has it, regardless of its status.",
    )
    indicators: Several[Indicator] = Field(
        (), title="Indicators", description="The numbers that show how far the activity has come."
    )
    progress: Several[Progress] = Field((), title="Progress", description="The progress reports, oldest first.")

    own_fields: ClassVar[tuple[str, ...]] = ()
    """The keys of the fields that the group adds."""

    @property
    def leads(self) -> Names:
        """Return the leads that must report: the CSO leads, or the partner's leads without a CSO lead."""
        return self.cso_lead or self.unodc_lead

    @property
    def origin(self) -> tuple[str, str]:
        """Return the earlier plan and the activity's id in it. Both are empty if it was not carried over."""
        plan, _, name = (self.carried_from or "").partition(" ")
        return plan, name

    def latest(self, period: str | None = None) -> Progress | None:
        """Return the last report, or the last report of a period; None if it is not found."""
        return next((report for report in reversed(self.progress) if period in (None, report.period)), None)


class Objective(Identified):
    """An objective of the workplan and its activities."""

    id: Id = Field(title="ID", description="A number: 2.")
    title: Words = Field(title="Title", description="The objective.")
    activities: Several[Activity] = Field(title="Activities", description="Its activities, in order.")


class Period(Identified):
    """A reporting period of the year."""

    id: Id = Field(title="ID", description="Short name: mid.")
    name: Words = Field(title="Name", description="Full name: Mid-year.")
    due: Date | None = Field(None, title="Due", description="The day its reports are due.")
    introduction: Blank = Field(
        "", title="Introduction", description="Text that comes before the reports of the period in documents."
    )
    decisions_needed: Texts = Field(
        (), title="Decisions needed", description="The decisions that the partner is asked for, each a text of its own."
    )


class Meeting(Record):
    """A meeting about the plan, for example the yearly one with the partner."""

    date: Annotated[Date, IN_TABLE] = Field(title="Date", description="The day of the meeting.")
    title: Annotated[Words, IN_TABLE] = Field(title="Title", description="The name of the meeting.")
    decisions: Annotated[Texts, IN_TABLE] = Field(
        (), title="Decisions", description="The decisions of the meeting, each a text of its own."
    )


class Workplan(Record):
    """A year's workplan: the whole of one ``data/workplan-*.yaml``."""

    workplan: Id = Field(description="The year, as in the file's name: 2021-22.")
    title: Words = Field(description="The plan's title.")
    periods: Several[Period] = Field(description="The reporting periods, in order.")
    meetings: Several[Meeting] = Field(
        (), title="Meetings", description="The meetings about the plan, with their decisions."
    )
    objectives: Several[Objective] = Field(description="The objectives, in order.")

    activity_model: ClassVar[type[Activity]] = Activity
    """The activities' own class, which has the group's fields."""

    def activities(self) -> Iterator[Activity]:
        """Return every activity in the plan's order."""
        return (activity for objective in self.objectives for activity in objective.activities)

    @cached_property
    def period_ranks(self) -> dict[str, int]:
        """Return the position of each period in the plan, by its id."""
        return {period.id: rank for rank, period in reversed(tuple(enumerate(self.periods)))}

    @cached_property
    def objective_of(self) -> dict[str, str]:
        """Return the id of each activity's objective, by the activity's id."""
        return {activity.id: objective.id for objective in self.objectives for activity in objective.activities}

    def activity(self, name: str) -> Activity | None:
        """Return the activity with this id; None if it is not found."""
        return self._activity_by_id.get(name)

    @cached_property
    def _activity_by_id(self) -> dict[str, Activity]:
        """Return the activities by their ids; of two with the same id, the first."""
        return {activity.id: activity for activity in reversed(tuple(self.activities()))}

    def find(self, name: str) -> Activity:
        """Return the activity with this id, regardless of case. Raise Refused if it is not found."""
        return self._activity_by_id.get(name) or pick(tuple(self.activities()), name, "activity", self.title)

    def objective(self, name: str) -> Objective:
        """Return the objective with this id or title, or the first words of the title.

        Raise Refused if it is not found.
        """
        return pick(self.objectives, name, "objective", self.title, lambda objective: objective.title, are_titles=True)

    def period(self, name: str) -> Period:
        """Return the period with this id or name, or a unique beginning. Raise Refused if it is not found."""
        return pick(self.periods, name, "period", self.title, lambda period: period.name)

    def next_id(self, objective: str) -> str:
        """Return the id of an objective's next activity: the one after the highest."""
        return f"{objective}.{self._last_numbers.get(objective, 0) + 1}"

    @cached_property
    def _last_numbers(self) -> dict[str, int]:
        """Return the highest number of an activity of each objective, by the objective's id."""
        last: dict[str, int] = {}
        for activity in self.activities():
            objective, _, number = activity.id.rpartition(".")
            if number.isdecimal():
                last[objective] = max(last.get(objective, 0), int(number))
        return last

    def part(self, name: str) -> tuple[Path, Identified]:
        """Return the part with this id or name, and its path. A part is an activity, an objective or a period.

        Raise Refused if it is not found.
        """
        name = name.strip()
        for key, parts in (("objectives", self.objectives), ("periods", self.periods)):
            for index, part in enumerate(parts):
                if part.id.casefold() == name.casefold():
                    return (key, index), part
        is_activity = any(activity.id.casefold() == name.casefold() for activity in self.activities())
        if not is_activity and meant_ids(name, {period.id: (period.name,) for period in self.periods}):
            period = self.period(name)
            return ("periods", self.periods.index(period)), period
        try:
            activity = self.find(name)
        except Refused as refused:
            periods = [period.id for period in self.periods]
            (problem,) = refused.problems
            known = f"{problem.hint} The periods are {listed(periods, 'and')}." if periods else problem.hint
            raise Refused(problem._replace(hint=nearest(name, periods, known))) from None
        return self.path(activity.id), activity

    def path(self, name: str) -> Path:
        """Return the position of the activity in the plan's file: the keys and indices that lead to it."""
        number, index = self._positions[name]
        return ("objectives", number, "activities", index)

    @cached_property
    def _positions(self) -> dict[str, tuple[int, int]]:
        """Return the index of each activity's objective, and its own index there; of two with one id, the first."""
        positions: dict[str, tuple[int, int]] = {}
        for number, objective in enumerate(self.objectives):
            for index, activity in enumerate(objective.activities):
                positions.setdefault(activity.id, (number, index))
        return positions


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts ids by their numbers: 1.9 before 1.10."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name) if part)
