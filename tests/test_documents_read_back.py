"""Documents read back by other programs: every activity in order, the same tables, the same bytes everywhere."""

import json
import os
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest
from conftest import Run
from test_document_looks import rendered
from test_pdf import needs_pdftotext, words_of
from test_reports import busy

needs_soffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")


def activities(csg: Run) -> list[str]:
    """Return the id of each activity of the plan."""
    return [str(row["id"]) for row in json.loads(csg("workplan", "list", "--format", "json").stdout)]


def squeezed(text: str) -> str:
    """Return a text without blanks and line ends."""
    return re.sub(r"[\s\u200b]+", "", text)


@needs_pdftotext
def test_a_pdf_has_every_activity_in_order(csg: Run, root: Path) -> None:
    """Their ids begin the rows from the first page to the last."""
    busy(csg, root)
    text = words_of(rendered(csg, root, "workplan", "pdf"))
    found = re.findall(r"^ {0,4}(\d\.\d) ", text, re.MULTILINE)
    assert found == activities(csg)


@needs_soffice
def test_libreoffice_reads_the_same_table_from_a_word_document(csg: Run, root: Path) -> None:
    """Each row has the texts of the web page, in its order."""
    busy(csg, root)
    document = rendered(csg, root, "workplan", "docx")
    home = f"-env:UserInstallation=file://{root / 'office'}"
    words = ["soffice", home, "--headless", "--convert-to", "html:XHTML Writer File:UTF8"]
    subprocess.run(
        [*words, "--outdir", str(root / "back"), str(document)], check=True, capture_output=True, timeout=180
    )
    back = rows_of(next((root / "back").iterdir()).read_text("utf-8"))
    page = rows_of(rendered(csg, root, "workplan", "html").read_text("utf-8"))
    assert len(page) == 1 + 3 + len(activities(csg))
    assert back == page


def rows_of(page: str) -> list[list[str]]:
    """Return the texts of the cells of a page's table, without blanks."""
    rows = re.findall(r"<tr\b.*?</tr>", page, re.DOTALL)
    cells = [re.findall(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in rows]
    return [[squeezed(unescape(re.sub(r"<[^>]+>", "", cell))) for cell in row] for row in cells]


@pytest.mark.parametrize("to", ["markdown", "html", "docx", "pdf", "xlsx", "ics"])
def test_another_machine_makes_the_same_bytes(csg: Run, root: Path, tmp_path: Path, to: str) -> None:
    """In another folder, time zone, locale, order of sets and umask."""
    busy(csg, root)
    name = {"xlsx": "workbook", "ics": "calendar"}.get(to, "progress-mid")
    copy = tmp_path / "another folder" / "copy"
    shutil.copytree(root, copy)
    settings = ({"TZ": "UTC", "PYTHONHASHSEED": "1"}, {"TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "ar_EG.UTF-8",
                                                      "PYTHONHASHSEED": "7"})  # fmt: skip
    made = []
    for folder, more, mask in zip((root, copy), settings, (0o022, 0o077), strict=True):
        before = os.umask(mask)
        try:
            done = csg("--root", str(folder), "report", "render", name, "--to", to, "-o", str(folder / "out"), **more)
        finally:
            os.umask(before)
        assert done.returncode == 0, done.stderr
        files = sorted(path for path in (folder / "out").rglob("*") if path.is_file())
        made.append([(path.relative_to(folder).as_posix(), path.read_bytes()) for path in files])
    assert made[0] == made[1]
    assert made[0]
