"""No file is read or written through a link, and nothing of csg's own leaves its folder."""

import os
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

from csg.problem import Refused
from csg.workspace import own_files
from csg.workspace.files import open_file, read_bytes, write_bytes
from csg.workspace.own_files import own_file

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a link needs rights on Windows")
PLAN = "data/workplan-2021-22.yaml"
ADD = ["progress", "add", "2.4", "--period", "mid", "--by", "INWUD", "--status", "on-track"]
ADD += ["--date", "2021-12-10", "--summary", "x"]
LINK = "CSG402 this is a symbolic link, and csg does not follow links inside a workspace"


@pytest.mark.parametrize("target", ["../private/q.jsonl", "../data/members.yaml", "/etc/passwd", "missing", "zz.md.j2"])
def test_a_template_that_is_a_link_is_refused(csg: Run, root: Path, target: str) -> None:
    """A pull request can bring one that leads to what nobody may publish."""
    for folder in ("private", "templates"):
        (root / folder).mkdir()
    (root / "private" / "q.jsonl").write_text('{"text": "PRIVATE ANSWER"}\n', "utf-8")
    (root / "templates" / "zz.md.j2").symlink_to(target)
    for words in (("report", "render", "zz"), ("report", "render"), ("report", "list")):
        done = csg(*words)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith(f"templates/zz.md.j2: {LINK}. Replace the link with")
    assert not (root / "reports").exists()


def test_a_folder_of_templates_that_is_a_link_is_refused(csg: Run, root: Path) -> None:
    """Its files would be read through the link."""
    (root / "private").mkdir()
    (root / "private" / "zz.md.j2").write_text("PRIVATE", "utf-8")
    (root / "templates").symlink_to("private")
    done = csg("report", "render")
    assert done.returncode == 1
    assert done.stderr.startswith(f"templates: {LINK}")


@pytest.mark.parametrize("target", ["../data/workplan-2021-22.yaml", "../private/q.jsonl", "../.git/config", "missing"])
def test_a_report_that_is_a_link_is_not_written(csg: Run, root: Path, target: str) -> None:
    """Neither it nor any other report: the rest of the workspace stays as it is."""
    subprocess.run(["git", "-C", str(root), "init", "-q"], check=True)
    for folder in ("private", "reports"):
        (root / folder).mkdir()
    (root / "private" / "q.jsonl").write_text("PRIVATE", "utf-8")
    (root / "reports" / "members.md").symlink_to(target)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    for words in ((), ("--force",), ("--output", "reports"), ("--output", str(root / "data" / ".." / "reports"))):
        done = csg("report", "render", *words)
        assert (done.returncode, done.stdout) == (1, "")
        assert f"reports/members.md: {LINK}" in done.stderr
    after = {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and path.name != "csg.lock"}
    assert after == before


def test_an_output_folder_that_is_a_link_in_the_workspace_is_not_written(csg: Run, root: Path) -> None:
    """Also if the workspace itself is reached through a link."""
    (root / "reports").symlink_to("data")
    short = root.parent / "short"
    short.symlink_to(root)
    for folder in ("reports", "reports/new", str(short / "reports")):
        done = csg("report", "render", "members", "--output", folder)
        assert done.returncode == 1
        assert f"reports: {LINK}" in done.stderr
    assert not (root / "data" / "members.md").exists()
    assert csg("report", "render", "members", "--output", str(short / "pages")).returncode == 0
    assert (root / "pages" / "members.md").exists()


