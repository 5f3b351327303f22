"""The documents, letters and forms of the tests' own data in another language, as text.

Run ``python tests/translated.py`` to write the golden texts anew. Read what changed before you commit it.
"""

import io
from pathlib import Path

import docx
import openpyxl
from conftest import Run
from docx.oxml.ns import qn
from filled_forms import letter_of
from pptx import Presentation

PAGES = ("workplan", "progress-mid", "progress-end", "INWUD", "members", "reviews", "meeting")
FILES = {
    "workplan.md": "2021-22/workplan.md",
    "progress-mid.md": "2021-22/progress-mid.md",
    "progress-end.md": "2021-22/progress-end.md",
    "lead.md": "2021-22/leads/INWUD.md",
    "members.md": "members.md",
    "review.md": "reviews/hpc-reports.md",
    "meeting.md": "2021-22/meeting.md",
}
"""The page of each golden text."""
LEAD = "INWUD"


def fuller(csg: Run, root: Path) -> None:
    """Give a plan in mid-year what it lacks: due dates, a meeting, an indicator, a need, and counts of a review."""
    plan, review = root / "data" / "workplan-2021-22.yaml", root / "data" / "reviews" / "hpc-reports.yaml"
    text = plan.read_text("utf-8")
    text = text.replace("name: Mid-year}", "name: Mid-year, due: 2021-12-15}")
    text = text.replace("name: End-year}", "name: End-year, due: 2022-06-30}\n" + _MEETING)
    head, found, tail = text.partition('id: "2.4"\n')
    assert found
    plan.write_text(head + found + _INDICATORS + tail, "utf-8")
    review.write_text(review.read_text("utf-8") + _QUESTION, "utf-8")
    needs = "UNODC to write to the three country offices."
    words = ("--period", "end", "--date", "2022-03-20", "--summary", "Training in four countries.", "--needs", needs)
    for name, by, status in (("2.4", "INWUD", "off-track"), ("3.5", "HRI", "on-track"), ("1.1", "IDPC", "completed")):
        values = ("--value", "locations=4") if name == "2.4" else ()
        done = csg("progress", "add", name, "--by", by, "--status", status, *words, *values)
        assert done.returncode == 0, done.stderr


_MEETING = """
meetings:
  - {date: 2022-03-14, title: Coordination meeting alongside CND, decisions: [UNODC shares the list of countries.]}
"""
_INDICATORS = """\
        indicators:
          - {id: locations, name: Locations where the training was rolled out, baseline: 0, target: 7, unit: locations}
"""
_QUESTION = """\
  - id: Q2
    text: How useful was the report?
    kind: one-choice
    answered: 46
    skipped: 4
    choices:
      - {label: Very useful, count: 30}
      - {label: Not useful, count: fewer than 5}
      - {label: Other answers, count: hidden}
"""


def texts(csg: Run, root: Path, code: str) -> dict[str, str]:
    """Return every page, the slides, a letter and two forms in a language, by the name of the golden text."""
    pages, round_ = root / "pages", root / "round"
    done = csg("report", "render", *PAGES, "--lang", code, "--output", str(pages))
    assert done.returncode == 0, done.stderr
    done = csg("report", "render", "slides", "--to", "pptx", "--lang", code, "--output", str(pages))
    assert done.returncode == 0, done.stderr
    request = ("progress", "request", "--period", "mid", "--reminder", "--with-groups", "--lead", LEAD, "--lang", code)
    for kind in ("docx", "xlsx"):
        done = csg(*request, "--to", kind, "--output", str(round_ / kind))
        assert done.returncode == 0, done.stderr
    made = {name: (pages / page).read_text("utf-8") for name, page in FILES.items()}
    made["slides.txt"] = slides_text(next(pages.rglob("*.pptx")).read_bytes())
    made["letter.txt"] = letter_of(round_ / "docx", f"{LEAD}-reminder", "txt").read_text("utf-8")
    made["form.txt"] = form_text(letter_of(round_ / "docx", f"{LEAD}-reminder", "docx").read_bytes())
    made["workbook-form.txt"] = sheet_text(letter_of(round_ / "xlsx", f"{LEAD}-reminder", "xlsx").read_bytes())
    return made


def slides_text(content: bytes) -> str:
    """Return the text of each slide."""
    lines: list[str] = []
    for number, slide in enumerate(Presentation(io.BytesIO(content)).slides, 1):
        lines.append(f"--- {number}")
        for shape in slide.shapes:
            if shape.has_text_frame:
                lines.append(shape.text_frame.text)
            elif shape.has_table:
                lines += [" | ".join(cell.text for cell in row.cells) for row in shape.table.rows]
    return "\n".join(lines) + "\n"


def form_text(content: bytes) -> str:
    """Return the text of a Word form, in its order."""
    lines: list[str] = []
    for part in docx.Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(part, docx.table.Table):
            lines += [" | ".join(_cell_text(cell) for cell in row.cells) for row in part.rows]
        else:
            lines.append(part.text)
    return "\n".join(lines) + "\n"


def _cell_text(cell: docx.table._Cell) -> str:
    """Return the text of a cell, with the placeholder of a list to choose from."""
    return " ".join(str(part.text) for part in cell._tc.iter(qn("w:t")))


def sheet_text(content: bytes) -> str:
    """Return the name of a form's sheet, the text of its cells, and the words to choose from."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    rows = [" | ".join(str(cell.value or "") for cell in row) for row in sheet.iter_rows()]
    choices = [str(choice.formula1) for choice in sheet.data_validations.dataValidation]
    return "\n".join([sheet.title, *rows, *choices]) + "\n"


if __name__ == "__main__":
    import shutil
    import tempfile
    from functools import partial

    from conftest import OWN, run_installed
    from test_reports import GOLDEN, busy

    for language in ("ar", "es", "fr", "ru"):
        with tempfile.TemporaryDirectory() as folder:
            workspace = Path(folder) / "workspace"
            shutil.copytree(OWN / "data", workspace / "data")
            run: Run = partial(run_installed, cwd=workspace)
            busy(run, workspace)
            fuller(run, workspace)
            (GOLDEN / language).mkdir(exist_ok=True)
            for name, text in texts(run, workspace, language).items():
                (GOLDEN / language / name).write_text(text, "utf-8")
