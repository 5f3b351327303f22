"""``csg workplan import``: a workplan table from another program becomes a plan, word for word."""

from pathlib import Path
from typing import Any

import pytest
from conftest import OWN, Run
from table_files import HEADINGS, WRITERS, Rows, source_tables, write_csv, write_docx, write_xlsx
from terminal import CTRL_C, Terminal

from csg.forms.leads import LeadNames, Leads
from csg.workspace import open_workspace

NAME = "2030-31"
PLAN = f"data/workplan-{NAME}.yaml"
OBJECTIVE = ("2", "Guidance")
ROW = ("2.1", "Develop guidelines", "HAS", "YouthRISE", "Fundraising needed.", "")


def table(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> list[tuple[str, ...]]:
    """Return a table with the usual headings and an objective."""
    return [headings, OBJECTIVE, *rows]


def imported(csg: Run, root: Path, path: Path, *words: str) -> tuple[list[Any], str]:
    """Import a file. Return the activities of the new plan, and what csg says."""
    done = csg("workplan", "import", str(path), "--as", NAME, "--yes", *words)
    assert done.returncode == 0, done.stderr
    return activities_of(root), done.stderr


def activities_of(root: Path, name: str = NAME) -> list[dict[str, Any]]:
    """Return the activities of a plan as plain data, each with its objective."""
    plan = open_workspace(str(root), name).plan
    return [{**activity.plain(), "objective": plan.objective_of[activity.id]} for activity in plan.activities()]


def one_table(csg: Run, root: Path, rows: Rows, notes: tuple[str, ...] = ()) -> tuple[dict[str, Any], str]:
    """Import a CSV file with one table. Return the activities by id, and what csg says."""
    write_csv(root / "plan.csv", [rows], notes)
    activities, said = imported(csg, root, root / "plan.csv")
    return {activity["id"]: activity for activity in activities}, said


def refusal(csg: Run, root: Path, path: Path, *words: str) -> str:
    """Import a file that is refused. Return the message; nothing is written."""
    before = sorted(file.name for file in (root / "data").iterdir())
    done = csg("workplan", "import", str(path), "--as", NAME, "--yes", *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert sorted(file.name for file in (root / "data").iterdir()) == before
    return done.stderr


@pytest.mark.parametrize("form", WRITERS)
def test_the_tables_of_the_source_come_back_word_for_word(csg: Run, root: Path, form: str) -> None:
    path = root / f"table.{form}"
    WRITERS[form](path, source_tables(), ["¹ Who leads is agreed each year."])
    activities, said = imported(csg, root, path)
    keys = ("id", "title", "unodc_lead", "cso_lead", "comments", "objective")
    known = activities_of(OWN, "2021-22")
    assert [{key: activity[key] for key in keys} for activity in activities] == [
        {key: activity[key] for key in keys} for activity in known
    ]
    assert "3 objectives and 19 activities" in said
    assert "¹ Who leads is agreed each year." in said
    assert [each.title for each in open_workspace(str(root), NAME).plan.objectives] == [
        each.title for each in open_workspace(str(OWN)).plan.objectives
    ]


def test_what_csg_itself_renders_is_imported(csg: Run, root: Path) -> None:
    assert csg("report", "render", "workplan").returncode == 0
    activities, _ = imported(csg, root, root / "reports/2021-22/workplan.md")
    assert len(activities) == 19
    assert activities[4]["comments"].startswith("~6 additional grantees")


@pytest.mark.parametrize(
    ("cell", "leads"),
    [
        ("INWUD WHRIN", ["INWUD", "WHRIN"]),
        ("INWUD\nWHRIN", ["INWUD", "WHRIN"]),
        ("inwud/whrin", ["INWUD", "WHRIN"]),
        ("INWUD & WHRIN", ["INWUD", "WHRIN"]),
        ("INWUD and WHRIN", ["INWUD", "WHRIN"]),
        ("• INWUD\n• WHRIN", ["INWUD", "WHRIN"]),
        ("- INWUD - WHRIN", ["INWUD", "WHRIN"]),
        ("INWUD; WHRIN.", ["INWUD", "WHRIN"]),
        ("International Network of Women who Use Drugs (INWUD)", ["INWUD"]),
        ("Women and Harm Reduction International Network, Law Enforcement And HIV Network", ["WHRIN", "LEAHN"]),
        ("Stimulant Working Group", ["Stimulant Working Group"]),
        ("all", ["ALL"]),
        ("All members", ["ALL"]),
        ("IDPC¹", ["IDPC"]),
        ("INPUD (Jane)", ["INPUD (Jane)"]),
        ("INWUD, INWUD", ["INWUD"]),
        *((nothing, []) for nothing in ("n/a", "N/A", "-", "–", "none", "")),
    ],
)
def test_leads_are_matched_whatever_separates_them(cell: str, leads: list[str]) -> None:
    names = LeadNames(open_workspace(str(OWN)).directory)
    assert names.read(cell) == Leads(tuple(leads), ())


@pytest.mark.parametrize(
    ("cell", "leads", "unplaced"),
    [
        ("to be agreed with HRI", [], "to be agreed with HRI"),
        ("HRI to lead; IDPC", ["IDPC"], "HRI to lead"),
        ("HRI, Some Other Body", ["HRI"], "Some Other Body"),
        ("TBC", [], "TBC"),
    ],
)
def test_free_text_in_a_lead_cell_names_nobody(cell: str, leads: list[str], unplaced: str) -> None:
    names = LeadNames(open_workspace(str(OWN)).directory)
    assert names.read(cell) == Leads(tuple(leads), (unplaced,))
    assert names.nearest_id(unplaced) is None


def test_free_text_in_a_lead_cell_is_listed(csg: Run, root: Path) -> None:
    activities, said = one_table(csg, root, table(("2.1", "Title", "HAS", "to be agreed with HRI; IDPC", "Text.")))
    assert activities["2.1"]["cso_lead"] == ["IDPC"]
    assert "line 3: lead of 2.1: to be agreed with HRI\n" in said


def test_a_near_name_is_refused_without_a_terminal(csg: Run, root: Path) -> None:
    write_csv(root / "plan.csv", [table(ROW, ("2.2", "Title", "HAZ", "INPUDD", ""))])
    assert refusal(csg, root, root / "plan.csv").splitlines()[1:] == [
        "CSG806 line 4: unknown lead 'HAZ' in activity 2.2. Did you mean HAS?",
        "CSG806 line 4: unknown lead 'INPUDD' in activity 2.2. Did you mean INPUD?",
    ]


def test_a_near_name_is_asked_about_at_a_terminal(root: Path) -> None:
    rows = [("2.2", "Title", "HAS", "INPUDD", ""), ("2.3", "Title", "HAS", "INPUDD, WHRINN", "")]
    write_csv(root / "plan.csv", [table(*rows)])
    with Terminal(root, "workplan", "import", "plan.csv", "--as", NAME) as terminal:
        terminal.expect("unknown lead 'INPUDD'. Did you mean INPUD?")
        terminal.answer("to leave it out", "")
        terminal.expect("unknown lead 'WHRINN'")
        terminal.answer("to leave it out", "-")
        terminal.answer(f"Write {PLAN}?", "y")
        assert terminal.end() == 0
        assert "lead of 2.3: WHRINN" in terminal.screen
    assert [activity["cso_lead"] for activity in activities_of(root)] == [["INPUD"], ["INPUD"]]


def test_the_last_column_becomes_reports_with_the_status_asked(root: Path) -> None:
    rows = [
        ("2.1", "Title", "HAS", "YouthRISE", "", "Two trainings held."),
        ("2.2", "Title", "HAS", "INWUD WHRIN", "", "Completed: the tool is out."),
        ("2.3", "Title", "HAS", "HRI", "", "Nobody knows."),
        ("2.4", "Title", "HAS", "HRI", "", "n/a"),
    ]
    write_csv(root / "plan.csv", [table(*rows)])
    with Terminal(root, "workplan", "import", "plan.csv", "--as", NAME, "--period", "mid") as terminal:
        terminal.expect("Two trainings held.")
        terminal.answer("status of this report", "on track")
        terminal.answer("Reported by", "WHRIN")
        terminal.expect("Nobody knows.")
        terminal.answer("status of this report", "-")
        terminal.expect("progress report of 2.3: Nobody knows.")
        terminal.answer(f"Write {PLAN}?", "y")
        assert terminal.end() == 0
    reports = [(each["id"], report) for each in activities_of(root) for report in each["progress"]]
    assert [(name, report["by"], report["status"], report["summary"]) for name, report in reports] == [
        ("2.1", "YouthRISE", "on-track", "Two trainings held."),
        ("2.2", "WHRIN", "completed", "Completed: the tool is out."),
    ]


def test_nothing_is_written_if_the_person_stops(root: Path) -> None:
    write_csv(root / "plan.csv", [table(ROW)])
    with Terminal(root, "workplan", "import", "plan.csv", "--as", NAME) as terminal:
        terminal.expect(f"Write {PLAN}?")
        terminal.send(CTRL_C)
        assert terminal.end() == 1
    assert not (root / PLAN).exists()


def test_reports_whose_text_states_the_status_need_no_terminal(csg: Run, root: Path) -> None:
    write_csv(root / "plan.csv", [table((*ROW[:5], "Off track – no funds."))])
    (activity,), _ = imported(csg, root, root / "plan.csv", "--period", "Mid-year")
    (report,) = activity["progress"]
    assert (report["period"], report["by"], report["status"]) == ("mid", "YouthRISE", "off-track")


def test_a_status_that_is_not_stated_is_not_guessed(csg: Run, root: Path) -> None:
    write_csv(root / "plan.csv", [table((*ROW[:5], "Two trainings held."))])
    done = csg("workplan", "import", "plan.csv", "--as", NAME, "--period", "mid", "--yes")
    assert done.returncode == 2
    assert "line 3: the report on activity 2.1 states no status." in done.stderr
    _, said = imported(csg, root, root / "plan.csv")
    assert "line 3: progress report of 2.1: Two trainings held.\n" in said
    assert "add --period" in said


def test_a_plan_is_never_overwritten_and_a_dry_run_writes_nothing(csg: Run, root: Path) -> None:
    write_csv(root / "plan.csv", [table(ROW)])
    done = csg("workplan", "import", "plan.csv", "--as", NAME, "--dry-run")
    assert (done.returncode, (root / PLAN).exists()) == (0, False)
    assert "+        title: Develop guidelines\n" in done.stdout
    imported(csg, root, root / "plan.csv")
    before = (root / PLAN).read_bytes()
    assert "CSG406" in refusal(csg, root, root / "plan.csv")
    assert (root / PLAN).read_bytes() == before
    assert csg("workplan", "import", "plan.csv", "--as", "../x", "--yes").returncode == 1
    assert csg("workplan", "import", "plan.csv", "--as", "2031-32").returncode == 2


@pytest.mark.parametrize("missing", ["UNODC Lead", "CSO Lead", "Comments"])
def test_a_table_with_five_columns_names_the_missing_one(csg: Run, root: Path, missing: str) -> None:
    column = HEADINGS.index(missing)
    rows = [[cell for index, cell in enumerate(row) if index != column] for row in (HEADINGS, ROW)]
    write_docx(root / "plan.docx", [rows])
    said = refusal(csg, root, root / "plan.docx")
    assert f"CSG805 table 1, row 1: the table has no column for {missing}. Its headings are Activities, " in said


def test_a_table_without_progress_or_numbers_is_taken_and_it_is_said(csg: Run, root: Path) -> None:
    rows = [HEADINGS[1:5], ("2. Guidance",), ROW[1:5], ("2.7 Another", "HAS", "HRI", "Text.")]
    activities, said = one_table(csg, root, rows)
    assert [(each["id"], each["title"]) for each in activities.values()] == [
        ("2.1", "Develop guidelines"),
        ("2.7", "Another"),
    ]
    assert "line 1: The table has no column for progress reports.\n" in said
    assert "line 3: The activity has no number. It was given the number 2.1.\n" in said


def test_columns_are_known_by_their_headings_in_any_order(csg: Run, root: Path) -> None:
    headings = ("No.", "CSO Lead", "Comments", "Activity", "Priority", "UNODC lead", "")
    row = ("2.1", "HRI", "Text.", "Title", "high", "HAS", "stray")
    activities, said = one_table(csg, root, [headings, ("2 Guidance",), row])
    assert activities["2.1"]["cso_lead"] == ["HRI"]
    assert (activities["2.1"]["comments"], activities["2.1"]["unodc_lead"]) == ("Text.", ["HAS"])
    assert "line 3: Priority: high\n" in said
    assert "line 3: stray\n" in said


def test_rows_that_go_on_and_notes_are_told_apart(csg: Run, root: Path) -> None:
    rows = table(
        ("2.1", "Develop guidelines", "HAS", "INWUD", "Part one."),
        ("", "", "", "WHRIN", "Part two."),
        ("", "A remark below"),
    )
    activities, said = one_table(csg, root, rows, ("Note: agreed in March.",))
    assert activities["2.1"]["cso_lead"] == ["INWUD", "WHRIN"]
    assert activities["2.1"]["comments"] == "Part one.\nPart two."
    assert "line 4: The row has no number of its own. Its text was added to activity 2.1.\n" in said
    assert "line 5: A remark below\n" in said
    assert "line 7: Note: agreed in March.\n" in said


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (table(ROW, ROW), "line 4: activity 2.1 is in line 3 already"),
        (table(("4.1", *ROW[1:])), "line 3: activity 4.1 has no objective 4 above it"),
        (table(("2.1", "", *ROW[2:])), "line 3: activity 2.1 has no title"),
        (table(ROW, ("2", "Another title")), "line 4: objective 2 has another title than in line 2"),
        ([("Name", "Age"), ("Jane", "40")], "no table in the file is a workplan"),
        ([("A", "B", "C"), ("1", "2", "3")], "no table in the file is a workplan"),
    ],
)
def test_rows_that_contradict_each_other_are_refused(csg: Run, root: Path, rows: Rows, message: str) -> None:
    write_csv(root / "plan.csv", [rows])
    assert f"CSG805 {message}." in refusal(csg, root, root / "plan.csv")


