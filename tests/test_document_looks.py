"""Documents on paper, in Word and on a page: no word is cut off or broken, and none is in another language."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from conftest import Run
from test_pdf import needs_pdftotext, words_of
from test_reports import busy

from csg.documents.content import Column, Document, Row, Status, Table, Text, data
from csg.documents.formats.pdf import _breakable, _line
from csg.documents.widths import column_widths


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
    busy(csg, root)
    assert "u200f" not in words_of(rendered(csg, root, "workplan", "pdf", "--lang", "ar"))


def test_an_arabic_word_document_prints_no_escape(csg: Run, root: Path) -> None:
    """Neither in its text nor in the text of a picture."""
    busy(csg, root)
    text = word_text(rendered(csg, root, "progress-mid", "docx", "--lang", "ar"))
    assert "u200f" not in text
    assert "\u200f، " in text


def a_large_plan(root: Path, number: int) -> None:
    """Write a plan whose activities have long titles, due dates and reports of several leads."""
    activities = []
    for index in range(1, number + 1):
        reports = "".join(
            f"{{period: mid, by: {by}, date: 2031-02-0{day}, status: {status}, summary: Short., needs: More money.}},"
            for by, day, status in (("INPUD", 1, "on-track"), ("HRI", 2, "off-track"), ("EHRA", 3, "at-risk"))
        )
        activities.append(
            f'      - {{id: "1.{index}", title: "{"A long title of an activity " * 8}", cso_lead: [INPUD, HRI], '
            f"comments: x, due: 2031-01-01, progress: [{reports if index % 3 else ''}]}}\n"
        )
    (root / "data" / "workplan-2030-31.yaml").write_text(
        "workplan: 2030-31\ntitle: Workplan\nperiods: [{id: mid, name: Mid-year, due: 2031-03-01}]\n"
        "meetings: [{date: 2031-01-10, title: Winter meeting, decisions: [One., Two., Three.]}]\n"
        'objectives:\n  - id: "1"\n    title: Leadership\n    activities:\n' + "".join(activities),
        "utf-8",
    )


@pytest.mark.parametrize("number", [3, 120])
def test_the_brief_for_a_meeting_is_one_page(csg: Run, root: Path, number: int) -> None:
    """A large plan has the number of the lines that are left out."""
    a_large_plan(root, number)
    content = rendered(csg, root, "meeting", "pdf").read_bytes()
    assert re.findall(rb"/Type ?/Pages\s*/Count (\d+)", content) == [b"1"]
    page = rendered(csg, root, "meeting", "html").read_text("utf-8")
    assert ("More in the progress report" in page) == (number == 120)


def test_columns_have_room_for_capitals_and_bold_words() -> None:
    """INWUD and Completed stay whole; a long line of a short column breaks between words."""
    wide, narrow = (column_widths(name_table(word), 400)[0] for word in ("INWUD", "inlil"))
    assert wide > narrow
    status = (Status("at-risk", "At risk"),)
    long = name_table("x")._replace(rows=(Row(((status, (Text("The authors differ. INWUD: On track."),)), ((),))),))
    assert column_widths(long, 400)[0] < 80


def name_table(word: str) -> Table:
    """Return a table with one bold word in a short column."""
    columns = (Column("x", content="short"), Column("Name", 4))
    return Table("Names", columns, (Row((((Text(word, strong=True),),), ((),))),))


def test_a_word_table_has_no_rules_between_columns(csg: Run, root: Path) -> None:
    """And a low paragraph after it."""
    text = word_text(rendered(csg, root, "workplan", "docx"))
    assert '<w:insideV w:val="nil"/>' in text
    assert '<w:left w:val="nil"/>' in text
    assert 'w:line="120" w:lineRule="exact"' in text


def test_a_red_status_without_a_new_report_stays_red(csg: Run, root: Path) -> None:
    """The last known status is shown with its look."""
    busy(csg, root)
    page = rendered(csg, root, "progress-end", "html").read_text("utf-8")
    assert re.search(r'No report</span></p><p><span class="status s-off-track">.{,80} in Mid-year</p>', page)


def test_a_phone_gets_a_narrow_chart(csg: Run, root: Path) -> None:
    """Both charts have the same text."""
    busy(csg, root)
    page = rendered(csg, root, "progress-mid", "html").read_text("utf-8")
    wide, narrow = re.findall(
        r'<div class="(?:wide|narrow)"><svg [^>]*viewBox="0 0 (\d+) .*?<title>(.*?)</title>', page
    )
    assert (wide[0], narrow[0]) == ("720", "340")
    assert wide[1] == narrow[1] != ""


def test_lines_of_high_scripts_do_not_touch_and_links_stay_whole() -> None:
    """Burmese letters have marks above and below; an address can be copied."""
    document = Document("a", "a", (), (), ())
    burmese, latin = _line(document, (data("မြန်မာ"), data("Việt")))
    assert burmese["tall"]
    assert "tall" not in latin
    link = f"https://example.org/{'part/' * 80}"
    assert _breakable(link) == link
    assert _breakable(f"{link}{'x' * 300}").count("\u200b") == 34
    assert _breakable("a" * 20) == f"{'a' * 9}\u200b{'a' * 9}\u200baa\u200b"


def test_an_arabic_word_document_has_one_size_one_side_and_the_order_of_the_schema(csg: Run, root: Path) -> None:
    """Also for English text from the data, whose full stop stays with its words."""
    busy(csg, root)
    path = rendered(csg, root, "progress-mid", "docx", "--lang", "ar")
    text = word_text(path)
    assert re.search(r'<w:jc w:val="end"/></w:pPr><w:r>(?:(?!</w:r>).)*INWUD', text)
    assert not re.search(r"<w:jc [^>]*/><w:bidi/>", text)
    assert "4 &lt;countries&gt;.\u200e" in text
    with ZipFile(path) as archive:
        styles = archive.read("word/styles.xml").decode("utf-8")
    for name in ("Normal", "Title", "Heading1", "CsgCell"):
        style = re.search(rf'w:styleId="{name}".*?</w:style>', styles, re.DOTALL)
        assert style
        assert re.findall(r'<w:sz w:val="(\d+)"/>', style[0]) == re.findall(r'<w:szCs w:val="(\d+)"/>', style[0])


def test_a_printed_page_has_tables_and_not_cards(csg: Run, root: Path) -> None:
    """Paper is narrower than a window; the width of the text columns follows their weights."""
    page = rendered(csg, root, "workplan", "html").read_text("utf-8")
    assert re.findall(r"@media \(max-width", page) == []
    assert page.count("@media screen and (max-width") == 4
    columns = re.search(r"<colgroup>(.*?)</colgroup>", page)
    assert columns
    assert re.findall(r"w(\d+)", columns[1]) == ["0", "20", "10", "10", "20", "30"]
    assert ".w30{width:30%}" in page


@pytest.mark.parametrize("part", ["word/styles.xml", "word/document.xml"])
@pytest.mark.parametrize("content", [b"<broken", b"<w:x xmlns:w='http://example.org'/>", None])
def test_a_broken_reference_is_refused_in_one_sentence(csg: Run, root: Path, part: str, content: bytes | None) -> None:
    """It is an archive like a Word document, but one of its parts is damaged or missing."""
    whole = BytesIO()
    docx.Document().save(whole)
    (root / "templates").mkdir(exist_ok=True)
    with ZipFile(whole) as old, ZipFile(root / "templates" / "reference.docx", "w") as new:
        for name in old.namelist():
            changed = content if name == part else old.read(name)
            if changed is not None:
                new.writestr(name, changed)
    done = csg("report", "render", "workplan", "--to", "docx,pdf")
    assert (done.returncode, done.stderr) == (
        1,
        "templates/reference.docx: CSG606 this is not a Word document. "
        "Save it in Word as a .docx document, or remove it.\n",
    )
    assert not (root / "documents").exists()


@needs_pdftotext
def test_the_heading_of_an_objective_stays_with_its_first_activity(csg: Run, root: Path) -> None:
    """No page ends with it, in Word neither."""
    a_large_plan(root, 1)
    plan = root / "data" / "workplan-2030-31.yaml"
    text = plan.read_text("utf-8")
    objectives = (f'  - {{id: "{number}", title: Part {number}, activities: [{{id: "{number}.1", title: {"Long " * 9}, '
                  f'cso_lead: [HRI], comments: ""}}]}}\n' for number in range(2, 40))  # fmt: skip
    plan.write_text(text + "".join(objectives), "utf-8")
    pages = words_of(rendered(csg, root, "workplan", "pdf")).split("\f")
    lasts = [[line for line in page.splitlines() if line.strip()][-2] for page in pages if page.strip()]
    assert len(lasts) > 2
    assert [line for line in lasts if "Part " in line] == []
    assert word_text(rendered(csg, root, "workplan", "docx")).count("<w:keepNext/>") == 2 * 39
