"""Changes of several files in one step: all old, or all new once the next command has run; and one undo."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import CSG, Run

from csg.editing.change import change_files
from csg.problem import Refused
from csg.source.data_edits import Put
from csg.workspace import open_workspace
from csg.workspace.own_files import own_file
from csg.workspace.workspace import Workspace

PLAN, MEMBERS, COUNTRIES = "data/workplan-2021-22.yaml", "data/members.yaml", "data/countries.yaml"
FILES = (PLAN, MEMBERS, COUNTRIES)
CALLS = ("fsync", "unlink", "rename", "replace", "mkdir", "fchmod")
"""Calls of the system, before each of which the program is killed, besides those that create a file."""
KILLED = 9
posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is forked to be killed")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small workspace: a change of it is made and checked hundreds of times."""
    folder = tmp_path / "workspace"
    for file, text in SMALL.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, "utf-8")
    return folder


SMALL = {
    MEMBERS: "members:\n  - {id: INPUD, name: A network}\n  - {id: HRI, name: Another network}\n",
    COUNTRIES: "title: Countries\ncountries: []\n",
    PLAN: """\
workplan: 2021-22
title: Workplan
periods:
  - {id: mid, name: Mid-year}
objectives:
  - id: "1"
    title: An objective
    activities:
      - {id: "1.1", title: An activity, cso_lead: [INPUD], comments: ""}
""",
}


def edits(_: Workspace) -> dict[str, list[Put]]:
    """Return a change of a plan, of the people and of the countries."""
    return {
        PLAN: [Put(("title",), "New plan")],
        MEMBERS: [Put(("members", 0, "name"), "New name")],
        COUNTRIES: [Put(("title",), "New countries")],
    }


def contents(root: Path) -> list[bytes]:
    """Return the content of each file."""
    return [(root / file).read_bytes() for file in FILES]


def kill_at(call: int, run: Callable[[], object]) -> bool:
    """Run in a fork that is killed before a call of the system. Return whether it was killed before it ended."""
    child = os.fork()
    if child == 0:
        left = call

        def counted(function: Callable[..., object], counts: Callable[..., bool]) -> Callable[..., object]:
            def count(*args: object, **more: object) -> object:
                nonlocal left
                if counts(*args):
                    if left == 0:
                        os._exit(KILLED)
                    left -= 1
                return function(*args, **more)

            return count

        for name in CALLS:
            setattr(os, name, counted(getattr(os, name), lambda *_: True))
        os.open = counted(os.open, lambda _, flags, *__: bool(flags & os.O_CREAT))  # type: ignore[assignment]
        try:
            run()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED


def steps() -> Iterator[int]:
    """Yield the number of each call."""
    yield from range(2_000)


def restore(root: Path, before: list[bytes]) -> None:
    """Give each file its content, and remove what csg keeps besides."""
    for file, content in zip(FILES, before, strict=True):
        (root / file).write_bytes(content)
    for path in (root / "data").glob(".*"):
        path.unlink()


def test_several_files_change_in_one_step(root: Path) -> None:
    """Each file's change is returned; a dry run writes nothing."""
    before = contents(root)
    dry = change_files(open_workspace(str(root)), edits, dry_run=True)
    assert contents(root) == before
    changes = change_files(open_workspace(str(root)), edits)
    assert [change.file for change in changes] == list(FILES)
    assert [change.diff() for change in changes] == [change.diff() for change in dry]
    assert [change.after.encode() for change in changes] == contents(root)
    assert sorted(path.name for path in (root / "data").glob(".*")) == [".csg.lock", ".csg.undo"]


def test_none_changes_if_one_of_them_would_have_an_error(root: Path) -> None:
    """Whatever the order."""
    before = contents(root)

    def wrong(workspace: Workspace) -> dict[str, list[Put]]:
        return {**edits(workspace), COUNTRIES: [Put(("countries",), "x")]}

    with pytest.raises(Refused):
        change_files(open_workspace(str(root)), wrong)
    assert contents(root) == before


@posix
def test_killed_at_any_call_all_are_old_or_new(root: Path) -> None:
    """The next command finishes the change; a reader never sees half of it, and nothing is left over."""
    before = contents(root)
    outcomes = set()
    for call in steps():
        restore(root, before)
        killed = kill_at(call, lambda: change_files(open_workspace(str(root)), edits))
        open_workspace(str(root))  # any command does this first
        after = contents(root)
        assert len({new == old for new, old in zip(after, before, strict=True)}) == 1, call
        outcomes.add((killed, after == before))
        change_files(open_workspace(str(root)), lambda _: {PLAN: [Put(("title",), "Another")]})
        assert sorted(path.name for path in (root / "data").glob(".*")) == [".csg.lock", ".csg.undo"], call
        if not killed:
            break
    assert outcomes == {(True, True), (True, False), (False, False)}


@posix
def test_killed_while_it_finishes_the_change_is_finished_by_the_next(root: Path, tmp_path: Path) -> None:
    """A command that finishes a change can be killed as well."""
    interrupted(root)
    half = tmp_path / "half"
    shutil.copytree(root / "data", half)
    for call in steps():
        shutil.rmtree(root / "data")
        shutil.copytree(half, root / "data")
        killed = kill_at(call, lambda: open_workspace(str(root)))
        open_workspace(str(root))
        assert b"New plan" in (root / PLAN).read_bytes()
        assert b"New name" in (root / MEMBERS).read_bytes()
        assert b"New countries" in (root / COUNTRIES).read_bytes()
        if not killed:
            break
    assert call > 2


