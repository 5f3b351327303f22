"""A member that is renamed, or removed, everywhere in one step."""

from pathlib import Path

from conftest import Run

from csg.workspace import open_workspace

PLAN = "data/workplan-2021-22.yaml"
REPORT = ("--period", "mid", "--by", "YouthRISE", "--status", "on-track", "--summary", "Done.", "--date", "2021-12-10")


def test_a_new_id_reaches_every_reference(csg: Run, root: Path) -> None:
    """Leads, authors and groups have it afterwards, comments keep the old name, and undo takes it all back."""
    assert csg("progress", "add", "2.1", *REPORT).returncode == 0
    members = root / "data" / "members.yaml"
    members.write_text(members.read_text("utf-8").replace("members: [IDPC]", "members: [IDPC, YouthRISE]"), "utf-8")
    before = {path: path.read_bytes() for path in (root / "data").glob("*.yaml")}
    dry = csg("member", "set", "youthrise", "id=YR", "--dry-run")
    assert "-        cso_lead: [YouthRISE]\n+        cso_lead: [YR]\n" in dry.stdout
    assert {path: path.read_bytes() for path in before} == before
    done = csg("member", "set", "YouthRISE", "id=YR")
    assert done.returncode == 0, done.stderr
    place = open_workspace(str(root))
    activity = place.plan.find("2.1")
    assert (activity.cso_lead, activity.progress[0].by) == (("YR",), "YR")
    assert "YR" in place.directory.members_of("Secretariat")
    assert csg("check").returncode == 0
    assert csg("undo").returncode == 0
    assert {path: path.read_bytes() for path in before} == before


def test_an_id_that_exists_is_refused(csg: Run, root: Path) -> None:
    """Nothing is written."""
    before = (root / PLAN).read_bytes()
    assert csg("member", "set", "YouthRISE", "id=HRI").returncode == 1
    assert (root / PLAN).read_bytes() == before


def test_a_member_that_is_named_is_not_removed(csg: Run) -> None:
    """The files that name it are in the message; a member that nothing names goes."""
    refused = csg("member", "remove", "YouthRISE", "--yes")
    assert refused.returncode == 1
    assert refused.stderr == (
        "CSG318 YouthRISE cannot be removed: it has 1 reference."
        f" Change the references first: activity 2.1 in {PLAN}.\n"
    )
    assert csg("member", "remove", "EuroNPUD").returncode == 2
    assert csg("member", "remove", "EuroNPUD", "--yes").stdout == "removed EuroNPUD\n"
    assert csg("member", "show", "EuroNPUD").returncode == 1
    assert csg("check").returncode == 0
