"""Edits of the smaller records of a plan: the indicators of an activity, and the meetings."""

from collections.abc import Iterable

from csg.editing.edits import Settings, filled, put_fields, with_settings
from csg.model.base import pick
from csg.model.fields import order
from csg.model.workplan import Activity, Indicator, Meeting, Workplan
from csg.problem import Problem, Refused, listed, nearest, shown
from csg.source.data_edits import Edit, Insert, Move, Put, Remove
from csg.source.emit import Inline
from csg.workspace.schema import validated


def add_indicator(plan: Workplan, name: str, indicator: Indicator) -> Iterable[Edit]:
    """Add an indicator to an activity, after its other indicators. The check of the data refuses a duplicate id."""
    activity = plan.find(name)
    yield Insert((*plan.path(activity.id), "indicators"), len(activity.indicators), filled(indicator), order(Activity))


def set_indicator(plan: Workplan, name: str, indicator: str, settings: Settings) -> Iterable[Edit]:
    """Set fields of an indicator. If its id changes, the values of reports change with it."""
    activity = plan.find(name)
    index, old = _indicator(activity, indicator)
    new = validated(Indicator, with_settings(old, settings))
    path = plan.path(activity.id)
    yield from put_fields((*path, "indicators", index), old, new)
    if new.id != old.id:
        for number, report in enumerate(activity.progress):
            if old.id in report.values:
                values = {new.id if key == old.id else key: value for key, value in report.plain()["values"].items()}
                yield Put((*path, "progress", number, "values"), Inline(values), order(type(report)))


def remove_indicator(plan: Workplan, name: str, indicator: str) -> Iterable[Edit]:
    """Remove an indicator. Raise Refused if a report has a value for it."""
    activity = plan.find(name)
    index, old = _indicator(activity, indicator)
    authors = [f"{report.by} in {report.period}" for report in activity.progress if old.id in report.values]
    if authors:
        hint = f"Remove the values first: `csg progress edit {activity.id} --value {old.id}=`."
        raise Refused(Problem("CSG309", f"reports have values for {old.id}: {listed(authors)}", hint=hint))
    yield Remove((*plan.path(activity.id), "indicators", *([index] if len(activity.indicators) > 1 else [])))


def _indicator(activity: Activity, name: str) -> tuple[int, Indicator]:
    record = pick(activity.indicators, name, "indicator", f"activity {activity.id}", lambda candidate: candidate.name)
    return activity.indicators.index(record), record


def add_meeting(plan: Workplan, meeting: Meeting) -> Iterable[Edit]:
    """Add a meeting, after the meetings of the same or an earlier date."""
    index = sum(1 for earlier in plan.meetings if earlier.date <= meeting.date)
    yield Insert(("meetings",), index, filled(meeting), order(Workplan))


def find_meeting(plan: Workplan, name: str) -> int:
    """Return the index of the meeting of a day, or of a day and a title. Raise Refused unless exactly one matches."""
    wanted = name.strip().casefold()
    matching = [
        index
        for index, meeting in enumerate(plan.meetings)
        if f"{meeting.date} {meeting.title}".casefold().startswith(wanted)
    ]
    if len(matching) == 1:
        return matching[0]
    if matching:
        titles = listed(f"'{plan.meetings[index].date} {plan.meetings[index].title}'" for index in matching)
        raise Refused(Problem("CSG315", f"meeting '{shown(name)}' can mean {titles}", hint="Write the title too."))
    days = [str(meeting.date) for meeting in plan.meetings]
    hint = nearest(name, days, "Run `csg meeting list` to see them all.")
    raise Refused(Problem("CSG305", f"no meeting '{shown(name)}' in {plan.title}", hint=hint))


def set_meeting(plan: Workplan, name: str, settings: Settings) -> Iterable[Edit]:
    """Set fields of a meeting. If its date changes, move it to its position by date."""
    index = find_meeting(plan, name)
    old = plan.meetings[index]
    new = validated(Meeting, with_settings(old, settings))
    yield from put_fields(("meetings", index), old, new)
    other_dates = [meeting.date for number, meeting in enumerate(plan.meetings) if number != index]
    new_index = sum(1 for date in other_dates if date <= new.date)
    if new.date != old.date and new_index != index:
        yield Move(("meetings", index), new_index)


def remove_meeting(plan: Workplan, name: str) -> Iterable[Edit]:
    """Remove a meeting with its decisions."""
    index = find_meeting(plan, name)
    yield Remove(("meetings", index) if len(plan.meetings) > 1 else ("meetings",))