def test_an_output_folder_elsewhere_may_be_a_link(csg: Run, tmp_path: Path) -> None:
    """It is the person who names it."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert csg("report", "render", "members", "--output", str(tmp_path / "link")).returncode == 0
    assert (tmp_path / "real" / "members.md").exists()


@pytest.mark.parametrize("folder", ["data", "data/reviews"])
def test_a_data_folder_that_is_a_link_is_refused(csg: Run, root: Path, folder: str) -> None:
    """Whether it leads out of the workspace or stays in it."""
    (root / folder).rename(root / "real")
    (root / folder).symlink_to(root / "real")
    for words in (("check",), ADD):
        done = csg(*words)
        assert done.returncode == 1
        assert f"{folder}: {LINK}" in done.stdout + done.stderr


def test_a_link_that_comes_between_two_looks_is_not_followed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system itself refuses it, for a file and for a folder; the opened file is looked at once more."""
    (root / "secret.yaml").write_text("secret", "utf-8")
    plan, real = root / PLAN, os.open

    def swap_file(path: Any, flags: int, mode: int = 0o777, **more: Any) -> int:
        if path == plan.name and not plan.is_symlink():
            plan.unlink()
            plan.symlink_to("../secret.yaml")
        return real(path, flags, mode, **more)

    monkeypatch.setattr(os, "open", swap_file)
    with pytest.raises(Refused, match="CSG402"):
        read_bytes(root, PLAN)

    def swap_folder(path: Any, flags: int, mode: int = 0o777, **more: Any) -> int:
        if path == "data" and not (root / "data").is_symlink():
            (root / "data").rename(root / "moved")
            (root / "data").symlink_to(root)
        return real(path, flags, mode, **more)

    monkeypatch.setattr(os, "open", swap_folder)
    with pytest.raises(Refused):
        read_bytes(root, "data/members.yaml")


def test_a_pipe_that_comes_between_two_looks_keeps_nobody_waiting(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is opened without waiting, and refused."""
    plan, real = root / PLAN, os.open

    def swap(path: Any, flags: int, mode: int = 0o777, **more: Any) -> int:
        if path == plan.name and not stat.S_ISFIFO(plan.lstat().st_mode):
            plan.unlink()
            os.mkfifo(plan)
        return real(path, flags, mode, **more)

    monkeypatch.setattr(os, "open", swap)
    with pytest.raises(Refused, match="CSG403"), open_file(root, PLAN):
        pass


def test_a_temporary_file_that_is_a_link_is_not_written(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it leads to stays as it is, also if somebody guesses the name."""
    outside = tmp_path / "outside"
    outside.write_text("mine", "utf-8")
    before = (root / PLAN).read_bytes()
    monkeypatch.setattr("secrets.token_hex", lambda _: "0123abcd")
    (root / "data" / f".{Path(PLAN).name}.csg-0123abcd.new").symlink_to(outside)
    with pytest.raises(Refused, match="CSG404"):
        write_bytes(root, PLAN, b"new")
    assert outside.read_text("utf-8") == "mine"
    assert (root / PLAN).read_bytes() == before
    assert not (root / PLAN).is_symlink()


@pytest.mark.skipif(not hasattr(os, "link"), reason="needs hard links")
def test_a_private_file_is_not_published_through_a_hard_link(csg: Run, root: Path) -> None:
    """As a template it is refused; as a page that exists, too. Hard links of data, as backups make them, do no harm."""
    private = root / "private" / "q.jsonl"
    private.parent.mkdir()
    private.write_text("a private answer", "utf-8")
    (root / "templates").mkdir()
    os.link(private, root / "templates" / "zz.md.j2")
    os.link(root / PLAN, root / "backup.yaml")
    refused = csg("report", "render")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        "templates/zz.md.j2: CSG402 this is a hard link: the file also has another name, and could be private."
        " Replace it with a copy.\n"
    )
    assert not (root / "reports").exists()
    (root / "templates" / "zz.md.j2").unlink()
    assert csg("report", "render").returncode == 0
    page = root / "reports" / "members.md"
    os.link(page, root / "page.md")
    csg("member", "set", "INPUD", "name=A new name")
    refused = csg("report", "render")
    assert refused.returncode == 1
    assert refused.stderr.startswith("reports/members.md: CSG402 this is a hard link")
    assert page.read_bytes() == (root / "page.md").read_bytes()


@pytest.mark.parametrize("path", ["../outside.yaml", "/etc/csg-test", "data/../../outside.yaml"])
def test_a_path_that_leads_out_is_refused(root: Path, path: str) -> None:
    """No caller passes one; if one did, nothing is written."""
    with pytest.raises(Refused, match="CSG402"):
        write_bytes(root, path, b"x")
    assert not (root.parent / "outside.yaml").exists()


# ---- csg's own files -------------------------------------------------------------------------------------------------