def test_objectives_can_have_letters(csg: Run, root: Path) -> None:
    """In a column of their own, or before a title; an activity has the letter and a number."""
    rows = [
        HEADINGS,
        ("A", "Advocacy"),
        ("A.1", "One", "HAS", "HRI", "Text."),
        ("A.2.", "Two", "HAS", "HRI", "Text."),
        ("B. Training",),
        ("b.1", "Three", "HAS", "HRI", "Text."),
    ]
    activities, _ = one_table(csg, root, rows)
    assert [(name, activity["objective"]) for name, activity in activities.items()] == [
        ("A.1", "A"), ("A.2", "A"), ("B.1", "B"),
    ]  # fmt: skip
    titles = [objective.title for objective in open_workspace(str(root), NAME).plan.objectives]
    assert titles == ["Advocacy", "Training"]


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_the_workbook_of_csg_is_imported(csg: Run, root: Path, language: str) -> None:
    """Its sheet of the plan has the objective in each row. The other sheets are named in one line each."""
    assert csg("report", "render", "workbook", "--lang", language).returncode == 0
    (workbook,) = (root / "documents").glob("*.xlsx")
    activities, said = imported(csg, root, workbook)
    assert [activity["id"] for activity in activities] == [known["id"] for known in activities_of(root, "2021-22")]
    assert said.count("that is no workplan") == 4
    plans = [open_workspace(str(root), name).plan for name in (NAME, "2021-22")]
    assert [part.title for part in plans[0].objectives] == [part.title for part in plans[1].objectives]


