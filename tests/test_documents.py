"""Documents for people: what a progress report says, and what web pages, Word and PDF have in common."""

import re
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import Run
from pptx import Presentation
from test_reports import HOSTILE, busy, own_template

from csg.documents.charts import svg
from csg.documents.content import Bar, Chart, Column, Part, Row, Table, Text
from csg.documents.widths import column_widths
from csg.language import Language, text_direction

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FULL_PLAN = """\
workplan: 2030-31
title: Workplan 2030/31
periods:
  - {id: mid, name: Mid-year, due: 2030-12-15, introduction: "The first half year was hard.\\n\\nWe met twice."}
  - id: end
    name: End-year
    due: 2031-06-30
    decisions_needed: [Confirm the budget for the meeting.]
meetings:
  - {date: 2031-01-10, title: Winter meeting, decisions: [Move the training to May.]}
objectives:
  - id: "1"
    title: Leadership
    activities:
      - id: "1.1"
        title: Training
        unodc_lead: [HAS]
        cso_lead: [INPUD, HRI]
        comments: ""
        due: 2031-05-01
        indicators:
          - {id: places, name: Places with training, baseline: 0, target: 8, unit: places}
          - {id: people, name: People trained}
        progress:
          - {period: mid, by: INPUD, date: 2030-12-01, status: on-track, summary: Started., values: {places: 2}}
          - {period: end, by: INPUD, date: 2031-05-20, status: off-track, summary: Money ran out.,
             needs: UNODC to find money., values: {places: 4, people: 70}}
          - {period: end, by: HRI, date: 2031-05-21, status: on-track, summary: It goes well., values: {places: 3}}
      - {id: "1.2", title: Guide, cso_lead: [HRI], comments: "", progress: [
          {period: mid, by: HRI, date: 2030-12-01, status: at-risk, summary: Slow.},
          {period: end, by: HRI, date: 2031-05-01, status: completed, summary: Printed.}]}
      - {id: "1.3", title: Letter, cso_lead: [EHRA], comments: "", progress: [
          {period: end, by: EHRA, date: 2031-05-01, status: on-track, summary: Sent.}]}
      - {id: "1.4", title: Visit, cso_lead: [WHRIN], comments: "", progress: [
          {period: mid, by: WHRIN, date: 2030-12-01, status: at-risk, summary: Postponed.}]}
      - {id: "1.5", title: Web page, cso_lead: [WHRIN], comments: ""}
"""


@pytest.fixture
def full(root: Path) -> Path:
    """A workspace whose last plan uses every field that documents show."""
    (root / "data" / "workplan-2030-31.yaml").write_text(FULL_PLAN, "utf-8")
    return root


def page_of(root: Path, name: str) -> str:
    """Return the Markdown of a page of the full plan."""
    return (root / "reports" / "2030-31" / name).read_text("utf-8")


def section(page: str, heading: str) -> str:
    """Return what is below a heading of level 2."""
    return page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_a_progress_report_begins_with_what_needs_a_decision(csg: Run, full: Path) -> None:
    """Then what changed, then the introduction, then who has not reported, indicators and every report."""
    assert csg("report", "render", "progress").returncode == 0
    page = page_of(full, "progress-end.md")
    assert re.findall(r"^## (.*)", page, re.MULTILINE) == [
        "At a glance",
        "Decisions and help needed",
        "Since the last period",
        "Not reported",
        "Not finished by the due date",
        "Indicators",
        "Number of activities by status",
        "Annex: reports by objective",
        "Names",
    ]
    assert "**3 of 5 activities reported.**" in section(page, "At a glance")
    assert re.findall(r"^## (.*)", page_of(full, "progress-mid.md"), re.MULTILINE)[1:3] == [
        "Decisions and help needed",
        "Introduction",
    ]
    assert section(page_of(full, "progress-mid.md"), "Introduction") == (
        "\nThe first half year was hard.\n\nWe met twice.\n"
    )


