"""The slides: every activity, in five to nine slides that fit, whatever the length of a text."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from conftest import Run
from hypothesis import example, given
from hypothesis import strategies as st
from pptx import Presentation
from test_documents import FULL_PLAN
from test_reports import HOSTILE, busy
from test_workbook import rendered

from csg.documents.fitting import fitted, line_count

PLAN = "data/workplan-2021-22.yaml"


def texts(slide: Any) -> list[str]:
    """Return the texts of a slide, cell by cell."""
    found = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            found += [paragraph.text for paragraph in shape.text_frame.paragraphs]
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return found


def opened(file: Path) -> Any:
    """Return a presentation."""
    return Presentation(BytesIO(file.read_bytes()))


def test_a_plan_becomes_slides_with_every_activity(csg: Run, root: Path) -> None:
    """A title, at a glance, decisions, a slide for each objective, dates and reviews."""
    busy(csg, root)
    csg("workplan", "set", "1.3", "due=2030-05-01")
    file = opened(rendered(csg, root, "slides"))
    titles = [slide.shapes.title.text for slide in file.slides]
    assert titles[:3] == ["Workplan 2021/22", "At a glance", "Decisions and help needed"]
    assert [title[:2] for title in titles[3:6]] == ["1 ", "2 ", "3 "]
    assert titles[6:] == ["Next dates", "Reviews"]
    pictures = [shape for shape in file.slides[1].shapes if shape.shape_type == 13]
    assert pictures[0]._element.nvPicPr.cNvPr.get("descr").startswith("Objective 1: ")
    words = (text.split()[0] for slide in list(file.slides)[3:6] for text in texts(slide) if text)
    assert [word for word in words if re.fullmatch(r"\d\.\d", word)] == [
        f"{part}.{n}" for part, last in ((1, 6), (2, 7), (3, 6)) for n in range(1, last + 1)
    ]
    assert "▲ At risk" in texts(file.slides[4])


def test_long_texts_are_shortened_and_no_slide_overflows(csg: Run, root: Path) -> None:
    """A title of 2,000 characters, a long word, and more activities than a slide has room for."""
    csg("workplan", "set", "1.1", f"title={'A long title ' * 160}", "due=2022-05-01")
    csg("workplan", "set", "1.2", f"title={'x' * 1999}")
    csg("workplan", "set", "1", f"title={'An objective with a long title ' * 60}")
    for number in range(20):
        csg("workplan", "add", "--objective", "1", "--title", f"Activity {number} " * 9, "--cso-lead", "INPUD")
    file = opened(rendered(csg, root, "slides"))
    assert 5 <= len(file.slides) <= 9
    for slide in file.slides:
        for shape in slide.shapes:
            assert shape.top + shape.height <= file.slide_height
            assert shape.left + shape.width <= file.slide_width
            if shape.has_table:
                assert shape.top + sum(row.height for row in shape.table.rows) <= file.slide_height * 0.93
    assert "More in the progress report: 14." in texts(file.slides[3])


@pytest.mark.parametrize(("sizes", "titles"), [((13, 24), ["1 O (1/2)", "1 O (2/2)", "2 O (1/2)", "2 O (2/2)"]),
                                               ((48,), [f"1 O ({n}/4)" for n in (1, 2, 3, 4)]),
                                               ((3, 0, 12), ["1 O", "2 O", "3 O"])])  # fmt: skip
def test_a_long_objective_has_several_slides(csg: Run, root: Path, sizes: tuple[int, ...], titles: list[str]) -> None:
    """As long as four slides have room for every activity."""
    objectives = ""
    ids = []
    for number, size in enumerate(sizes, 1):
        ids += [f"{number}.{n}" for n in range(1, size + 1)]
        rows = "".join(
            f"      - {{id: '{number}.{n}', title: T, cso_lead: [INPUD], comments: c}}\n" for n in range(1, size + 1)
        )
        objectives += f"  - id: '{number}'\n    title: O\n    activities:{chr(10) + rows if rows else ' []' + chr(10)}"
    head = "workplan: 2021-22\ntitle: T\nperiods: [{id: mid, name: Mid-year}]\nobjectives:\n"
    (root / "data" / "reviews" / "hpc-reports.yaml").unlink()
    (root / PLAN).write_text(head + objectives, "utf-8")
    file = opened(rendered(csg, root, "slides"))
    slides = list(file.slides)[3 : 3 + len(titles)]
    assert [slide.shapes.title.text for slide in slides] == titles
    words = (text.split()[0] for slide in slides for text in texts(slide) if text)
    assert [word for word in words if re.fullmatch(r"\d+\.\d+", word)] == ids
    for slide in slides:
        for shape in slide.shapes:
            assert shape.top + shape.height <= file.slide_height


@pytest.mark.parametrize("objectives", [0, 1, 10])
def test_a_plan_of_any_size_has_at_most_nine_slides(csg: Run, root: Path, objectives: int) -> None:
    """Objectives share slides; an empty plan has a title and its numbers."""
    activity = "\n    activities: [{id: '%d.1', title: T, unodc_lead: [], cso_lead: [INPUD], comments: c}]\n"
    listed = "".join(f"  - id: '{n}'\n    title: O{n}{activity % n}" for n in range(1, objectives + 1))
    (root / "data" / "reviews" / "hpc-reports.yaml").unlink()
    (root / PLAN).write_text(
        "workplan: 2021-22\ntitle: Plan\nperiods: [{id: mid, name: Mid-year}]\n"
        f"objectives:{' []' * (not objectives)}\n{listed}"
    )
    file = opened(rendered(csg, root, "slides"))
    assert len(file.slides) <= 9
    shown = [text for slide in file.slides for text in texts(slide)]
    assert [n for n in range(1, objectives + 1) if f"{n}.1 T" not in shown] == []


def test_text_of_the_data_stays_text(csg: Run, root: Path) -> None:
    """No link, no field, and no control character."""
    csg("workplan", "set", "1.1", f"title=https://example.org {HOSTILE}")
    file = rendered(csg, root, "slides")
    for slide in opened(file).slides:
        assert not [relation for relation in slide.part.rels.values() if relation.is_external]
        assert "hlinkClick" not in slide.part.blob.decode()


def test_the_group_has_a_presentation_of_its_own(csg: Run, root: Path) -> None:
    """Its size and layouts are used, and its slides are not; another file is refused."""
    own = Presentation()
    own.slides.add_slide(own.slide_layouts[0]).shapes.title.text = "Our old slides"
    (root / "templates").mkdir()
    own.save(str(root / "templates" / "reference.pptx"))
    file = opened(rendered(csg, root, "slides"))
    assert (file.slide_width, file.slide_height) == (own.slide_width, own.slide_height)
    assert not any("Our old slides" in texts(slide) for slide in file.slides)
    (root / "templates" / "reference.pptx").write_text("no presentation", "utf-8")
    done = csg("report", "render", "slides", "--output", "out")
    assert done.returncode == 1
    assert "templates/reference.pptx: CSG606 this is not a presentation." in done.stderr


Change = Callable[[str, bytes], bytes | None]


def changed(change: Change) -> bytes:
    """Return a presentation with changed parts. A part that becomes None is left out."""
    saved, new = BytesIO(), BytesIO()
    Presentation().save(saved)
    with ZipFile(saved) as old, ZipFile(new, "w") as archive:
        for name in old.namelist():
            if (content := change(name, old.read(name))) is not None:
                archive.writestr(name, content)
    return new.getvalue()


def without(name: str) -> Change:
    """Return a change that leaves out a part."""
    return lambda part, content: None if name in part else content


def instead(name: str, new: bytes) -> Change:
    """Return a change that replaces a part."""
    return lambda part, content: new if part.endswith(name) else content


def other_target(part: str, content: bytes) -> bytes:
    """Let a relation lead to a part that does not exist."""
    return content.replace(b"slideLayout7.xml", b"slideLayout77.xml") if part.endswith("Master1.xml.rels") else content


@pytest.mark.parametrize(
    "change",
    [
        without("slideLayouts/"),
        without("slideMasters/"),
        without("presentation.xml"),
        other_target,
        instead("slideLayout1.xml", b"<x/>"),
        instead("core.xml", b"<x/>"),
        instead("slideMaster1.xml", b"<unfinished"),
    ],
)
def test_a_damaged_presentation_is_refused(csg: Run, root: Path, change: Change) -> None:
    """Whatever part is missing or damaged, the message names the file, and nothing is written."""
    (root / "templates").mkdir()
    (root / "templates" / "reference.pptx").write_bytes(changed(change))
    done = csg("report", "render", "slides", "--output", "out")
    assert done.returncode == 1
    assert done.stderr.startswith("templates/reference.pptx: CSG606 this is not a presentation.")
    assert not (root / "out").exists()


def no_placeholders(file: Any) -> None:
    """Remove the placeholders of every layout."""
    for layout in file.slide_layouts:
        for shape in list(layout.placeholders):
            shape._element.getparent().remove(shape._element)


def no_title_layout(file: Any) -> None:
    """Remove the layout for the title, as LibreOffice writes it."""
    file.slide_layouts.remove(file.slide_layouts[0])


def small(file: Any) -> None:
    """Make slides of a third of the size."""
    file.slide_width, file.slide_height = file.slide_width // 3, file.slide_height // 3


def upright(file: Any) -> None:
    """Make slides that are higher than wide."""
    file.slide_width, file.slide_height = file.slide_height, file.slide_width


@pytest.mark.parametrize("change", [no_placeholders, no_title_layout, small, upright])
def test_any_presentation_is_enough(csg: Run, root: Path, change: Callable[[Any], None]) -> None:
    """Each slide has its title, nothing overflows, and text on csg's own ground has csg's colour."""
    own = Presentation()
    change(own)
    (root / "templates").mkdir()
    own.save(str(root / "templates" / "reference.pptx"))
    busy(csg, root)
    file = opened(rendered(csg, root, "slides"))
    shown = [texts(slide) for slide in file.slides]
    expected = ["Workplan 2021/22", "At a glance", "Decisions and help needed"]
    assert all(title in words for title, words in zip(expected, shown, strict=False))
    assert any(word.startswith("2.4 ") for words in shown for word in words)
    for slide in list(file.slides)[1:]:
        for shape in slide.shapes:
            if shape.has_table:
                height = sum(row.height for row in shape.table.rows)
                assert shape.top + height <= file.slide_height
                runs = [
                    run for row in shape.table.rows for cell in row.cells for run in cell.text_frame.paragraphs[0].runs
                ]
                assert all(run.font.color.type is not None for run in runs)
            else:
                assert shape.top + shape.height <= file.slide_height


def test_many_authors_who_differ_have_one_line(csg: Run, root: Path) -> None:
    """Twelve activities in which the authors differ leave room for the table and for the footer."""
    reports = "".join(
        f"\n          - {{period: mid, by: {name}, date: 2021-12-01, status: {status}, summary: s}}"
        for name, status in (("INPUD", "on-track"), ("HRI", "off-track"))
    )
    activities = "".join(
        f"\n      - id: '1.{n}'\n        title: T\n        unodc_lead: []\n        cso_lead: [INPUD, HRI]"
        f"\n        comments: c\n        progress:{reports}"
        for n in range(1, 50)
    )
    (root / "data" / "reviews" / "hpc-reports.yaml").unlink()
    (root / PLAN).write_text(
        "workplan: 2021-22\ntitle: Plan\nperiods: [{id: mid, name: Mid-year}]\n"
        f"objectives:\n  - id: '1'\n    title: O\n    activities:{activities}\n",
        "utf-8",
    )
    file = opened(rendered(csg, root, "slides"))
    slide = list(file.slides)[3]
    assert f"The authors differ in {', '.join(f'1.{n}' for n in range(1, 13))}." in texts(slide)
    *others, _footer = slide.shapes
    assert all(shape.top + shape.height <= file.slide_height * 0.93 for shape in others)


def test_many_objectives_have_their_numbers_as_a_title(csg: Run, root: Path) -> None:
    """A slide that several long titles share says which objectives it has; a chart of many thin bars is left out."""
    activity = "\n    activities: [{id: '%d.1', title: T, unodc_lead: [], cso_lead: [INPUD], comments: c}]\n"
    title = "A title of some length, as objectives have"
    listed = "".join(f"  - id: '{n}'\n    title: {title}{activity % n}" for n in range(1, 21))
    (root / "data" / "reviews" / "hpc-reports.yaml").unlink()
    (root / PLAN).write_text(
        f"workplan: 2021-22\ntitle: Plan\nperiods: [{{id: mid, name: Mid-year}}]\nobjectives:\n{listed}", "utf-8"
    )
    file = opened(rendered(csg, root, "slides"))
    titles = [slide.shapes.title.text for slide in file.slides]
    assert titles[3:] == ["Objective 1–5", "Objective 6–10", "Objective 11–15", "Objective 16–20"]
    assert not [shape for shape in file.slides[1].shapes if shape.shape_type == 13]


@pytest.mark.parametrize("text", ["1.1 " + "x" * 200, "1.1 " + "減害" * 100, "1.1 " + "ก็" * 100])
def test_a_text_without_blanks_is_cut_within_a_word(text: str) -> None:
    """Chinese, Japanese and Thai have no blanks: a title is more than its number."""
    short = fitted(text, 200, 10, 2)
    assert line_count(short, 200, 10) <= 2
    assert len(short) > 15
    assert text.startswith(short[:-1])
    assert not text[len(short) - 1 :].startswith("\u0e47")


def test_the_same_data_makes_the_same_slides(csg: Run, root: Path) -> None:
    """Also from right to left, in another time zone."""
    (root / "data" / "workplan-2030-31.yaml").write_text(FULL_PLAN, "utf-8")
    rendered(csg, root, "slides", "--lang", "ar")
    again = csg("report", "render", "slides", "--lang", "ar", "--output", "out", TZ="Asia/Tokyo")
    assert again.stdout.startswith("Nothing to do")


@given(st.text(max_size=300), st.integers(20, 400), st.integers(1, 5))
@example("0000000", 20, 2)  # five letters and the ellipsis are exactly two lines
def test_a_shortened_text_fits(text: str, width: int, lines: int) -> None:
    """A text that fits is whole; another one ends with an ellipsis, and needs no more lines."""
    short = fitted(text, width, 10, lines)
    assert line_count(short, width, 10) <= lines
    assert short == " ".join(text.split()) or short.endswith("…")