def test_a_sheet_with_a_wrong_heading_is_not_left_out(csg: Run, root: Path) -> None:
    """Its activities are in no other sheet."""
    wrong = [("No.", "Activities", "UNODC Lead", "CSO Lead", "Remarkz"), ("3", "Other"), ("3.1", *ROW[1:])]
    write_xlsx(root / "plan.xlsx", [table(ROW), wrong])
    assert "the table has no column for Comments" in refusal(csg, root, root / "plan.xlsx")


def test_personal_data_is_refused_with_its_position_in_the_file(csg: Run, root: Path) -> None:
    write_csv(root / "plan.csv", [table(ROW, ("2.2", "Title", "HAS", "HRI", "Write to jane@example.org."))])
    said = refusal(csg, root, root / "plan.csv")
    assert "plan.csv: CSG220 line 4 (activity 2.2): an e-mail address is not allowed" in said
    assert "jane" not in said.partition("CSG220")[2]


def test_text_of_a_file_does_not_act(csg: Run, root: Path) -> None:
    text = "::error::x \x1b[31mred {{ 1 + 1 }} *a* | # b: !!x"
    write_csv(root / "plan.csv", [table(("2.1", "=1+1", "HAS", "HRI", text))], [text])
    activities, said = imported(csg, root, root / "plan.csv")
    assert activities[0]["title"] == "=1+1"
    assert activities[0]["comments"] == text.replace("\x1b", "")
    assert "\x1b" not in said
    assert not any(line.lstrip().startswith("::") for line in said.splitlines())


