"""Push the branch to its upstream, and merge what others pushed before: in git's objects, until all is clear."""

import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from csg.checks import errors_in
from csg.history import git
from csg.history.change import Change
from csg.history.changes import compare
from csg.history.revisions import at_revision
from csg.history.scripts import attribute_pattern, merge_driver
from csg.problem import Problem, Refused, counted, shown, some
from csg.workspace.own_files import locked

MOST_TRIES = 3
"""Pushes that are tried, with a merge before each of the others."""
_BEHIND = re.compile(r"^!\t.*(?:\[rejected\]|cannot lock ref|failed to update ref)", re.MULTILINE)
_REJECTED = re.compile(r"^!\t[^\t]*\t(.*)$", re.MULTILINE)
_ASKS = re.compile(
    "could not read (?:username|password)|terminal prompts disabled|permission denied|authentication failed"
    "|host key verification failed",
    re.IGNORECASE,
)


class Upstream(NamedTuple):
    """The branch of another repository that the branch is pushed to: ``origin``, ``refs/heads/main``."""

    remote: str
    ref: str

    def __str__(self) -> str:
        return f"{self.remote}/{self.ref.removeprefix('refs/heads/')}"


class Pushed(NamedTuple):
    """The end of a push: whether others were first, and what git says if it failed."""

    is_done: bool
    is_behind: bool = False
    reason: str = ""


def upstream_of(root: Path, branch: str) -> Upstream | None:
    """Return the upstream of a branch; None if it has none in another repository."""
    settings = [git.git(root, "config", "--get", f"branch.{branch}.{key}", check=False) for key in ("remote", "merge")]
    remote, ref = (setting.decode("utf-8", "replace").strip() for setting in settings)
    return Upstream(remote, ref) if remote and ref and remote != "." else None


def is_ahead(root: Path) -> bool:
    """Return whether the branch has commits that its upstream is not known to have."""
    counted_commits = git.run(root, "rev-list", "--count", "@{upstream}..HEAD", "--")
    return counted_commits.returncode != 0 or counted_commits.stdout.strip() != b"0"


def push(root: Path, upstream: Upstream) -> Pushed:
    """Push the branch. git asks for nothing: what it needs to be asked is a failure with a reason."""
    words = ("push", "--porcelain", "--", upstream.remote, f"HEAD:{upstream.ref}")
    done = git.run(root, *words, stdin=b"", more=_without_questions(root))
    said = done.stderr.decode("utf-8", "replace")
    printed = done.stdout.decode("utf-8", "replace")
    if done.returncode == 0:
        return Pushed(is_done=True)
    if _BEHIND.search(printed):
        return Pushed(is_done=False, is_behind=True)
    rejected = _REJECTED.search(printed)
    return Pushed(is_done=False, reason=shown(rejected[1], 200) if rejected else _reason(said))


def _without_questions(root: Path) -> dict[str, str]:
    """Return the setting with which ssh asks for no password, unless git has a command of its own for ssh."""
    import os

    if os.environ.get("GIT_SSH_COMMAND") or os.environ.get("GIT_SSH"):
        return {}
    own = git.git(root, "config", "--get", "core.sshCommand", check=False)
    return {} if own.strip() else {"GIT_SSH_COMMAND": "ssh -o BatchMode=yes"}


def _reason(said: str) -> str:
    lines = [line.removeprefix("fatal: ").removeprefix("error: ") for line in said.splitlines() if line.strip()]
    named = next((line for line in lines if _ASKS.search(line)), lines[0] if lines else "git gives no reason")
    return shown(named, 200)


def needs_person(reason: str) -> bool:
    """Return whether a push failed because git would have to ask a person for something."""
    return bool(_ASKS.search(reason))


