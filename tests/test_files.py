"""Files that are not what they seem, and writes that are whole or not at all."""

import builtins
import io
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from conftest import CSG, Run

from csg.cli.main import run
from csg.workspace import open_workspace

PLAN = "data/workplan-2021-22.yaml"
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has neither these files nor these modes")
ADD = ("progress", "add", "2.4", "--period", "mid", "--by", "INWUD", "--status", "on-track", "--date", "2021-12-10")


LINK = (
    "CSG402 this is a symbolic link, and csg does not follow links inside a workspace. "
    "Replace the link with the file or folder itself."
)


def link_out(plan: Path) -> None:
    """A link to a file outside the workspace."""
    outside = plan.parent.parent.parent / "secret.yaml"
    plan.rename(outside)
    plan.symlink_to(outside)


def link_inside(plan: Path) -> None:
    """A link to another file of the workspace."""
    plan.rename(plan.with_name("real.yaml"))
    plan.symlink_to("real.yaml")


def circle(plan: Path) -> None:
    """A link to itself."""
    plan.unlink()
    plan.symlink_to(plan)


def pipe(plan: Path) -> None:
    """A FIFO, which would keep a reader waiting for ever."""
    plan.unlink()
    os.mkfifo(plan)


def folder(plan: Path) -> None:
    """A folder."""
    plan.unlink()
    plan.mkdir()


def dangling(plan: Path) -> None:
    """A link to nothing."""
    plan.unlink()
    plan.symlink_to("nothing")


@posix
@pytest.mark.parametrize(
    ("make", "told"),
    [
        (link_out, LINK),
        (link_inside, LINK),
        (circle, LINK),
        (pipe, "CSG403 this is a pipe or a device, not a file. Replace it with a file."),
        (folder, "CSG403 this is a folder, not a file. Replace it with a file."),
        (dangling, LINK),
    ],
)
def test_what_is_no_file_of_the_workspace_is_refused(csg: Run, root: Path, make: object, told: str) -> None:
    """It is told by name, neither read nor written, and nobody waits for it."""
    make(root / PLAN)  # type: ignore[operator]
    assert csg("check").stdout == f"{PLAN}: {told}\n"
    added = csg(*ADD, "--summary", "x")
    assert (added.returncode, added.stdout, added.stderr) == (1, "", f"{PLAN}: {told}\n")


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_says_so(csg: Run, root: Path) -> None:
    """So does one that may not be read."""
    (root / PLAN).chmod(0)
    assert (
        csg("check").stdout
        == f"{PLAN}: CSG401 cannot be read: permission denied. Check that the file exists and that you may read it.\n"
    )


