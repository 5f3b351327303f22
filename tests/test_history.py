"""``csg diff`` and ``csg log``: what changed, in the plan's own terms, in real repositories."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import Run

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
PLAN = "data/workplan-2021-22.yaml"
ADD = ("--period", "mid", "--status", "on-track", "--summary", "Done.", "--date", "2021-12-10")


def git(root: Path, *words: str, date: str = "") -> str:
    """Run git in the workspace as somebody, at a date if one is given."""
    command = ["git", "-C", str(root), "-c", "user.name=Somebody", "-c", "user.email=s@localhost", *words]
    dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date} if date else {}
    environment = {**os.environ, **dates}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout


@pytest.fixture
def repository(root: Path) -> Path:
    """The workspace as a repository, with one commit."""
    git(root, "init", "-q", "-b", "main")
    (root / ".gitignore").write_text("/data/.csg.lock\n", "utf-8")
    git(root, "add", ".")
    git(root, "commit", "-qm", "The plan")
    return root


def commit(root: Path, message: str) -> None:
    """Commit all that changed."""
    git(root, "commit", "-qam", message)


def test_a_change_is_told_in_the_plans_terms(csg: Run, repository: Path) -> None:
    """Reports, fields, new, removed, renumbered and moved activities, objectives, members."""
    csg("progress", "add", "2.4", "--by", "INWUD", *ADD)
    csg("workplan", "set", "2.1", "cso_lead=HRI", "due=2022-03-14", "comments=Other.")
    csg("workplan", "set", "1.5", "id=1.7")
    csg("workplan", "set", "3", "title=Watching")
    csg("workplan", "set", "mid", "due=2021-12-15")
    csg("workplan", "remove", "2.6", "--yes")
    csg("workplan", "add", "--objective", "3", "--title", "More")
    csg("member", "add", "NEW", "--name", "A new network")
    csg("member", "set", "EHRA", "type=regional-network")
    assert csg("diff").stdout.splitlines() == [
        "EHRA type set to regional-network",
        "NEW new member: A new network",
        "period mid due set to 2021-12-15",
        "objective 3 retitled “Monitoring and accountability” → “Watching”",
        "1.7 renumbered from 1.5",
        "2.1 CSO lead YouthRISE → HRI",
        "2.1 comments changed",
        "2.1 due set to 2022-03-14",
        "2.4 mid-year report by INWUD added: on-track",
        "3.7 new activity: More",
        "2.6 activity removed: Evaluation of IDUIT trainings to document impacts, etc.",
    ]
    assert repository


def test_edits_of_reports_and_order_are_told(csg: Run, repository: Path) -> None:
    """Which field of which report, and which activity moved."""
    csg("progress", "add", "2.4", "--by", "INWUD", *ADD)
    commit(repository, "Report")
    csg("progress", "edit", "2.4", "--by", "INWUD", "--period", "mid", "--status", "at-risk", "--summary", "Late.")
    text = (repository / PLAN).read_text("utf-8")
    first, second = text.index('      - id: "1.1"'), text.index('      - id: "1.2"')
    third = text.index('      - id: "1.3"')
    (repository / PLAN).write_text(text[:first] + text[second:third] + text[first:second] + text[third:], "utf-8")
    told = csg("diff").stdout.splitlines()
    assert "2.4 mid-year report by INWUD changed: status on-track → at-risk, summary changed" in told
    assert [line for line in told if line.endswith("moved within the plan")] in (
        ["1.1 moved within the plan"],
        ["1.2 moved within the plan"],
    )
    assert len(told) == 2


def test_a_change_of_layout_alone_says_so(csg: Run, repository: Path) -> None:
    """And one of nothing that nothing changed."""
    assert csg("diff").stderr == "Nothing changed.\n"
    with (repository / PLAN).open("a", encoding="utf-8") as plan:
        plan.write("# a comment\n")
    assert csg("diff").stdout == f"{PLAN} layout only\n"


def test_revisions_ranges_and_folders_are_compared(csg: Run, repository: Path, tmp_path: Path) -> None:
    """HEAD and the files, two revisions, what a branch brings in, two folders."""
    git(repository, "switch", "-qc", "report")
    csg("progress", "add", "2.4", "--by", "INWUD", *ADD)
    commit(repository, "Report")
    git(repository, "switch", "-q", "main")
    csg("workplan", "set", "2.1", "title=Other")
    commit(repository, "Retitle")
    git(repository, "switch", "-q", "report")
    report = "2.4 mid-year report by INWUD added: on-track\n"
    assert csg("diff", "main...").stdout == report
    assert csg("diff", "HEAD~1").stdout == report
    assert csg("diff", "HEAD~1", "HEAD").stdout == report
    assert len(csg("diff", "main..report").stdout.splitlines()) == 2
    old = tmp_path / "old"
    shutil.copytree(repository, old)
    csg("workplan", "set", "1.1", "due=2022-01-01")
    assert csg("diff", str(old), str(repository)).stdout == "1.1 due set to 2022-01-01\n"


def test_data_that_is_wrong_or_not_there_is_compared_as_far_as_it_can_be(csg: Run, repository: Path) -> None:
    """A broken line hides itself and no more; a file that was not there is all new."""
    csg("progress", "add", "2.4", "--by", "INWUD", *ADD)
    text = (repository / PLAN).read_text("utf-8").replace("        title: Development", "\ttitle: Development")
    (repository / PLAN).write_text(text, "utf-8")
    assert "2.4 mid-year report by INWUD added: on-track" in csg("diff").stdout
    git(repository, "rm", "-q", "--cached", "data/members.yaml")
    git(repository, "commit", "-qm", "Without")
    assert "ANPUD new member: Asia Network of People who Use Drugs" in csg("diff").stdout


@pytest.mark.parametrize("revision", ["nowhere", "-x", "--output=x", "HEAD~9", "a..b", "$(id)"])
def test_a_revision_that_is_none_is_an_error(csg: Run, repository: Path, revision: str) -> None:
    """Whatever it looks like, it is no option of git."""
    done = csg("diff", "--", revision)
    assert done.returncode == 1
    assert "CSG503 no revision" in done.stderr
    assert not (repository / "x").exists()


def test_without_a_repository_it_says_so(csg: Run) -> None:
    """One sentence, and the mend."""
    done = csg("diff")
    assert (done.returncode, done.stdout) == (1, "")
    assert "csg needs git for this" in done.stderr


def test_another_repository_in_the_environment_is_not_asked(csg: Run, repository: Path, tmp_path: Path) -> None:
    """GIT_DIR set to elsewhere does not lead csg astray."""
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    csg("workplan", "set", "1.1", "due=2022-01-01")
    assert csg("diff", GIT_DIR=str(other / ".git")).stdout == "1.1 due set to 2022-01-01\n"
    assert repository


def test_a_workspace_below_the_top_and_a_worktree(csg: Run, tmp_path: Path, root: Path) -> None:
    """Paths are the workspace's own wherever it is in its repository."""
    top = tmp_path / "top"
    shutil.copytree(root, top / "a b" / "plan")
    git(top, "init", "-q", "-b", "main")
    git(top, "add", ".")
    git(top, "commit", "-qm", "The plan")
    place = top / "a b" / "plan"
    csg("workplan", "set", "1.1", "due=2022-01-01", cwd=place)
    assert csg("diff", cwd=place).stdout == "1.1 due set to 2022-01-01\n"
    wrong = place / PLAN
    sound = wrong.read_text("utf-8")
    wrong.write_text(sound.replace("[EHRA]", "[EHRAA]"), "utf-8")
    assert csg("check", "--format", "github", cwd=place).stdout.startswith(f"::error file=a b/plan/{PLAN},line=")
    wrong.write_text(sound, "utf-8")
    git(top, "worktree", "add", "-q", str(tmp_path / "tree"))
    assert csg("diff", cwd=tmp_path / "tree" / "a b" / "plan").stderr == "Nothing changed.\n"
    commit(top, "Due")
    assert "1.1 due set to 2022-01-01" in csg("log", "1.1", cwd=place).stdout


