"""Undo: the last change is taken back to the byte, whatever happened in between; a planted journal writes nothing."""

import hashlib
import json
import os
import subprocess
from pathlib import Path

import pytest
from conftest import Run

PLAN = "data/workplan-2021-22.yaml"
ADD = ("progress", "add", "2.4", "--period", "mid", "--by", "INWUD", "--status", "on-track", "--date", "2021-12-10")


def git(root: Path, *words: str) -> None:
    """Run git in the workspace."""
    more = ("-c", "user.name=t", "-c", "user.email=t@localhost")
    subprocess.run(["git", "-C", str(root), *more, *words], check=True, capture_output=True)


@pytest.mark.parametrize("repository", [True, False])
def test_undo_takes_back_the_last_change_to_the_byte(csg: Run, root: Path, repository: bool) -> None:
    """One after the other, also a new file; and leaves no trace in what git sees."""
    if repository:
        subprocess.run(["git", "-C", str(root), "init", "-q"], check=True)
    before = (root / PLAN).read_bytes()
    csg(*ADD, "--summary", "x")
    between = (root / PLAN).read_bytes()
    csg("workplan", "new", "2022-23")
    assert (root / "data" / "workplan-2022-23.yaml").exists()
    dry = csg("undo", "--dry-run")
    assert dry.stdout.startswith("--- a/data/workplan-2022-23.yaml\n+++ /dev/null\n")
    assert csg("undo").returncode == 0
    assert not (root / "data" / "workplan-2022-23.yaml").exists()
    assert (root / PLAN).read_bytes() == between
    assert csg("undo").returncode == 0
    assert (root / PLAN).read_bytes() == before
    assert csg("undo").stderr == (
        "CSG410 there is no change to undo. "
        "Only changes that csg made to the data files of this workspace can be undone.\n"
    )
    assert (root / "data" / ".csg.undo").exists() is not repository


def test_undo_loses_nothing_that_came_since(csg: Run, root: Path) -> None:
    """What somebody has written since stays."""
    csg(*ADD, "--summary", "x")
    with (root / PLAN).open("a", encoding="utf-8") as plan:
        plan.write("# by hand\n")
    after = (root / PLAN).read_bytes()
    refused = csg("undo")
    assert refused.returncode == 1
    assert refused.stderr.startswith(
        f"{PLAN}: CSG411 the file was edited after the last change of csg. Undo the change by hand"
    )
    assert (root / PLAN).read_bytes() == after


def test_a_change_that_was_noted_and_not_made_is_in_nobodys_way(csg: Run, root: Path) -> None:
    """As where csg is killed between the two: undo takes back the change before, and the next change is noted."""
    original = (root / PLAN).read_bytes()
    csg(*ADD, "--summary", "x")
    first = (root / PLAN).read_bytes()
    csg("workplan", "set", "2.4", "comments=Second")
    second, journal = (root / PLAN).read_bytes(), (root / "data" / ".csg.undo").read_bytes()
    (root / PLAN).write_bytes(first)
    assert csg("undo").returncode == 0
    assert (root / PLAN).read_bytes() == original
    (root / PLAN).write_bytes(first)
    (root / "data" / ".csg.undo").write_bytes(journal)
    csg("workplan", "set", "2.4", "comments=Second")
    assert (root / PLAN).read_bytes() == second
    for content in (first, original):
        assert csg("undo").returncode == 0
        assert (root / PLAN).read_bytes() == content


def test_a_change_and_its_opposite_are_taken_back_in_turn(csg: Run) -> None:
    """Both states of the file are those of two changes."""
    for title in ("B", "A", "B"):
        csg("workplan", "set", "2.4", f"title={title}")
    for title in ("A", "B"):
        assert csg("undo").returncode == 0
        assert f'"title": "{title}"' in csg("workplan", "show", "2.4", "--format", "json").stdout


