"""``csg progress`` and ``csg status``: reports, who owes them, and where the plan stands."""

import json
from pathlib import Path

import pytest
from conftest import Run

from csg.model.workplan import Progress
from csg.workspace import open_workspace


def add(csg: Run, name: str, by: str, *flags: str, **fields: str) -> None:
    """Add a report, on track and at mid-year unless ``fields`` say otherwise."""
    given = {"period": "mid", "status": "on-track", "summary": "Done.", "date": "2021-12-10", **fields}
    words = [word for key, value in given.items() for word in (f"--{key.replace('_', '-')}", value)]
    done = csg("progress", "add", name, "--by", by, *flags, *words)
    assert done.returncode == 0, done.stderr


def owed(csg: Run, period: str = "mid") -> dict[str, list[str]]:
    """Who owes what, by lead; an activity another has reported on has a * behind it."""
    found: dict[str, list[str]] = {}
    for row in json.loads(csg("progress", "due", "--period", period, "--format", "json").stdout):
        found.setdefault(row["lead"], []).append(row["id"] + "*" * bool(row["shared_with"]))
    return found


def reports(root: Path, name: str) -> tuple[Progress, ...]:
    """The reports on an activity."""
    return open_workspace(str(root)).plan.find(name).progress


def test_add_shows_the_activity_and_ends_what_is_owed(csg: Run) -> None:
    """INWUD no longer owes 2.4; WHRIN shares it."""
    assert owed(csg)["INWUD"] == ["2.4", "2.5"]
    words = ("--period", "mid", "--by", "inwud", "--status", "on-track", "--date", "2021-12-10")
    done = csg("progress", "add", "2.4", *words, "--summary", "Training ran in 3 countries.")
    assert done.stdout.endswith(
        "Status      on-track, reported by INWUD on 2021-12-10\n\n"
        "Mid-year report by INWUD, 2021-12-10: on-track\n  Training ran in 3 countries.\n"
    )
    assert owed(csg)["INWUD"] == ["2.5"]
    assert owed(csg)["WHRIN"] == ["2.4*", "2.5"]
    due = csg("progress", "due", "--period", "mid")
    activities = "18 activities without a report from any lead, 1 activity where another lead has reported"
    assert due.stderr == f"Mid-year: 21 reports owed: {activities}.\n"


def test_a_group_is_answered_for_by_its_members_and_anyone_by_the_secretariat(csg: Run) -> None:
    """A member of ALL reports for ALL, the Secretariat for YouthRISE; IDPC is in it, but not for HRI."""
    add(csg, "3.1", "ANPUD")
    add(csg, "2.1", "Secretariat")
    left = owed(csg)
    assert "3.1" not in left["ALL"]
    assert "YouthRISE" not in left
    assert csg("check", "--strict").returncode == 0
    add(csg, "2.3", "IDPC")
    assert "2.3" in owed(csg)["HRI"]
    assert "CSG206" in csg("check").stdout


def test_what_is_completed_owes_nothing_later(csg: Run) -> None:
    """After a final report at mid-year there is none to make at year's end; UNODC owes where no CSO leads."""
    add(csg, "2.6", "INPUD", status="completed")
    assert owed(csg, "end")["INPUD"] == ["1.6", "3.4", "3.5"]
    assert owed(csg, "end")["HAS"] == ["1.4", "1.5"]


def test_reports_stand_oldest_first_whenever_they_are_added(csg: Run, root: Path) -> None:
    """A report goes where its date has it."""
    for date in ("2021-12-10", "2021-12-01", "2021-12-05", "2021-12-10"):
        add(csg, "2.4", "INWUD", "--another", date=date, summary=f"At {date}.")
    dates = [str(report.date) for report in reports(root, "2.4")]
    assert dates == ["2021-12-01", "2021-12-05", "2021-12-10", "2021-12-10"]


def test_edit_changes_what_is_given_and_moves_with_the_date(csg: Run, root: Path) -> None:
    """What is not given stays."""
    add(csg, "2.4", "INWUD", next_steps="More.", evidence="https://example.org/a")
    add(csg, "2.4", "WHRIN", date="2021-12-12")
    assert csg("progress", "edit", "2.4", "--period", "mid", "--by", "INWUD", "--status", "at-risk").returncode == 0
    report = reports(root, "2.4")[0]
    assert (report.status, report.summary, report.next_steps) == ("at-risk", "Done.", "More.")
    assert csg("progress", "edit", "2.4", "--period", "mid", "--by", "INWUD", "--date", "2021-12-20").returncode == 0
    assert [each.by for each in reports(root, "2.4")] == ["WHRIN", "INWUD"]
    assert csg("progress", "edit", "2.4", "--period", "mid", "--by", "INWUD", "--next-steps", "").returncode == 0
    assert reports(root, "2.4")[1].next_steps == ""