def git(folder: Path, *words: str) -> None:
    """Run git there."""
    more = ("-c", "user.name=t", "-c", "user.email=t@localhost", "-c", "protocol.file.allow=always")
    subprocess.run(["git", "-C", str(folder), *more, *words], check=True, capture_output=True)


def committed(root: Path) -> None:
    """Make a repository of the workspace."""
    git(root, "init", "-q")
    git(root, "add", "data")
    git(root, "commit", "-qm", "x")


@pytest.mark.parametrize("names_a_real_repository", [True, False])
def test_a_git_file_that_leads_elsewhere_is_not_believed(
    csg: Run, root: Path, tmp_path: Path, names_a_real_repository: bool
) -> None:
    """Lock and journal are in the data folder then."""
    other = tmp_path / "other"
    if names_a_real_repository:
        git(tmp_path, "init", "-q", "other")
        target = other / ".git"
    else:
        target = other
        other.mkdir()
    before = sorted(other.rglob("*"))
    (root / ".git").write_text(f"gitdir: {target}\n", "utf-8")
    assert csg(*ADD).returncode == 0
    assert sorted(other.rglob("*")) == before
    assert (root / "data" / ".csg.undo").exists()
    assert csg("undo").returncode == 0


@pytest.mark.parametrize(
    "text", ["", "gitdir:", "gitdir: .", "gitdir: \0", "\udcff", "gitdir: " + "x/" * 5_000, "x" * 99_999]
)
def test_a_git_file_that_is_damaged_is_not_believed(root: Path, text: str) -> None:
    """And is no bug of csg."""
    (root / ".git").write_text(text, "utf-8", "surrogateescape")
    assert own_file(root, "lock").path == root / "data" / ".csg.lock"


def test_a_git_folder_that_is_a_link_is_not_believed(root: Path, tmp_path: Path) -> None:
    """It could lead anywhere."""
    git(tmp_path, "init", "-q", "other")
    (root / ".git").symlink_to(tmp_path / "other" / ".git")
    assert own_file(root, "lock").path == root / "data" / ".csg.lock"


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_worktrees_and_submodules_have_their_own_git_folder(csg: Run, root: Path, tmp_path: Path) -> None:
    """The folder names the work tree, as git writes it, with whole or relative paths."""
    committed(root)
    assert own_file(root, "undo").path == root / ".git" / "csg.undo"
    tree = tmp_path / "tree"
    git(root, "worktree", "add", "-q", str(tree))
    folder = root / ".git" / "worktrees" / "tree"
    assert own_file(tree, "undo").path == folder / "csg.undo"
    assert csg(*ADD, cwd=tree).returncode == 0
    assert (folder / "csg.undo").exists()
    (folder / "gitdir").write_text(f"{os.path.relpath(tree / '.git', folder)}\n", "utf-8")
    assert own_file(tree, "undo").path == folder / "csg.undo"
    (folder / "gitdir").write_text(f"{tmp_path}/another/.git\n", "utf-8")
    assert own_file(tree, "undo").path == tree / "data" / ".csg.undo"
    git(tmp_path, "init", "-q", "outer")
    git(tmp_path / "outer", "submodule", "add", "-q", str(root), "plan")
    below = tmp_path / "outer" / "plan"
    assert own_file(below, "undo").path == tmp_path / "outer" / ".git" / "modules" / "plan" / "csg.undo"


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("../outside")])
def test_a_lock_that_is_not_a_file_is_refused(csg: Run, root: Path, make: object) -> None:
    """What a link leads to is neither created nor emptied."""
    make(root / "data" / ".csg.lock")  # type: ignore[operator]
    done = csg(*ADD)
    assert done.returncode == 1
    assert done.stderr.startswith(("data/.csg.lock: CSG402", "data/.csg.lock: CSG403"))
    assert not (root / "outside").exists()


def test_the_lock_can_be_taken_again_by_the_one_who_holds_it(root: Path) -> None:
    """And is free once the first has given it back."""
    with own_files.locked(root) as first, own_files.locked(root) as second:
        assert (first, second) == (True, False)
    with own_files.locked(root) as third:
        assert third
