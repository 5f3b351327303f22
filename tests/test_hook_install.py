"""What `csg git install` writes: whole or not at all, and clear when csg is gone."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import OWN, Run
from test_history import PLAN, git

from csg.history import install as module
from csg.history.scripts import hook_lines, merge_driver

pytestmark = [
    pytest.mark.skipif(shutil.which("git") is None, reason="needs git"),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and a shell"),
]
OWN_HOOK = "#!/bin/sh\n# mine: Zoë's\r\necho mine\n"
EVENTS = ("open", "os.rename", "os.chmod", "os.remove", "os.mkdir", "subprocess.Popen")


def install(root: Path) -> None:
    """Set up the repository of a workspace."""
    module.apply(root, module.set_up(root))


def uninstall(root: Path) -> list[Path]:
    """Remove what csg set up, and return the files that changed."""
    return module.apply(root, module.removal(root))


@pytest.fixture
def repository(root: Path) -> Path:
    """The workspace as a repository with one commit, and a hook of somebody's own."""
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "user.name", "Somebody")
    git(root, "config", "user.email", "s@localhost")
    git(root, "add", ".")
    git(root, "commit", "-qm", "The plan")
    hook = root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(OWN_HOOK, "utf-8", newline="")
    hook.chmod(0o750)
    return root.resolve()


def killed(act: Callable[[Path], Any], root: Path, number: int) -> bool:
    """Run in a fork that ends, as if killed, before its call of this number. Return False if it has no such call."""
    child = os.fork()
    if child == 0:
        left = number

        def count(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal left
            writes = event != "open" or (isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR))
            if event in EVENTS and writes:
                if left == 0:
                    os._exit(9)
                left -= 1

        sys.addaudithook(count)
        act(root)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def state(root: Path) -> dict[str, Any]:
    """Everything in git's folder that csg writes."""
    names = [*(root / ".git/hooks").iterdir(), *(root / ".git/info").iterdir()]
    files = {path.name: (path.read_bytes(), path.stat().st_mode & 0o777) for path in names if path.suffix != ".sample"}
    return {**files, "config": sorted(git(root, "config", "--local", "--list").splitlines())}


@pytest.mark.parametrize("action", [install, uninstall])
def test_a_run_that_is_killed_anywhere_loses_nothing_and_can_be_repeated(
    repository: Path, action: Callable[[Path], Any]
) -> None:
    """The hook of somebody's own is there and switched on in each state; either command then does its whole work."""
    hook = repository / ".git/hooks/pre-commit"
    before = state(repository)
    install(repository)
    installed = state(repository)
    number = 0
    while True:
        install(repository) if action is uninstall else uninstall(repository)
        if not killed(action, repository, number):
            break
        assert hook.read_bytes().endswith(OWN_HOOK.partition("\n")[2].encode())
        assert os.access(hook, os.X_OK)
        install(repository) if number % 2 else uninstall(repository)
        assert state(repository) == (installed if number % 2 else before)
        number += 1
    assert number >= 9


def test_a_file_half_written_by_a_killed_run_is_removed(repository: Path) -> None:
    """By install and by uninstall, and an empty or switched-off hook of csg's own is no reason to refuse."""
    hook = repository / ".git/hooks/pre-merge-commit"
    for action in (install, uninstall):
        left, own = (hook.with_name(f".{hook.name}{end}") for end in (".csg-0123abcd.new", ".csg.new"))
        left.write_text("#!/bin", "utf-8")
        own.write_text("mine", "utf-8")
        action(repository)
        assert not left.exists()
        assert own.exists()
    hook.write_text("", "utf-8")
    install(repository)
    assert os.access(hook, os.X_OK)
    hook.chmod(0o644)
    install(repository)
    assert os.access(hook, os.X_OK)


def test_the_mode_and_the_line_ends_of_a_hook_are_kept(repository: Path) -> None:
    """After install and uninstall it is the same file."""
    hook = repository / ".git/hooks/pre-commit"
    install(repository)
    assert hook.stat().st_mode & 0o777 == 0o750
    uninstall(repository)
    assert (hook.read_bytes(), hook.stat().st_mode & 0o777) == (OWN_HOOK.encode(), 0o750)