def test_the_summary_of_a_request_cannot_act(csg: Run, repository: Path) -> None:
    """Markdown shows hostile text as the text it is."""
    csg("workplan", "set", "1.1", "title=<script>x</script> | **b** [a](b)")
    told = csg("diff", "--format", "markdown").stdout
    assert told.startswith("### data/workplan-2021-22.yaml\n\n- **1.1** title “Fund")
    assert "\\<script\\>x\\</script\\> \\| \\*\\*b\\*\\* \\[a\\](b)" in told
    (change,) = json.loads(csg("diff", "--format", "json").stdout)
    assert (change["subject"], change["field"], change["after"]) == (
        "1.1",
        "title",
        "<script>x</script> | **b** [a](b)",
    )
    assert repository


def test_the_history_of_an_activity(csg: Run, repository: Path) -> None:
    """Each commit that changed it, across its numbers, its plan's file and the years."""
    csg("progress", "add", "2.4", "--by", "INWUD", *ADD)
    commit(repository, "Report ::error::\x1b[31m")
    csg("workplan", "set", "2.4", "id=2.8")
    commit(repository, "Renumber")
    csg("workplan", "set", "2.5", "due=2022-01-01")
    commit(repository, "Another")
    csg("workplan", "new", "2022-23")
    git(repository, "add", "data")
    commit(repository, "Next year")
    csg("workplan", "set", "2.8", "due=2023-01-01")
    commit(repository, "Due")
    entries = json.loads(csg("log", "2.8", "--format", "json").stdout)
    assert [entry["subject"] for entry in entries] == [
        "Due",
        "Next year",
        "Renumber",
        "Report ::error::\x1b[31m",
        "The plan",
    ]
    assert [entry["changes"][0]["words"].partition(":")[0] for entry in entries] == [
        "due set to 2023-01-01",
        "new with the plan of 2022-23",
        "renumbered from 2.4",
        "mid-year report by INWUD added",
        "new with the plan of 2021-22",
    ]
    assert {entry["author"] for entry in entries} == {"Somebody"}
    text = csg("log", "2.8").stdout
    assert "\x1b" not in text
    assert "Somebody: Due\n  2.8 due set to 2023-01-01\n" in text