def test_what_is_committed_is_taken_back_only_with_yes(csg: Run, root: Path) -> None:
    """Somebody may have it already. Without a terminal nobody can be asked."""
    git(root, "init", "-q")
    git(root, "add", "data")
    git(root, "commit", "-qm", "x")
    csg("member", "add", "NEW", "--name", "A new network")
    csg(*ADD, "--summary", "x")
    git(root, "commit", "-qam", "y")
    committed = (root / PLAN).read_bytes()
    csg("workplan", "set", "2.4", "comments=Not committed")
    assert csg("undo").returncode == 0
    assert (root / PLAN).read_bytes() == committed
    refused = csg("undo")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert f"{PLAN} is committed with this change: 2.4 mid-year report by INWUD added" in refused.stderr
    assert "Undo it? Confirm with --yes." in refused.stderr
    assert (root / PLAN).read_bytes() == committed
    assert csg("undo", "--dry-run").returncode == 0
    assert (root / PLAN).read_bytes() == committed
    assert csg("undo", "--yes").returncode == 0
    assert "summary: x" not in (root / PLAN).read_text("utf-8")


def test_a_new_file_that_is_committed_is_removed_only_with_yes(csg: Run, root: Path) -> None:
    """A file that git does not know is removed without a question."""
    git(root, "init", "-q")
    git(root, "add", "data")
    git(root, "commit", "-qm", "x")
    csg("workplan", "new", "2022-23")
    new = root / "data" / "workplan-2022-23.yaml"
    assert csg("undo").returncode == 0
    csg("workplan", "new", "2022-23")
    git(root, "add", "data")
    git(root, "commit", "-qm", "y")
    assert csg("undo").returncode == 2
    assert new.exists()
    assert csg("undo", "--yes").returncode == 0
    assert not new.exists()


def entry(root: Path, file: str, now: bytes, before: bytes | None, **more: object) -> dict[str, object]:
    """Return what somebody who knows the journal's form could plant: a file that gets another content."""
    step: dict[str, object] = {
        "file": file,
        "before": None if before is None else hashlib.sha256(before).hexdigest(),
        "after": hashlib.sha256(now).hexdigest(),
        "start": 0,
        "end": 0,
        "text": (before or b"").decode(),
    }
    return {"root": str(root), "files": [step | more]}


@pytest.mark.parametrize("in_repository", [True, False])
@pytest.mark.parametrize(
    "file",
    [
        "../outside.yaml",
        "README.md",
        ".git/config",
        "templates/x.md.j2",
        "data/../README.md",
        "data/reviews/../../README.md",
        "data/.csg.lock",
        "data/notes.yaml",
        "{root}/README.md",
        "data\\members.yaml",
    ],
)
@pytest.mark.parametrize("before", [b"planted", None])
def test_a_planted_journal_writes_no_file_but_the_data(
    csg: Run, root: Path, file: str, in_repository: bool, before: bytes | None
) -> None:
    """A pull request can bring one; it is ignored, and csg says that there is nothing to take back."""
    if in_repository:
        git(root, "init", "-q")
    for path in (root.parent / "outside.yaml", root / "README.md", root / "data" / "notes.yaml"):
        path.write_bytes(b"mine")
    (root / "templates").mkdir()
    (root / "templates" / "x.md.j2").write_bytes(b"mine")
    file = file.format(root=root)
    now = (root / file).read_bytes() if (root / file).is_file() else b"mine"
    (root / "data" / ".csg.undo").write_text(json.dumps([entry(root, file, now, before)]), "utf-8")
    files = {path: path.read_bytes() for path in root.parent.rglob("*") if path.is_file()}
    done = csg("undo", "--yes")
    assert done.returncode == 1
    assert done.stderr.startswith("CSG410 there is no change to undo")
    for path, content in files.items():
        assert path.read_bytes() == content


@pytest.mark.skipif(os.name == "nt", reason="a link needs rights on Windows")
@pytest.mark.parametrize("is_dangling", [True, False])
def test_a_journal_that_is_a_link_is_neither_read_nor_written(
    csg: Run, root: Path, tmp_path: Path, is_dangling: bool
) -> None:
    """Its target stays as it is, and the change is made all the same."""
    outside = tmp_path / "outside"
    if not is_dangling:
        outside.write_text("mine", "utf-8")
    (root / "data" / ".csg.undo").symlink_to(outside)
    assert csg(*ADD, "--summary", "x").returncode == 0
    assert "summary: x" in (root / PLAN).read_text("utf-8")
    assert outside.exists() is not is_dangling
    assert is_dangling or outside.read_text("utf-8") == "mine"
    assert csg("undo").returncode == 1