def merge_upstream(root: Path, upstream: Upstream) -> list[Change]:
    """Merge what others pushed, and return it in words.

    The merge is made among git's objects, and checked, before the files change: all at once, or not at all. Raises
    Refused, with nothing changed, if both sides changed the same, or if the merged data would have errors.
    """
    done = git.run(
        root, "fetch", "--quiet", "--", upstream.remote, upstream.ref, stdin=b"", more=_without_questions(root)
    )
    if done.returncode:
        reason = _reason(done.stderr.decode("utf-8", "replace"))
        raise Refused(_not_merged(upstream, f"git cannot fetch {upstream}: {reason}", "Run `csg save` again later."))
    ours, theirs = git.commit(root, "HEAD"), git.commit(root, "FETCH_HEAD")
    merged = _merge_commit(root, upstream, ours, theirs)
    errors = errors_in(at_revision(root, merged).snapshot())
    if errors:
        hint = f"Run `git merge {upstream}`, correct the errors, commit, and save again."
        message = f"with what is in {upstream}, the data has {counted(len(errors), 'error')}"
        raise Refused(_not_merged(upstream, message, hint), *errors)
    changes = compare(at_revision(root, ours).snapshot(), at_revision(root, merged).snapshot())
    with locked(root):
        done = git.run(root, "merge", "--quiet", "--ff-only", "--no-autostash", merged)
    if done.returncode:
        raise _files_in_the_way(upstream, done.stderr.decode("utf-8", "replace"))
    return changes


def _files_in_the_way(upstream: Upstream, said: str) -> Refused:
    """Return the refusal of a merge that would overwrite files, which nobody has committed."""
    files = [line.strip() for line in said.split("\n") if line.startswith("\t")]
    if not files:
        return Refused(_not_merged(upstream, f"git cannot merge {upstream}: {_reason(said)}", "Run `git status`."))
    message = f"{upstream} has another version of {some(map(shown, files))}, which you changed and did not commit"
    hint = "Commit these files, or move them out of the folder, and save again."
    return Refused(_not_merged(upstream, message, hint))


def _not_merged(upstream: Upstream, message: str, hint: str) -> Problem:
    return Problem("CSG508", f"{message}. Your commit is kept here, and {upstream} does not have it", hint=hint)


def _merge_commit(root: Path, upstream: Upstream, ours: str, theirs: str) -> str:
    """Return the commit of the merge; nothing in the files changes."""
    if git.run(root, "merge-base", ours, theirs).returncode:
        hint = "Check the upstream with `git remote -v`."
        raise Refused(_not_merged(upstream, f"{upstream} is of another repository: no commit is in both", hint))
    if not git.git(root, "rev-list", "--max-count=1", f"{theirs}..{ours}"):
        return theirs
    with _drivers(root) as settings:
        done = git.run(root, *settings, "merge-tree", "--write-tree", "--no-messages", ours, theirs)
    tree = done.stdout.decode("utf-8", "replace").split("\n", 1)[0].rstrip("\0").strip()
    if done.returncode == 1:
        conflicts = re.findall(r"^CONFLICT \(csg\): (.*)$", done.stderr.decode("utf-8", "replace"), re.MULTILINE)
        files = sorted({line.rpartition("\t")[2] for line in done.stdout.decode("utf-8", "replace").split("\n")[1:]})
        what = "; ".join(shown(conflict, 120) for conflict in conflicts[:5]) or ", ".join(filter(None, files))
        hint = f"Run `csg git install` and `git merge {upstream}`, choose between the marked lines, and save again."
        raise Refused(_not_merged(upstream, f"you and others changed the same: {what}", hint))
    if done.returncode or not re.fullmatch("[0-9a-f]{40,64}", tree):
        hint = f"Run `csg git install` and `git merge {upstream}`, and save again."
        raise Refused(_not_merged(upstream, "this git is too old to merge without changing files", hint))
    message = f"Merge {upstream}\n"
    words = ("commit-tree", tree, "-p", ours, "-p", theirs, "-F", "-")
    return git.git(root, *words, stdin=message.encode()).decode().strip()


@contextmanager
def _drivers(root: Path) -> Iterator[list[str]]:
    """Yield settings that make git merge records, also in a repository without ``csg git install``."""
    start = git.prefix(root)
    data = (attribute_pattern(start, f"data/{name}") for name in ("*.yaml", "reviews/*.yaml"))
    lines = [
        *(f"{pattern} merge=csg" for pattern in data),
        f"{attribute_pattern(start, 'reports/**')} merge=csg-reports",
    ]
    with tempfile.TemporaryDirectory() as folder:
        attributes = Path(folder) / "attributes"
        attributes.write_text("\n".join([*lines, ""]), "utf-8", errors="surrogateescape")
        values = {
            "core.attributesFile": str(attributes),
            "merge.csg.driver": merge_driver(Path(sys.executable).as_posix()),
            "merge.csg-reports.driver": "true",
        }
        yield [word for name, value in values.items() for word in ("-c", f"{name}={value}")]
