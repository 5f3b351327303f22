"""Two plans side by side: which plan a command means, and what the earlier plan still owes."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from conftest import Run
from pptx import Presentation
from terminal import Terminal

from csg.workspace import open_workspace

OLD = """\
workplan: 2021-22
title: Workplan 2021/22
periods:
  - {id: mid, name: Mid-year}
  - {id: end, name: End-year}
  - {id: extra, name: Extra report}
objectives:
  - id: "1"
    title: Leadership
    activities:
      - {id: "1.1", title: Coordination meeting, unodc_lead: [HAS], cso_lead: [IDPC], comments: ""}
      - id: "1.2"
        title: Training
        unodc_lead: [HAS]
        cso_lead: [INWUD, WHRIN]
        comments: ""
        progress:
          - {period: mid, by: INWUD, date: 2021-12-10, status: on-track, summary: Planned.}
          - {period: mid, by: WHRIN, date: 2021-12-11, status: on-track, summary: Planned too.}
          - {period: end, by: INWUD, date: 2022-06-10, status: on-track, summary: Held.}
      - id: "1.3"
        title: Side event
        unodc_lead: [HAS]
        cso_lead: [HRI]
        comments: ""
        progress:
          - {period: mid, by: HRI, date: 2021-12-10, status: completed, summary: Done.}
  - id: "8"
    title: Closed objective
    activities: []
"""
NEW = """\
workplan: 2022-23
title: Workplan 2022/23
periods:
  - {id: mid, name: Mid-year}
  - {id: end, name: End-year}
objectives:
  - id: "1"
    title: Leadership
    activities:
      - {id: "1.1", title: Coordination meeting, cso_lead: [IDPC], comments: "", carried_from: 2021-22 1.1}
      - {id: "1.2", title: New work, cso_lead: [EHRA], comments: ""}
      - {id: "1.4", title: Training, cso_lead: [INWUD, WHRIN], comments: "", carried_from: 2021-22 1.2}
