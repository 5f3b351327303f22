"""Texts of two directions in one document: an Arabic title in an English plan, and English titles in an Arabic one."""

import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from conftest import Run
from pptx import Presentation
from test_reports import busy

from csg.language import end_mark

TITLE = "تدريب 3 فرق على الحد من المخاطر (UNODC)."
OBJECTIVE = "الرصد والمساءلة 2021"
MIXED = "تم تدريب 74 شخصاً، انظر https://example.org/a?b=1 (INPUD)."
LTR, RTL = "\u200e", "\u200f"
MARK_AS_TEXT = "u200f"


@pytest.fixture
def mixed(csg: Run, root: Path) -> Path:
    """A plan in English with an Arabic title, and a report with a link and numbers in Arabic."""
    busy(csg, root)
    plan = root / "data" / "workplan-2021-22.yaml"
    text = plan.read_text("utf-8").replace("Fund the Secretariat function for the HIV and drugs CS group", TITLE)
    text = text.replace("Monitoring and accountability", OBJECTIVE)
    plan.write_text(text.replace("What EHRA did: 3 | 4 <countries>.", MIXED), "utf-8")
    return root


def rendered(csg: Run, root: Path, code: str, name: str, to: str) -> bytes:
    """Return a document of the plan."""
    done = csg("report", "render", name, "--to", to, "--lang", code, "--output", f"{code}-{to}")
    assert done.returncode == 0, done.stderr
    endings = {"markdown": "md"}
    return next((root / f"{code}-{to}").rglob(f"*{name}.{endings.get(to, to)}")).read_bytes()


def word_body(content: bytes) -> str:
    """Return the text of a Word file as XML."""
    with ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml").decode("utf-8")


@pytest.mark.parametrize("code", ["en", "ar"])
def test_a_web_page_marks_the_direction_of_a_text(csg: Run, mixed: Path, code: str) -> None:
    """A text of the other direction than the page's is in an element of its own."""
    page = rendered(csg, mixed, code, "workplan", "html").decode("utf-8")
    foreign = TITLE if code == "en" else "Regular meetings through the year to monitor progress and updates"
    direction = "rtl" if code == "en" else "ltr"
    assert f'dir="{direction}">{foreign}' in page
    assert MARK_AS_TEXT not in page


@pytest.mark.parametrize("name", ["workplan", "progress-mid", "meeting", "members", "INWUD"])
def test_a_mark_of_direction_is_never_shown_as_text(csg: Run, mixed: Path, name: str) -> None:
    """In Markdown, where the invisible characters of the data are written as escapes."""
    page = rendered(csg, mixed, "ar", name, "markdown").decode("utf-8")
    assert MARK_AS_TEXT not in page


def test_word_sets_a_line_in_its_own_direction(csg: Run, mixed: Path) -> None:
    """On the side of the document; a mark keeps the full stop of an English text at its end."""
    english = word_body(rendered(csg, mixed, "en", "workplan", "docx"))
    before = english[: english.index("تدريب 3")].rpartition("<w:p>")[2]
    assert "<w:bidi/>" in before
    assert '<w:jc w:val="end"/>' in before
    assert "<w:rtl/>" in before
    arabic = word_body(rendered(csg, mixed, "ar", "progress-mid", "docx"))
    assert f"Two more countries.{LTR}<" in arabic
    assert MARK_AS_TEXT not in arabic


@pytest.mark.parametrize("code", ["en", "ar"])
def test_slides_set_a_line_in_its_own_direction(csg: Run, mixed: Path, code: str) -> None:
    """On the side of the language: right in Arabic, left in English."""
    content = rendered(csg, mixed, code, "slides", "pptx")
    paragraphs: dict[str, Any] = {}
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            frames = [cell.text_frame for row in shape.table.rows for cell in row.cells] if shape.has_table else []
            for frame in [shape.text_frame] if shape.has_text_frame else frames:
                paragraphs |= {paragraph.text: paragraph._p.pPr for paragraph in frame.paragraphs}
    side = "l" if code == "en" else "r"
    heading = paragraphs[f"3 {OBJECTIVE}"]
    assert (heading.get("rtl"), heading.get("algn")) == ("1", side)
    row = next(text for text in paragraphs if text.startswith("1.1 "))
    assert row.endswith(f".{RTL}" if code == "en" else ".")
    long = next(text for text in paragraphs if text.startswith("3.3 "))
    assert long.endswith(f"…{LTR}" if code == "ar" else "…")
    assert (paragraphs[long].get("rtl"), paragraphs[long].get("algn")) == ("1" if code == "ar" else None, side)
    assert MARK_AS_TEXT not in "".join(paragraphs)


@pytest.mark.parametrize(("code", "side"), [("en", "left"), ("ar", "right")])
def test_a_form_sets_a_line_in_its_own_direction(csg: Run, mixed: Path, code: str, side: str) -> None:
    """In a workbook and in Word: a title, and what was reported before, with a link and a number."""
    for to in ("xlsx", "docx"):
        words = ("--period", "end", "--lead", "EHRA", "--lead", "IDPC", "--lang", code, "--to", to, "--output", to)
        assert csg("progress", "request", *words).returncode == 0
    book = (mixed / "xlsx" / "CS-Group-2021-22-end-EHRA.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    known = next(cell for cell in cells if "انظر" in str(cell.value))
    title = next(cell for cell in cells if str(cell.value).startswith("EHRA to document"))
    assert (title.alignment.horizontal, title.alignment.readingOrder) == (side, 1)
    assert (known.alignment.horizontal, known.alignment.readingOrder) == (side, 2 if code == "ar" else 1)
    assert sheet.row_dimensions[title.row].height > 100
    body = word_body((mixed / "docx" / "CS-Group-2021-22-end-EHRA.docx").read_bytes())
    heading = body[: body.index("EHRA to document")].rpartition("<w:p>")[2]
    assert "<w:bidi/>" not in heading
    assert ('<w:jc w:val="end"/>' in heading) == (code == "ar")
    letter = mixed / "docx" / "CS-Group-2021-22-end-EHRA.txt"
    assert MARK_AS_TEXT not in body + letter.read_text("utf-8") + " ".join(str(cell.value) for cell in cells)


@pytest.mark.parametrize(
    ("text", "direction", "mark"),
    [
        ("Held.", "rtl", LTR),
        ("Held", "rtl", ""),
        ("Held.", "ltr", ""),
        ("تم.", "ltr", RTL),
        ("التعليقات: Held.", "rtl", LTR),
        ("Held. تم.", "rtl", ""),
        ("تدريب 3 فرق (UNODC).", "rtl", ""),
        ("تدريب 3 فرق (UNODC).", "ltr", RTL),
        ("2021.", "rtl", ""),
        ("", "rtl", ""),
    ],
)
def test_a_mark_at_the_end_of_a_text(text: str, direction: str, mark: str) -> None:
    """Only where the last sign would be on the wrong side."""
    assert end_mark(text, "rtl" if direction == "rtl" else "ltr") == mark
