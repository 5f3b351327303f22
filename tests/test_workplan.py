"""``csg workplan`` and ``csg member``, as people type them."""

import json
import re
from pathlib import Path

import pytest
from conftest import Run

from csg.workspace import open_workspace

PLAN = "data/workplan-2021-22.yaml"


def ids(output: str) -> list[str]:
    """The ids in a list that was printed as JSON."""
    return [row["id"] for row in json.loads(output)]


def listed(csg: Run, *words: str) -> list[str]:
    """The ids of the activities that a list with these options has."""
    done = csg("workplan", "list", *words, "--format", "json")
    assert done.returncode == 0, done.stderr
    return ids(done.stdout)


def test_list_by_lead_names_the_activities_and_counts_those_of_its_groups(csg: Run) -> None:
    """INPUD leads four; three more are led by ALL."""
    done = csg("workplan", "list", "--lead", "INPUD")
    assert re.findall(r"^\d\.\d", done.stdout, re.MULTILINE) == ["1.6", "2.6", "3.4", "3.5"]
    assert max(map(len, done.stdout.splitlines())) == 80
    assert done.stderr == "ALL, which INPUD is part of, leads 3 more. Add --with-groups to list them.\n"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("--lead inpud", "1.6 2.6 3.4 3.5"),
        ("--lead INPUD --with-groups", "1.6 2.6 3.1 3.2 3.3 3.4 3.5"),
        ("--lead IDPC --with-groups", "1.1 1.2 1.3 2.7 3.1 3.2 3.3"),
        ("--lead ALL", "3.1 3.2 3.3"),
        ("--lead EuroNPUD", ""),
        ("--unodc-lead has --objective 2", "2.1 2.2 2.3 2.4 2.5 2.6 2.7"),
        ("--search Covid", "1.6 2.5 2.6 3.3 3.4"),
        ("--search youthrise --objective 2", "2.1"),
        ("--objective 3 --sort title", "3.2 3.5 3.4 3.3 3.6 3.1"),
        ("--status unreported --objective 1", "1.1 1.2 1.3 1.4 1.5 1.6"),
        ("--status on-track,completed", ""),
        ("--period mid", ""),
    ],
)
def test_list_finds_what_is_asked_for(csg: Run, words: str, found: str) -> None:
    """Each option narrows the list."""
    assert listed(csg, *words.split()) == found.split()


def test_sorted_by_id_ten_comes_after_nine(csg: Run, root: Path) -> None:
    """Ids sort as people count."""
    plan = root / PLAN
    plan.write_text(plan.read_text("utf-8").replace('id: "2.1"', 'id: "2.10"'), "utf-8")
    assert listed(csg, "--objective", "2", "--sort", "id")[-1] == "2.10"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("workplan list --lead inpdu", "CSG304 unknown name 'inpdu'. Did you mean INPUD?\n"),
        ("workplan list --lead Quux", "CSG304 unknown name 'Quux'. Run `csg member list` to see them all.\n"),
        ("workplan list --objective 4", "CSG303 no objective '4' in Workplan 2021/22. The ids are 1, 2 and 3.\n"),
        ("workplan list --period late", "CSG303 no period 'late' in Workplan 2021/22. The ids are mid and end.\n"),
        ("workplan show 2.44", "CSG303 no activity '2.44' in Workplan 2021/22. Did you mean 2.4?\n"),
        ("workplan show x", "CSG303 no activity 'x' in Workplan 2021/22. The ids are 1.1 to 3.6.\n"),
        ("member show INPDU", "CSG304 unknown name 'INPDU'. Did you mean INPUD?\n"),
        ("workplan list --plan 2021-23", "CSG302 no workplan '2021-23'. Did you mean 2021-22?\n"),
        ("workplan set 2.4 titel=x", "CSG306 no field 'titel'. Did you mean title?\n"),
        ("workplan set 2.4 title+=x", "CSG306 title is not a list. Set it with title=VALUE.\n"),
        (
            "workplan set 2.4 due=2022-02-30",
            "CSG123 due cannot be 2022-02-30: this day does not exist. Correct it.\n",
        ),
    ],
)
def test_what_is_not_there_is_an_error_with_the_nearest_names(csg: Run, words: str, told: str) -> None:
    """Never an empty list: exit 1, and the mend."""
    done = csg(*words.split())
    assert (done.returncode, done.stdout, done.stderr) == (1, "", told)