def test_decisions_and_help_needed_name_lead_reason_need_and_due_date(csg: Run, full: Path) -> None:
    """The group's own list comes first; the reason is that of the author with the worst status."""
    csg("report", "render", "progress-end")
    needed = section(page_of(full, "progress-end.md"), "Decisions and help needed")
    assert needed.startswith("\n1. Confirm the budget for the meeting.\n")
    rows = [line for line in needed.splitlines() if "**1." in line]
    assert [re.search(r"\*\*(1\.\d)\*\*", row)[1] for row in rows] == ["1.1", "1.4"]  # type: ignore[index]
    assert "Money ran out.<br>**Help needed:** UNODC to find money. | 1 May 2031 |" in rows[0]
    assert "It goes well" not in rows[0]
    assert "**– No report**<br>**▲ At risk** in Mid-year" in rows[1]


def test_changes_since_the_last_period(csg: Run, full: Path) -> None:
    """Worse, closed and new; an activity without a report did not change."""
    csg("report", "render", "progress")
    changes = section(page_of(full, "progress-end.md"), "Since the last period")
    rows = [line.split(" | ") for line in changes.splitlines() if "**1." in line]
    assert [(row[0].strip("| *"), row[1][2:5], row[2], row[3].strip(" |")) for row in rows] == [
        ("Worse", "1.1", "**● On track**", "**■ Off track**"),
        ("Closed", "1.2", "**▲ At risk**", "**✓ Completed**"),
        ("New: first report", "1.3", "", "**● On track**"),
    ]
    assert "Since the last period" not in page_of(full, "progress-mid.md")


def test_indicators_show_each_lead_and_never_a_sum(csg: Run, full: Path) -> None:
    """Values of leads that differ are both shown, with a bar for each that has a target."""
    csg("report", "render", "progress")
    shown = section(page_of(full, "progress-end.md"), "Indicators")
    assert "| 0 | 8 | **3** (HRI, 21 May 2031)<br>**4** (INPUD, 20 May 2031) |" in shown
    assert "People trained |  |  | **70** (INPUD, 20 May 2031) |" in shown
    assert "7 " not in shown
    assert "1.1 Places with training (HRI): 38%. 1.1 Places with training (INPUD): 50%." in shown
    mid = section(page_of(full, "progress-mid.md"), "Indicators")
    assert "**2** (INPUD, 1 Dec 2030)" in mid
    assert "no value yet" in mid


def test_a_page_for_a_meeting_shows_what_changed_since_a_day(csg: Run, full: Path) -> None:
    """It is made only when it is named; the last meeting is the first day without --since."""
    csg("report", "render")
    assert not (full / "reports" / "2030-31" / "meeting.md").exists()
    assert csg("report", "render", "meeting").returncode == 0
    page = page_of(full, "meeting.md")
    assert "# Brief for the meeting: changes since 10 Jan 2031\n" in page
    assert "**1.1**" in section(page, "Slipped")
    assert "**1.2**" in section(page, "Other changes")
    assert section(page, "Never reported") == "\n- **1.5** Web page (WHRIN)\n"
    assert "1. Move the training to May." in section(page, "Decisions of the last meeting")
    assert section(page, "Decisions and help needed") == (
        "\n1. Confirm the budget for the meeting.\n2. **■ Off track** **1.1 (INPUD):** UNODC to find money.\n"
        "3. **▲ At risk** **1.4 (WHRIN):** Postponed.\n"
    )
    csg("report", "render", "meeting", "--since", "2031-05-21")
    assert "**1.2**" not in page_of(full, "meeting.md").partition("## Never reported")[0]