"""
END = ("--period", "end", "--status", "on-track", "--summary", "x", "--date", "2022-06-20")
at_a_terminal = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal")


@pytest.fixture
def years(root: Path) -> Path:
    """A workspace with the plans of two years."""
    (root / "data" / "workplan-2021-22.yaml").write_text(OLD, "utf-8")
    (root / "data" / "workplan-2022-23.yaml").write_text(NEW, "utf-8")
    (root / "data" / "reviews" / "hpc-reports.yaml").unlink()
    return root


def reports(root: Path, plan: str, name: str) -> list[tuple[str, str]]:
    """Return the period and the author of each report on an activity."""
    return [(report.period, report.by) for report in open_workspace(str(root), plan).plan.find(name).progress]


def files(root: Path) -> dict[str, str]:
    """Return the text of the data files."""
    return {path.name: path.read_text("utf-8") for path in (root / "data").glob("*.yaml")}


def test_the_workspace_of_the_tests_has_no_problems(csg: Run, years: Path) -> None:
    """Both plans are right."""
    done = csg("check", "--strict")
    assert (done.returncode, years.name) == (0, "workspace"), done.stdout


@pytest.mark.parametrize("period", ["end", "End-year", "END"])
def test_a_report_that_both_plans_could_take_names_both(csg: Run, years: Path, period: str) -> None:
    """The old plan still owes it: nothing is written until somebody says which plan is meant."""
    before = files(years)
    done = csg("progress", "add", "1.1", "--by", "IDPC", *END, "--period", period)
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        "CSG316 2021-22 still owes the End-year report on activity 1.1, and 2022-23 has this activity too. "
        "Choose the plan with --plan 2021-22 or --plan 2022-23.\n",
    )
    assert files(years) == before
    assert csg("progress", "add", "1.1", "--by", "IDPC", *END, "--dry-run").returncode == 1


@pytest.mark.parametrize("plan", ["2021-22", "2022-23"])
def test_the_chosen_plan_takes_the_report(csg: Run, years: Path, plan: str) -> None:
    """By option or by CSG_PLAN."""
    assert csg("progress", "add", "1.1", "--by", "IDPC", *END, "--plan", plan).returncode == 0
    assert reports(years, plan, "1.1") == [("end", "IDPC")]
    done = csg("progress", "add", "1.1", "--by", "IDPC", *END, "--period", "mid", CSG_PLAN=plan)
    assert done.returncode == 0
    assert len(reports(years, plan, "1.1")) == 2


def test_an_activity_with_another_id_in_the_earlier_plan(csg: Run, years: Path) -> None:
    """The message says its id there, for ``--plan`` alone would report on another activity."""
    done = csg("progress", "add", "1.4", "--by", "WHRIN", *END)
    assert done.returncode == 1
    assert "Choose the plan with --plan 2021-22 (activity 1.2 there) or --plan 2022-23.\n" in done.stderr
    assert reports(years, "2022-23", "1.4") == []


def test_nobody_is_asked_once_the_earlier_plan_has_its_reports(csg: Run, years: Path) -> None:
    """Both leads of the old plan have reported on the mid-year, and nobody owes a report on new work."""
    words = ("--status", "on-track", "--summary", "x", "--period")
    assert csg("progress", "add", "1.4", "--by", "WHRIN", *words, "mid").returncode == 0
    assert csg("progress", "add", "1.2", "--by", "EHRA", *words, "end").returncode == 0
    assert reports(years, "2022-23", "1.4") == [("mid", "WHRIN")]


@at_a_terminal
@pytest.mark.parametrize(("plan", "name"), [("2021-22", "1.2"), ("2022-23", "1.4")])
def test_a_person_is_asked_which_plan_is_meant(years: Path, plan: str, name: str) -> None:
    """After the period, before anything else."""
    with Terminal(years, "progress", "add", "1.4") as terminal:
        terminal.answer("Reporting period", "end")
        terminal.expect("2021-22 still owes the End-year report on activity 1.4")
        terminal.answer("Plan of this report (2021-22, 2022-23)", "2020-21")
        terminal.expect("'2020-21' is not one of 2021-22 and 2022-23")
        terminal.answer("Plan of this report (2021-22, 2022-23)", plan)
        terminal.answer("Reported by (INWUD, WHRIN)", "whrin")
        terminal.answer("status", "on-track")
        terminal.answer("What was done (summary):", "Held.")
        terminal.answer("Next steps")
        terminal.answer("Web links")
        assert terminal.end() == 0, terminal.screen
    assert reports(years, plan, name)[-1] == ("end", "WHRIN")


@at_a_terminal
def test_a_complete_command_line_is_asked_for_the_plan_too(years: Path) -> None:
    """At a terminal the plan is a question even if every option is given."""
    with Terminal(years, "progress", "add", "1.1", "--by", "IDPC", *END) as terminal:
        terminal.answer("Plan of this report", "2021-22")
        assert terminal.end() == 0, terminal.screen
    assert reports(years, "2021-22", "1.1") == [("end", "IDPC")]
    assert reports(years, "2022-23", "1.1") == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("workplan show 1.3", "CSG303 no activity '1.3' in Workplan 2022/23"),
        ("workplan set 1.3 due=2022-01-01", "CSG303 no activity '1.3' in Workplan 2022/23"),
        ("workplan set extra due=2022-01-01", "CSG303 no activity 'extra' in Workplan 2022/23"),
        ("workplan remove 1.3 --yes", "CSG303 no activity '1.3' in Workplan 2022/23"),
        ("workplan list --objective 8", "CSG303 no objective '8' in Workplan 2022/23"),
        ("workplan list --period extra", "CSG303 no period 'extra' in Workplan 2022/23"),
        ("progress add 1.3 --by HRI --period end --status on-track --summary x", "CSG303 no activity '1.3' in"),
        ("progress add 1.1 --by IDPC --period extra --status on-track --summary x", "CSG303 no period 'extra' in"),
        ("progress list 1.3", "CSG303 no activity '1.3' in Workplan 2022/23"),
        ("progress edit 1.3 --period mid --by HRI --status on-track", "CSG303 no activity '1.3' in Workplan 2022/23"),
        (
            "progress edit 1.4 --period mid --by WHRIN --summary x",
            "CSG305 activity 1.4 has no report by WHRIN in period mid in",
        ),
        (
            "progress remove 1.4 --period mid --by WHRIN --yes",
            "CSG305 activity 1.4 has no report by WHRIN in period mid in",
        ),
        ("progress due --period extra", "CSG303 no period 'extra' in Workplan 2022/23"),
        ("status --period extra", "CSG303 no period 'extra' in Workplan 2022/23"),
    ],
)
def test_an_id_that_only_the_other_plan_has_is_answered_with_its_name(
    csg: Run, years: Path, words: str, message: str
) -> None:
    """Whatever the command does with it."""
    before = files(years)
    done = csg(*words.split())
    assert done.returncode == 1, done.stdout
    assert done.stderr.startswith(message)
    assert ". 2021-22 has it. Add --plan 2021-22" in done.stderr
    assert files(years) == before


def test_an_id_of_the_newer_plan_is_found_from_the_older(csg: Run, years: Path) -> None:
    """It works in both directions, and an id that no plan has is answered as before."""
    done = csg("workplan", "show", "1.4", "--plan", "2021-22")
    assert done.stderr == "CSG303 no activity '1.4' in Workplan 2021/22. 2022-23 has it. Add --plan 2022-23.\n"
    assert "has it" not in csg("workplan", "show", "9.9").stderr
    (years / "data" / "workplan-2023-24.yaml").write_text(NEW.replace("2022-23", "2023-24"), "utf-8")
    done = csg("workplan", "show", "1.4", "--plan", "2021-22")
    assert done.stderr.endswith("2022-23 and 2023-24 have it. Add --plan 2022-23 or --plan 2023-24.\n")


def test_a_report_of_the_earlier_plan_is_named_with_its_activity_there(csg: Run, years: Path) -> None:
    """1.4 was 1.2."""
    done = csg("progress", "edit", "1.4", "--period", "mid", "--by", "WHRIN", "--summary", "y")
    assert done.stderr.endswith("Add --plan 2021-22 (activity 1.4 is 1.2 in 2021-22).\n")
    done = csg("progress", "edit", "1.2", "--plan", "2021-22", "--period", "mid", "--by", "WHRIN", "--summary", "y")
    assert (done.returncode, "y" in done.stdout) == (0, True), years


@at_a_terminal
def test_nobody_is_asked_for_a_report_that_the_plan_cannot_have(years: Path) -> None:
    """The activity has no report at all in this plan."""
    with Terminal(years, "progress", "edit", "1.4") as terminal:
        terminal.expect("no report on 1.4 in 2022-23. 2021-22 has it. Add --plan 2021-22")
        assert terminal.end() == 1


def test_log_names_the_plan_that_has_the_activity(csg: Run, years: Path) -> None:
    """It is no part of the history of the newer plan."""
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    for words in (("init", "-q"), ("add", "."), (*identity, "commit", "-qm", "Both plans")):
        subprocess.run(["git", *words], cwd=years, check=True)
    done = csg("log", "1.3")
    assert (done.returncode, done.stderr) == (
        1,
        "CSG504 no history of '1.3'. 2021-22 has it. Add --plan 2021-22.\n",
    )
    assert "Side event" in csg("log", "1.3", "--plan", "2021-22").stdout


@pytest.mark.parametrize(("due", "text"), [("2021-12-15", "were due 2021-12-15"), ("2199-12-15", "due 2199-12-15")])
def test_status_says_when_the_reports_of_the_earlier_plan_were_due(csg: Run, years: Path, due: str, text: str) -> None:
    """The heading of the earlier plan has the date, in the words of the plan's own heading."""
    plan = years / "data" / "workplan-2021-22.yaml"
    plan.write_text(OLD.replace("name: Extra report}", f"name: Extra report, due: {due}}}"), "utf-8")
    assert f"\nStill owed in Workplan 2021/22: Extra report, reports {text}\n" in csg("status").stdout