def test_the_history_of_a_member_and_of_nothing(csg: Run, repository: Path) -> None:
    """A member has one too; what never was has none."""
    csg("member", "set", "EHRA", "type=regional-network")
    commit(repository, "Type")
    assert [line.strip() for line in csg("log", "EHRA").stdout.splitlines()[1::2]] == [
        "EHRA type set to regional-network",
        "EHRA new member: Eurasian Harm Reduction Association",
    ]
    assert csg("log", "9.9").stderr.startswith("CSG504 no history of '9.9'")


def test_the_history_of_a_network_has_its_reports_and_activities(csg: Run, repository: Path) -> None:
    """Its record, the reports that it wrote, and what happened to the activities that name it as a lead."""
    csg("progress", "add", "2.4", "--period", "mid", "--by", "INWUD", "--status", "on-track", "--summary", "x")
    git(repository, "commit", "-qam", "report")
    csg("workplan", "set", "2.4", "due=2022-03-14")
    git(repository, "commit", "-qam", "due")
    csg("workplan", "set", "1.6", "due=2022-03-14")
    git(repository, "commit", "-qam", "of somebody else")
    lines = csg("log", "inwud").stdout.splitlines()
    assert [line.strip() for line in lines if line.startswith("  ")] == [
        "2.4 due set to 2022-03-14",
        "2.4 mid-year report by INWUD added: on-track",
        "INWUD new member: International Network of Women who Use Drugs",
        *(f"{name} new with the plan of 2021-22: {title}" for name, title in _activities_of_inwud(csg)),
    ]


