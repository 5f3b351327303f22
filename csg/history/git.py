"""Every call of git. Revisions and names are given to it so that none is taken for an option."""

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path, PurePosixPath

from csg.problem import Problem, Refused, reason, shown

_elsewhere = {"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE", "GIT_PREFIX"}
"""Variables that would lead git to a repository that the workspace is not in."""


def in_hook() -> None:
    """Trust the variables that lead to a repository: git itself has set them, as they are seen from the current folder.

    git reads them from the folder that it is started in, and takes that for the top where no other is named.
    """
    here = Path.cwd()
    if "GIT_DIR" in os.environ:
        os.environ.setdefault("GIT_WORK_TREE", str(here))
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_INDEX_FILE"):
        if name in os.environ:
            os.environ[name] = str(here / os.environ[name])
    _elsewhere.clear()


def git(root: Path, *words: str, stdin: bytes | None = None, check: bool = True) -> bytes:
    """What git prints for a command in the folder. Raises Refused, with what git says, where it fails or is missing."""
    done = run(root, *words, stdin=stdin)
    if check and done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ").split("\n")[0]
        raise Refused(Problem("CSG502", f"git says: {shown(said, 200)}", hint=_how_to_fix(said)))
    return done.stdout


def run(
    root: Path, *words: str, stdin: bytes | None = None, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run git in the folder, and return its exit status and output. Raises Refused if git is missing.

    ``more`` has variables of the environment. git never asks a question at the terminal.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _elsewhere}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", **(more or {})}
    command = ["git", "-C", str(root), "-c", "core.quotePath=false", "-c", "log.showRoot=true", *words]
    try:
        return subprocess.run(command, input=stdin, capture_output=True, env=environment, check=False)
    except OSError as error:
        raise Refused(Problem("CSG501", f"git does not run: {reason(error)}", hint="install git")) from None


def _how_to_fix(said: str) -> str:
    if "could not lock config file" in said:
        return "if no other git command runs, one was killed: delete the config.lock file beside the config file"
    if "not a git repository" in said:
        return "Run `git init`: csg needs git for this."
    if "dubious ownership" in said:
        return "the repository belongs to somebody else; if you trust it, do as git status in it says"
    return "look at git status"


@cache
def top(root: Path) -> Path:
    """The top folder of the working tree that the workspace is in. Raises Refused where it is in none."""
    return Path(os.fsdecode(git(root, "rev-parse", "--show-toplevel").removesuffix(b"\n"))).resolve()


def is_committed(root: Path, file: str) -> bool:
    """Return whether the file is committed exactly as it is now. Without a repository, or without git, it is not."""
    try:
        committed = git(root, "ls-tree", "--name-only", "HEAD", "--", file, check=False)
        return bool(committed) and not git(
            root, "diff", "--no-ext-diff", "--name-only", "HEAD", "--", f":(literal){file}"
        )
    except Refused:
        return False


def prefix(root: Path) -> str:
    """The workspace's path in its repository, with a / at its end; empty at the top."""
    return os.fsdecode(git(root, "rev-parse", "--show-prefix").removesuffix(b"\n"))


def commit(root: Path, revision: str) -> str:
    """The id of the commit that a revision names. Raises Refused where there is none."""
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    found = git(root, *words, check=False).decode().strip()
    if not found:
        git(root, "rev-parse", "--git-dir")  # which says so where this is no repository at all
        hint = "Run `git log --oneline` to see the commits, or `git branch --all` to see the branches."
        if git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
            hint = "this clone is shallow: git fetch --unshallow brings the rest"
        raise Refused(Problem("CSG503", f"no revision '{shown(revision)}'", hint=hint))
    return found