def test_json_has_the_keys_of_the_file_and_where_it_stands(csg: Run) -> None:
    """Nineteen objects."""
    rows = json.loads(csg("workplan", "list", "--format", "json").stdout)
    assert len(rows) == 19
    assert rows[9] == {
        "id": "2.4",
        "title": "Continue the roll out of the women who inject drugs training programme to the remaining UNODC HPC",
        "unodc_lead": ["HAS"],
        "cso_lead": ["INWUD", "WHRIN"],
        "comments": "Roll out to be funded where possible through country envelopes in ~10 countries.",
        "due": None,
        "related": [],
        "carried_from": None,
        "recurring": False,
        "indicators": [],
        "progress": [],
        "objective": "2",
        "plan": "2021-22",
        "source": {"file": PLAN, "line": 97},
    }
    assert json.loads(csg("workplan", "show", "2.4", "--format", "json").stdout) == rows[9]


def test_show_is_readable_at_eighty_columns(csg: Run) -> None:
    """The whole activity, folded, every word there."""
    done = csg("workplan", "show", "3.5", COLUMNS="80")
    assert done.stdout == (
        "3.5  Collaborative engagement with UNAIDS regarding UBRAF, PCB and the new\n"
        "     Global AIDS Strategy\n"
        "\n"
        "Plan        Workplan 2021/22\n"
        "Objective   3 Monitoring and accountability\n"
        "UNODC Lead  HAS\n"
        "CSO Lead    INPUD, HRI\n"
        "Comments    Working group to be formed including UNAIDS and other co-sponsors,\n"
        "            and with a focus on fundraising needs identified above. HRI on UBRAF\n"
        "            UNAIDS PCB Working Group. Charan Charma from IDUF on PCBNGO\n"
        "            Delegation from drugs constituency. Secretariat briefing wider group\n"
        "            via elist. Partnership advocacy.\n"
        "Status      Mid-year: no report\n"
    )


@pytest.mark.parametrize("columns", ["80", "200"])
def test_no_word_of_the_table_is_cut(csg: Run, root: Path, columns: str) -> None:
    """Whatever the width, every word of every title and lead stands in the table, and no line is wider."""
    table = csg("workplan", "list", COLUMNS=columns).stdout
    words = table.split()
    for activity in open_workspace(str(root)).plan.activities():
        for word in " ".join((activity.title, *activity.cso_lead, *activity.unodc_lead)).split():
            assert word in words or f"{word}," in words
    assert max(map(len, table.splitlines())) <= int(columns)


def test_set_changes_fields_and_adds_to_lists(csg: Run, root: Path) -> None:
    """Lists are written with commas; an optional field that is emptied goes."""
    assert csg("workplan", "set", "2.1", "cso_lead+=HRI", "due=2022-03-14", "related=2.4,3.1").returncode == 0
    activity = open_workspace(str(root)).plan.find("2.1")
    assert (activity.cso_lead, str(activity.due), activity.related) == (
        ("YouthRISE", "HRI"),
        "2022-03-14",
        ("2.4", "3.1"),
    )
    assert csg("workplan", "set", "2.1", "due=", "related=", "cso_lead=").returncode == 0
    activity = open_workspace(str(root)).plan.find("2.1")
    assert (activity.cso_lead, activity.due, activity.related) == ((), None, ())
    assert "        related" not in (root / PLAN).read_text("utf-8")


def test_set_reads_a_long_text_from_standard_input(csg: Run, root: Path) -> None:
    """``comments=-``."""
    assert csg("workplan", "set", "2.1", "comments=-", stdin="From a file.\n").returncode == 0
    assert open_workspace(str(root)).plan.find("2.1").comments == "From a file."


def test_add_gives_the_next_number(csg: Run, root: Path) -> None:
    """At the end of the objective, with leads in whatever case they were typed."""
    done = csg(
        "workplan", "add", "--objective", "2", "--title", "More", "--cso-lead", "hri", "--unodc-lead", "HAS (Zhannat)"
    )
    assert done.returncode == 0, done.stderr
    activity = open_workspace(str(root)).plan.find("2.8")
    assert (activity.title, activity.cso_lead, activity.unodc_lead) == ("More", ("HRI",), ("HAS (Zhannat)",))
    assert done.stdout.startswith("2.8  More\n")


def test_add_without_a_title_is_an_error_where_nobody_can_be_asked(csg: Run) -> None:
    """Exit 2: the command line is at fault."""
    done = csg("workplan", "add", "--objective", "2")
    assert done.returncode == 2
    assert "missing --title. Give it, or run the command at a terminal to be asked." in done.stderr