def test_remove_takes_the_one_that_is_meant(csg: Run, root: Path) -> None:
    """With several by one author, --number says which; with the last one the file is as before."""
    before = (root / "data" / "workplan-2021-22.yaml").read_bytes()
    add(csg, "2.4", "INWUD", summary="First.")
    add(csg, "2.4", "INWUD", "--another", summary="Second.")
    words = ("progress", "remove", "2.4", "--period", "mid", "--by", "INWUD", "--yes")
    which = csg(*words)
    assert (which.returncode, which.stderr) == (
        1,
        "CSG305 INWUD has 2 reports in period mid on 2.4. "
        "Choose one with --number: 1 (2021-12-10, on-track), 2 (2021-12-10, on-track).\n",
    )
    assert csg(*words, "--number", "1").returncode == 0
    assert [report.summary for report in reports(root, "2.4")] == ["Second."]
    assert csg(*words).returncode == 0
    assert (root / "data" / "workplan-2021-22.yaml").read_bytes() == before
    assert csg(*words).stderr == (
        "CSG305 activity 2.4 has no report by INWUD in period mid. Run `csg progress list 2.4` to see its reports.\n"
    )


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("--status fine", 1, "CSG123 status cannot be 'fine'. Write not-started, on-track, at-risk, off-track"),
        ("--status ontrackk", 1, "CSG123 status cannot be 'ontrackk'. Did you mean on-track?"),
        ("--by INWUDD", 1, "CSG304 unknown name 'INWUDD'. Did you mean INWUD?"),
        ("--period mdi", 1, "CSG303 no period 'mdi' in Workplan 2021/22. Did you mean mid?"),
        ("--date 2021-02-30", 1, "CSG123 date cannot be 2021-02-30: this day does not exist. Correct it."),
        ("--evidence javascript:1", 1, "CSG224 evidence number 1 of activity 2.4 must be a web address"),
        ("--summary a@example.org", 1, "CSG220 an e-mail address is not allowed in a public folder"),
        ("--summary", 2, "requires an argument"),
        ("--sumary x", 2, "No such option"),
    ],
)
def test_what_is_wrong_with_a_report_is_told(csg: Run, root: Path, words: str, code: int, told: str) -> None:
    """Nothing is written."""
    before = (root / "data" / "workplan-2021-22.yaml").read_bytes()
    sound = {"--period": "mid", "--by": "INWUD", "--status": "on-track", "--summary": "Done."}
    option = words.split()[0]
    rest = [word for key, value in sound.items() if key != option for word in (key, value)]
    done = csg("progress", "add", "2.4", *rest, *words.split())
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr
    assert (root / "data" / "workplan-2021-22.yaml").read_bytes() == before


def test_list_finds_reports(csg: Run) -> None:
    """By activity, period, author and status."""
    add(csg, "2.4", "INWUD")
    add(csg, "2.4", "WHRIN", status="at-risk")
    add(csg, "1.6", "INPUD", period="end", date="2022-05-01")

    def listed(*words: str) -> list[tuple[str, str]]:
        rows = json.loads(csg("progress", "list", *words, "--format", "json").stdout)
        return [(row["id"], row["by"]) for row in rows]

    assert listed() == [("1.6", "INPUD"), ("2.4", "INWUD"), ("2.4", "WHRIN")]
    assert listed("2.4", "--by", "whrin") == [("2.4", "WHRIN")]
    assert listed("--period", "end") == [("1.6", "INPUD")]
    assert listed("--status", "at-risk") == [("2.4", "WHRIN")]


def test_status_says_where_the_plan_stands(csg: Run, root: Path) -> None:
    """What is in, owed and by whom, what needs attention, is overdue or next, and a bar for each objective."""
    add(csg, "2.4", "INWUD", status="off-track")
    csg("workplan", "set", "2.1", "due=2022-03-14")
    csg("workplan", "set", "2.2", "due=2199-01-01")
    plan = root / "data" / "workplan-2021-22.yaml"
    plan.write_text(plan.read_text("utf-8").replace("name: Mid-year}", "name: Mid-year, due: 2199-12-15}"), "utf-8")
    lines = csg("status", COLUMNS="100").stdout.splitlines()
    assert lines[:13] == [
        "Workplan 2021/22: Mid-year, reports due 2199-12-15",
        "",
        "Overdue   1 activity past the due date",
        "Reports   1 of 19 activities reported, 18 not yet",
        "Statuses  1 off-track, 18 no report",
        "",
        "Overdue",
        "  2022-03-14  2.1 Development of guidelines for youth friendly services (YouthRISE)",
        "",
        "░░░░░░░░░░░░░░░░░░░░   0/6  1 Leadership from UNODC and meaningful participation of CSOs, including",
        "                            PWUD",
        "███░░░░░░░░░░░░░░░░░   1/7  2 Provision and roll-out of high-quality normative guidance and",
        "                            strategic information",
    ]
    assert lines[lines.index("Needs attention") + 1].startswith("  off-track  2.4 Continue the roll out")
    assert lines[lines.index("Due next") + 1].startswith("  2199-01-01  2.2 Capacity building")
    assert "  INPUD                    1.6, 2.6, 3.4, 3.5" in lines
    standing = json.loads(csg("status", "--format", "json").stdout)
    assert standing["reports"] == {
        "activities": 19,
        "asked": 19,
        "in": 1,
        "not_asked": 0,
        "owed": 21,
        "overdue": False,
    }
    assert [each["id"] for each in standing["troubled"]] == ["2.4"]
    assert [(each["reported"], each["asked"]) for each in standing["objectives"]] == [(0, 6), (1, 7), (0, 6)]


