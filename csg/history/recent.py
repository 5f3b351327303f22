"""The newest changes of all records, commit by commit, as the plans number their activities now."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from csg.history import git
from csg.history.activity_lines import without_untouched
from csg.history.change import Change
from csg.history.changes import compare
from csg.history.log import Commit, File, contents_of, data_commits, snapshot_of, view_of

MOST_COMMITS = 500
"""The commits that are read."""
_AT_ONCE = 20
"""The commits whose files are read at once."""
_MOST_BYTES = 20_000_000
"""The bytes of the files of these commits after which no more commits are read."""

Compare = Callable[[str, File], list[Change]]
"""A function that returns the changes of a file in a commit, beside one of its versions before, by blob."""


class CommitChange(NamedTuple):
    """A change, the day of its commit, and the plan that it changed; empty for another file.

    ``subject`` is the id of the activity as the plan numbers it now; empty if the plan no longer has it.
    """

    day: str
    plan: str
    subject: str
    change: Change


class Recent(NamedTuple):
    """The newest changes, newest first. ``whole`` is false if there are older commits."""

    changes: tuple[CommitChange, ...]
    whole: bool


def recent_changes(root: Path) -> Recent:
    """Return the newest changes of the data. Raise Refused without git or a repository."""
    commits = list(data_commits(root, MOST_COMMITS + 1))
    first = _first_commits(root)
    readable = [commit for commit in commits[:MOST_COMMITS] if commit.name not in first]
    chosen, contents = _within_limit(root, readable)
    compare_file = _compare(root, contents)
    changes = tuple(change for commit_changes in _changes(chosen, compare_file) for change in commit_changes)
    return Recent(changes, len(chosen) == len(commits))


def _first_commits(root: Path) -> frozenset[str]:
    """Return the commits of a shallow clone whose parents are missing: they seem to add every file."""
    if git.git(root, "rev-parse", "--is-shallow-repository").strip() != b"true":
        return frozenset()
    return frozenset(git.git(root, "rev-list", "--max-parents=0", "HEAD").decode().split())


def _within_limit(root: Path, commits: Sequence[Commit]) -> tuple[list[Commit], dict[str, bytes]]:
    """Return the newest commits up to the limit of bytes, and the contents of their files."""
    chosen: list[Commit] = []
    contents: dict[str, bytes] = {}
    for start in range(0, len(commits), _AT_ONCE):
        if sum(map(len, contents.values())) > _MOST_BYTES:
            break
        chosen += commits[start : start + _AT_ONCE]
        contents |= contents_of(root, commits[start : start + _AT_ONCE])
    return chosen, contents


def _changes(commits: Sequence[Commit], compare_file: Compare) -> Iterator[list[CommitChange]]:
    """Yield the changes of each commit, with the ids that activities have now."""
    ids: dict[str, dict[str, str]] = {}
    for commit in commits:
        found: list[CommitChange] = []
        for file in commit.files:
            plan = _plan_of(file)
            of_file = _file_changes(file, compare_file)
            now = ids.setdefault(plan, {})
            found += [
                CommitChange(commit.date[:10], plan, now.get(change.subject, change.subject), change)
                for change in of_file
            ]
            _remember(now, of_file)
        yield found


def _file_changes(file: File, compare_file: Compare) -> list[Change]:
    """Return the changes of a file; of a merge, those that differ from every parent."""
    sides = [compare_file(old, file) for old in (file.old, *file.others)]
    others = [{(change.subject, change.words) for change in side} for side in sides[1:]]
    return [change for change in sides[0] if all((change.subject, change.words) in other for other in others)]


def _compare(root: Path, contents: Mapping[str, bytes]) -> Compare:
    """Return a function that compares the file of a commit with one of its versions before, by blob.

    Of a plan, only the activities whose lines differ are parsed.
    """
    view = view_of(root, contents)

    def compare_file(blob: str, file: File) -> list[Change]:
        if file.before == file.after and _plan_of(file) and blob in contents and file.new in contents:
            texts = without_untouched(contents[blob], contents[file.new])
            return compare(*(snapshot_of(root, {file.after: text}) for text in texts))
        old, new = view(blob, file.before), view(file.new, file.after)
        if file.before != file.after and old.plans and new.plans:  # the plan was renamed with its file
            old = old._replace(plans=(old.plans[0].model_copy(update={"workplan": new.plans[0].workplan}),))
        return compare(old, new)

    return compare_file


def _remember(now: dict[str, str], changes: Sequence[Change]) -> None:
    """Remember which id of an earlier commit is which activity now. An id that the commit gave anew was another one."""
    renumbered = [change for change in changes if change.what == "renumbered"]
    if renumbered:
        old = {str(change.before): now.get(change.subject, change.subject) for change in renumbered}
        now.update(dict.fromkeys((change.subject for change in renumbered if change.subject not in old), ""))
        now.update(old)
    for change in changes:
        if (change.record, change.what, change.field) == ("activity", "added", ""):
            now[change.subject] = ""


def _plan_of(file: File) -> str:
    name = file.after
    return name.removeprefix("data/workplan-").removesuffix(".yaml") if name.startswith("data/workplan-") else ""
