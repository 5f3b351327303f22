"""The slides: every activity, in five to nine slides that fit, whatever the length of a text."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from hypothesis import given
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


def test_the_same_data_makes_the_same_slides(csg: Run, root: Path) -> None:
    """Also from right to left, in another time zone."""
    (root / "data" / "workplan-2030-31.yaml").write_text(FULL_PLAN, "utf-8")
    rendered(csg, root, "slides", "--lang", "ar")
    again = csg("report", "render", "slides", "--lang", "ar", "--output", "out", TZ="Asia/Tokyo")
    assert again.stdout.startswith("Nothing to do")


@given(st.text(max_size=300), st.integers(20, 400), st.integers(1, 5))
def test_a_shortened_text_fits(text: str, width: int, lines: int) -> None:
    """A text that fits is whole; another one ends with an ellipsis, and needs no more lines."""
    short = fitted(text, width, 10, lines)
    assert line_count(short, width, 10) <= lines
    assert short == " ".join(text.split()) or short.endswith("…")