@posix
def test_an_unreadable_file_says_so_to_root_too(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, where the tests run as root and the system would let them read."""

    real_open = os.open

    def refuse(path: str, flags: int, *rest: int, **more: int) -> int:
        if flags & os.O_DIRECTORY:
            return real_open(path, flags, *rest, **more)
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    told = [str(problem) for problem in open_workspace(str(root)).snapshot().problems]
    assert (
        f"{PLAN}: CSG401 cannot be read: permission denied. Check that the file exists and that you may read it."
        in told
    )


def test_mode_and_line_ends_are_kept(csg: Run, root: Path) -> None:
    """A write keeps the file's mode, and its line ends whatever the system's."""
    plan = root / PLAN
    plan.write_bytes(plan.read_bytes().replace(b"\n", b"\r\n"))
    plan.chmod(0o640)
    assert csg(*ADD, "--summary", "x").returncode == 0
    if os.name != "nt":
        assert plan.stat().st_mode & 0o777 == 0o640
    assert plan.read_bytes().count(b"\r\n") == plan.read_bytes().count(b"\n")


def test_a_refused_change_writes_nothing(csg: Run, root: Path) -> None:
    """Where the workspace would not pass check, or did not before, every byte stays."""
    before = (root / PLAN).read_bytes()
    refused = csg("workplan", "set", "2.4", "related=9.9")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "CSG204 unknown activity '9.9' in related of 2.4" in refused.stderr
    members = root / "data" / "members.yaml"
    members.write_text(members.read_text("utf-8") + "  - {id: inpud, name: twice, members: all}\n", "utf-8")
    assert csg(*ADD, "--summary", "x").returncode == 1
    assert (root / PLAN).read_bytes() == before


def test_twenty_at_the_same_moment_are_all_in_it(csg: Run, root: Path) -> None:
    """Writers wait for each other, and each sees what the one before wrote."""

    def add(number: int) -> int:
        return csg(*ADD, "--another", "--summary", f"Number {number}.").returncode

    with ThreadPoolExecutor(20) as pool:
        assert Counter(pool.map(add, range(20))) == {0: 20}
    summaries = {report.summary for report in open_workspace(str(root)).plan.find("2.4").progress}
    assert summaries == {f"Number {number}." for number in range(20)}


def kill_at(call: int, root: Path, *words: str) -> int:
    """Run csg in a fork that is killed before a call of the system. Return its exit status."""
    child = os.fork()
    if child == 0:
        left = call

        def counted(function: Callable[..., object]) -> Callable[..., object]:
            def count(*args: object, **more: object) -> object:
                nonlocal left
                if function.__name__ != "open" or _writes(*args[1:], *more.values()):
                    if left == 0:
                        os.kill(os.getpid(), signal.SIGKILL)
                    left -= 1
                return function(*args, **more)

            return count

        status: object = 1
        try:
            os.chdir(root)
            with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
                for number, name in ((1, "stdout"), (2, "stderr")):
                    os.dup2(nowhere.fileno(), number)
                    stream = open(number, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
                    setattr(sys, name, stream)
                sys.argv = ["csg", *words]
                for module, names in ((os, CALLS), (io, ("open",)), (builtins, ("open",))):
                    for name in names:
                        setattr(module, name, counted(getattr(module, name)))
                run()
        except SystemExit as end:
            status = end.code
        finally:
            os._exit(status if isinstance(status, int) else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


CALLS = ("open", "fsync", "unlink", "chmod", "replace", "rename")
"""Calls of the system, before each of which the program is killed. Between two of them no file changes its name."""


def _writes(*how: object) -> bool:
    """Return whether a file is opened for writing, by the flags or by the mode."""
    flags = any(isinstance(value, int) and value & (os.O_CREAT | os.O_WRONLY | os.O_RDWR) for value in how[:1])
    return flags or any(isinstance(value, str) and set(value) & set("wax+") for value in how[:1])


@posix
def test_killed_at_any_call_the_file_is_old_or_new(csg: Run, root: Path) -> None:
    """Killed before any call that creates, renames or removes a file: it is whole, and the next command works."""
    plan, before = root / PLAN, (root / PLAN).read_bytes()
    for module in ("csg.cli.progress", "csg.editing.change", "csg.view.activities", "filelock"):
        import_module(module)  # once, not in every fork
    for calls in range(1000):
        status = kill_at(calls, root, *ADD, "--summary", "x")
        after = plan.read_bytes()
        assert after == before or (after.count(b"summary: x") == 1 and after.endswith(before[-100:]))
        if status == 0:
            break
        assert status == -signal.SIGKILL
        plan.write_bytes(before)
    assert calls > 5
    assert csg(*ADD, "--another", "--summary", "y").returncode == 0
    assert sorted(path.name for path in (root / "data").iterdir() if not path.name.startswith(".csg.")) == [
        "countries.yaml",
        "group.yaml",
        "members.yaml",
        "reviews",
        "workplan-2021-22.yaml",
    ]


@posix
def test_a_full_disk_leaves_the_file_as_it_was(root: Path) -> None:
    """Where the new file cannot be written whole, the old one stays and nothing else is left."""
    before = (root / PLAN).read_bytes()
    limited = f"ulimit -f 4; exec {CSG} {' '.join(ADD)} --summary x"
    done = subprocess.run(["sh", "-c", limited], cwd=root, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr.decode() == f"{PLAN}: CSG404 cannot be written: file too large. Nothing was written.\n"
    assert (root / PLAN).read_bytes() == before
    assert not list((root / "data").glob(".*.new"))


def test_dry_run_shows_a_diff_and_writes_nothing(csg: Run, root: Path) -> None:
    """The diff is that of the change: five lines and their key."""
    before = (root / PLAN).read_bytes()
    done = csg(*ADD, "--summary", "x", "--dry-run")
    assert (root / PLAN).read_bytes() == before
    assert not (root / "data" / ".csg.lock").exists()
    assert [line for line in done.stdout.splitlines() if line.startswith(("+", "-"))] == [
        f"--- a/{PLAN}",
        f"+++ b/{PLAN}",
        "+        progress:",
        "+          - period: mid",
        "+            by: INWUD",
        "+            date: 2021-12-10",
        "+            status: on-track",
        "+            summary: x",
    ]


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_git_sees_insertions_only(csg: Run, root: Path) -> None:
    """To git too the change is the lines that were added."""
    git = ["git", "-C", str(root), "-c", "user.name=t", "-c", "user.email=t@localhost"]
    for words in (["init", "-q"], ["add", "data"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *words], check=True)
    assert csg(*ADD, "--summary", "x").returncode == 0
    stat = subprocess.run([*git, "diff", "--stat", "data/"], capture_output=True, text=True, check=True).stdout
    assert stat.splitlines()[-1] == " 1 file changed, 6 insertions(+)"


def test_rendering_elsewhere_takes_nothing_away(csg: Run, root: Path) -> None:
    """Not even the workspace's own reports, where they are below the folder that is named."""
    assert csg("report", "render").returncode == 0
    assert csg("report", "render", "--output", ".").returncode == 0
    assert (root / "reports" / "2021-22" / "workplan.md").exists()


def test_a_member_is_added_to_a_workspace_without_a_plan(csg: Run, root: Path) -> None:
    """What is written is told as written."""
    (root / PLAN).unlink()
    done = csg("member", "add", "NEW", "--name", "A new network")
    assert (done.returncode, done.stdout) == (0, "A new network (NEW)\n\nType    not given\nGroups  ALL\n")


@posix
def test_nothing_is_written_where_one_of_several_cannot_be(csg: Run, root: Path, tmp_path: Path) -> None:
    """All targets are looked at before the first is written."""
    (root / "reports" / "2021-22").mkdir(parents=True)
    (root / "reports" / "2021-22" / "leads").symlink_to(tmp_path)
    assert csg("report", "render").returncode == 1
    assert [path.name for path in (root / "reports").rglob("*")] == ["2021-22", "leads"]


@posix
def test_a_change_by_another_hand_is_not_overwritten(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that somebody saves while csg checks its own change stays as they saved it."""
    from csg.checks import check
    from csg.editing import change
    from csg.problem import Refused
    from csg.source.data_edits import Put

    plan = root / PLAN

    def slow_check(snapshot: object) -> list[object]:
        plan.write_text(plan.read_text("utf-8") + "# by hand\n", "utf-8")
        return check(snapshot)  # type: ignore[return-value,arg-type]

    monkeypatch.setattr(change, "check", slow_check)
    with pytest.raises(Refused, match="CSG407 another program changed the file meanwhile"):
        change.change(open_workspace(str(root)), lambda fresh: fresh.plan_file, lambda _: [Put(("title",), "New")])
    assert plan.read_text("utf-8").endswith("# by hand\n")


@posix
@pytest.mark.parametrize("redirect", [">&-", "2>&-", "<&-", "> /dev/full"])
def test_streams_that_are_closed_or_full_are_no_bug(root: Path, redirect: str) -> None:
    """csg neither calls it a bug nor says that nothing was written when it was."""
    command = (
        f"{CSG} {' '.join(ADD)} --summary - {redirect}" if redirect == "<&-" else f"{CSG} workplan list {redirect}"
    )
    done = subprocess.run(["sh", "-c", command], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1)
    assert "bug" not in done.stderr


@posix
def test_standard_input_is_utf8_whatever_the_locale(csg: Run, root: Path) -> None:
    """And what is not UTF-8 is refused, there and on the command line."""
    assert csg("workplan", "set", "1.2", "comments=-", stdin="é", PYTHONIOENCODING="latin-1").returncode == 0
    assert open_workspace(str(root)).plan.find("1.2").comments == "é"
    for words in (["workplan", "set", "1.2", "comments=-"], ["workplan", "set", "1.2", b"comments=\xff"]):
        done = subprocess.run([CSG, *words], cwd=root, input=b"\xff", capture_output=True, check=False)
        assert done.returncode == 2
        assert b"not UTF-8 text" in done.stderr


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads every folder")
def test_an_unreadable_folder_says_so(csg: Run, root: Path) -> None:
    """And is not taken for an empty one."""
    (root / "data" / "reviews").mkdir(mode=0)
    assert csg("check").returncode == 1


@posix
def test_what_is_written_is_on_the_disk_before_it_has_its_name(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is flushed, then renamed, then its folder is flushed: a power cut leaves the old or the new one."""
    from csg.workspace.files import write_bytes

    done: list[str] = []
    sync, replace = os.fsync, os.replace

    def note_sync(descriptor: int) -> None:
        done.append("folder" if os.path.isdir(f"/dev/fd/{descriptor}") else "file")  # noqa: PTH112
        sync(descriptor)

    def note_replace(*names: Any, **folders: Any) -> None:
        done.append("rename")
        replace(*names, **folders)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "replace", note_replace)
    write_bytes(root, PLAN, b"new")
    assert done == ["file", "rename", "folder"]
