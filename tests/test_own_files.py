"""Files that csg did not make stay; files that it is just writing are nobody's business."""

import os
import re
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import PROJECT, Run

from csg.documents.marks import MARK, is_marked, marked
from csg.workspace.files import is_temporary, stage, temporary_name

PLAN = "data/workplan-2021-22.yaml"
SET = ("workplan", "set", "2.4", "comments=x")


@pytest.mark.parametrize("output", [(), ("--output", "."), ("--output", "pages/below")])
@pytest.mark.parametrize("content", ["my own\n", "", f"my own\n{MARK}", "\n" + MARK])
def test_a_page_that_csg_did_not_make_is_not_replaced(
    csg: Run, root: Path, output: tuple[str, ...], content: str
) -> None:
    """Nothing is written at all; every such file is named; --force replaces them."""
    folder = root / (output[1] if output else "reports")
    folder.mkdir(parents=True, exist_ok=True)
    own = (folder / "README.md", folder / "members.md")
    for path in own:
        path.write_text(content, "utf-8")
    before = sorted(root.rglob("*"))
    for words in ((), ("--check",), ("--dry-run",)):
        refused = csg("report", "render", *output, *words)
        assert (refused.returncode, refused.stdout) == (1, "")
        names = [line.partition(":")[0] for line in refused.stderr.splitlines()]
        assert names == [path.relative_to(root).as_posix() for path in own]
        assert "CSG605 csg did not make this file. " in refused.stderr
        assert "--force" in refused.stderr
    assert all(path.read_text("utf-8") == content for path in own)
    assert [path for path in sorted(root.rglob("*")) if path.name != ".csg.lock"] == before
    assert csg("report", "render", *output, "--force").returncode == 0
    assert all(path.read_text("utf-8").startswith(MARK) for path in own)
    assert csg("report", "render", *output).returncode == 0


@pytest.mark.parametrize("to", ["html", "docx", "pdf"])
def test_a_document_that_csg_did_not_make_is_not_replaced(csg: Run, root: Path, to: str) -> None:
    """One that csg made is, when the data has changed; one that a person has saved since is theirs."""
    words = ("report", "render", "members", "--to", to, "--output", "out")
    assert csg(*words).returncode == 0
    document = root / "out" / f"CS-Group-members.{to}"
    first = document.read_bytes()
    assert is_marked(document.name, first)
    csg("member", "set", "INPUD", "name=A new name")
    assert csg(*words).stdout == f"changed  out/CS-Group-members.{to}\n"
    assert document.read_bytes() != first
    for own in (b"", b"my own", _saved_by_a_person(to, first)):
        document.write_bytes(own)
        refused = csg(*words)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr.startswith(f"out/CS-Group-members.{to}: CSG605 csg did not make this file. ")
        assert document.read_bytes() == own
    assert csg(*words, "--force").returncode == 0
    assert csg(*words).returncode == 0


def _saved_by_a_person(to: str, content: bytes) -> bytes:
    """Return a document as a program of theirs saves it: with what that program knows of the last change."""
    if to != "docx":
        return b"<p>" + content if to == "html" else content.removesuffix(b"\n") + b" 1 0 obj"
    new = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(new, "w") as archive:
        for entry in old.infolist():
            archive.writestr(entry, old.read(entry).replace(b"csg report render", b"Ana"))
    return new.getvalue()


def test_a_marked_word_document_has_the_same_parts_and_bytes_each_time() -> None:
    """The mark is added to its properties alone."""
    new = BytesIO()
    with ZipFile(new, "w") as archive:
        archive.writestr("docProps/core.xml", "<cp:coreProperties></cp:coreProperties>")
        archive.writestr("word/document.xml", "<x/>")
    content = marked("a.docx", new.getvalue())
    assert content == marked("a.docx", new.getvalue())
    with ZipFile(BytesIO(content)) as archive:
        assert archive.namelist() == ["docProps/core.xml", "word/document.xml"]
        assert archive.read("word/document.xml") == b"<x/>"


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04" + b"\0" * 100, b"PK\x05\x06" + b"\0" * 18])
def test_a_damaged_document_is_somebodys_own(content: bytes) -> None:
    """And no bug of csg."""
    assert not is_marked("a.docx", content)


def test_a_page_that_somebody_wrote_beside_the_reports_stays(csg: Run, root: Path) -> None:
    """It has a name that no report has."""
    (root / "reports").mkdir()
    (root / "reports" / "notes.md").write_text("my own", "utf-8")
    assert csg("report", "render").returncode == 0
    assert (root / "reports" / "notes.md").read_text("utf-8") == "my own"


# ---- temporary files -------------------------------------------------------------------------------------------------

LEFT = [
    "data/.workplan-2021-22.yaml.csg-0123abcd.new",
    "data/reviews/.hpc.yaml.csg-0123abcd.new",
    "private/.hpc.jsonl.csg-0123abcd.new",
    "private/.hpc.csg-0123abcd.new",
    "reports/leads/.INPUD.md.csg-0123abcd.new",
    "documents/.members.pdf.csg-0123abcd.new",
    "schemas/.workplan.json.csg-0123abcd.new",
    ".github/workflows/.check.yml.csg-0123abcd.new",
]


