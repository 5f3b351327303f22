"""The changes between two states of the data: activities, reports, members and reviews."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator

from csg.editing.next_year import carried_plan
from csg.history.change import Change, fields, file_of, paired
from csg.history.part_changes import indicator_changes, meeting_changes
from csg.history.people_changes import people_changes
from csg.history.report_changes import report_changes
from csg.history.review_changes import country_changes, review_changes
from csg.model.base import Record
from csg.model.group import GroupProfile
from csg.model.members import Directory
from csg.model.workplan import Activity, Objective, Workplan
from csg.problem import counted
from csg.workspace import Snapshot
from csg.workspace.names import MEMBERS


def compare(old: Snapshot, new: Snapshot) -> list[Change]:
    """Return the changes from ``old`` to ``new``: the group and its people, then plans, reviews and countries."""
    changes = list(_group(old.group, new.group))
    changes += people_changes(_people(old), _people(new))
    plans = ({plan.workplan: plan for plan in side.plans} for side in (old, new))
    unread = _unread(old) | _unread(new)
    for before, after in paired(*plans):
        if (before and after) or file_of(before, after) not in unread:
            changes += _new_plan(after, old, new) if before is None else _plan(before, after)
    reviews = ({review.review: review for review in side.reviews} for side in (old, new))
    for earlier, later in paired(*reviews):
        changes += review_changes(earlier, later)
    changes += country_changes(old.countries, new.countries)
    for file in sorted(unread):
        changes.append(Change(file, "file", "unread", "cannot be read on one side. Run `csg check` to see why.", file))
    return changes + _layout(old, new, {change.file for change in changes})


def _unread(side: Snapshot) -> set[str]:
    """Return the existing files that cannot be read."""
    read = {str(record.source["file"]) for record in (*side.plans, *side.reviews) if record.source}
    return {
        problem.file
        for problem in side.problems
        if problem.code != "CSG401" and problem.file.startswith("data/workplan-")
    } - read


def _layout(old: Snapshot, new: Snapshot, changed: set[str]) -> list[Change]:
    """Return the changes of files whose text changed, but not their data."""
    before = {document.file: document for document in old.documents}
    changes = []
    for document in new.documents:
        earlier = before.get(document.file)
        if earlier and earlier.text != document.text and document.file not in changed:
            words = "layout only" if earlier.data == document.data else "changed in lines that cannot be read"
            changes.append(Change(document.file, "file", "layout", words, document.file))
    return changes


def _people(snapshot: Snapshot) -> Directory | None:
    """Return the directory: an empty one without the file, and None if the file cannot be read."""
    absent = any((problem.code, problem.file) == ("CSG401", MEMBERS) for problem in snapshot.problems)
    return Directory(members=()) if absent else snapshot.directory


def _group(old: GroupProfile, new: GroupProfile) -> Iterator[Change]:
    yield from fields(old, new, "group", "group", "labels", "fields")
    yield from fields(old.labels, new.labels, "group", "group")
    for earlier, later in paired(*({field.id: field for field in side.fields} for side in (old, new))):
        yield from _pair(earlier, later, f"field {(later or earlier).id}", "field", file_of(old, new))


def _new_plan(plan: Workplan, old: Snapshot, new: Snapshot) -> Iterator[Change]:
    """Yield a new plan, and its differences from the plan that ``csg workplan new`` makes."""
    words = f"new plan of {counted(sum(1 for _ in plan.activities()), 'activity')}"
    yield Change(plan.workplan, "workplan", "added", words, file_of(plan))
    source = _source_of(plan, (*new.plans, *old.plans))
    if source is None:
        periods = period_names(plan)
        for activity in plan.activities():
            yield from report_changes((), activity, periods)
        return
    for change in _plan(carried_plan(source, plan), plan):
        if (change.record, change.what) == ("activity", "removed"):
            _, _, title = change.words.partition(": ")
            change = change._replace(words=f"not carried over from {source.workplan}: {title}")
        yield change._replace(file=file_of(plan))


def _source_of(plan: Workplan, plans: Iterable[Workplan]) -> Workplan | None:
    """Return the plan that most activities were carried over from; None if no activity was."""
    origins = Counter(activity.origin[0] for activity in plan.activities() if activity.carried_from)
    by_name = {plan.workplan: plan for plan in plans if plan.workplan in origins}
    return max(by_name.values(), key=lambda plan: origins[plan.workplan], default=None)


def period_names(*plans: Workplan) -> dict[str, str]:
    """Return the names of the periods of plans, as part of a sentence, by id."""
    return {period.id: period.name.lower() for plan in plans for period in plan.periods}


def _plan(old: Workplan, new: Workplan | None) -> Iterator[Change]:
    if new is None:
        yield Change(old.workplan, "workplan", "removed", "plan removed", file_of(old))
        return
    yield from fields(old, new, new.workplan, "workplan", "periods", "meetings", "objectives")
    yield from meeting_changes(old, new)
    for earlier, later in paired(*({period.id: period for period in side.periods} for side in (old, new))):
        yield from _pair(earlier, later, f"period {(later or earlier).id}", "period", file_of(old, new))
    for before, after in paired(*({objective.id: objective for objective in side.objectives} for side in (old, new))):
        yield from _objective(before, after)
    yield from _activities(old, new)


def _pair(old: Record | None, new: Record | None, subject: str, record: str, file: str) -> Iterator[Change]:
    if old and new:
        yield from fields(old, new, subject, record)
    else:
        yield Change(subject, record, "added" if new else "removed", "added" if new else "removed", file)


def _objective(old: Objective | None, new: Objective | None) -> Iterator[Change]:
    objective = new or old
    assert objective is not None
    subject, file = f"objective {objective.id}", file_of(old, new)
    if old and new:
        if old.title != new.title:
            words = f"retitled “{old.title}” → “{new.title}”"
            yield Change(subject, "objective", "changed", words, file, "title", old.title, new.title)
    else:
        words = f"new objective: {objective.title}" if new else "objective removed"
        yield Change(subject, "objective", "added" if new else "removed", words, file)


def _activities(old: Workplan, new: Workplan) -> Iterator[Change]:
    before = {activity.id: activity for activity in old.activities()}
    after = {activity.id: activity for activity in new.activities()}
    pairs = _same(before, after)
    origins = {later: earlier for earlier, later in pairs.items()}
    periods = period_names(old, new)
    moved = _moved([pairs[name] for name in before if name in pairs], [name for name in after if name in origins])
    file = file_of(old, new)
    for name, activity in after.items():
        origin = origins.get(name)
        if origin is None:
            yield Change(name, "activity", "added", f"new activity: {activity.title}", file)
            continue
        if origin != name:
            words = f"renumbered from {origin}"
            yield Change(name, "activity", "renumbered", words, file, "id", origin, name)
        elif old.objective_of[origin] != new.objective_of[name]:
            yield Change(name, "activity", "moved", f"moved to objective {new.objective_of[name]}", file)
        elif name in moved:
            yield Change(name, "activity", "moved", "moved within the plan", file)
        yield from _activity(before[origin], activity, periods)
    for name, activity in before.items():
        if name not in pairs:
            yield Change(name, "activity", "removed", f"activity removed: {activity.title}", file)


_KEYS: tuple[Callable[[Activity], Hashable], ...] = (
    lambda activity: (activity.id, activity.title),
    lambda activity: activity.title,
    lambda activity: activity.id,
    lambda activity: (
        (activity.comments, *activity.cso_lead, *activity.unodc_lead, *map(str, activity.progress))
        if activity.cso_lead
        else None
    ),
)
"""The keys that match an activity with its earlier version, the surest first: titles are surer than shifted ids."""


def _same(before: dict[str, Activity], after: dict[str, Activity]) -> dict[str, str]:
    """Return the new ids, by old id, of the activities that are in both plans."""
    new_ids: dict[str, str] = {}
    for key in _KEYS:
        old = _ids_by_key(key, (activity for name, activity in before.items() if name not in new_ids))
        taken = set(new_ids.values())
        new = _ids_by_key(key, (activity for name, activity in after.items() if name not in taken))
        for value, old_names in old.items():
            new_names = new.get(value, [])
            if len(old_names) == len(new_names) == 1 and value is not None:
                new_ids[old_names[0]] = new_names[0]
    return new_ids


def _ids_by_key(key: Callable[[Activity], Hashable], activities: Iterable[Activity]) -> dict[Hashable, list[str]]:
    """Return the ids of activities by a key."""
    ids: dict[Hashable, list[str]] = {}
    for activity in activities:
        ids.setdefault(key(activity), []).append(activity.id)
    return ids


def _moved(before: list[str], after: list[str]) -> set[str]:
    """Return the names that have moved from one order to another: the smallest set of them.

    The names that keep their order are the longest run of growing positions (patience sorting).
    """
    positions = {name: index for index, name in enumerate(before)}
    ends: list[int] = []
    ending: list[str] = []
    earlier: dict[str, str | None] = {}
    for name in after:
        index = bisect_left(ends, positions[name])
        earlier[name] = ending[index - 1] if index else None
        ends[index : index + 1] = [positions[name]]
        ending[index : index + 1] = [name]
    kept, name_kept = set(), ending[-1] if ending else None
    while name_kept is not None:
        kept.add(name_kept)
        name_kept = earlier[name_kept]
    return set(after) - kept


def _activity(old: Activity, new: Activity, periods: dict[str, str]) -> Iterator[Change]:
    yield from fields(old, new, new.id, "activity", "id", "indicators", "progress")
    yield from indicator_changes(old, new)
    yield from report_changes(old.progress, new, periods)


def about(changes: Iterable[Change], subject: str) -> list[Change]:
    """Return the changes of one activity, member or review."""
    return [change for change in changes if change.subject == subject]
