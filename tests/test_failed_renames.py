"""A change of several files, of which the system does not rename one: nothing is written, or it is finished later."""

import os
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from csg.problem import Refused
from csg.workspace import files, pending

FILES = ("data/workplan-2021-22.yaml", "data/members.yaml", "data/countries.yaml", "data/reviews/hpc-reports.yaml")
NEW, GONE = "data/reviews/new.yaml", FILES[3]
CONTENTS = {**dict.fromkeys(FILES[:3], b"new\n"), NEW: b"new\n", GONE: None}


def state(root: Path) -> dict[str, bytes]:
    """Return the files of the data folder, without csg's own."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in (root / "data").rglob("*")
        if path.is_file() and not path.name.startswith(".csg.")
    }


def fail(monkeypatch: pytest.MonkeyPatch, fails: Callable[[int], bool]) -> None:
    """Let some renames and removals fail, by their numbers."""
    number = 0
    for name in ("replace", "unlink"):
        real = getattr(os, name)

        def call(*words: str, real: Callable[..., None] = real, **more: int | None) -> None:
            nonlocal number
            number += 1
            if fails(number):
                raise OSError(5, os.strerror(5))
            real(*words, **more)

        monkeypatch.setattr(os, name, call)


@pytest.fixture(autouse=True)
def nothing_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin as a new command does."""
    monkeypatch.setattr(files, "_written", [])


@pytest.mark.parametrize("failing", range(1, 7))
def test_one_rename_that_fails_changes_nothing(root: Path, monkeypatch: pytest.MonkeyPatch, failing: int) -> None:
    """Neither at once nor later, and nothing is left over: a command that exits 1 has written nothing."""
    before = state(root)
    fail(monkeypatch, lambda number: number == failing)
    with pytest.raises(Refused, match=r"input/output error\. Nothing was written"), pending.writing(root):
        pending.change_together(root, CONTENTS)
    assert not files.has_written()
    assert state(root) == before
    monkeypatch.undo()
    pending.finish_interrupted(root)
    assert state(root) == before
    assert not list((root / "data").glob(".csg.pending-*"))


@pytest.mark.parametrize(("first", "more"), list(product(range(2, 7), [1, 2, 3, 4, 5, 6, 99])))
def test_what_cannot_be_restored_is_finished_and_counts_as_written(
    root: Path, monkeypatch: pytest.MonkeyPatch, first: int, more: int
) -> None:
    """Whatever fails while csg restores the files: exit 0 and all is written, or exit 1 and nothing."""
    before = state(root)
    after = {file: content for file, content in {**before, **CONTENTS}.items() if content is not None}
    fail(monkeypatch, lambda number: first <= number <= first + more)
    with pytest.raises(Refused) as refused, pending.writing(root):
        pending.change_together(root, CONTENTS)
    written = files.has_written()
    assert ("The next csg command finishes it." if written else "Nothing was written.") in str(refused.value)
    monkeypatch.undo()
    pending.finish_interrupted(root)
    with pending.writing(root):
        assert state(root) == (after if written else before)
