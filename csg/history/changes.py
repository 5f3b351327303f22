"""What changed between two states of the data, in the plan's own terms."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from csg.model.base import Record
from csg.model.members import Directory
from csg.model.review import Review
from csg.model.workplan import Activity, Objective, Progress, Workplan
from csg.workspace import Snapshot
from csg.workspace.workspace import MEMBERS


class Change(NamedTuple):
    """One change: what it is about (``2.4``, ``INPUD``), of which kind of record, what happened, in words, and where.

    ``field`` is the key that changed, with its values before and after, where it is one field that did.
    """

    subject: str
    record: str
    what: str
    words: str
    file: str
    field: str = ""
    before: Any = None
    after: Any = None

    def __str__(self) -> str:
        return f"{self.subject} {self.words}" if self.subject else self.words


NAMES = {"unodc_lead": "UNODC lead", "cso_lead": "CSO lead", "carried_from": "carried from", "next_steps": "next steps"}
_LONG = frozenset({"comments", "summary", "next_steps", "text"})
"""Fields whose text is too long to be told twice in a line."""


def compare(old: Snapshot, new: Snapshot) -> list[Change]:
    """Everything that changed from ``old`` to ``new``, people first, then plans in order, then reviews."""
    changes = list(_directory(_people(old), _people(new)))
    plans = ({each.workplan: each for each in side.plans} for side in (old, new))
    unread = _unread(old) | _unread(new)
    for before, after in _paired(*plans):
        if (before and after) or _file(before, after) not in unread:
            changes += _plan(before, after)
    reviews = ({each.review: each for each in side.reviews} for side in (old, new))
    for earlier, later in _paired(*reviews):
        changes += _review(earlier, later)
    for file in sorted(unread):
        changes.append(Change(file, "file", "unread", "cannot be read on one side: csg check says why", file))
    return changes + _layout(old, new, {change.file for change in changes})


def _unread(side: Snapshot) -> set[str]:
    """The files of which nothing could be read, though they are there."""
    read = {str(record.source["file"]) for record in (*side.plans, *side.reviews) if record.source}
    return {
        each.file for each in side.problems if each.code != "CSG401" and each.file.startswith("data/workplan-")
    } - read


def _paired(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    for name in dict.fromkeys((*old, *new)):
        yield old.get(name), new.get(name)


def _file(*records: Record | None) -> str:
    """The file of the last of the records that there is."""
    return next((str(record.source["file"]) for record in reversed(records) if record and record.source), "")


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


def _fields(old: Record, new: Record, subject: str, record: str, *skip: str) -> Iterator[Change]:
    """A change for each field in which two records of a kind differ, but for those to skip."""
    before, after = ({}, {}) if old == new else (old.plain(), new.plain())
    for key, value in after.items():
        if key not in skip and before[key] != value:
            words = _words(key, before[key], value)
            yield Change(subject, record, "changed", words, _file(old, new), key, before[key], value)


def _words(key: str, before: Any, after: Any) -> str:
    name = NAMES.get(key, key)
    if key in _LONG:
        return f"{name} {'changed' if before and after else 'added' if after else 'taken out'}"
    if isinstance(before, list) and isinstance(after, list):
        return f"{name} {', '.join(map(str, before)) or 'n/a'} → {', '.join(map(str, after)) or 'n/a'}"
    if not before or not after:
        return f"{name} set to {after}" if after else f"{name} taken out"
    return f"{name} “{before}” → “{after}”" if key in ("title", "name") else f"{name} {before} → {after}"


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
        for earlier, later in _paired(before, after):
            if earlier and later:
                yield from _fields(earlier, later, later.id, kind)
            elif later:
                yield Change(later.id, kind, "added", f"new {kind}: {later.name}", _file(new))
            else:
                yield Change(earlier.id, kind, "removed", f"{kind} removed", _file(old, new))


def _plan(old: Workplan | None, new: Workplan | None) -> Iterator[Change]:
    if old is None or new is None:
        plan = new or old
        assert plan is not None
        words = f"new plan of {sum(1 for _ in plan.activities())} activities" if new else "plan removed"
        yield Change(plan.workplan, "workplan", "added" if new else "removed", words, _file(plan))
        return
    yield from _fields(old, new, new.workplan, "workplan", "periods", "objectives")
    for earlier, later in _paired(*({each.id: each for each in side.periods} for side in (old, new))):
        yield from _pair(earlier, later, f"period {(later or earlier).id}", "period", _file(old, new))
    for before, after in _paired(*({each.id: each for each in side.objectives} for side in (old, new))):
        yield from _objective(before, after)
    yield from _activities(old, new)


def _pair(old: Record | None, new: Record | None, subject: str, record: str, file: str) -> Iterator[Change]:
    if old and new:
        yield from _fields(old, new, subject, record)
    else:
        yield Change(subject, record, "added" if new else "removed", "added" if new else "removed", file)


def _objective(old: Objective | None, new: Objective | None) -> Iterator[Change]:
    objective = new or old
    assert objective is not None
    subject, file = f"objective {objective.id}", _file(old, new)
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
    file = _file(old, new)
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
        come = _by(known_by, (activity for name, activity in after.items() if name not in found.values()))
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
    """Of two orders of the same names, those that stand elsewhere in the second: about as few as there can be."""
    from difflib import SequenceMatcher

    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return set(after) - {name for block in blocks for name in after[block.b : block.b + block.size]}


def _activity(old: Activity, new: Activity, periods: dict[str, str]) -> Iterator[Change]:
    yield from _fields(old, new, new.id, "activity", "id", "progress")
    before, after = list(old.progress), list(new.progress)
    for report in list(before):
        if report in after:
            before.remove(report)
            after.remove(report)
    for report in after:
        earlier = next((each for each in before if (each.period, each.by) == (report.period, report.by)), None)
        if earlier is None:
            words = f"{_report(report, periods)} added: {report.status}"
            yield Change(new.id, "progress", "added", words, _file(new), "progress", None, report.plain())
        else:
            before.remove(earlier)
            changed = [each.words for each in _fields(earlier, report, "", "progress")]
            words = f"{_report(report, periods)} changed: {', '.join(changed)}"
            yield Change(new.id, "progress", "changed", words, _file(new), "progress", earlier.plain(), report.plain())
    for report in before:
        words = f"{_report(report, periods)} removed"
        yield Change(new.id, "progress", "removed", words, _file(new), "progress", report.plain(), None)


def _report(report: Progress, periods: dict[str, str]) -> str:
    return f"{periods.get(report.period, report.period)} report by {report.by}"


def _review(old: Review | None, new: Review | None) -> Iterator[Change]:
    review = new or old
    assert review is not None
    if old and new:
        yield from _fields(old, new, review.review, "review")
    else:
        words = f"new review: {review.title}" if new else "review removed"
        yield Change(review.review, "review", "added" if new else "removed", words, _file(old, new))


def about(changes: Iterable[Change], subject: str) -> list[Change]:
    """The changes that are about one activity, member or review."""
    return [change for change in changes if change.subject == subject]
