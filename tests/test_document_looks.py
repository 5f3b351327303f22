"""How documents look on paper, in Word and on a page: nothing is cut off, broken over or left in another language."""

from pathlib import Path
from zipfile import ZipFile

from conftest import Run
from test_pdf import needs_pdftotext, words_of
from test_reports import busy


def rendered(csg: Run, root: Path, name: str, to: str, *more: str) -> Path:
    """Render one document and return its file."""
    done = csg("report", "render", name, "--to", to, "--output", str(root / "out"), *more)
    assert done.returncode == 0, done.stderr
    return next((root / "out").rglob(f"*{name}*.{to}"))


def word_text(path: Path) -> str:
    """Return the XML of the text of a Word document."""
    with ZipFile(path) as archive:
        return archive.read("word/document.xml").decode("utf-8")


@needs_pdftotext
def test_an_arabic_pdf_prints_no_escape(csg: Run, root: Path) -> None:
    """The mark within an Arabic comma is not shown as its code."""
    busy(csg)
    assert "u200f" not in words_of(rendered(csg, root, "workplan", "pdf", "--lang", "ar"))


def test_an_arabic_word_document_prints_no_escape(csg: Run, root: Path) -> None:
    """Neither in its text nor in the text of a picture."""
    busy(csg)
    text = word_text(rendered(csg, root, "progress-mid", "docx", "--lang", "ar"))
    assert "u200f" not in text
    assert "\u200f، " in text
