"""The workbook and the calendar: read back by another library, with nothing in them that runs."""

from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from conftest import Run
from icalendar import Calendar
from test_documents import FULL_PLAN
from test_reports import HOSTILE, busy

PLAN = "data/workplan-2021-22.yaml"
WINTER = "2030-31-meeting-1d1c0d8f22a6-1@CS-Group.csg"
"""The id of the meeting of the full plan."""


def rendered(csg: Run, root: Path, *words: str) -> Path:
    """Render into a new folder, and return the file."""
    done = csg("report", "render", *words, "--output", "out")
    assert done.returncode == 0, done.stderr
    (file,) = (root / "out").iterdir()
    return file


def test_the_workbook_has_every_activity_and_real_dates(csg: Run, root: Path) -> None:
    """With frozen headings and filters; statuses as words."""
    busy(csg, root)
    assert csg("workplan", "set", "1.1", "title==1+1").returncode == 0
    book = openpyxl.load_workbook(rendered(csg, root, "workbook"))
    assert book.sheetnames == ["Workplan", "Progress", "Reports owed", "Members", "Indicators"]
    plan = book["Workplan"]
    assert [row[0].value for row in plan.iter_rows(min_row=2)] == [
        *(f"1.{n}" for n in range(1, 7)), *(f"2.{n}" for n in range(1, 8)), *(f"3.{n}" for n in range(1, 7)),
    ]  # fmt: skip
    assert plan.freeze_panes == "B2"
    assert plan.auto_filter.ref
    cells = {row[0].value: row for row in plan.iter_rows(min_row=2)}
    assert cells["2.1"][3].value == datetime(2021, 11, 1)
    assert (cells["1.1"][2].value, cells["1.1"][2].data_type) == ("=1+1", "s")
    assert cells["2.4"][7].value == "▲ At risk"
    reports = list(book["Progress"].iter_rows(min_row=2, values_only=True))
    assert len(reports) == 5
    assert reports[0][4] == datetime(2021, 12, 10)


def test_columns_and_rows_have_the_size_of_their_texts(csg: Run, root: Path) -> None:
    """So a printed page has letters that can be read; a long text wraps in a row that is tall enough for it."""
    csg("workplan", "set", "1.1", f"comments={'Words that go on. ' * 40}")
    csg("workplan", "set", "1.2", f"comments={'長い説明' * 40}")
    plan = openpyxl.load_workbook(rendered(csg, root, "workbook"))["Workplan"]
    widths = [plan.column_dimensions[letter].width for letter in "AFG"]
    assert widths[0] < 9  # the number
    assert widths[1] < 25  # the leads
    assert 50 < widths[2] < 54  # the comments
    assert plan.row_dimensions[2].height >= 13 * 13.5  # 720 letters in lines of 52
    assert plan.row_dimensions[3].height >= 7 * 13.5  # 160 letters, each as wide as two
    assert plan.row_dimensions[5].height < plan.row_dimensions[3].height


def test_no_cell_of_the_workbook_runs(csg: Run, root: Path) -> None:
    """Whatever the text begins with."""
    csg("workplan", "set", "1.1", f"title=@{HOSTILE}", "comments=-1+cmd|' /C calc'!A0")
    book = openpyxl.load_workbook(rendered(csg, root, "workbook"))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert all(cell.hyperlink is None for sheet in book for row in sheet.iter_rows() for cell in row)


def events(file: Path) -> dict[str, tuple[date, str]]:
    """Return the days of a calendar by their ids."""
    book = Calendar.from_ical(file.read_bytes())
    days = {}
    for event in book.events:
        days[str(event["UID"])] = (event.start, str(event["SUMMARY"]))
        assert not isinstance(event.start, datetime)
        assert event.end - event.start == timedelta(days=1)
        (alarm,) = event.walk("VALARM")
        assert alarm.decoded("TRIGGER") == timedelta(days=-14)
    return days


def test_the_calendar_has_due_dates_periods_and_meetings(csg: Run, root: Path) -> None:
    """As whole days with a reminder two weeks before; ids stay when a date changes."""
    (root / "data" / "workplan-2030-31.yaml").write_text(FULL_PLAN, "utf-8")
    found = events(rendered(csg, root, "calendar"))
    assert found["2030-31-period-mid@CS-Group.csg"] == (
        date(2030, 12, 15),
        "Mid-year reports are due: Workplan 2030/31",
    )
    assert found["2030-31-activity-1.1@CS-Group.csg"] == (date(2031, 5, 1), "1.1 Training")
    assert found[WINTER] == (date(2031, 1, 10), "Winter meeting")
    csg("workplan", "set", "1.1", "due=2031-06-01")
    (file,) = (root / "out").iterdir()
    csg("report", "render", "calendar", "--output", "out")
    assert events(file)["2030-31-activity-1.1@CS-Group.csg"][0] == date(2031, 6, 1)


def test_the_calendar_of_a_lead_has_its_own_dates(csg: Run, root: Path) -> None:
    """The name in the file says whose it is; an unknown lead is an error."""
    (root / "data" / "workplan-2030-31.yaml").write_text(FULL_PLAN, "utf-8")
    file = rendered(csg, root, "calendar", "--lead", "whrin")
    assert file.name == "CS-Group-2030-31-calendar-WHRIN.ics"
    assert set(events(file)) == {"2030-31-period-mid@CS-Group.csg", "2030-31-period-end@CS-Group.csg", WINTER}
    done = csg("report", "render", "calendar", "--lead", "WHRINN", "--output", "out")
    assert done.returncode == 1
    assert "Did you mean WHRIN?" in done.stderr