def _activities_of_inwud(csg: Run) -> list[tuple[str, str]]:
    rows = json.loads(csg("workplan", "list", "--lead", "INWUD", "--format", "json").stdout)
    return [(row["id"], row["title"]) for row in rows]


def test_changes_since_a_day(csg: Run, repository: Path) -> None:
    """The data is compared with the last commit before that day, whatever was committed on it or later."""
    git(repository, "commit", "-q", "--amend", "--no-edit", "--date=2021-12-01T09:00:00", date="2021-12-01T09:00:00")
    csg("workplan", "set", "2.4", "due=2022-03-14")
    git(repository, "commit", "-qam", "due", date="2021-12-15T09:00:00")
    csg("workplan", "set", "2.5", "due=2022-03-15")
    assert csg("diff", "--since", "2021-12-15").stdout == "2.4 due set to 2022-03-14\n2.5 due set to 2022-03-15\n"
    assert csg("diff", "--since", "2021-12-16").stdout == "2.5 due set to 2022-03-15\n"
    assert csg("diff", "--since", "yesterday").stdout == "2.5 due set to 2022-03-15\n"
    first = csg("diff", "--since", "1999-01-01")
    assert "before the first commit" in first.stderr
    assert "2021-22 new plan of 19 activities" in first.stdout
    assert "before the first commit" in csg("diff", "--since", "0001-01-01").stderr
    for words in (
        "gestern",
        "2021-02-30",
        "noon",
        "tea",
        "x 3 days",
        "-1 days ago",
        "9999 years ago",
        "",
        "2999-01-01",
    ):
        refused = csg("diff", "--since", words)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr.startswith("CSG503 ")
    assert csg("diff", "HEAD", "--since", "2021-12-15").returncode == 2


def test_a_history_goes_on_across_a_renamed_plan_and_odd_layouts(csg: Run, repository: Path) -> None:
    """A plan's file and key renamed; a comment within an activity; no newline at the file's end; a broken file."""
    text = (repository / PLAN).read_text("utf-8").rstrip("\n")
    text = text.replace(
        "        unodc_lead: [HAS]\n        cso_lead: [EHRA]",
        "# why\n        unodc_lead: [HAS]\n        cso_lead: [EHRA]",
    )
    (repository / PLAN).write_text(text, "utf-8")
    commit(repository, "Layout")
    (repository / PLAN).write_text(text.removesuffix("gathered.") + "gained.", "utf-8")
    commit(repository, "Last line")
    (repository / PLAN).write_text((repository / PLAN).read_text("utf-8").replace("[EHRA]", "[EHRA, HRI]"), "utf-8")
    commit(repository, "Lead")
    git(repository, "mv", PLAN, "data/workplan-2022-23.yaml")
    new = repository / "data" / "workplan-2022-23.yaml"
    new.write_text(new.read_text("utf-8").replace("workplan: 2021-22", "workplan: 2022-23"), "utf-8")
    commit(repository, "Rename")
    csg("workplan", "set", "3.6", "due=2023-01-01")
    commit(repository, "Due")
    with new.open("a", encoding="utf-8") as plan:
        plan.write("broken: [\n")
    subjects = [entry["subject"] for entry in json.loads(csg("log", "3.6", "--format", "json").stdout)]
    assert subjects == ["Due", "Lead", "Last line", "The plan"]
    assert csg("log", "ehra").stdout.count("new member") == 1


def test_what_cannot_be_read_is_not_called_removed(csg: Run, repository: Path) -> None:
    """A plan with conflict markers is there still."""
    text = (repository / PLAN).read_text("utf-8")
    (repository / PLAN).write_text(f"<<<<<<< ours\n{text}", "utf-8")
    assert csg("diff").stdout == f"{PLAN} cannot be read on one side. Run `csg check` to see why.\n"