@pytest.mark.parametrize("to", ["html", "docx", "pdf"])
def test_the_same_data_makes_the_same_bytes(csg: Run, full: Path, to: str) -> None:
    """In another time zone, locale and with another umask, for every document."""
    csg("workplan", "set", "1.1", f"title={HOSTILE}", "--plan", "2021-22")
    first, second = full / "first", full / "second"
    done = csg("report", "render", "--to", to, "--output", str(first), TZ="Asia/Tokyo")
    assert done.returncode == 0, done.stderr
    assert csg("report", "render", "--to", to, "--output", str(second), LC_ALL="C", TZ="UTC").returncode == 0
    files = sorted(path.relative_to(first).as_posix() for path in first.rglob("*") if path.is_file())
    assert f"CS-Group-2030-31-progress-end.{to}" in files
    assert f"CS-Group-2030-31-INPUD.{to}" in files
    assert f"CS-Group-members.{to}" in files
    assert f"CS-Group-review-hpc-reports.{to}" in files
    assert all((first / file).read_bytes() == (second / file).read_bytes() for file in files)


def test_the_page_of_links_is_a_web_page_or_markdown(csg: Run) -> None:
    """It is of no use on paper."""
    assert csg("report", "render", "README", "--to", "html", "--dry-run").returncode == 0
    done = csg("report", "render", "README", "--to", "pdf")
    assert done.returncode == 2
    assert "README has no format pdf. Choose from markdown, html." in " ".join(done.stderr.replace("│", "").split())


def test_documents_have_a_folder_that_git_ignores(csg: Run, root: Path) -> None:
    """Several formats at once; a format that there is not is a wrong command line and writes nothing."""
    assert csg("report", "render", "members", "--to", "docx,pdf").returncode == 0
    assert sorted(path.name for path in (root / "documents").iterdir()) == [
        ".gitignore",
        "CS-Group-members.docx",
        "CS-Group-members.pdf",
    ]
    assert "\n*\n" in (root / "documents" / ".gitignore").read_text("utf-8")
    for wrong in ("odt", "pdf,odt", ","):
        done = csg("report", "render", "workplan", "--to", wrong)
        assert done.returncode == 2
        message = " ".join(done.stderr.replace("│", "").split())
        assert "Choose from markdown, html, docx, pdf, xlsx, pptx, ics." in message
    assert not (root / "documents" / "CS-Group-2021-22-workplan.pdf").exists()


def test_a_web_page_asks_for_nothing_and_runs_nothing(csg: Run, root: Path) -> None:
    """Its policy allows its own style alone; text of the data stays text; every link leads to a file that is there."""
    csg("workplan", "set", "1.1", f"title={HOSTILE}")
    csg("report", "render", "--to", "html")
    for file in (root / "documents").glob("*.html"):
        page = file.read_text("utf-8")
        assert "<script" not in page
        assert "default-src 'none'" in page.replace("&#39;", "'")
        assert not re.search(r"(?:src|style)=", page)
        assert page.count("<h1>") == 1
        for target in re.findall(r'<a href="([^"#]+)"', page):
            assert target.startswith("https://") or (file.parent / target.replace("%20", " ")).exists(), target
    page = (root / "documents" / "CS-Group-2021-22-workplan.html").read_text("utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;" in page
    assert 'aria-current="page">Workplan 2021/22</a>' in page


def test_a_word_document_has_real_styles_and_whole_rows(csg: Run, root: Path) -> None:
    """A title, repeated heading rows, rows that stay whole, the language, and page numbers."""
    busy(csg, root)
    csg("report", "render", "workplan", "progress-mid", "--to", "docx")
    with ZipFile(root / "documents" / "CS-Group-2021-22-workplan.docx") as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))  # noqa: S314  (csg made it)
        properties = archive.read("docProps/core.xml").decode("utf-8")
        footers = [archive.read(name).decode("utf-8") for name in archive.namelist() if "footer" in name]
        styles = archive.read("word/styles.xml").decode("utf-8")
    assert "<dc:title>Workplan 2021/22</dc:title>" in properties
    assert "<dc:language>en</dc:language>" in properties
    assert any("NUMPAGES" in footer for footer in footers)
    assert '<w:lang w:val="en"' in styles
    size = body.find(f".//{WORD}pgSz")
    assert size is not None
    assert size.get(f"{WORD}orient") == "landscape"
    rows = body.findall(f".//{WORD}tr")
    assert len(rows) == 1 + 3 + 19
    assert all(row.find(f"./{WORD}trPr/{WORD}cantSplit") is not None for row in rows)
    assert [row.find(f"./{WORD}trPr/{WORD}tblHeader") is not None for row in rows].count(True) == 1
    with ZipFile(root / "documents" / "CS-Group-2021-22-progress-mid.docx") as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))  # noqa: S314
        assert any(name.startswith("word/media/") for name in archive.namelist())
    used = {style.get(f"{WORD}val") for style in body.iter(f"{WORD}pStyle")}
    assert {"Title", "Subtitle", "Heading1", "Heading2"} <= used
    assert any("At risk: " in (picture.get("descr") or "") for picture in body.iter() if picture.tag.endswith("docPr"))


