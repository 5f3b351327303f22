"""Shapes of workplan tables that groups send: objectives beside or above, rows that go on, numbers of scripts."""

import base64
import io
from pathlib import Path

import docx
import pytest
from conftest import OWN
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from table_files import HEADINGS, Rows, write_csv, write_docx, write_xlsx

from csg.forms.plan_records import PlanRows
from csg.forms.plan_rows import plan_rows
from csg.forms.tables.read import read_tables
from csg.model.fields import workplan_model
from csg.workspace import open_workspace

WORKSPACE = open_workspace(str(OWN))
OBJECTIVE = ("1", "Leadership")
FIRST = ("1.1", "Fund the work", "HAS", "IDPC", "Contract", "")
SECOND = ("1.2", "Host a meeting", "HAS", "INPUD", "", "")
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")


def read(path: Path) -> PlanRows:
    """Return the rows of a file as a plan."""
    model = workplan_model(WORKSPACE.group.fields).activity_model
    return plan_rows(read_tables(path), WORKSPACE.group, model, has_partner=True)


def read_rows(folder: Path, *rows: tuple[str, ...]) -> PlanRows:
    """Return the rows of a table as a plan."""
    write_csv(folder / "plan.csv", [rows])
    return read(folder / "plan.csv")


def outline(rows: PlanRows) -> dict[str, list[tuple[str, str]]]:
    """Return the numbers and titles of the activities, by the number and the title of their objective."""
    return {
        f"{objective.id} {objective.title}": [(each.id, each.fields["title"]) for each in objective.activities]
        for objective in rows.objectives
    }


USUAL = {"1 Leadership": [("1.1", "Fund the work"), ("1.2", "Host a meeting")]}


@pytest.mark.parametrize("rows", [
    [HEADINGS, OBJECTIVE, FIRST, SECOND],
    [HEADINGS, ("Objetivo 1: Leadership",), FIRST, SECOND],
    [HEADINGS, ("Objectif 1 : Leadership",), FIRST, SECOND],
    [HEADINGS, ("Цель 1. Leadership",), FIRST, SECOND],
    [HEADINGS, ("الهدف 1: Leadership",), FIRST, SECOND],
    [HEADINGS, ("١", "Leadership"), ("١.١", *FIRST[1:]), ("١.٢", *SECOND[1:])],
    [HEADINGS, ("１", "Leadership"), ("１.１", *FIRST[1:]), ("1․2", *SECOND[1:])],
    [HEADINGS, OBJECTIVE, ("Activity 1.1", *FIRST[1:]), ("Act. 1.2", *SECOND[1:])],
    [HEADINGS, OBJECTIVE, ("1,1", *FIRST[1:]), ("1,2", *SECOND[1:])],
    [("Objective", *HEADINGS[:5]), ("1 Leadership", *FIRST[:5]), ("", *SECOND[:5])],
    [("Objective", *HEADINGS[:5]), ("1 Leadership", *FIRST[:5]), ("1 Leadership", *SECOND[:5])],
    [("Objetivo", *HEADINGS[:5]), ("Leadership", *FIRST[:5]), ("Leadership", *SECOND[:5])],
    [("Objective", *HEADINGS[1:5]), ("1 Leadership", *FIRST[1:5]), ("1 Leadership", *SECOND[1:5])],
])  # fmt: skip
def test_objectives_and_numbers_are_known_in_every_shape(tmp_path: Path, rows: Rows) -> None:
    """In five languages, in other digits, and in a column of their own, once or in each row."""
    assert outline(read_rows(tmp_path, *map(tuple, rows))) == USUAL


@pytest.mark.parametrize(
    ("row", "field", "text"),
    [
        (("", "", "", "", "continues.", ""), "comments", "Contract\ncontinues."),
        (("", "in full", "", "", "continues.", ""), "title", "Fund the work\nin full"),
        (("", "in full", "", "", "continues.", ""), "comments", "Contract\ncontinues."),
        (("", "", "", "HRI", "", ""), "cso_lead", "IDPC\nHRI"),
    ],
)
def test_a_row_that_goes_on_after_the_end_of_a_page_is_added(
    tmp_path: Path, row: tuple[str, ...], field: str, text: str
) -> None:
    """In the same table, and at the start of the next one."""
    plan = read_rows(tmp_path, HEADINGS, OBJECTIVE, FIRST, row, HEADINGS, SECOND)
    assert next(each.fields[field] for each in plan.activities()) == text
    write_tables(tmp_path / "plan.docx", [[HEADINGS, OBJECTIVE, FIRST], [row, SECOND]])
    plan = read(tmp_path / "plan.docx")
    assert next(each.fields[field] for each in plan.activities()) == text
    assert [each.id for each in plan.activities()] == ["1.1", "1.2"]


def write_tables(path: Path, tables: list[Rows], *above: str) -> None:
    """Write a Word document with tables, each below its text."""
    document = docx.Document()
    for number, rows in enumerate(tables):
        document.add_paragraph(above[number] if number < len(above) else "")
        table = document.add_table(0, 6)
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=False):
                cell.text = text
    document.save(str(path))