@posix
def test_an_undo_takes_several_files_back_as_one_wherever_it_is_killed(root: Path) -> None:
    """And the next undo takes back the change before."""
    original = contents(root)
    change_files(open_workspace(str(root)), lambda _: {PLAN: [Put(("title",), "First")]})
    first = contents(root)
    change_files(open_workspace(str(root)), edits)
    second, journal = contents(root), (root / "data" / ".csg.undo").read_bytes()
    for call in steps():
        restore(root, second)
        (root / "data" / ".csg.undo").write_bytes(journal)
        killed = kill_at(call, lambda: _undo(root))
        open_workspace(str(root))
        assert contents(root) in (first, second), call
        if contents(root) == second:
            _undo(root)
        assert contents(root) == first, call
        _undo(root)
        assert contents(root) == original, call
        if not killed:
            break


def _undo(root: Path) -> None:
    from csg.editing.journal import last_change, undo_change

    workspace = open_workspace(str(root))
    undo_change(workspace.root, last_change(workspace.root))


def test_undo_shows_each_file(csg: Run, root: Path) -> None:
    """They are taken back together."""
    before = contents(root)
    change_files(open_workspace(str(root)), edits)
    done = csg("undo")
    assert done.returncode == 0
    assert [line for line in done.stdout.splitlines() if line.startswith("+++")] == [f"+++ b/{file}" for file in FILES]
    assert contents(root) == before


def interrupted(root: Path) -> Path:
    """Leave a change half made, as a killed csg does. Return its note."""
    before = contents(root)
    for call in steps():
        kill_at(call, lambda: change_files(open_workspace(str(root)), edits))
        if len({new == old for new, old in zip(contents(root), before, strict=True)}) == 2:
            (note,) = (root / "data").glob(".csg.pending-*")
            return note
        restore(root, before)
    raise AssertionError("no call was between two renames")


@posix
def test_a_command_finishes_the_change_before_it_reads(root: Path) -> None:
    """Also one that only reads."""
    interrupted(root)
    done = subprocess.run([CSG, "workplan", "list"], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert b"New name" in (root / MEMBERS).read_bytes()
    assert b"New countries" in (root / COUNTRIES).read_bytes()
    assert sorted(path.name for path in (root / "data").glob(".*")) == [".csg.lock", ".csg.undo"]


@posix
def test_a_file_that_somebody_changes_in_between_is_not_overwritten(csg: Run, root: Path) -> None:
    """csg names it and says what to do; after that it works again."""
    note = interrupted(root)
    by_hand = (root / COUNTRIES).read_bytes() + b"# by hand\n"
    (root / COUNTRIES).write_bytes(by_hand)
    for words in (("status",), ("workplan", "set", "2.4", "comments=x")):
        done = csg(*words)
        assert done.returncode == 1
        assert done.stderr.startswith(f"{COUNTRIES}: CSG413 csg was stopped in a change of several files")
        assert str(note) in done.stderr
    assert (root / COUNTRIES).read_bytes() == by_hand
    note.unlink()
    assert csg("status").returncode == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "[]",
        "[" * 100_000,
        '{"files": 1}',
        '{"files": [{"file": 1, "before": [], "after": {}}]}',
        '{"files": [{"file": "data/../outside.yaml", "before": null, "after": "x"}]}',
        '{"files": [{"file": "README.md", "before": "x", "after": null}]}',
        '{"files": [{"file": ".git/config", "before": "x", "after": null}]}',
    ],
)
def test_a_note_that_csg_did_not_write_has_no_effect(csg: Run, root: Path, text: str) -> None:
    """It names what is no data file, or has wrong types: it is removed, and nothing else happens."""
    (root / "README.md").write_text("mine", "utf-8")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    note = own_file(root, "x").folder / own_file(root, _note_name(root)).name
    note.write_text(text, "utf-8")
    assert csg("check").returncode == 0
    assert not note.exists()
    assert {
        path: path.read_bytes() for path in root.rglob("*") if path.is_file() and path.name != ".csg.lock"
    } == before


def _note_name(root: Path) -> str:
    from csg.workspace import pending

    return pending._note_file(root).name.removeprefix("data/.csg.")


@posix
def test_two_workspaces_of_one_repository_do_not_finish_each_others_change(root: Path) -> None:
    """Their notes have names of their own."""
    subprocess.run(["git", "-C", str(root.parent), "init", "-q"], check=True)
    other = root.parent / "other"
    (other / "data").mkdir(parents=True)
    for file in root.joinpath("data").glob("*.yaml"):
        (other / "data" / file.name).write_bytes(file.read_bytes())
    before, changed = contents(root), False
    for call in steps():
        kill_at(call, lambda: change_files(open_workspace(str(root)), edits))
        changed = len({new == old for new, old in zip(contents(root), before, strict=True)}) == 2
        if changed:
            break
        for name, content in zip(FILES, before, strict=True):
            (root / name).write_bytes(content)
    half = contents(root)
    change_files(open_workspace(str(other)), edits)
    assert contents(root) == half
    open_workspace(str(root))
    assert contents(root) == contents(other)


def test_a_journal_holds_one_entry_for_several_files(root: Path) -> None:
    """So that undo takes all of them back at once."""
    change_files(open_workspace(str(root)), edits)
    (entry,) = json.loads((root / "data" / ".csg.undo").read_bytes())
    assert [step["file"] for step in entry["files"]] == list(FILES)