def test_merged_cells_count_for_each_row_and_each_column(csg: Run, root: Path) -> None:
    from docx import Document

    document = Document()
    grid = document.add_table(5, 6)
    rows = [HEADINGS, ("2 Guidance",), ("2.1", "One", "HAS", "HRI", "Text."), ("2.2", "Two"), ("2.3", "Three")]
    for row, texts in zip(grid.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text
    grid.cell(1, 0).merge(grid.cell(1, 5))
    for column in (2, 3, 4):
        grid.cell(2, column).merge(grid.cell(4, column))
    document.save(str(root / "plan.docx"))
    activities, _ = imported(csg, root, root / "plan.docx")
    assert [(each["id"], each["cso_lead"], each["comments"]) for each in activities] == [
        (name, ["HRI"], "Text.") for name in ("2.1", "2.2", "2.3")
    ]


def test_a_slide_and_a_sheet_with_merged_cells(csg: Run, root: Path) -> None:
    from openpyxl import Workbook
    from pptx import Presentation
    from pptx.util import Inches

    rows = [HEADINGS, ("2 Guidance",), ("2.1", "One", "HAS", "HRI", "Text."), ("2.2", "Two")]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    sheet.merge_cells("A2:F2")
    sheet.merge_cells("D3:D4")
    sheet["XFD9999"] = "far away"
    hidden = book.create_sheet("Old")
    hidden.sheet_state = "hidden"
    book.save(root / "plan.xlsx")
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    grid = slide.shapes.add_table(4, 6, *[Inches(1)] * 4).table
    for index, row in enumerate(rows):
        for column, text in enumerate(row):
            grid.cell(index, column).text = text
    grid.cell(2, 3).merge(grid.cell(3, 3))
    slide.notes_slide.notes_text_frame.text = "Ask HRI."
    slides.slides.add_slide(slides.slide_layouts[6])._element.set("show", "0")
    slides.save(str(root / "plan.pptx"))
    for name, words in (("plan.xlsx", ["Cell XFD9999", "sheet Old: This sheet is hidden"]),
                        ("plan.pptx", ["slide 1, notes: Ask HRI.", "slide 2: This slide is hidden"])):  # fmt: skip
        activities, said = imported(csg, root, root / name)
        assert [each["cso_lead"] for each in activities] == [["HRI"], ["HRI"]], name
        assert [each for each in words if each not in said] == []
        (root / PLAN).unlink()


def test_a_number_that_lost_its_zero_is_read_as_the_next_one(csg: Run, root: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(HEADINGS))
    sheet.append([2, "Guidance"])
    for number in (2.8, 2.9, 2.1, 2.11):
        sheet.append([number, f"Activity {number}", "HAS", "HRI", ""])
    book.save(root / "plan.xlsx")
    activities, said = imported(csg, root, root / "plan.xlsx")
    assert [each["id"] for each in activities] == ["2.8", "2.9", "2.10", "2.11"]
    assert "row 5: The number 2.1 was read as 2.10, which follows 2.9." in said


def test_a_formula_is_refused_with_its_cell(csg: Run, root: Path) -> None:
    write_xlsx(root / "plan.xlsx", [table(("2.1", "Title", "HAS", "HRI", "=A1&A2"))])
    assert "cell E3 of sheet Sheet has a formula. Copy the cells, and paste them as values." in refusal(
        csg, root, root / "plan.xlsx"
    )


def test_tracked_changes_count_as_a_reader_sees_them(csg: Run, root: Path) -> None:
    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    write_docx(root / "plan.docx", [table(ROW, ("2.2", "Gone", "HAS", "HRI", ""))])
    document = Document(str(root / "plan.docx"))
    grid = document.tables[0]
    paragraph = grid.cell(2, 4).paragraphs[0]._p
    for kind, element, text in (("ins", "t", " Kept."), ("del", "delText", " Lost.")):
        run = f'<w:{kind} {nsdecls("w")} w:id="9" w:author="x"><w:r><w:{element} xml:space="preserve">{text}'
        paragraph.append(parse_xml(f"{run}</w:{element}></w:r></w:{kind}>"))
    row = grid.rows[3]._tr
    row.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="10" w:author="x"/>'))
    document.save(str(root / "plan.docx"))
    activities, _ = imported(csg, root, root / "plan.docx")
    assert [(each["id"], each["comments"]) for each in activities] == [("2.1", "Fundraising needed. Kept.")]


@pytest.mark.parametrize(
    ("encoding", "separator"), [("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-8", ","), ("cp1252", ";")]
)
def test_text_files_of_other_programs_are_read(csg: Run, root: Path, encoding: str, separator: str) -> None:
    rows = table(("2.1", "Médecins: “quoted”", "HAS", "MdM", "été"))
    lines = [separator.join(f'"{cell}"' for cell in row) for row in rows]
    (root / "plan.txt").write_bytes("\r\n".join(lines).encode(encoding))
    activities, said = imported(csg, root, root / "plan.txt")
    assert (activities[0]["title"], activities[0]["comments"]) == ("Médecins: “quoted”", "été")
    assert ("was read as Windows-1252" in said) == (encoding == "cp1252")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("plan.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "this is a file of Office 97 to 2003"),
        ("plan.pdf", b"%PDF-1.7\n", "this is a PDF file"),
        ("plan.rtf", b"{\\rtf1 x}", "this is an RTF document"),
        ("plan.docx", b"", "the file is empty"),
        ("plan.docx", b"PK\x03\x04 cut off", "this file is damaged"),
        ("plan.csv", b"a\0b,\0", "this is not a text file"),
        ("plan.csv", b'"2.1,' + b"x\n" * 300, "has no end"),
    ],
)
def test_other_files_are_named(csg: Run, root: Path, name: str, content: bytes, message: str) -> None:
    (root / name).write_bytes(content)
    said = refusal(csg, root, root / name)
    assert f"{name}: CSG801 " in said
    assert message in said