STEP = (
    '[{"root": "ROOT", "files": [{"file": "FILE", "before": "x", "after": "AFTER", '
    '"start": %s, "end": %s, "text": %s}]}]'
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "7",
        "{}",
        '"x"',
        "[null, 1, [], {}]",
        "[" * 100_000,
        '[{"root": 1, "files": []}]',
        '[{"root": "ROOT", "files": []}]',
        '[{"root": "ROOT", "files": {}}]',
        '[{"root": "ROOT", "files": [null]}]',
        '[{"root": "ROOT", "file": "FILE", "was_there": 1, "start": "x", "end": [], "text": 5, "after": "AFTER"}]',
        '[{"root": "ROOT", "files": [{"file": 5, "before": 1, "after": "AFTER", "start": 0, "end": 0, "text": ""}]}]',
        STEP % ('"0"', "0", '""'),
        STEP % ("-5", "0", '""'),
        STEP % ("1e99", "0", '""'),
        STEP % ("0", "0", '"\\ud800"'),
        STEP % ("0", "0", '["x"]'),
        STEP % ("9", "9", '"other"'),
    ],
)
def test_a_journal_with_wrong_types_is_ignored(csg: Run, root: Path, text: str) -> None:
    """Undo says that there is nothing to take back, and the next change is noted."""
    before = (root / PLAN).read_bytes()
    text = text.replace("ROOT", str(root)).replace("FILE", PLAN).replace("AFTER", hashlib.sha256(before).hexdigest())
    (root / "data" / ".csg.undo").write_text(text, "utf-8")
    done = csg("undo")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("CSG410")
    assert csg(*ADD, "--summary", "x").returncode == 0
    assert csg("undo").returncode == 0
    assert (root / PLAN).read_bytes() == before


def test_a_change_is_taken_back_where_the_journal_cannot_be_written(
    csg: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is taken back is taken back."""
    from csg.editing.journal import last_change, undo_change

    before = (root / PLAN).read_bytes()
    csg(*ADD, "--summary", "x")
    monkeypatch.setattr("secrets.token_hex", lambda _: "0123abcd")
    (root / "data" / "..csg.undo.csg-0123abcd.new").mkdir()  # in the way of a new journal
    undo_change(root, last_change(root))
    assert (root / PLAN).read_bytes() == before
    assert csg("undo").stderr.startswith("CSG410")


@pytest.mark.parametrize("then", ["nothing", "install", "commit"])
def test_undo_remembers_what_came_before_git_init(csg: Run, root: Path, then: str) -> None:
    """With a journal that git tracks, which another person could have made, it does not."""
    before = (root / PLAN).read_bytes()
    assert csg(*ADD, "--summary", "x").returncode == 0
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    if then == "install":
        assert csg("git", "install").returncode == 0
        assert not (root / "data" / ".csg.undo").exists()
    if then == "commit":
        subprocess.run(["git", "add", "--force", "data/.csg.undo"], cwd=root, check=True)
    done = csg("undo", "--yes")
    if then == "commit":
        assert done.stderr.startswith("CSG410")
    else:
        assert (root / PLAN).read_bytes() == before


def test_another_change_while_undo_asks_is_not_taken_back(root: Path) -> None:
    """The change that was shown is no longer the last one."""
    from csg.editing.change import change
    from csg.editing.journal import last_change, undo_change
    from csg.problem import Refused
    from csg.source.data_edits import Put
    from csg.workspace import open_workspace

    def retitle(title: str) -> None:
        change(open_workspace(str(root)), lambda fresh: fresh.plan_file, lambda _: [Put(("title",), title)])

    retitle("First")
    shown = last_change(root)
    retitle("Second")
    assert shown
    with pytest.raises(Refused, match="another csg command changed the workspace meanwhile"):
        undo_change(root, shown)
    assert "title: Second" in (root / PLAN).read_text("utf-8")