SHELLS = [shell for shell in ("dash", "bash", "sh") if shutil.which(shell)]


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("python", ["/no where/it's/py\x1b[31m\n%A$(touch x)", "without csg"])
def test_a_hook_whose_python_is_gone_says_how_to_fix_it(tmp_path: Path, shell: str, python: str) -> None:
    """In plain sh, with nothing that acts in the path, and the commit is refused."""
    if python == "without csg":
        fake = tmp_path / "it's python"
        fake.write_text("#!/bin/sh\necho No module named csg >&2\nexit 1\n", "utf-8")
        fake.chmod(0o755)
        python = str(fake)
    done = subprocess.run(
        [shell, "-c", hook_lines(python, "a'b/")], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "csg cannot check this commit: this Python is missing, or has no csg: " in done.stderr
    assert done.stderr.endswith(
        "To fix this, run `csg git install` again from an environment that has csg.\n"
        "To commit without the check, run `git commit --no-verify`.\n"
    )
    assert "\x1b" not in done.stderr
    assert "not found" not in done.stderr
    assert not (tmp_path / "x").exists()


def test_a_commit_with_a_hook_whose_python_is_gone(csg: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused, --no-verify commits, and a new install fixes it."""
    monkeypatch.setattr(sys, "executable", "/gone/bin/python3")
    install(repository)
    (repository / "file").write_text("x", "utf-8")
    git(repository, "add", "file")
    commit = ["git", "-C", str(repository), "commit", "-qm", "x"]
    done = subprocess.run(commit, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("/gone/bin/python3")) == (1, 1)
    assert csg("git", "install").returncode == 0
    assert subprocess.run(commit, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("python", ["/gone/100%A/python3", "without csg"])
def test_a_merge_driver_whose_python_is_gone_keeps_both_sides(repository: Path, tmp_path: Path, python: str) -> None:
    """A Python without csg exits with 1 too: that is no merge of csg's, and theirs is not to be lost."""
    install(repository)
    if python == "without csg":
        fake = tmp_path / "python"
        fake.write_text("#!/bin/sh\nexit 1\n", "utf-8")
        fake.chmod(0o755)
        python = str(fake)
    git(repository, "config", "merge.csg.driver", merge_driver(python))
    text = (OWN / PLAN).read_text("utf-8")
    git(repository, "switch", "-qc", "other")
    for branch, title in (("other", "Theirs"), ("main", "Ours")):
        git(repository, "switch", "-q", branch)
        (repository / PLAN).write_text(text.replace("title: Host", f"title: {title}"), "utf-8")
        git(repository, "commit", "-qnam", title)
    command = ["git", "-C", str(repository), "merge", "--no-verify", "-m", "both", "other"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "csg cannot merge this file: this Python is missing, or has no csg: " in done.stderr
    merged = (repository / PLAN).read_text("utf-8")
    assert merged.count("title: Ours") == merged.count("title: Theirs") == 1


@pytest.mark.parametrize(
    "name", ['it\'s a "plan" [1]*', "!plan", "#a b", "plan\n touch pwned\n", "$(touch pwned)`", "ü"]
)
def test_a_workspace_in_a_folder_with_any_name(csg: Run, root: Path, tmp_path: Path, name: str) -> None:
    """The hook checks it, the merge driver is used for it, and nothing in the name acts."""
    top = tmp_path / "top"
    top.mkdir()
    git(top, "init", "-q", "-b", "main")
    shutil.move(root, top / name)
    assert csg("git", "install", cwd=top / name).returncode == 0
    assert csg("git", "install", cwd=top / name).returncode == 0
    assert git(top, "check-attr", "merge", "--", f"{name}/{PLAN}").endswith(": merge: csg\n")
    plan = top / name / PLAN
    plan.write_text(plan.read_text("utf-8").replace("[YouthRISE]", "[YouthRISEE]"), "utf-8")
    git(top, "add", ".")
    commit = ["git", "-c", "user.name=A", "-c", "user.email=a@localhost", "commit", "-qm", "x"]
    done = subprocess.run(commit, cwd=top, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "CSG203 unknown lead 'YouthRISEE'" in done.stdout + done.stderr
    assert "The staged files have the errors above. Fix them, run `git add`, and commit again." in done.stderr
    assert not list(tmp_path.rglob("pwned"))
    assert csg("git", "uninstall", cwd=top / name).returncode == 0
    assert not (top / ".git/info/attributes").exists()
    assert not (top / ".git/hooks/pre-commit").exists()


def test_hooks_in_a_folder_of_the_repository_and_in_a_worktree(csg: Run, repository: Path, tmp_path: Path) -> None:
    """core.hooksPath inside the repository is followed; a worktree shares the hooks of its repository."""
    git(repository, "config", "core.hooksPath", "own 'hooks'")
    assert csg("git", "install").returncode == 0
    assert os.access(repository / "own 'hooks'" / "pre-commit", os.X_OK)
    assert csg("git", "uninstall").returncode == 0
    assert not (repository / "own 'hooks'" / "pre-commit").exists()
    git(repository, "config", "--unset", "core.hooksPath")
    git(repository, "worktree", "add", "-q", str(tmp_path / "tree"))
    assert csg("git", "install", cwd=tmp_path / "tree").returncode == 0
    assert "# >>> csg" in (repository / ".git/hooks/pre-commit").read_text("utf-8")
    (tmp_path / "tree" / PLAN).write_text("broken: [\n", "utf-8")
    done = subprocess.run(
        ["git", "commit", "-qam", "x"], cwd=tmp_path / "tree", capture_output=True, text=True, check=False
    )
    assert done.returncode == 1


def test_a_dry_run_shows_the_files_and_settings_and_writes_nothing(csg: Run, repository: Path) -> None:
    """Before the set-up and after it."""
    before = {path: path.read_bytes() for path in (repository / ".git").rglob("*") if path.is_file()}
    shown = csg("git", "install", "--dry-run").stdout
    assert "+++ b/.git/hooks/pre-commit\n" in shown
    assert "+data/*.yaml merge=csg diff=csg\n" in shown
    assert "+merge.csg.name = csg: merge records instead of lines\n" in shown
    assert {path: path.read_bytes() for path in (repository / ".git").rglob("*") if path.is_file()} == before
    install(repository)
    before = {path: path.read_bytes() for path in (repository / ".git").rglob("*") if path.is_file()}
    shown = csg("git", "uninstall", "--dry-run").stdout
    assert "-data/*.yaml merge=csg diff=csg\n" in shown
    assert "-merge.csg.name = csg: merge records instead of lines\n" in shown
    assert {path: path.read_bytes() for path in (repository / ".git").rglob("*") if path.is_file()} == before
    uninstall(repository)
    assert csg("git", "uninstall", "--dry-run").stdout == "Nothing to do.\n"
