"""A whole reporting round, as the Secretariat and the leads do it: request, answers, collect, save, render."""

import io
import shutil
import subprocess
import zipfile
from html import escape
from pathlib import Path

import pytest
from conftest import Run
from filled_forms import changed_document, fill_docx, fill_text, fill_xlsx, letter_of, reply
from test_forms import reports
from test_save import git, repository, server

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
SOFFICE = shutil.which("soffice")
__all__ = ["repository", "server"]  # fixtures
TRICKY = "Two | trainings # = 3\nplaces ✅ سلام & <b> – «да»"


def answers(*activities: str, status: str = "On track", summary: str = TRICKY) -> dict[str, str]:
    """Return answers on activities."""
    given: dict[str, str] = {}
    for activity in activities:
        given |= {f"{activity} status": status, f"{activity} summary": f"{activity}: {summary}"}
        given |= {f"{activity} needs": "HAS to help.", f"{activity} evidence": "https://example.org/a"}
    return given


def resaved(folder: Path, kind: str) -> list[subprocess.Popen[bytes]]:
    """Start LibreOffice, which saves the forms of a kind in a folder again."""
    files = sorted(str(path) for path in folder.glob(f"*.{kind}"))
    profile = f"-env:UserInstallation=file://{folder.parent.parent}/profile-{kind}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder / "again"), *files]
    return [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)] if files else []


def bomb() -> bytes:
    """Return a form that grows a thousand times when it is unpacked."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b" " * 20 * 1024**2)
    return content.getvalue()


def test_a_whole_round(csg: Run, root: Path, server: Path) -> None:
    """Each lead answers in its own way; two files contradict each other, and one is hostile."""
    assert csg("progress", "request", "--period", "mid", "--output", "letters").returncode == 0
    assert csg("progress", "request", "--period", "mid", "--to", "xlsx", "--output", "books").returncode == 0
    letters, books, inbox = root / "letters", root / "books", root / "inbox"
    inbox.mkdir()

    def docx(lead: str, given: dict[str, str]) -> bytes:
        return fill_docx(letter_of(letters, lead, "docx").read_bytes(), given)

    def text(lead: str, given: dict[str, str], quote: str = "> ") -> str:
        return fill_text(letter_of(letters, lead, "txt").read_text("utf-8"), given, quote)

    resave = inbox / "resave"
    resave.mkdir()
    (resave / "idpc.docx").write_bytes(docx("IDPC", answers("1.1", "1.2", "1.3")))
    (resave / "inpud.xlsx").write_bytes(
        fill_xlsx(letter_of(books, "INPUD", "xlsx").read_bytes(), answers("1.6", "2.6"))
    )
    programs = [program for kind in ("docx", "xlsx") for program in resaved(resave, kind)] if SOFFICE else []

    phone = changed_document(
        docx("INWUD", answers("2.4", "2.5", status="en curso")),
        lambda xml: xml.replace("</w:tc><w:tc>", "</w:tc></w:tr><w:tr><w:tc>"),
    )
    (inbox / "inwud.docx").write_bytes(phone)
    (inbox / "ehra.eml").write_bytes(reply(text("EHRA", answers("3.6", status="в процессе")), "Re: [CS Group …]"))
    page = "".join(f"<div>{escape(line)}</div>" for line in text("HAS", answers("1.4", "1.5"), "").splitlines())
    (inbox / "has.eml").write_bytes(reply("", html=page))
    attached = ("../../secretariat.docx", docx("Secretariat", answers("2.7", "3.1", "3.2", "3.3", "2.2")))
    (inbox / "secretariat.eml").write_bytes(reply("Please see the form.", attachment=attached))
    (inbox / "whrin.txt").write_text(text("WHRIN", answers("2.4", status="At risk"), ""), "utf-8")
    (inbox / "youthrise.docx").write_bytes(letter_of(letters, "YouthRISE", "docx").read_bytes())
    (inbox / "hri-first.docx").write_bytes(docx("HRI", answers("2.3")))
    (inbox / "hri-second.docx").write_bytes(docx("HRI", answers("2.3", status="Off track")))
    (inbox / "hostile.docx").write_bytes(bomb())
    for program in programs:
        assert program.wait(60) == 0
    for again in (resave / "again").glob("*") if programs else ():
        again.replace(resave / again.name)

    done = csg("progress", "collect", "inbox", "--date", "2021-12-10", "--yes", "--replies", "replies")
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines() == [
        "hostile.docx: CSG801 this file is too large when it is unpacked. Send the table or the form alone.",
        "hri-first.docx: CSG803 hri-second.docx has other answers on activity 2.3 for HRI."
        " Keep or send only the file that is right.",
        "hri-second.docx: CSG803 hri-first.docx has other answers on activity 2.3 for HRI."
        " Keep or send only the file that is right.",
        "secretariat.eml: not taken: these words: 'Please see the form.'",
        "youthrise.docx: no answers",
        "Written: 3 reply letters in replies.",
        "Added 16 progress reports from 7 files.",
    ]  # fmt: skip
    rows = {(row["id"], row["by"]): row for row in reports(csg)}
    assert len(rows) == 16
    for (activity, by), row in rows.items():
        expected = f"{activity}: {TRICKY}"
        assert row["summary"].split() == expected.split() if by == "HAS" else row["summary"] == expected, by
        assert (row["needs"], row["evidence"]) == ("HAS to help.", ["https://example.org/a"])
    assert (rows["2.4", "INWUD"]["status"], rows["2.4", "WHRIN"]["status"]) == ("on-track", "at-risk")

    saved = csg("save", "Mid-year reports")
    assert saved.returncode == 0, saved.stderr
    assert git(server, "log", "-1", "--format=%s", "main") == "Mid-year reports\n"
    assert git(server, "show", "--format=", "--name-only", "main") == "data/workplan-2021-22.yaml\n"
    assert csg("report", "render", "progress-mid").returncode == 0
    page_text = (root / "reports" / "2021-22" / "progress-mid.md").read_text("utf-8")
    assert "HAS to help." in page_text
    owing = csg("progress", "due", "--period", "mid", "--format", "csv").stdout
    assert "HRI" in owing
    assert "EHRA" not in owing
