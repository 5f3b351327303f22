"""The changes of the indicators of an activity, and of the meetings of a plan."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from csg.history.change import Change, fields, file_of, paired
from csg.model.base import Record
from csg.model.fields import field_text
from csg.model.workplan import Activity, Indicator, Meeting, Workplan

R = TypeVar("R", bound=Record)


def indicator_changes(old: Activity, new: Activity) -> Iterator[Change]:
    """Yield the changes of an activity's indicators, which are matched by their ids."""
    file = file_of(old, new)
    for what, words in _part_changes(old.indicators, new.indicators, lambda part: part.id, _indicator_words):
        before, after = ([indicator.plain() for indicator in side.indicators] for side in (old, new))
        yield Change(new.id, "activity", what, words, file, "indicators", before, after)


def _indicator_words(indicator: Indicator) -> str:
    target = f", target {field_text(indicator.target)}" if indicator.target is not None else ""
    return f"indicator {indicator.id} added: {indicator.name}{target}"


def meeting_changes(old: Workplan, new: Workplan) -> Iterator[Change]:
    """Yield the changes of a plan's meetings, which are matched by date and title."""
    file = file_of(old, new)
    for what, words in _part_changes(old.meetings, new.meetings, _meeting_name, _meeting_words):
        before, after = ([meeting.plain() for meeting in side.meetings] for side in (old, new))
        yield Change(new.workplan, "workplan", what, words, file, "meetings", before, after)


def _meeting_name(meeting: Meeting) -> str:
    return f"{meeting.date} {meeting.title}"


def _meeting_words(meeting: Meeting) -> str:
    decisions = "; ".join(meeting.decisions)
    return f"meeting {_meeting_name(meeting)} added{f': {decisions}' if decisions else ''}"


def _part_changes(
    old: tuple[R, ...], new: tuple[R, ...], name_of: Callable[[R], str], added_words: Callable[[R], str]
) -> Iterator[tuple[str, str]]:
    """Yield the kind of change of each part of a record, and the words for it."""
    if old == new:
        return
    kind = type((old or new)[0]).__name__.lower()
    before, after = ({name_of(part): part for part in side} for side in (old, new))
    for earlier, later in paired(before, after):
        if earlier is None:
            yield "added", added_words(later)
        elif later is None:
            yield "removed", f"{kind} {name_of(earlier)} removed"
        elif changed := [change.words for change in fields(earlier, later, "", kind)]:
            yield "changed", f"{kind} {name_of(later)}: {', '.join(changed)}"
    kept = [[name for name in side if name in before and name in after] for side in (before, after)]
    if kept[0] != kept[1]:
        yield "changed", f"{kind}s put in another order"