def test_a_group_has_its_own_word_styles(csg: Run, root: Path) -> None:
    """Its reference document gives the styles; a file that is no Word document is refused by name."""
    import docx

    reference = docx.Document()
    reference.styles["Heading 1"].font.name = "Georgia"
    reference.add_paragraph("Text of the reference, which no document has.")
    (root / "templates").mkdir()
    reference.save(str(root / "templates" / "reference.docx"))
    csg("report", "render", "members", "--to", "docx")
    with ZipFile(root / "documents" / "CS-Group-members.docx") as archive:
        assert 'w:ascii="Georgia"' in archive.read("word/styles.xml").decode("utf-8")
        assert "Text of the reference" not in archive.read("word/document.xml").decode("utf-8")
    (root / "templates" / "reference.docx").write_bytes(b"no Word file")
    done = csg("report", "render", "members", "--to", "docx", "--output", "out")
    assert done.returncode == 1
    assert done.stderr.startswith("templates/reference.docx: CSG606 this is not a Word document. Save it in Word as a ")
    assert not (root / "out").exists()


def test_a_template_of_the_workspace_renders_to_every_format(csg: Run, root: Path) -> None:
    """Headings, lists, tables, links to pages and a title."""
    own_template(
        root,
        "# Our page\n\n{{ plan.title }} and **strong**, [a link](https://example.org/a) and "
        "[the plan](workplan.md).\n\n## Part\n\n- one\n- two\n\n| a | b |\n|---|--:|\n| x | 1 |\n",
    )
    assert csg("report", "render", "own", "workplan", "--to", "html,docx,pdf").returncode == 0
    page = (root / "documents" / "CS-Group-2021-22-own.html").read_text("utf-8")
    assert "<h1>Our page</h1>" in page
    assert '<a href="https://example.org/a">a link</a>' in page
    assert '<a href="CS-Group-2021-22-workplan.html">the plan</a>' in page
    assert "<strong>strong</strong>" in page
    assert '<td role="cell" class="number" data-label="b">1</td>' in page


def test_a_template_of_the_workspace_has_the_pictures_that_it_names(csg: Run, root: Path) -> None:
    """Only these: a template of a review gets the names of the pictures."""
    review = "review: r_1\ntitle: R\nreviewers: 50\nquestions:\n  - {id: Q1, text: T, answered: 50, skipped: 0,"
    choices = " choices: [{label: A, count: 30}, {label: B, count: 20}]}\n"
    (root / "data" / "reviews" / "r_1.yaml").write_text(f"{review}{choices}", "utf-8")
    own_template(root, "{% for question in questions %}![x]({{ question.picture }})\n{% endfor %}", "review.md.j2")
    own_template(root, "# Ours\n", "progress.md.j2")
    done = csg("report", "render", "review", "progress")
    assert done.returncode == 0, done.stderr
    assert (root / "reports" / "reviews" / "r_1-Q1.svg").read_text("utf-8").count("<rect") > 2
    assert not list((root / "reports" / "2021-22").glob("*.svg"))