def test_status_shows_what_the_earlier_plan_still_owes(csg: Run, years: Path) -> None:
    """By period and lead; the numbers are those of ``progress due`` with the earlier plan."""
    earlier = json.loads(csg("status", "--format", "json").stdout)["earlier"]
    owed = {
        (entry["plan"], entry["period"]["id"], part["lead"]): part["activities"]
        for entry in earlier
        for part in entry["owed"]
    }
    assert owed == {
        ("2021-22", "extra", "IDPC"): ["1.1"],
        ("2021-22", "extra", "INWUD"): ["1.2"],
        ("2021-22", "extra", "WHRIN"): ["1.2"],
        ("2021-22", "end", "IDPC"): ["1.1"],
        ("2021-22", "end", "WHRIN"): ["1.2"],
        ("2021-22", "mid", "IDPC"): ["1.1"],
    }
    for entry in earlier:
        due = csg("progress", "due", "--plan", "2021-22", "--period", entry["period"]["id"], "--format", "json")
        assert len(json.loads(due.stdout)) == entry["reports"]
    page = csg("status").stdout
    assert "\nStill owed in Workplan 2021/22: Extra report\n  IDPC   1.1\n  INWUD  1.2\n" in page
    assert "2021-22 End-year  2 reports: csg progress due --plan 2021-22 --period end\n" in page
    said = csg("progress", "due", "--lead", "WHRIN").stderr
    assert "1 End-year report is still owed in Workplan 2021/22: csg progress due --plan 2021-22 --period end\n" in said
    assert "report is still owed" not in csg("progress", "due", "--lead", "HRI").stderr
    first = csg("status", "--plan", "2021-22", "--period", "mid")
    assert "Still owed" not in first.stdout
    assert years.exists()