def commit_before(root: Path, moment: str) -> str | None:
    """Return the id of the last commit before a moment, which git reads; None if the history begins later.

    Raises Refused if the clone is shallow and the commit could be missing from it.
    """
    found = git(root, "rev-list", "-1", f"--before={moment}", "HEAD", "--").decode().strip()
    if not found and git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
        hint = "Run `git fetch --unshallow` to get the rest."
        raise Refused(Problem("CSG503", f"this clone is shallow and has no commit before {moment}", hint=hint))
    return found or None


def merge_base(root: Path, one: str, other: str) -> str:
    """The last commit that two have in common. Raises Refused where they have none."""
    found = git(root, "merge-base", commit(root, one), commit(root, other), check=False).decode().strip()
    if not found:
        message = f"'{shown(one)}' and '{shown(other)}' have no commit in common"
        raise Refused(Problem("CSG503", message, hint="compare them without ..."))
    return found


def files_at(root: Path, revision: str) -> dict[str, str]:
    """The ids of the blobs in the workspace's data folder at a commit, by their paths in the workspace."""
    listed = git(root, "ls-tree", "-r", "-z", revision, "--", "data/")
    return dict(_entries(listed, 2, prefix(root)))


def files_staged(root: Path) -> dict[str, str]:
    """The ids of the blobs of the data folder in the index, by their paths in the workspace."""
    listed = git(root, "ls-files", "--stage", "-z", "--full-name", "--", "data/")
    return dict(_entries(listed, 1, prefix(root)))


def tracks(root: Path, folder: str) -> bool:
    """Whether anything in a folder of the workspace is in git's index."""
    return bool(git(root, "ls-files", "-z", "--", f":(literal){folder}/"))


def is_tracked(root: Path, file: str) -> bool:
    """Return whether a file of the workspace is in git's index; no for a workspace that is not in a repository."""
    try:
        return bool(git(root, "ls-files", "-z", "--", f":(literal){file}"))
    except Refused:
        return False


def ignores(root: Path, file: str) -> bool:
    """Whether git would leave a file of the workspace alone."""
    return bool(git(root, "check-ignore", "--", file, check=False))


def past_files(root: Path, folder: str) -> Iterator[tuple[str, bytes]]:
    """Yield each version of each file that was ever committed in a folder of the workspace, with its name.

    Without a repository there is none.
    """
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
    found = blobs(root, (blob for blob in files if blob.strip("0")))
    yield from ((files[blob], content) for blob, content in found.items())


def was_committed(root: Path, file: str) -> bool:
    """Return whether a file of the workspace is in any commit. Without a repository, or without git, it is not."""
    try:
        return bool(git(root, "log", "--all", "-1", "--format=%H", "--", f":(literal){file}"))
    except Refused:
        return False


def workspaces_staged(top: Path) -> list[str]:
    """The workspaces in the index of the repository whose top folder it is, each by its path there."""
    listed = git(top, "ls-files", "-z", "--", ":(glob)**/data/members.yaml").split(b"\0")
    return [os.fsdecode(name).removesuffix("data/members.yaml") for name in listed if name]


def _entries(listed: bytes, column: int, start: str) -> Iterator[tuple[str, str]]:
    """Path and blob of what ``ls-tree`` or ``ls-files --stage`` lists; links and submodules are no data files."""
    for line in listed.split(b"\0"):
        if line:
            fields, _, name = line.partition(b"\t")
            mode, path = fields.split()[0], os.fsdecode(name).removeprefix(start)
            if mode.startswith(b"100") and path.startswith("data/"):
                yield path, fields.split()[column].decode()


def blobs(root: Path, ids: Iterable[str]) -> dict[str, bytes]:
    """The contents of blobs by id, all in one call."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    output = git(root, "cat-file", "--batch", stdin="".join(f"{name}\n" for name in wanted).encode())
    found, place = {}, 0
    for name in wanted:
        end = output.index(b"\n", place)
        head, place = output[place:end], end + 1
        if head.endswith(b" missing"):
            continue
        size = int(head.split()[2])
        found[name] = output[place : place + size]
        place += size + 1
    return found
