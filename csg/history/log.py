"""The history of an activity, member or review: the commits that changed it, and their changes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from csg.editing.next_year import carried_activity
from csg.history import git
from csg.history.activity_lines import untouched
from csg.history.change import Change, fields
from csg.history.changes import compare, period_names
from csg.history.report_changes import report_changes
from csg.model.members import without_contact
from csg.model.selection import led_by
from csg.model.workplan import Activity, Workplan
from csg.workspace import Snapshot, Workspace

View = Callable[[str, str], Snapshot]
"""A function that returns a file, by its blob and path, as a workspace."""


class Entry(NamedTuple):
    """A commit that changed the subject: its id, date, author, subject line and changes."""

    commit: str
    date: str
    author: str
    subject: str
    changes: list[Change]


class File(NamedTuple):
    """A file that a commit changed: its blob and path before, its blob and path after.

    If a merge differs from all its parents, ``others`` has the blobs of the other parents.
    """

    old: str
    before: str
    new: str
    after: str
    others: tuple[str, ...] = ()


class Commit(NamedTuple):
    """A commit that changed the data folder, with the files that it changed."""

    name: str
    date: str
    author: str
    subject: str
    files: list[File]


def history(root: Path, subject: str, workspace: Workspace) -> Iterator[Entry]:
    """Return the commits that changed an activity (as the workspace's plan numbers it), a network or a review.

    The newest comes first. An activity is followed when it is renumbered, when its plan's file is renamed, and by
    ``carried_from`` into the plans before. The history of a network has its record, its reports, and the activities
    that name it as a lead.
    """
    directory = workspace.snapshot().directory
    entry = directory.find(subject) if directory else None
    subject = entry.id if entry else subject
    commits = list(data_commits(root))
    contents = contents_of(root, commits)
    view = view_of(root, contents)
    start, wanted = git.prefix(root), _chain(workspace, subject)

    def source_of(commit: str, activity: Activity) -> Activity | None:
        """Return the activity that another was carried over from, as it was before the commit, or else in it."""
        year, name = activity.origin
        path = f"data/workplan-{year}.yaml"
        versions = [f"{revision}:{start}{path}" for revision in (f"{commit}^", commit)] if year else []
        contents.update(git.blobs(root, versions))
        plans = next((view(version, path).plans for version in versions if version in contents), ())
        return plans[0].activity(name) if plans else None

    def changes_of(commit: str, file: File, wanted: dict[str, str]) -> list[Change]:
        if entry is not None:
            return _network_changes(view(file.old, file.before), view(file.new, file.after), subject)
        if not _is_plan(file):
            return _changes(view(file.old, file.before), view(file.new, file.after), subject)
        if file.before == file.after and untouched(contents.get(file.old), contents.get(file.new), wanted.values()):
            return []
        sides = view(file.old, file.before), view(file.new, file.after)
        return _activity_changes(*sides, wanted, partial(source_of, commit))

    for commit in commits:
        found: list[Change] = []
        for file in commit.files:
            # The merge itself made only the changes from every parent. A renumbering is in a parent.
            sides = [file._replace(old=old, others=()) for old in (file.old, *file.others)]
            changes = [changes_of(commit.name, side, dict(wanted) if file.others else wanted) for side in sides]
            found += [
                change for change in changes[0] if all(_result(change) in map(_result, other) for other in changes[1:])
            ]
        if found:
            yield Entry(*commit[:4], found)
        subject = next((str(change.before) for change in found if change.what == "renamed"), subject)


def _result(change: Change) -> tuple[str, str, str, str]:
    """Return the result of a change, without the state before it."""
    return change.subject, change.what, change.field, str(change.after)


def _is_plan(file: File) -> bool:
    return "data/workplan-" in (file.before[:14], file.after[:14])


def _chain(workspace: Workspace, subject: str) -> dict[str, str]:
    """Return the id of an activity in each plan that it was carried through, by the plan's name."""
    plans = {plan.workplan: plan for plan in workspace.snapshot().plans}
    chain: dict[str, str] = {}
    last = workspace.load(workspace.plan_file).record
    named = next(year for year, file in workspace.plan_files.items() if file == workspace.plan_file)
    year, name = (last.workplan if last else named), subject
    while year and year not in chain:
        chain[year] = name
        activity = plans[year].activity(name) if year in plans else None
        year, name = activity.origin if activity else ("", "")
    return chain


def _changes(old: Snapshot, new: Snapshot, subject: str) -> list[Change]:
    return [change for change in compare(old, new) if change.subject == subject]


def _network_changes(old: Snapshot, new: Snapshot, network: str) -> list[Change]:
    """Return the changes of a network's record, of its reports, and of the activities that name it as a lead."""
    led = {activity.id for side in (old, new) for activity in _led(side, network)}
    changes = [change for change in compare(old, new) if _concerns(change, network, led)]
    if bool(old.plans) != bool(new.plans):
        added = bool(new.plans)
        side = new if added else old
        changes += (_with_plan(side.plans[0], activity, added=added) for activity in _led(side, network))
    return changes


def _led(side: Snapshot, network: str) -> list[Activity]:
    return [activity for plan in side.plans for activity in plan.activities() if led_by(activity, {network})]


def _concerns(change: Change, network: str, led: set[str]) -> bool:
    if change.record == "progress":
        authors = {without_contact(report["by"]) for report in (change.before, change.after) if report}
        return network in authors
    return change.subject in led if change.record == "activity" else change.subject == network


def _activity_changes(
    old: Snapshot, new: Snapshot, wanted: dict[str, str], source_of: Callable[[Activity], Activity | None]
) -> list[Change]:
    """Return the changes of the wanted activity in a plan. Add its other ids, and earlier plans, to ``wanted``."""
    earlier, later = (side.plans[0] if side.plans else None for side in (old, new))
    plan = later or earlier
    if plan is None or plan.workplan not in wanted:
        return []
    year, name = plan.workplan, wanted[plan.workplan]
    if earlier is None or later is None:
        return list(_plan_change(plan, plan.activity(name), wanted, source_of, added=later is not None))
    if earlier.workplan != year:
        # The file was renamed, and the plan with it: before, the activity was one of that plan.
        wanted.setdefault(earlier.workplan, name)
        old = old._replace(plans=(earlier.model_copy(update={"workplan": year}),))
    if earlier.activity(name) == later.activity(name):
        return []
    found = [change for change in _changes(old, new, name) if change.record in ("activity", "progress")]
    for change in found:
        if change.what == "renumbered":
            wanted[year] = wanted[earlier.workplan] = str(change.before)
    return found


def _plan_change(
    plan: Workplan,
    activity: Activity | None,
    wanted: dict[str, str],
    source_of: Callable[[Activity], Activity | None],
    *,
    added: bool,
) -> Iterator[Change]:
    """Yield the changes of an activity whose plan came or went with it.

    An activity that came has its reports, and the fields that differ from what was carried over.
    """
    if activity is None:
        return
    yield _with_plan(plan, activity, added=added)
    if not added:
        return
    year, name = activity.origin
    if year:
        wanted.setdefault(year, name)
    if source := source_of(activity):
        carried = carried_activity(source, year, plan.objective_of)
        yield from fields(carried, activity, activity.id, "activity", "id", "progress")
    yield from report_changes((), activity, period_names(plan))


def _with_plan(plan: Workplan, activity: Activity, *, added: bool) -> Change:
    words = f"{'new' if added else 'removed'} with the plan of {plan.workplan}: {activity.title}"
    file = str((plan.source or {"file": ""})["file"])
    return Change(activity.id, "activity", "added" if added else "removed", words, file)


def contents_of(root: Path, commits: Iterable[Commit]) -> dict[str, bytes]:
    """Return the contents of all files of the commits by blob, in one call of git."""
    ids = {name for commit in commits for file in commit.files for name in (file.old, file.new, *file.others)}
    return git.blobs(root, (name for name in ids if name.strip("0")))


def view_of(root: Path, contents: Mapping[str, bytes]) -> View:
    """Return a function that parses each file once, by blob and path."""

    @cache
    def view(blob: str, path: str) -> Snapshot:
        return snapshot_of(root, {path: contents[blob]} if blob in contents else {})

    return view


def snapshot_of(root: Path, files: dict[str, bytes]) -> Snapshot:
    """Return files, by path and content, as a workspace without other files."""
    return Workspace(root, None, files, alone=True).snapshot()


def data_commits(root: Path, most: int | None = None) -> Iterator[Commit]:
    """Yield the commits that changed the data folder, with their files, newest first; at most a number of them."""
    form = "--format=%x01%H%x00%aI%x00%an%x00%s%x00"
    start = git.prefix(root)
    limit = () if most is None else (f"--max-count={most}",)
    words = iter(
        git.git(root, "log", *limit, "-z", "--raw", "-c", "--no-abbrev", "-M", form, "--", "data/")
        .decode("utf-8", "replace")
        .split("\0")
    )
    commit: Commit | None = None
    for word in words:
        if word.startswith("\1"):
            if commit:
                yield commit
            commit = Commit(word[1:], next(words), next(words), next(words), [])
        elif commit and (fields := word.lstrip("\n").split(" "))[0].startswith(":"):
            parents = fields[0].count(":")
            modes, (old, *others, new) = fields[: parents + 1], fields[parents + 1 : -1]
            before = next(words).removeprefix(start)
            after = next(words).removeprefix(start) if parents == 1 and fields[-1][0] in "RC" else before
            if all(mode.endswith(("000000", "100644", "100755")) for mode in modes):
                commit.files.append(File(old, before, new, after, tuple(others)))
    if commit:
        yield commit