def test_the_earlier_periods_of_the_same_plan_are_not_forgotten(csg: Run, years: Path) -> None:
    """Three quarters are overdue: the status, its data and the owed reports name all of them, the last one first."""
    plan = years / "data" / "workplan-2021-22.yaml"
    quarters = "".join(f"  - {{id: q{n}, name: Quarter {n}, due: 2001-0{n}-01}}\n" for n in (1, 2, 3, 4))
    plan.write_text(
        f"""\
workplan: 2021-22
title: Workplan 2021/22
periods:
{quarters}objectives:
  - id: "1"
    title: Leadership
    activities:
      - {{id: "1.1", title: Fund, cso_lead: [IDPC], comments: ""}}
""",
        "utf-8",
    )
    (years / "data" / "workplan-2022-23.yaml").unlink()
    page = csg("status", "--period", "q3").stdout
    assert "\nReports owed\n  IDPC  1.1\n" in page
    assert "\nStill owed in Workplan 2021/22: Quarter 2, reports were due 2001-02-01\n  IDPC  1.1\n" in page
    assert "\n  2021-22 Quarter 1  1 report: csg progress due --plan 2021-22 --period q1\n" in page
    earlier = json.loads(csg("status", "--format", "json").stdout)["earlier"]
    assert [entry["period"]["id"] for entry in earlier] == ["q3", "q2", "q1"]
    said = csg("progress", "due", "--period", "q2", "--lead", "IDPC").stderr
    assert "1 Quarter 1 report is still owed in Workplan 2021/22: csg progress due --plan 2021-22 --period q1" in said
    assert "Quarter 3" not in said


def test_the_page_of_a_lead_names_what_it_owes_in_the_earlier_plan(csg: Run, years: Path) -> None:
    """Before the reports of the new plan. The command is for a report of the new plan, as long as one is owed there."""
    assert csg("report", "render").returncode == 0
    page = (years / "reports" / "2022-23" / "leads" / "WHRIN.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ") and "not set" in line]
    assert rows == [
        "| Workplan 2021/22, End-year | not set | 1.2 (reported by INWUD) |",
        "| Workplan 2021/22, Extra report | not set | 1.2 |",
        "| Mid-year | not set | 1.4 |",
        "| End-year | not set | 1.4 |",
    ]
    assert "csg progress add 1.4 --period mid --by WHRIN\n" in page
    for period in ("mid", "end"):
        words = ("--by", "WHRIN", "--period", period, "--plan", "2022-23", *END[2:])
        assert csg("progress", "add", "1.4", *words).returncode == 0
    assert csg("report", "render").returncode == 0
    page = (years / "reports" / "2022-23" / "leads" / "WHRIN.md").read_text("utf-8")
    assert "csg progress add 1.2 --period end --by WHRIN --plan 2021-22\n" in page
    old = (years / "reports" / "2021-22" / "leads" / "WHRIN.md").read_text("utf-8")
    assert "| Extra report | not set | 1.2 |" in old


@pytest.mark.parametrize(
    ("day", "shown"), [("", "Quarter 1"), ("2001-03-20", "Quarter 2"), ("2001-08-02", "Quarter 3")]
)
def test_a_site_and_slides_of_a_day_show_the_period_of_the_day(csg: Run, years: Path, day: str, shown: str) -> None:
    """It is the last one that is overdue, or else the next. Without a day it is the last period with a report."""
    plan = years / "data" / "workplan-2021-22.yaml"
    quarters = "".join(f"  - {{id: q{n}, name: Quarter {n}, due: 2001-0{3 * n - 1}-01}}\n" for n in (1, 2, 3))
    report = "{period: q1, by: IDPC, date: 2001-01-20, status: on-track, summary: S}"
    plan.write_text(
        f"workplan: 2021-22\ntitle: Workplan 2021/22\nperiods:\n{quarters}objectives:\n"
        '  - id: "1"\n    title: Leadership\n    activities:\n'
        f'      - {{id: "1.1", title: Fund, cso_lead: [IDPC], comments: "", progress: [{report}]}}\n',
        "utf-8",
    )
    (years / "data" / "workplan-2022-23.yaml").unlink()
    on = ("--on", day) if day else ()
    done = csg("site", "build", "--no-downloads", *on)
    assert done.returncode == 0, done.stderr
    page = (years / "site" / "index.html").read_text("utf-8")
    assert f"{shown} progress report</a></p>\n</section>" in page
    table = csg("report", "render", "slides", "--output", "out", *on)
    assert table.returncode == 0, table.stderr
    first = Presentation(str(next((years / "out").iterdir()))).slides[0]
    assert first.placeholders[1].text_frame.text.split("\n")[-1] == shown