@pytest.mark.parametrize(("module", "to"), [("docx", "docx"), ("typst", "pdf"), ("typst", "docx")])
def test_without_the_extra_a_sentence_says_what_to_install(
    module: str, to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Word and PDF need the extra; nothing else does."""
    from importlib import util

    from csg.documents.render import Wanted, render_documents
    from csg.problem import Refused

    found = util.find_spec
    monkeypatch.setattr(util, "find_spec", lambda name, *rest: None if name == module else found(name, *rest))
    with pytest.raises(Refused, match=rf"CSG604 {to} needs the extra `documents` of csg\. Install it: python -m pip"):
        render_documents([], Wanted(), to)  # type: ignore[arg-type]


def test_an_output_folder_that_is_a_file_is_refused(csg: Run, root: Path) -> None:
    """Nothing is written."""
    (root / "out").write_text("my own", "utf-8")
    done = csg("report", "render", "members", "--to", "html", "--output", "out")
    assert done.returncode == 1
    assert "out" in done.stderr
    assert (root / "out").read_text("utf-8") == "my own"


def test_strict_fails_where_a_character_has_no_font(csg: Run, root: Path) -> None:
    """Nothing is written, and the characters are named; without it the document has their codes."""
    csg("workplan", "set", "1.1", "title=Ugaritic \U00010380")
    done = csg("report", "render", "workplan", "--to", "pdf", "--strict")
    assert done.returncode == 1
    assert done.stderr.startswith("CS-Group-2021-22-workplan.pdf: CSG607 no font has these characters: [U+10380]. ")
    assert not (root / "documents").exists()
    assert csg("report", "render", "workplan", "--to", "pdf").returncode == 0


@pytest.mark.parametrize("to", ["markdown", "html", "docx", "pdf"])
def test_odd_plans_make_documents(csg: Run, root: Path, to: str) -> None:
    """No activity, one activity, a title of 2,000 characters, a link of 400."""
    for name, objectives in (
        ("2040", "[]"),
        ("2041", '[{id: "1", title: One, activities: []}]'),
        ("2042", f'[{{id: "1", title: {"T" * 2000}, activities: [{{id: "1.1", title: {"long " * 400}x, cso_lead: [HRI],'
                 f' comments: "https://example.org/{"a" * 400}"}}]}}]'),
    ):  # fmt: skip
        text = (
            f"workplan: {name}\ntitle: Plan {name}\nperiods: [{{id: mid, name: Mid-year}}]\nobjectives: {objectives}\n"
        )
        (root / "data" / f"workplan-{name}.yaml").write_text(text, "utf-8")
        done = csg("report", "render", "workplan", "progress-mid", "meeting", "--to", to, "--output", f"out-{name}")
        assert done.returncode == 0, done.stderr


def test_a_chart_is_a_picture_with_its_text() -> None:
    """It is well-formed whatever the labels. Hidden counts are hatched. Bars run from the right where text does."""
    chart = Chart("x", "Text <&> of it", (
        Bar("A <long> label & more " * 9, (Part("counted", 3, "3"),), "3"),
        Bar("مثال", (Part("hidden", 5, "hidden"),), "hidden"),
    ), 5)  # fmt: skip
    for right_to_left in (False, True):
        picture = ElementTree.fromstring(svg(chart, right_to_left=right_to_left))  # noqa: S314  (csg made it)
        title = picture.find("{http://www.w3.org/2000/svg}title")
        assert title is not None
        assert title.text == "Text <&> of it"
        bars = picture.findall("{http://www.w3.org/2000/svg}rect")
        assert bars[1].get("fill") == "url(#hatch-x)"
        assert all(0 <= float(bar.get("x", "0")) <= 720 for bar in bars)


def test_columns_have_room_for_their_longest_word() -> None:
    """Their widths add up to that of the page, however many they are."""
    row = Row((((Text("1.1"),),), ((Text("Secretariat of the group"),),), ((Text("word " * 200),),)))
    columns = (Column("", content="short"), Column("Lead", 0.1), Column("Text", 9))
    widths = column_widths(Table("t", columns, (row,)), 500)
    assert sum(widths) == pytest.approx(500)
    assert widths[1] >= len("Secretariat") * 5
    assert sum(column_widths(Table("t", (Column("longheading"),) * 40, ()), 500)) == pytest.approx(500)


@pytest.mark.parametrize(
    ("text", "direction"), [("abc", "ltr"), ("123 سلام abc", "rtl"), ("שלום", "rtl"), ("1, 2", "ltr"), ("", "ltr")]
)
def test_a_text_has_the_direction_of_its_first_letter(text: str, direction: str) -> None:
    """Digits and signs have none."""
    assert text_direction(text) == direction


def test_dates_and_lists_are_those_of_the_language() -> None:
    """By the Unicode locale data."""
    from datetime import date

    day = date(2021, 12, 5)
    assert [Language(code).date(day) for code in ("en", "es", "fr", "ru")] == [
        "5 Dec 2021",
        "5 dic 2021",
        "5 déc. 2021",
        "5 дек. 2021\u202fг.",
    ]
    assert Language().names(["A", "B", "C"]) == "A, B and C"
    assert Language().names([]) == ""
    assert Language("es").names(["A", "B"]) == "A y B"
    assert Language("ar").direction == "rtl"


def test_a_pdf_is_tagged_and_has_a_title(csg: Run, root: Path) -> None:
    """PDF/UA-1 is checked by Typst when it is made; poppler reads the same."""
    csg("report", "render", "workplan", "--to", "pdf")
    try:
        done = subprocess.run(
            ["pdfinfo", str(root / "documents" / "CS-Group-2021-22-workplan.pdf")], capture_output=True, check=False
        )
    except FileNotFoundError:
        pytest.skip("needs pdfinfo of poppler-utils")
    text = done.stdout.decode()
    assert re.search(r"^Tagged: +yes", text, re.MULTILINE)
    assert re.search(r"^Title: +Workplan 2021/22", text, re.MULTILINE)
    assert re.search(r"^JavaScript: +no", text, re.MULTILINE)


@pytest.mark.parametrize("name", ["progress-mid", "meeting", "INWUD", "slides"])
def test_every_document_says_that_authors_differ(csg: Run, root: Path, name: str) -> None:
    """A cancelled report beside one at risk is not hidden; what comes next is not shown as help that is needed."""
    words = ("--period", "mid", "--date", "2021-12-10", "--summary", "Done.")
    csg("progress", "add", "2.4", *words, "--by", "INWUD", "--status", "at-risk", "--next-steps", "Two more in spring.")
    csg("progress", "add", "2.4", *words, "--by", "WHRIN", "--status", "cancelled")
    assert csg("report", "render", name, "--output", "out").returncode == 0
    (file,) = (path for path in (root / "out").rglob("*") if path.suffix in (".md", ".pptx"))
    text = "\n".join(slide_texts(file)) if file.suffix == ".pptx" else file.read_text("utf-8").replace("\\", "")
    assert "The authors differ. INWUD: At risk; WHRIN: Cancelled." in text
    if name != "INWUD":
        assert re.search(r"Next:[_*]* Two more in spring", text)


def slide_texts(file: Path) -> list[str]:
    """Return the texts of a presentation."""
    shapes = [shape for slide in Presentation(str(file)).slides for shape in slide.shapes]
    tables = [cell.text for shape in shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    return [*tables, *(shape.text_frame.text for shape in shapes if shape.has_text_frame)]
