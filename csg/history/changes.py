"""What changed between two states of the data, in the plan's own terms."""

from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from csg.history.change import Change, fields, file_of, paired
from csg.history.review_changes import country_changes, review_changes
from csg.model.base import Record
from csg.model.group import GroupProfile
from csg.model.members import Directory
from csg.model.workplan import Activity, Objective, Progress, Workplan
from csg.workspace import Snapshot
from csg.workspace.names import MEMBERS


def compare(old: Snapshot, new: Snapshot) -> list[Change]:
    """Return the changes from ``old`` to ``new``: the group and its people, then plans, reviews and countries."""
    changes = list(_group(old.group, new.group))
    changes += _directory(_people(old), _people(new))
    plans = ({each.workplan: each for each in side.plans} for side in (old, new))
    unread = _unread(old) | _unread(new)
    for before, after in paired(*plans):
        if (before and after) or file_of(before, after) not in unread:
            changes += _plan(before, after)
    reviews = ({each.review: each for each in side.reviews} for side in (old, new))
    for earlier, later in paired(*reviews):
        changes += review_changes(earlier, later)
    changes += country_changes(old.countries, new.countries)
    for file in sorted(unread):
        changes.append(Change(file, "file", "unread", "cannot be read on one side: csg check says why", file))
    return changes + _layout(old, new, {change.file for change in changes})


def _unread(side: Snapshot) -> set[str]:
    """The files of which nothing could be read, though they are there."""
    read = {str(record.source["file"]) for record in (*side.plans, *side.reviews) if record.source}
    return {
        each.file for each in side.problems if each.code != "CSG401" and each.file.startswith("data/workplan-")
    } - read


def _layout(old: Snapshot, new: Snapshot, told: set[str]) -> list[Change]:
    """Files whose text changed and nothing that it says."""
    before = {document.file: document for document in old.documents}
    changes = []
    for document in new.documents:
        known = before.get(document.file)
        if known and known.text != document.text and document.file not in told:
            words = "layout only" if known.data == document.data else "changed in what cannot be read"
            changes.append(Change(document.file, "file", "layout", words, document.file))
    return changes


def _people(snapshot: Snapshot) -> Directory | None:
    """The directory: an empty one where there is no such file yet, None where it cannot be read."""
    absent = any((problem.code, problem.file) == ("CSG401", MEMBERS) for problem in snapshot.problems)
    return Directory(members=()) if absent else snapshot.directory


_PEOPLE = {"member": "members", "group": "leads", "section": "unodc", "membership type": "membership_types"}


def _directory(old: Directory | None, new: Directory | None) -> Iterator[Change]:
    if old is None or new is None:
        return
    for kind, field in _PEOPLE.items():
        before, after = ({each.id: each for each in getattr(side, field)} for side in (old, new))
        for earlier, later in paired(before, after):
            if earlier and later:
                yield from fields(earlier, later, later.id, kind)
            elif later:
                yield Change(later.id, kind, "added", f"new {kind}: {later.name}", file_of(new))
            else:
                yield Change(earlier.id, kind, "removed", f"{kind} removed", file_of(old, new))


def _group(old: GroupProfile, new: GroupProfile) -> Iterator[Change]:
    yield from fields(old, new, "group", "group", "labels", "fields")
    yield from fields(old.labels, new.labels, "group", "group")
    for earlier, later in paired(*({field.id: field for field in side.fields} for side in (old, new))):
        yield from _pair(earlier, later, f"field {(later or earlier).id}", "field", file_of(old, new))


