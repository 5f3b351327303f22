"""The facts about a group in data/group.yaml, and the fields that a group adds to its activities."""

import json
from pathlib import Path

import pytest
from conftest import Run

PLAN = "data/workplan-2021-22.yaml"
FIELDS = """\
group: Vienna NGO Committee
short: VNC
labels: {cso_lead: Lead organisation}
fields:
  - {id: budget, label: Budget, type: number}
  - {id: strand, label: Strand, type: choice, choices: [advocacy, training]}
  - {id: start, label: First day, type: date}
  - {id: venue, label: "<b>Venue</b> | *place*", type: text}
"""


@pytest.fixture
def group(root: Path) -> Path:
    """A group with four fields of its own."""
    path = root / "data" / "group.yaml"
    path.write_text(FIELDS, "utf-8")
    return path


def test_own_fields_are_set_shown_and_listed(csg: Run, group: Path) -> None:
    """Each is set like a field that every plan has, and stands after the comments."""
    done = csg("workplan", "set", "2.4", "budget=1200", "strand=training", "start=2022-01-05", "venue=Nairobi")
    assert done.returncode == 0, done.stderr
    assert (group.parent.parent / PLAN).read_text("utf-8").count("\n        budget: 1200\n") == 1
    shown = csg("workplan", "show", "2.4", COLUMNS="80").stdout
    assert "Budget" in shown
    assert shown.index("Comments") < shown.index("Budget") < shown.index("Strand") < shown.index("Status")
    activity = json.loads(csg("workplan", "show", "2.4", "--format", "json").stdout)
    assert (activity["budget"], activity["strand"], activity["start"]) == (1200, "training", "2022-01-05")
    heads = csg("workplan", "list", "--format", "csv").stdout.splitlines()[0]
    assert "Lead organisation" in heads
    assert "Budget,Strand,First day" in heads
    assert csg("check", "--strict").returncode == 0


@pytest.mark.usefixtures("group")
def test_own_fields_of_a_new_activity(csg: Run) -> None:
    """They follow the options as FIELD=VALUE."""
    done = csg("workplan", "add", "--objective", "2", "--title", "New", "--cso-lead", "HRI", "budget=12.5")
    assert done.returncode == 0, done.stderr
    assert json.loads(csg("workplan", "show", "2.8", "--format", "json").stdout)["budget"] == 12.5


def test_own_fields_in_changes_and_schema(csg: Run, group: Path, tmp_path: Path) -> None:
    """A change names the field's label, and the schema of a plan has the field."""
    root = group.parent.parent
    before = tmp_path / "before"
    (before / "data").mkdir(parents=True)
    for file in ("group.yaml", "members.yaml", "workplan-2021-22.yaml"):
        (before / "data" / file).write_bytes((root / "data" / file).read_bytes())
    csg("workplan", "set", "2.4", "budget=1200")
    assert "2.4 budget set to 1200\n" in csg("diff", str(before), str(root)).stdout
    activity = json.loads(csg("schema", "workplan").stdout)["$defs"]["Activity"]
    assert activity["properties"]["budget"]["title"] == "Budget"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("budget=much", "CSG123 budget of activity 2.4 must be a number"),
        ("strand=other", "CSG123 strand of activity 2.4 cannot be 'other'"),
        ("start=2022-02-30", "CSG123 start of activity 2.4 is 2022-02-30, a day that does not exist"),
        ("cost=1", "CSG306 no field 'cost'"),
    ],
)
def test_values_are_of_the_fields_type(csg: Run, group: Path, change: str, message: str) -> None:
    """A value of another type, and an unknown field, change nothing."""
    before = (group.parent.parent / PLAN).read_bytes()
    done = csg("workplan", "set", "2.4", change)
    assert done.returncode == 1
    assert message.split(" of activity")[0] in done.stderr
    assert (group.parent.parent / PLAN).read_bytes() == before


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("fields: [{id: budget, label: B, type: money}]\n", ["1:39: CSG123 type of field budget cannot be 'money'"]),
        ("fields: [{id: title, label: T}]\n", ["1:15: CSG123 id of field title cannot be 'title'"]),
        ("fields: [{id: Budget, label: B}]\n", ["1:15: CSG123 id of field Budget must begin with a letter"]),
        ("fields: [{id: a, label: A, type: choice}]\n", ["1:10: CSG123 field a must have"]),
        ("fields: [{id: a, label: A, choices: [x]}]\n", ["1:10: CSG123 field a must have"]),
        (
            "fields: [{id: a, label: A, type: choice, choices: [x, x]}]\n",
            ["1:10: CSG123 field a must have each choice"],
        ),
        ("fields:\n  - {id: a, label: A}\n  - {id: a, label: B}\n", ["3:10: CSG201 field id 'a' is used twice"]),
        ("secretariat: Nobody\n", ["1:14: CSG241 unknown secretariat 'Nobody'"]),
        ("short: a/b\n", ["1:8: CSG123 short must have at most 40"]),
        ("language: English\n", ["1:11: CSG123 language must be"]),
        ("regions: [Kenya]\n", ["1:11: CSG123 regions number 1 must be"]),
        ("name: x\n", ["1:1: CSG122 unknown key 'name'"]),
    ],
)
def test_a_group_file_with_errors(csg: Run, root: Path, text: str, messages: list[str]) -> None:
    """Each error has its line and column."""
    (root / "data" / "group.yaml").write_text(text, "utf-8")
    done = csg("check")
    assert done.returncode == 1
    for message in messages:
        assert f"data/group.yaml:{message}" in done.stdout


@pytest.mark.usefixtures("group")
def test_a_label_with_markup_is_text(csg: Run) -> None:
    """In a Markdown table it neither acts nor adds a column."""
    csg("workplan", "set", "2.4", "venue=here")
    lines = csg("workplan", "list", "--format", "markdown").stdout.splitlines()
    assert "<b>" not in lines[0]
    assert len({line.replace("\\|", "").count("|") for line in lines}) == 1


def test_a_workspace_without_the_file_has_no_name(csg: Run, root: Path) -> None:
    """Everything works, and no name of a group is invented."""
    (root / "data" / "group.yaml").unlink()
    assert csg("check", "--strict").returncode == 0
    assert "Partner lead" in csg("workplan", "show", "2.4").stdout


def test_a_group_without_a_partner_has_no_column_for_it(csg: Run, group: Path) -> None:
    """Neither on a terminal nor for other programs."""
    root = group.parent.parent
    (root / "data" / "members.yaml").write_text("members: [{id: A, name: A}]\n", "utf-8")
    (root / "data" / "reviews" / "hpc-reports.yaml").unlink()
    activity = "{id: 1.1, title: T, cso_lead: [A], comments: c}"
    plan = f"workplan: 2021-22\ntitle: P\nperiods: []\nobjectives: [{{id: 1, title: O, activities: [{activity}]}}]\n"
    (root / PLAN).write_text(plan, "utf-8")
    assert csg("check", "--strict").returncode == 0
    assert "artner" not in csg("workplan", "list", "--format", "csv").stdout
    assert "artner" not in csg("workplan", "show", "1.1").stdout