def test_an_earlier_meeting_changes_no_id_of_another(csg: Run, root: Path) -> None:
    """Nor does another date. Two meetings of one title have two ids."""
    plan = root / "data" / "workplan-2030-31.yaml"
    plan.write_text(FULL_PLAN, "utf-8")
    assert csg("meeting", "add", "2030-10-01", "--title", "Autumn meeting").returncode == 0
    assert csg("meeting", "add", "2031-03-01", "--title", "Winter meeting").returncode == 0
    text = plan.read_text("utf-8")
    assert "2031-01-10" in text
    plan.write_text(text.replace("2031-01-10", "2031-01-11"), "utf-8")
    found = {uid: day for uid, day in events(rendered(csg, root, "calendar")).items() if "meeting" in uid}
    assert found[WINTER] == (date(2031, 1, 11), "Winter meeting")
    assert len(found) == 3


def test_ids_that_look_alike_have_their_own_entries(csg: Run, root: Path) -> None:
    """A blank and a hyphen are not the same."""
    (root / PLAN).write_text(
        "workplan: 2021-22\ntitle: Plan\nperiods:\n  - {id: a b, name: A, due: 2021-01-01}\n"
        "  - {id: a-b, name: B, due: 2021-06-01}\nobjectives: []\n",
        "utf-8",
    )
    (root / "data" / "reviews" / "hpc-reports.yaml").unlink()
    assert set(events(rendered(csg, root, "calendar"))) == {
        "2021-22-period-a%20b@CS-Group.csg", "2021-22-period-a-b@CS-Group.csg",
    }  # fmt: skip


def test_the_last_day_of_the_calendar_has_no_day_after_it(csg: Run, root: Path) -> None:
    """An entry without an end is a whole day as well."""
    csg("workplan", "set", "1.1", "due=9999-12-31")
    content = rendered(csg, root, "calendar").read_bytes()
    assert b"DTSTART;VALUE=DATE:99991231\r\n" in content
    assert b"DTEND" not in content


def test_a_calendar_has_short_lines_of_whole_letters(csg: Run, root: Path) -> None:
    """Every line has at most 75 bytes, ends with CR and LF, and no letter is cut in two."""
    csg("workplan", "set", "1.1", f"title={'Встреча 会議 🙂 ' * 50}", "due=2022-05-01")
    content = rendered(csg, root, "calendar").read_bytes()
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line and line.decode() for line in lines[:-1])


def test_a_cell_holds_no_more_than_excel_allows(csg: Run, root: Path) -> None:
    """An emoji counts twice there. A date before March 1900 is text: programs differ on it."""
    csg("workplan", "set", "1.1", f"comments={'🙂' * 19_999}", "due=1900-02-28")
    csg("workplan", "set", "1.2", "due=1900-03-01")
    first, second = list(openpyxl.load_workbook(rendered(csg, root, "workbook"))["Workplan"].iter_rows())[1:3]
    (comments,) = [cell.value for cell in first if str(cell.value).startswith("🙂")]
    assert comments == f"{'🙂' * 16_000}…"
    assert (first[3].value, second[3].value) == ("1900-02-28", datetime(1900, 3, 1))


def test_a_plan_without_dates_has_an_empty_calendar(csg: Run, root: Path) -> None:
    """Which is a valid one."""
    file = rendered(csg, root, "calendar")
    assert events(file) == {}
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    # RFC 5545 asks for at least one component.
    assert [part.name for part in Calendar.from_ical(file.read_bytes()).subcomponents] == ["VTIMEZONE"]


@pytest.mark.parametrize("name", ["workbook", "calendar"])
def test_the_same_data_makes_the_same_bytes(csg: Run, root: Path, name: str) -> None:
    """In another time zone and with other output of csg beside it, which is replaced; a file of anybody's is not."""
    (root / "data" / "workplan-2030-31.yaml").write_text(FULL_PLAN, "utf-8")
    file = rendered(csg, root, name)
    first = file.read_bytes()
    assert csg("report", "render", name, "--output", "out", TZ="Asia/Tokyo").stdout.startswith("Nothing to do")
    csg("workplan", "set", "1.1", "title=Another", "--plan", "2030-31")
    assert csg("report", "render", name, "--output", "out").stdout.startswith("changed")
    assert file.read_bytes() != first
    file.write_bytes(b"my own")
    assert csg("report", "render", name, "--output", "out").returncode == 1
    assert file.read_bytes() == b"my own"


@pytest.mark.parametrize(
    ("name", "to"), [("workbook", "pdf"), ("calendar", "xlsx"), ("workplan", "ics"), ("members", "xlsx")]
)
def test_another_format_is_a_wrong_command_line(csg: Run, root: Path, name: str, to: str) -> None:
    """Nothing is written."""
    done = csg("report", "render", name, "--to", to)
    assert done.returncode == 2
    assert f"{name} has no format {to}" in " ".join(done.stderr.replace("│", "").split())
    assert not (root / "documents").exists()


def test_several_reports_have_a_format_each(csg: Run, root: Path) -> None:
    """Without --to, each has its own first format."""
    done = csg("report", "render", "slides", "workbook", "calendar", "workplan", "--output", "out")
    assert done.returncode == 0, done.stderr
    endings = sorted(path.suffix for path in (root / "out").rglob("*.*") if path.is_file())
    assert endings == [".ics", ".md", ".pptx", ".xlsx"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("workbook --lead INPUD", "only the report calendar has this option"),
        ("progress-mid --since 2021-11-01", "only the report meeting has this option"),
        ("--since 2021-11-01", "only the report meeting has this option"),
    ],
)
def test_an_option_of_another_report_is_refused(csg: Run, line: str, message: str) -> None:
    """Nothing is ignored without a word."""
    done = csg("report", "render", *line.split())
    assert done.returncode == 2
    assert message in " ".join(done.stderr.replace("│", "").split())
