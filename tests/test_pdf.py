"""PDF documents: every word of the data is printed, whatever its length and script."""

import re
import subprocess
from pathlib import Path

import pytest
from conftest import Run

from csg.documents.fonts import Fonts


def words_of(pdf: Path) -> str:
    """Return the text of a PDF document, without the characters that only allow a line to end."""
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True)
    return done.stdout.decode().replace("\u200b", "")


def has_pdftotext() -> bool:
    """Return whether the text of a PDF document can be read here."""
    try:
        return subprocess.run(["pdftotext", "-v"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


needs_pdftotext = pytest.mark.skipif(not has_pdftotext(), reason="needs pdftotext of poppler-utils")


def add(csg: Run, summary: str, *more: str, by: str = "ANPUD") -> None:
    """Add a report on activity 3.1, which all members lead."""
    words = ("--period", "mid", "--by", by, "--status", "on-track", "--date", "2021-12-10", "--summary", summary)
    assert csg("progress", "add", "3.1", *words, *more).returncode == 0


def render(csg: Run, root: Path, name: str) -> str:
    """Render a PDF document and return what is said about it."""
    done = csg("report", "render", name, "--to", "pdf", "--output", str(root / "out"))
    assert done.returncode == 0, done.stderr
    return done.stderr


@needs_pdftotext
@pytest.mark.parametrize("name", ["progress-mid", "workplan", "ALL"])
def test_a_row_that_is_taller_than_a_page_breaks(csg: Run, root: Path, name: str) -> None:
    """Each of its reports is printed."""
    members = ["ANPUD", "EHRA", "HRI", "INPUD", "INWUD", "LEAHN", "MdM", "WADPN", "WHRIN", "YouthRISE"]
    for number, by in enumerate(members):
        add(csg, f"Marker{number}. " + "We met our members twice and wrote a response. " * 12, by=by)
    render(csg, root, name)
    text = words_of(next((root / "out").rglob("*.pdf")))
    assert [number for number in range(10) if f"Marker{number}." not in text] == []


@needs_pdftotext
def test_long_links_and_words_leave_room_for_their_neighbours(csg: Run, root: Path) -> None:
    """The headings of the columns are on one line, in order, and nothing of the long text is lost."""
    word, link = "wordwithoutend" * 25, f"https://example.org/{'part/' * 40}report.pdf"
    add(csg, f"Begin {word} end.", "--evidence", link)
    render(csg, root, "progress-mid")
    text = words_of(next((root / "out").rglob("*.pdf")))
    assert re.search(r"^ *No\. +Activity +Status +Report *$", text, re.MULTILINE)
    assert re.search(r" {2,}● On track {2,}", text)
    squeezed = re.sub(r"\s+", "", text)
    assert squeezed.count("wordwithoutend") >= 20
    assert squeezed.count("part/") >= 35


@needs_pdftotext
def test_a_character_without_a_font_is_printed_as_its_code(csg: Run, root: Path) -> None:
    """It is listed on stderr too; other text stays."""
    add(csg, "Before \U00010380 after. Привет, ça va.")
    said = render(csg, root, "progress-mid")
    assert (
        said
        == "CS-Group-2021-22-progress-mid.pdf: no font has these characters, so their codes are printed: [U+10380]\n"
    )
    text = words_of(root / "out" / "CS-Group-2021-22-progress-mid.pdf")
    assert "[U+10380]" in text
    assert "Привет" in text


def test_only_characters_without_a_font_become_codes() -> None:
    """Letters with marks stay whole; characters without a shape are no problem."""
    fonts = Fonts()
    for text in ("a\u0301 é Ж ● ✓ \u200b\u00ad", "हिन्दी العربية ไทย မြန်မာ ខ្មែរ Việt বাংলা தமிழ் Ελληνικά ✅"):
        assert fonts.with_codes(text) == (text, [])
    text, missing = fonts.with_codes({"a": ["x\U00010380\U00010380\ufe0fy", 1, None, True]})
    assert text["a"][0].replace("\u200b", "") == "x[U+10380][U+10380]y"
    assert text["a"][1:] == [1, None, True]
    assert missing == ["\U00010380"]