def test_summary_is_read_from_standard_input(csg: Run, root: Path) -> None:
    """``--summary -``, several lines and any script."""
    words = ("--period", "mid", "--by", "INWUD", "--status", "on-track", "--date", "2021-12-10", "--summary", "-")
    assert csg("progress", "add", "2.4", *words, stdin="Première ligne: ça va.\nВторая строка.\n").returncode == 0
    assert reports(root, "2.4")[0].summary == "Première ligne: ça va.\nВторая строка."


def test_what_another_reports_does_not_count_for_a_lead(csg: Run) -> None:
    """A report by who leads nothing of it is warned of, and leaves the debt."""
    words = ("--period", "mid", "--by", "HRI", "--status", "on-track", "--summary", "Seen.", "--date", "2021-12-10")
    done = csg("progress", "add", "1.6", *words)
    assert "CSG206 warning: HRI reports on activity 1.6 but does not lead it" in done.stderr
    assert "1.6" in owed(csg)["INPUD"]


def test_a_contact_is_whom_it_is_a_contact_of(csg: Run) -> None:
    """A report by HAS (Zhannat) is one by HAS, and HAS owes what HAS (Zhannat) leads."""
    csg("workplan", "set", "2.7", "cso_lead=")
    assert "2.7" in [row["id"] for row in json.loads(csg("progress", "due", "--lead", "HAS", "-f", "json").stdout)]
    add(csg, "2.7", "HAS")
    add(csg, "1.4", "HAS (Zhannat)")
    left = owed(csg)
    assert left["HAS"] == ["1.5"]
    assert "HAS (Zhannat)" not in left


def test_the_period_stays_while_its_late_reports_are_chased(csg: Run) -> None:
    """After its due date, until nothing is owed in it or the next is past its own."""
    csg("workplan", "set", "mid", "due=2021-12-15")
    csg("workplan", "set", "end", "due=2199-05-31")
    assert json.loads(csg("status", "-f", "json").stdout)["period"]["id"] == "mid"
    csg("workplan", "set", "end", "due=2022-05-31")
    assert json.loads(csg("status", "-f", "json").stdout)["period"]["id"] == "end"


def test_a_report_on_what_is_closed_does_not_count_as_asked_for(csg: Run) -> None:
    """Never more reported than asked."""
    add(csg, "1.1", "IDPC", status="completed")
    add(csg, "1.1", "IDPC", period="end", date="2022-05-01")
    standing = json.loads(csg("status", "--period", "end", "-f", "json").stdout)
    first = standing["objectives"][0]
    assert (first["reported"], first["asked"]) == (0, 5)


def test_comments_in_a_report_survive_its_edit(csg: Run, root: Path) -> None:
    """Also where its date moves it behind another."""
    add(csg, "2.4", "INWUD")
    add(csg, "2.4", "WHRIN", date="2021-12-12")
    plan = root / "data" / "workplan-2021-22.yaml"
    plan.write_text(plan.read_text("utf-8").replace("by: INWUD\n", "by: INWUD  # confirmed\n"), "utf-8")
    assert csg("progress", "edit", "2.4", "--period", "mid", "--by", "INWUD", "--date", "2021-12-20").returncode == 0
    assert "by: INWUD  # confirmed\n            date: 2021-12-20\n" in plan.read_text("utf-8")
    assert [each.by for each in reports(root, "2.4")] == ["WHRIN", "INWUD"]


def test_status_says_that_the_data_is_wrong(csg: Run, root: Path) -> None:
    """And reports are not made of it."""
    plan = root / "data" / "workplan-2021-22.yaml"
    plan.write_text(plan.read_text("utf-8").replace("cso_lead: [IDPC]", "cso_lead: [IDCP]", 1), "utf-8")
    assert "The data has 1 error. Run csg check" in csg("status").stderr
    refused = csg("report", "render")
    assert refused.returncode == 1
    assert "CSG203 unknown lead 'IDCP'" in refused.stderr
    assert not (root / "reports").exists()