def test_a_file_that_is_missing_or_a_folder_is_refused(csg: Run, root: Path) -> None:
    assert "cannot be read" in refusal(csg, root, root / "missing.docx")
    assert "cannot be read" in refusal(csg, root, root / "data")


def test_a_group_of_its_own_has_its_own_headings_and_fields(csg: Run, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    words = ("--group", "Example Committee", "--short", "EC", "--plan", "2023", "--periods", "q1,q2,q3,q4")
    assert csg("init", str(folder), *words).returncode == 0
    with (folder / "data/group.yaml").open("a", encoding="utf-8") as stream:
        stream.write("labels: {cso_lead: Who leads}\nfields: [{id: budget, label: Budget, type: number}]\n")
    assert csg("member", "add", "EXN", "--name", "Example Network", cwd=folder).returncode == 0
    write_csv(folder / "plan.csv", [[("", "Activities", "Who leads", "Comments", "Budget"), ("1", "Aim"),
                                    ("1.1", "Work", "EXN", "Text.", "1200")]])  # fmt: skip
    done = csg("workplan", "import", "plan.csv", "--as", "2024", "--yes", cwd=folder)
    assert done.returncode == 0, done.stderr
    (activity,) = activities_of(folder, "2024")
    assert (activity["cso_lead"], activity["budget"]) == (["EXN"], 1200)
    plan = open_workspace(str(folder), "2024").plan
    assert [period.id for period in plan.periods] == ["q1", "q2", "q3", "q4"]


@pytest.mark.parametrize("code", ["en", "es", "fr", "ru", "ar"])
def test_a_plan_in_another_language_is_imported(csg: Run, root: Path, code: str) -> None:
    """Its headings, and its words for a cell without a lead, are those that csg writes in that language."""
    assert csg("report", "render", "workplan", "--lang", code, "--output", "pages").returncode == 0
    activities, said = imported(csg, root, next((root / "pages").rglob("workplan.md")))
    keys = ("id", "title", "unodc_lead", "cso_lead", "comments", "objective")
    assert [{key: each[key] for key in keys} for each in activities] == [
        {key: each[key] for key in keys} for each in activities_of(root, "2021-22")
    ]
    assert "lead of" not in said
    assert "headings" not in said


def test_headings_that_are_not_known_are_shown(csg: Run, root: Path) -> None:
    headings = ("Nummer", "Vorhaben", "Partner", "Zuständig", "Bemerkung", "Stand")
    activities, said = one_table(csg, root, table(ROW, headings=headings))
    assert activities["2.1"]["cso_lead"] == ["YouthRISE"]
    assert (
        "the table: The headings are not known: Nummer, Vorhaben, Partner, Zuständig, Bemerkung, Stand. "
        "Its six columns were taken in the usual order.\n"
    ) in said


def test_text_at_the_top_of_pages_is_listed(csg: Run, root: Path) -> None:
    from docx import Document

    write_docx(root / "plan.docx", [table(ROW)], [])
    document = Document(str(root / "plan.docx"))
    document.sections[0].header.paragraphs[0].text = "Draft, not agreed"
    document.sections[0].footer.paragraphs[0].text = "3"
    document.save(str(root / "plan.docx"))
    _, said = imported(csg, root, root / "plan.docx")
    assert "header of the pages: Draft, not agreed\n" in said
    assert "footer" not in said


def test_a_due_date_is_imported_if_it_is_a_date(csg: Run, root: Path) -> None:
    """Other words about it are listed, with where they were."""
    rows = [
        (*HEADINGS, "Due date"),
        OBJECTIVE,
        (*ROW, "2031-03-14"),
        ("2.2", *ROW[1:], "in spring"),
        ("2.3", *ROW[1:], "n/a"),
    ]
    write_xlsx(root / "plan.xlsx", [rows], ())
    activities, said = imported(csg, root, root / "plan.xlsx")
    assert [activity["due"] for activity in activities] == ["2031-03-14", None, None]
    assert "due date of 2.2: in spring." in said
    assert "due date of 2.3" not in said
