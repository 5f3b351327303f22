"""All calls of git. git never reads a revision or a name as an option."""

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path, PurePosixPath

from csg.problem import Problem, Refused, reason, shown
from csg.workspace.names import PRIVATE

_elsewhere = {"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE", "GIT_PREFIX"}
"""Variables that lead git to another repository than the workspace's."""


def in_hook() -> None:
    """Use the variables that lead to a repository, which git sets for a hook, relative to the current folder.

    git reads them relative to the folder where it starts, which is the top folder if they name no other.
    """
    folder = Path.cwd()
    if "GIT_DIR" in os.environ:
        os.environ.setdefault("GIT_WORK_TREE", str(folder))
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_INDEX_FILE"):
        if name in os.environ:
            os.environ[name] = str(folder / os.environ[name])
    _elsewhere.clear()


def git(root: Path, *words: str, stdin: bytes | None = None, check: bool = True) -> bytes:
    """Return the output of a git command in the folder. Raise Refused if it fails or git is missing."""
    done = run(root, *words, stdin=stdin)
    if check and done.returncode:
        message = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ").split("\n")[0]
        raise Refused(Problem("CSG502", f"git says: {shown(message, 200)}", hint=_how_to_fix(message)))
    return done.stdout


def run(
    root: Path, *words: str, stdin: bytes | None = None, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run git in the folder, and return its exit status and output. Raise Refused if git is missing.

    ``more`` has variables of the environment. git never asks a question at the terminal.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _elsewhere}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", **(more or {})}
    command = ["git", "-C", str(root), "-c", "core.quotePath=false", "-c", "log.showRoot=true", *words]
    try:
        return subprocess.run(command, input=stdin, capture_output=True, env=environment, check=False)
    except OSError as error:
        raise Refused(Problem("CSG501", f"git does not run: {reason(error)}", hint="Install git.")) from None


def _how_to_fix(message: str) -> str:
    if "could not lock config file" in message:
        return "If no other git command is running, delete the config.lock file beside the config file."
    if "not a git repository" in message:
        return "Run `git init`: csg needs git for this."
    if "dubious ownership" in message:
        return "The repository belongs to another user. If you trust it, run `git status` in it, and follow its advice."
    return "Run `git status` to see more."


@cache
def top(root: Path) -> Path:
    """Return the top folder of the workspace's working tree. Raise Refused if it is not in a repository."""
    return Path(os.fsdecode(git(root, "rev-parse", "--show-toplevel").removesuffix(b"\n"))).resolve()


def is_committed(root: Path, file: str) -> bool:
    """Return whether the file is committed exactly as it is now; False without a repository or git."""
    try:
        committed = git(root, "ls-tree", "--name-only", "HEAD", "--", file, check=False)
        return bool(committed) and not git(
            root, "diff", "--no-ext-diff", "--name-only", "HEAD", "--", f":(literal){file}"
        )
    except Refused:
        return False


def prefix(root: Path) -> str:
    """Return the workspace's path in its repository, with a / at its end; empty at the top."""
    return os.fsdecode(git(root, "rev-parse", "--show-prefix").removesuffix(b"\n"))


def commit(root: Path, revision: str) -> str:
    """Return the id of the commit that a revision names. Raise Refused if it is not found."""
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    name = git(root, *words, check=False).decode().strip()
    if not name:
        git(root, "rev-parse", "--git-dir")  # raises Refused if this is not a repository
        hint = "Run `git log --oneline` to see the commits, or `git branch --all` to see the branches."
        if git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
            hint = "This clone is shallow. Run `git fetch --unshallow` to get the other commits."
        raise Refused(Problem("CSG503", f"no revision '{shown(revision)}'", hint=hint))
    return name


def commit_before(root: Path, moment: str) -> str | None:
    """Return the id of the last commit before a moment, which git reads; None if the history begins later.

    Raise Refused if the clone is shallow, because it can lack the commit.
    """
    name = git(root, "rev-list", "-1", f"--before={moment}", "HEAD", "--").decode().strip()
    if not name and git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
        hint = "Run `git fetch --unshallow` to get the other commits."
        raise Refused(Problem("CSG503", f"this clone is shallow and has no commit before {moment}", hint=hint))
    return name or None