def test_an_activity_that_stands_in_another_objective_has_moved(csg: Run, repository: Path) -> None:
    """Also where it has its number still, and its place in the order."""
    text = (repository / PLAN).read_text("utf-8")
    start, end = text.index('      - id: "1.6"'), text.index('\n  - id: "2"')
    head = text.index('      - id: "2.1"')
    moved = text[:start] + text[end:head] + text[start:end] + "\n" + text[head:]
    (repository / PLAN).write_text(moved, "utf-8")
    assert csg("diff").stdout == "1.6 moved to objective 2\n"


def test_a_shift_of_numbers_is_told_as_such(csg: Run, repository: Path) -> None:
    """A new 1.1 before the rest, which all go one up; and two numbers swapped."""
    plan = repository / PLAN
    text = plan.read_text("utf-8")
    for number in range(6, 0, -1):
        text = text.replace(f'id: "1.{number}"', f'id: "1.{number + 1}"')
    head, mark, rest = text.partition('      - id: "1.2"\n')
    new = '      - id: "1.1"\n        title: Quite new\n        unodc_lead: [HAS]\n        cso_lead: [INPUD]\n'
    plan.write_text(head + new + mark + rest, "utf-8")
    told = csg("diff").stdout.splitlines()
    assert told == ["1.1 new activity: Quite new", *(f"1.{n + 1} renumbered from 1.{n}" for n in range(1, 7))]
    commit(repository, "Shift")
    text = plan.read_text("utf-8").replace('"2.1"', '"x"').replace('"2.2"', '"2.1"').replace('"x"', '"2.2"')
    plan.write_text(text, "utf-8")
    assert csg("diff").stdout.splitlines() == ["2.2 renumbered from 2.1", "2.1 renumbered from 2.2"]
    plan.write_text(text.replace("title: Quite new", "title: Quite another"), "utf-8")
    assert csg("diff").stdout.splitlines()[0] == "1.1 title “Quite new” → “Quite another”"


def test_what_was_changed_before_there_was_a_repository_is_not_taken_back_in_it(csg: Run, root: Path) -> None:
    """csg remembers changes in git's folder, and removes what is in the data folder, which others can have written."""
    csg("progress", "add", "2.4", "--by", "INWUD", *ADD)
    git(root, "init", "-q")
    before = (root / PLAN).read_bytes()
    csg("workplan", "set", "2.1", "due=2022-03-14")
    assert not (root / "data" / ".csg.undo").exists()
    assert csg("undo").returncode == 0
    assert csg("undo").stderr.startswith("CSG410")
    assert (root / PLAN).read_bytes() == before


def test_the_history_holds_what_a_merge_settled_and_no_more(csg: Run, repository: Path) -> None:
    """A title that both changed, settled by a third; a report that one side added is that side's."""
    git(repository, "switch", "-qc", "other")
    csg("workplan", "set", "2.4", "title=Two")
    csg("progress", "add", "2.4", "--by", "INWUD", *ADD)
    commit(repository, "Two")
    git(repository, "switch", "-q", "main")
    csg("workplan", "set", "2.4", "title=One")
    csg("workplan", "set", "2.1", "due=2022-03-14")
    commit(repository, "One")
    git(repository, "merge", "-q", "--no-commit", "-X", "ours", "other")
    csg("workplan", "set", "2.4", "title=Three")
    commit(repository, "Both")
    told = {entry["subject"]: entry["changes"] for entry in json.loads(csg("log", "2.4", "--format", "json").stdout)}
    assert list(told) == ["Both", "One", "Two", "The plan"] or list(told) == ["Both", "Two", "One", "The plan"]
    assert [change["words"] for change in told["Both"]] == ["title “One” → “Three”"]
    assert "Both" not in csg("log", "2.1").stdout