def leave(root: Path) -> None:
    """Leave the files that a killed csg leaves."""
    for name in LEFT:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("half", "utf-8")


@pytest.mark.parametrize("words", [SET, ("report", "render"), ("undo",)])
def test_the_next_command_that_writes_removes_temporary_files(csg: Run, root: Path, words: tuple[str, ...]) -> None:
    """Wherever a killed csg left them; other files with a dot stay."""
    csg("workplan", "set", "2.4", "comments=first")
    leave(root)
    others = [root / "data" / name for name in (".notes", "x.yaml.new", ".new", ".x.csg-1.new", "x.csg-0123abcd.new")]
    others += [root / "private" / ".answers.new", root / "documents" / ".thesis.new", root / "reports" / ".a.csg.new"]
    for path in others:
        path.write_text("mine", "utf-8")
    assert csg("workplan", "list").returncode == 0
    assert (root / LEFT[0]).exists()
    assert csg(*words).returncode == 0
    assert [name for name in LEFT if (root / name).exists()] == []
    assert all(path.exists() for path in others)


@pytest.mark.parametrize("text", [PROJECT / ".gitignore", PROJECT / "csg" / "starter" / "dot-gitignore"])
def test_git_ignores_temporary_files(root: Path, text: Path) -> None:
    """In this project and in every new workspace; also the lock, the journal and their own temporary files."""
    subprocess.run(["git", "-C", str(root), "init", "-q"], check=True)
    (root / ".gitignore").write_bytes(text.read_bytes())
    leave(root)
    own = ["data/.csg.lock", "data/.csg.undo", "data/..csg.undo.csg-0123abcd.new", "data/.csg.pending-12345678"]
    own.append("..gitignore.csg-0123abcd.new")
    for name in own:
        (root / name).touch()
    listed = ["git", "-C", str(root), "status", "--porcelain", "-uall"]
    names = subprocess.run(listed, capture_output=True, text=True, check=True).stdout
    assert ".new" not in names
    assert ".csg." not in names
    (root / "data" / ".notes.new").touch()
    assert "data/.notes.new" in subprocess.run(listed, capture_output=True, text=True, check=True).stdout


def test_what_is_written_has_the_temporary_name_that_git_ignores(root: Path) -> None:
    """It is there while the file is being written, and gone when it is discarded."""
    assert re.fullmatch(r"\.workplan-2021-22\.yaml\.csg-[0-9a-f]{8}\.new", temporary_name("workplan-2021-22.yaml"))
    (staged,) = stage(root, {PLAN: b"new"})
    (temporary,) = (root / "data").glob(".*.new")
    assert is_temporary(temporary.name, "workplan-2021-22.yaml")
    assert temporary.read_bytes() == b"new"
    staged.discard(root)
    assert not temporary.exists()


def test_a_folder_with_a_name_like_a_temporary_file_is_in_nobodys_way(csg: Run, root: Path) -> None:
    """csg chooses another name, and leaves the folder as it is."""
    for name in (".workplan-2021-22.yaml.new", ".workplan-2021-22.yaml.csg-0123abcd.new"):
        (root / "data" / name).mkdir()
    assert csg(*SET).returncode == 0
    assert len(list((root / "data").glob(".*.new"))) == 2


@pytest.mark.parametrize("in_git", [False, True])
def test_a_temporary_file_of_csgs_own_files_is_removed(csg: Run, root: Path, in_git: bool) -> None:
    """Also in git's folder; git's own files stay."""
    folder = root / "data"
    if in_git:
        subprocess.run(["git", "-C", str(root), "init", "-q"], check=True)
        folder = root / ".git"
    before = {path.name for path in folder.iterdir()} | {".gits.new"}
    (folder / ".gits.new").touch()
    (folder / ".csg.undo.csg-0123abcd.new").touch()
    assert csg(*SET).returncode == 0
    assert {path.name for path in folder.iterdir() if "csg." not in path.name} == before
    assert not list(folder.glob(".*.csg-*"))


def test_init_that_was_killed_is_finished_by_the_next(csg: Run, tmp_path: Path) -> None:
    """No temporary file is left in a workspace that is complete."""
    folder = tmp_path / "new"
    for name in (".github/workflows/.check.yml.csg-0123abcd.new", "data/.members.yaml.csg-0123abcd.new"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("half", "utf-8")
    assert csg("init", str(folder), "--example").returncode == 0
    assert csg(*SET, cwd=folder).returncode == 0
    assert not list(folder.rglob(".*.new"))


@pytest.mark.skipif(os.name == "nt", reason="a link needs rights on Windows")
def test_init_writes_nothing_through_a_link(csg: Run, tmp_path: Path) -> None:
    """And nothing at all if one of its files cannot be written."""
    folder, outside = tmp_path / "new", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    (folder / "schemas").symlink_to(outside)
    done = csg("init", str(folder), "--example")
    assert done.returncode == 1
    assert done.stderr.startswith("schemas: CSG402 this is a symbolic link")
    assert list(outside.iterdir()) == []
    assert [path for path in folder.rglob("*") if path.is_file()] == []