def test_remove_wants_a_yes(csg: Run, root: Path) -> None:
    """Nothing is removed unasked."""
    before = (root / PLAN).read_bytes()
    refused = csg("workplan", "remove", "2.7")
    assert refused.returncode == 2
    assert "Confirm with --yes." in refused.stderr
    assert (root / PLAN).read_bytes() == before
    assert csg("workplan", "remove", "2.7", "--yes").returncode == 0
    assert "2.7" not in listed(csg)


def test_the_next_year_carries_over_what_is_open(csg: Run, root: Path) -> None:
    """Completed activities stay behind; no progress, no due date; what is carried says from where."""
    end = ("--period", "mid", "--status", "completed", "--summary", "Done.", "--date", "2021-12-10")
    assert csg("progress", "add", "2.4", "--by", "INWUD", *end).returncode == 0
    assert csg("workplan", "set", "2.5", "related=2.4,2.6", "due=2022-03-14").returncode == 0
    dry = csg("workplan", "new", "2022-23", "--from", "2021-22", "--dry-run")
    assert dry.returncode == 0
    assert not (root / "data" / "workplan-2022-23.yaml").exists()
    assert dry.stdout.startswith("--- /dev/null\n+++ b/data/workplan-2022-23.yaml\n")
    assert csg("workplan", "new", "2022-23", "--from", "2021-22").returncode == 0
    plan = open_workspace(str(root)).plan
    assert (plan.workplan, plan.title) == ("2022-23", "Workplan 2022/23")
    assert len(list(plan.activities())) == 18
    activity = plan.find("2.5")
    assert (activity.carried_from, activity.related, activity.due) == ("2021-22 2.5", ("2.6",), None)
    assert not any(each.progress for each in plan.activities())
    assert csg("check", "--strict").returncode == 0
    again = csg("workplan", "new", "2022-23")
    assert (again.returncode, again.stderr) == (
        1,
        "data/workplan-2022-23.yaml: CSG406 the file exists already. Choose another name.\n",
    )


def test_plan_may_be_chosen_before_or_behind_the_command(csg: Run) -> None:
    """By option in both places, and by CSG_PLAN; the last by name without."""
    csg("workplan", "new", "2022-23")
    assert json.loads(csg("workplan", "show", "2.4", "-f", "json").stdout)["plan"] == "2022-23"
    for words, more in (
        (("--plan", "2021-22", "workplan", "show", "2.4"), {}),
        (("workplan", "show", "2.4", "--plan", "2021-22"), {}),
        (("workplan", "show", "2.4"), {"CSG_PLAN": "2021-22"}),
    ):
        assert json.loads(csg(*words, "-f", "json", **more).stdout)["plan"] == "2021-22"


def test_the_workspace_is_found_from_below_and_named_from_elsewhere(csg: Run, root: Path, tmp_path: Path) -> None:
    """The nearest folder at or above, --root, or CSG_ROOT."""
    (root / "a" / "b").mkdir(parents=True)
    assert csg("check", cwd=root / "a" / "b").returncode == 0
    assert csg("check", "--root", str(root), cwd=tmp_path).returncode == 0
    assert csg("check", cwd=tmp_path, CSG_ROOT=str(root)).returncode == 0
    lost = csg("check", cwd=tmp_path)
    assert lost.returncode == 1
    assert lost.stderr.startswith("CSG301 there is no data/members.yaml in this folder or above it. ")


def test_members_are_listed_shown_added_and_set(csg: Run, root: Path) -> None:
    """A member's page says what it leads and what it shares in."""
    rows = json.loads(csg("member", "list", "--type", "regional-network", "--format", "json").stdout)
    assert [row["id"] for row in rows] == ["EuroNHRN", "EAHRN"]
    assert rows[0] == {
        "id": "EuroNHRN",
        "name": "Correlation European Harm Reduction Network",
        "type": "regional-network",
        "languages": [],
        "source": {"file": "data/members.yaml", "line": 27},
    }
    page = csg("member", "show", "ehra").stdout
    assert page.startswith("Eurasian Harm Reduction Association (EHRA)\n")
    assert "Leads      3.6  EHRA to document" in page
    assert csg("member", "add", "NEW", "--name", "A new network").returncode == 0
    assert csg("member", "set", "NEW", "type=programmer").returncode == 0
    assert open_workspace(str(root)).directory.member("NEW").type == "programmer"
    assert csg("member", "set", "NEW", "type=").returncode == 0
    refused = csg("member", "add", "new", "--name", "Again")
    assert refused.returncode == 1
    assert "CSG310 NEW is in data/members.yaml already" in refused.stderr