def test_an_activity_without_a_number_gets_one_that_no_later_row_has(tmp_path: Path) -> None:
    plan = read_rows(tmp_path, HEADINGS, OBJECTIVE, FIRST, ("", "Train", "HAS", "HRI", "", ""), SECOND)
    assert [(each.id, each.fields["title"]) for each in plan.activities()] == [
        ("1.1", "Fund the work"), ("1.3", "Train"), ("1.2", "Host a meeting"),
    ]  # fmt: skip
    assert "It was given the number 1.3." in plan.decisions[0].text


@pytest.mark.parametrize(
    ("above", "title"),
    [
        (("Objective 1: Leadership", "Objective 2: Guidance"), "Guidance"),
        (("Leadership", "Guidance"), "Guidance"),
        (("1. Leadership", "2. Guidance"), "Guidance"),
    ],
)
def test_titles_above_the_tables_are_objectives(tmp_path: Path, above: tuple[str, str], title: str) -> None:
    """In a Word document and in Markdown. csg says so, and does not list them as left out."""
    tables: list[Rows] = [[HEADINGS, FIRST, SECOND], [HEADINGS, ("2.1", "Train", "HAS", "HRI", "", "")]]
    write_tables(tmp_path / "plan.docx", tables, *above)
    lines = []
    for text, rows in zip(above, tables, strict=True):
        cells = [f"|{'|'.join(row)}|" for row in rows]
        lines += [f"## {text}", "", cells[0], "|--" * 6 + "|", *cells[1:], ""]
    (tmp_path / "plan.md").write_text("\n".join(lines), "utf-8")
    for name in ("plan.docx", "plan.md"):
        plan = read(tmp_path / name)
        assert outline(plan) == {**USUAL, f"2 {title}": [("2.1", "Train")]}
        assert plan.unplaced == ()
        assert "The text above the table was taken as the title of objective 2." in [
            each.text for each in plan.decisions
        ]


def test_the_title_of_a_plan_is_no_objective(tmp_path: Path) -> None:
    from csg.problem import Refused

    write_tables(tmp_path / "plan.docx", [[HEADINGS, FIRST]], "Workplan 2022/23")
    with pytest.raises(Refused, match=r"activity 1\.1 has no objective 1 above it"):
        read(tmp_path / "plan.docx")


def test_what_is_beside_the_cells_is_listed(tmp_path: Path) -> None:
    """Comments and pictures of a workbook, and pictures of a Word document."""
    write_xlsx(tmp_path / "plan.xlsx", [[HEADINGS, OBJECTIVE, FIRST]])
    book = load_workbook(tmp_path / "plan.xlsx")
    sheet = book.worksheets[0]
    sheet["E3"].comment = Comment("Check with HAS", "Ana")
    sheet.add_image(Image(io.BytesIO(PNG)), "H3")
    sheet["F3"].value, sheet["F3"].number_format = 0.5, "0%"
    book.save(tmp_path / "plan.xlsx")
    plan = read(tmp_path / "plan.xlsx")
    assert {each.text for each in plan.unplaced} == {
        "Check with HAS", "A picture or another object, which was not read."
    }  # fmt: skip
    assert [each.fields["progress"] for each in plan.activities()] == ["50%"]
    write_docx(tmp_path / "plan.docx", [[HEADINGS, OBJECTIVE, FIRST]])
    document = docx.Document(str(tmp_path / "plan.docx"))
    document.add_picture(io.BytesIO(PNG))
    document.save(str(tmp_path / "plan.docx"))
    assert "A picture or another object, which was not read." in [
        each.text for each in read(tmp_path / "plan.docx").unplaced
    ]


@pytest.mark.parametrize(
    ("encoding", "title", "name"),
    [
        ("cp1251", "Обучение сотрудников полиции", "Windows-1251"),
        ("cp1256", "تدريب موظفي الشرطة", "Windows-1256"),
        ("cp1252", "Formación para la policía en español", "Windows-1252"),
    ],
)
def test_a_text_file_of_windows_is_read_in_its_alphabet(tmp_path: Path, encoding: str, title: str, name: str) -> None:
    """csg says which encoding it took."""
    lines = ["ID;Activities;UNODC Lead;CSO Lead;Comments", f"1;{title}", f"1.1;{title};HAS;HRI;{title}"]
    (tmp_path / "plan.csv").write_bytes("\n".join(lines).encode(encoding))
    plan = read(tmp_path / "plan.csv")
    assert outline(plan) == {f"1 {title}": [("1.1", title)]}
    assert f"It was read as {name}: check its letters." in plan.unplaced[0].text


def test_totals_and_new_activities_are_not_added_to_the_row_above(tmp_path: Path) -> None:
    plan = read_rows(tmp_path, HEADINGS, OBJECTIVE, FIRST, ("Total", "", "", "", "", ""), ("", "", "", "", "500", ""))
    assert [each.fields["comments"] for each in plan.activities()] == ["Contract"]
    assert [each.text for each in plan.unplaced] == ["Total", "500"]
    lower = ("1.1", "fund the work", "HAS", "IDPC", "", "")
    plan = read_rows(tmp_path, HEADINGS, OBJECTIVE, lower, ("", "host a meeting", "", "", "In May.", ""))
    assert [each.fields["title"] for each in plan.activities()] == ["fund the work", "host a meeting"]
