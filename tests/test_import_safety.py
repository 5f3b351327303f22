"""Imports at the same time lose nothing of each other, and what is no file is refused at once."""

import os
import socket
import subprocess
from pathlib import Path

import pytest
from conftest import Run
from survey_files import FILES, people

from csg.problem import Refused
from csg.survey.keep import keep
from csg.survey.private import Spool, make_folder, write_private
from csg.survey.reviews import Imported, Wanted, import_survey
from csg.workspace import open_workspace

NAME = "hpc-2021"
REVIEW, PRIVATE = f"data/reviews/{NAME}.yaml", f"private/{NAME}.jsonl"
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has neither pipes nor these devices")


@pytest.fixture
def surveys(tmp_path: Path) -> list[Path]:
    """Two exports with other answers."""
    paths = [tmp_path / "first.csv", tmp_path / "second.csv"]
    for seed, path in enumerate(paths, 1):
        path.write_bytes(FILES["survey.csv"](people(seed=seed)))
    return paths


def read(path: Path, spool: Spool, name: str = NAME) -> Imported:
    """Return an import that waits for an answer: all is read, nothing is written."""
    return import_survey(path, Wanted(name, "R", None, 5, {}, None, 0, None, {}), spool)


def test_an_import_that_waits_keeps_what_another_wrote_under_the_same_id(
    csg: Run, root: Path, surveys: list[Path]
) -> None:
    """The one that comes second is refused, and removes nothing that the first has written."""
    with Spool(root) as spool:
        waiting = read(surveys[0], spool)
        assert csg("review", "import", str(surveys[1]), "--id", NAME, "--yes").returncode == 0
        before = (root / PRIVATE).read_bytes(), (root / REVIEW).read_bytes()
        with pytest.raises(Refused, match="CSG406"):
            keep(open_workspace(str(root)), waiting, spool)
    assert ((root / PRIVATE).read_bytes(), (root / REVIEW).read_bytes()) == before


def test_an_import_that_waits_is_refused_if_the_file_is_imported_under_another_id(
    csg: Run, root: Path, surveys: list[Path]
) -> None:
    """One file is one review."""
    with Spool(root) as spool:
        waiting = read(surveys[0], spool)
        assert csg("review", "import", str(surveys[0]), "--id", "other", "--yes").returncode == 0
        with pytest.raises(Refused, match="CSG705 this file has been imported as other"):
            keep(open_workspace(str(root)), waiting, spool)
    assert not (root / PRIVATE).exists()
    assert not (root / REVIEW).exists()


def test_free_text_of_another_survey_is_never_overwritten(root: Path, surveys: list[Path]) -> None:
    """Also if it comes only while the import waits."""
    with Spool(root) as spool:
        waiting = read(surveys[0], spool)
        make_folder(root)
        write_private(root, NAME, [b'{"question": "Q1", "text": "mine"}\n'], "another digest")
        before = (root / PRIVATE).read_bytes()
        with pytest.raises(Refused, match="CSG705 there is free text already"):
            keep(open_workspace(str(root)), waiting, spool)
    assert (root / PRIVATE).read_bytes() == before
    assert not (root / REVIEW).exists()


def test_free_text_is_removed_if_the_review_cannot_be_written(
    root: Path, surveys: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What this run wrote, and only that."""
    with Spool(root) as spool:
        waiting = read(surveys[0], spool)
        make_folder(root)
        (root / "private" / "notes.jsonl").write_text("mine", "utf-8")
        monkeypatch.setattr("secrets.token_hex", lambda _: "0123abcd")
        (root / "data" / "reviews" / f".{NAME}.yaml.csg-0123abcd.new").mkdir(parents=True)  # in the way of a new file
        with pytest.raises(Refused, match="CSG404"):
            keep(open_workspace(str(root)), waiting, spool)
    assert sorted(path.name for path in (root / "private").iterdir()) == [".gitignore", "notes.jsonl"]


def test_an_import_that_was_killed_can_be_repeated(csg: Run, root: Path, surveys: list[Path]) -> None:
    """Free text of the same file, without a review, is no obstacle."""
    with Spool(root) as spool:
        killed = read(surveys[0], spool)
        make_folder(root)
        write_private(root, NAME, spool.shuffled(killed.columns), killed.digest)
    assert csg("review", "import", str(surveys[0]), "--id", NAME, "--yes").returncode == 0
    assert (root / REVIEW).exists()


@posix
def test_free_text_is_for_its_owner_alone(csg: Run, root: Path, surveys: list[Path]) -> None:
    """The file and its folder."""
    csg("review", "import", str(surveys[0]), "--id", NAME, "--yes")
    assert (root / PRIVATE).stat().st_mode & 0o777 == 0o600
    assert (root / "private").stat().st_mode & 0o777 == 0o700


@posix
@pytest.mark.parametrize("option", ["file", "questions"])
@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "socket", "link to a pipe", "missing"])
def test_what_is_no_file_is_refused_at_once(
    csg: Run, root: Path, surveys: list[Path], tmp_path: Path, option: str, kind: str
) -> None:
    """Nobody waits for a pipe that is never written to, or for a device that never ends."""
    path = tmp_path / "x.csv"
    if kind == "folder":
        path.mkdir()
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(os.path.relpath(path))
    elif kind != "missing":
        os.mkfifo(tmp_path / "pipe")
        path.symlink_to("/dev/zero" if kind == "device" else tmp_path / "pipe")
    words = [str(surveys[0]), "--questions", str(path)] if option == "questions" else [str(path)]
    done = csg("review", "import", *words, "--id", NAME, "--yes")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("x.csv: CSG")
    assert "cannot be read: " in done.stderr
    assert not (root / "private").exists()


@posix
@pytest.mark.parametrize("file", [PRIVATE, "private/other.jsonl", "private/.gitignore"])
def test_free_text_is_neither_read_nor_written_through_a_link(
    csg: Run, root: Path, surveys: list[Path], file: str
) -> None:
    """What a link leads to stays as it is, and is not shown."""
    subprocess.run(["git", "-C", str(root), "init", "-q"], check=True)
    (root / ".gitignore").write_text("/private/\n", "utf-8")
    (root / "private").mkdir()
    (root / file).symlink_to("../secret")
    (root / "secret").write_text('{"review": "x"}\n{"question": "Q8", "text": "SECRET"}\n', "utf-8")
    before = (root / "secret").read_bytes()
    imported = csg("review", "import", str(surveys[0]), "--id", NAME, "--yes")
    quoted = csg("review", "quote", NAME, "Q8")
    assert (root / "secret").read_bytes() == before
    assert (root / file).is_symlink()
    assert "SECRET" not in quoted.stdout + quoted.stderr
    assert imported.returncode == (1 if file == PRIVATE else 0), imported.stderr