def merge_base(root: Path, first: str, second: str) -> str:
    """Return the last common commit of two revisions. Raise Refused if they have none."""
    base = git(root, "merge-base", commit(root, first), commit(root, second), check=False).decode().strip()
    if not base:
        message = f"'{shown(first)}' and '{shown(second)}' have no commit in common"
        raise Refused(Problem("CSG503", message, hint="Compare them without ... between them."))
    return base


def files_at(root: Path, revision: str) -> dict[str, str]:
    """Return the ids of the blobs in the data folder at a commit, by their paths in the workspace."""
    listed = git(root, "ls-tree", "-r", "-z", revision, "--", "data/")
    return dict(_entries(listed, 2, prefix(root)))


def files_staged(root: Path) -> dict[str, str]:
    """Return the ids of the blobs of the data folder in the index, by their paths in the workspace."""
    listed = git(root, "ls-files", "--stage", "-z", "--full-name", "--", "data/")
    return dict(_entries(listed, 1, prefix(root)))


def tracks(root: Path, folder: str) -> bool:
    """Return whether a file of a folder is in git's index."""
    return bool(git(root, "ls-files", "-z", "--", f":(literal){folder}/"))


def tracked_private(root: Path) -> list[Problem]:
    """Return the problem of a workspace whose private files are in git's index; none without a repository or git."""
    try:
        if not tracks(root, PRIVATE):
            return []
    except Refused:
        return []
    hint = f"Run `git rm -r --cached {PRIVATE}`, and see docs/privacy.md for the history."
    return [Problem("CSG706", "git tracks private files", f"{PRIVATE}/", hint=hint)]


def is_tracked(root: Path, file: str) -> bool:
    """Return whether a file of the workspace is in git's index; False without a repository."""
    try:
        return bool(git(root, "ls-files", "-z", "--", f":(literal){file}"))
    except Refused:
        return False


def ignores(root: Path, file: str) -> bool:
    """Return whether git ignores a file of the workspace."""
    return bool(git(root, "check-ignore", "--", file, check=False))


def past_files(root: Path, folder: str) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each committed version of the files in a folder; none without a repository."""
    words = ("log", "--all", "--format=", "--raw", "-z", "--no-renames", "--no-abbrev", "--", f":(literal){folder}")
    try:
        fields = git(root, *words).split(b"\0")
    except Refused:
        return
    files: dict[str, str] = {}
    for entry, name in pairwise(fields):
        # :mode mode blob blob status, then the name
        if entry.lstrip(b"\n").startswith(b":") and not name.startswith(b":"):
            files[entry.split()[3].decode()] = PurePosixPath(os.fsdecode(name)).name
    contents = blobs(root, (blob for blob in files if blob.strip("0")))
    yield from ((files[blob], content) for blob, content in contents.items())


def was_committed(root: Path, file: str) -> bool:
    """Return whether a file of the workspace is in any commit; False without a repository or git."""
    try:
        return bool(git(root, "log", "--all", "-1", "--format=%H", "--", f":(literal){file}"))
    except Refused:
        return False


def workspaces_staged(top: Path) -> list[str]:
    """Return the paths of the workspaces in the index of the repository with this top folder."""
    listed = git(top, "ls-files", "-z", "--", ":(glob)**/data/members.yaml").split(b"\0")
    return [os.fsdecode(name).removesuffix("data/members.yaml") for name in listed if name]


def _entries(listed: bytes, column: int, start: str) -> Iterator[tuple[str, str]]:
    """Yield the path and blob of each data file in the output of ``ls-tree`` or ``ls-files --stage``, without links."""
    for line in listed.split(b"\0"):
        if line:
            fields, _, name = line.partition(b"\t")
            mode, path = fields.split()[0], os.fsdecode(name).removeprefix(start)
            if mode.startswith(b"100") and path.startswith("data/"):
                yield path, fields.split()[column].decode()


def blobs(root: Path, ids: Iterable[str]) -> dict[str, bytes]:
    """Return the contents of blobs by id, in one call."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    output = git(root, "cat-file", "--batch", stdin="".join(f"{name}\n" for name in wanted).encode())
    contents, position = {}, 0
    for name in wanted:
        end = output.index(b"\n", position)
        head, position = output[position:end], end + 1
        if head.endswith(b" missing"):
            continue
        size = int(head.split()[2])
        contents[name] = output[position : position + size]
        position += size + 1
    return contents