def _plan(old: Workplan | None, new: Workplan | None) -> Iterator[Change]:
    if old is None or new is None:
        plan = new or old
        assert plan is not None
        words = f"new plan of {sum(1 for _ in plan.activities())} activities" if new else "plan removed"
        yield Change(plan.workplan, "workplan", "added" if new else "removed", words, file_of(plan))
        return
    yield from fields(old, new, new.workplan, "workplan", "periods", "objectives")
    for earlier, later in paired(*({each.id: each for each in side.periods} for side in (old, new))):
        yield from _pair(earlier, later, f"period {(later or earlier).id}", "period", file_of(old, new))
    for before, after in paired(*({each.id: each for each in side.objectives} for side in (old, new))):
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
    periods = {period.id: period.name.lower() for plan in (old, new) for period in plan.periods}
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


_SAME: tuple[Callable[[Activity], Any], ...] = (
    lambda one: (one.id, one.title),
    lambda one: one.title,
    lambda one: one.id,
    lambda one: (one.comments, *one.cso_lead, *one.unodc_lead, *map(str, one.progress)) if one.cso_lead else None,
)
"""What an activity is known by, the surest first: where numbers shift, its title tells more than its number."""


def _same(before: dict[str, Activity], after: dict[str, Activity]) -> dict[str, str]:
    """New ids by old, of the activities that stand in both plans."""
    found: dict[str, str] = {}
    for known_by in _SAME:
        left = _by(known_by, (activity for name, activity in before.items() if name not in found))
        taken = set(found.values())
        come = _by(known_by, (activity for name, activity in after.items() if name not in taken))
        for mark, names in left.items():
            others = come.get(mark, [])
            if len(names) == len(others) == 1 and mark is not None:
                found[names[0]] = others[0]
    return found


def _by(known_by: Callable[[Activity], Any], activities: Iterable[Activity]) -> dict[Any, list[str]]:
    """The ids of activities by what they are known by."""
    found: dict[Any, list[str]] = {}
    for activity in activities:
        found.setdefault(known_by(activity), []).append(activity.id)
    return found


def _moved(before: list[str], after: list[str]) -> set[str]:
    """Return the names that have moved from one order to another: as few of them as can be.

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
    yield from fields(old, new, new.id, "activity", "id", "progress")
    before, after = _without_common(old.progress, new.progress)
    by_author: dict[tuple[str, str], deque[Progress]] = {}
    for report in before:
        by_author.setdefault((report.period, report.by), deque()).append(report)
    for report in after:
        candidates = by_author.get((report.period, report.by))
        if not candidates:
            words = f"{_report(report, periods)} added: {report.status}"
            yield Change(new.id, "progress", "added", words, file_of(new), "progress", None, report.plain())
        else:
            earlier = candidates.popleft()
            changed = [each.words for each in fields(earlier, report, "", "progress")]
            words = f"{_report(report, periods)} changed: {', '.join(changed)}"
            yield Change(
                new.id, "progress", "changed", words, file_of(new), "progress", earlier.plain(), report.plain()
            )
    left = {id(report) for reports in by_author.values() for report in reports}
    for report in (report for report in before if id(report) in left):
        words = f"{_report(report, periods)} removed"
        yield Change(new.id, "progress", "removed", words, file_of(new), "progress", report.plain(), None)


def _without_common(old: Iterable[Progress], new: Iterable[Progress]) -> tuple[list[Progress], list[Progress]]:
    """Return the reports of each side that the other side does not have; the same report twice counts twice."""
    sides = [[report.content for report in side] for side in (old, new)]
    common = Counter(sides[0]) & Counter(sides[1])
    kept = []
    for reports, contents in zip((old, new), sides, strict=True):
        skipped = common.copy()
        rest = []
        for report, content in zip(reports, contents, strict=True):
            if skipped[content]:
                skipped[content] -= 1
            else:
                rest.append(report)
        kept.append(rest)
    return kept[0], kept[1]


def _report(report: Progress, periods: dict[str, str]) -> str:
    return f"{periods.get(report.period, report.period)} report by {report.by}"


def about(changes: Iterable[Change], subject: str) -> list[Change]:
    """The changes that are about one activity, member or review."""
    return [change for change in changes if change.subject == subject]
