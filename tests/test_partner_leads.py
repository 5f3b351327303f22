"""The partner's leads: sections and groups, not members, and nobody in a group without a partner."""

from pathlib import Path

import pytest
from conftest import Run

PLAN = "data/workplan-2021-22.yaml"
ADD = ("workplan", "add", "--objective", "2", "--title", "More")


def replace(path: Path, old: str, new: str) -> None:
    """Replace the first occurrence of a text in a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ("workplan", "set", "2.7", "unodc_lead=INPUD"),
        ("workplan", "set", "2.7", "unodc_lead+=inpud"),
        ("workplan", "set", "2.7", "unodc_lead=INPUD (Anna)"),
        (*ADD, "--unodc-lead", "HAS,INPUD"),
        (*ADD, "unodc_lead=INPUD"),
    ],
)
def test_a_member_is_no_lead_of_the_partner(csg: Run, root: Path, words: tuple[str, ...]) -> None:
    before = (root / PLAN).read_bytes()
    done = csg(*words)
    assert done.returncode == 1
    assert done.stderr.startswith("CSG230 'INPUD")
    assert "for the partner, but is a member. The partner's sections are HAS.\n" in done.stderr
    assert (root / PLAN).read_bytes() == before


def test_check_finds_a_member_among_the_partners_leads(csg: Run, root: Path) -> None:
    replace(root / PLAN, "unodc_lead: [HAS]", "unodc_lead: [HAS, IDPC]")
    done = csg("check")
    assert done.returncode == 1
    assert (
        "CSG230 'IDPC' leads activity 1.1 for the partner, but is a member. The partner's sections are HAS."
        in done.stdout
    )


@pytest.mark.parametrize("lead", ["HAS", "has (Zhannat)", "ALL", "Secretariat"])
def test_sections_and_groups_lead_for_the_partner(csg: Run, lead: str) -> None:
    assert csg("workplan", "set", "2.7", f"unodc_lead={lead}").returncode == 0
    assert csg("check", "--strict").returncode == 0


def test_a_suggestion_comes_from_the_partners_leads(csg: Run, root: Path) -> None:
    message = "CSG304 unknown name 'HASS'. Did you mean HAS?\n"
    assert csg("workplan", "set", "2.7", "unodc_lead=HASS").stderr == message
    assert "INPUD" not in csg("workplan", "set", "2.7", "unodc_lead=INPUT").stderr
    assert "Did you mean INPUD?" in csg("workplan", "set", "2.7", "cso_lead=INPUT").stderr
    replace(root / PLAN, "unodc_lead: [HAS]", "unodc_lead: [INPUDD]")
    assert "unknown lead 'INPUDD' in activity 1.1. Add it to data/members.yaml." in csg("check").stdout


def test_a_partner_without_sections_accepts_members(csg: Run, root: Path) -> None:
    replace(root / "data/members.yaml", "unodc:\n  - {id: HAS, name: HIV/AIDS Section}\n", "unodc: []\n")
    (root / "data/group.yaml").write_text("group: A group\npartner: UNODC\n", "utf-8")
    text = (root / PLAN).read_text("utf-8")
    (root / PLAN).write_text(text.replace("[HAS]", "[]").replace("[HAS (Zhannat)]", "[]"), "utf-8")
    assert csg("workplan", "set", "2.7", "unodc_lead=INPUD").returncode == 0


@pytest.mark.parametrize(
    "words",
    [
        (*ADD, "--unodc-lead", "HRI"),
        (*ADD, "unodc_lead=HRI"),
        ("workplan", "set", "2.7", "unodc_lead=HRI"),
        ("workplan", "set", "2.7", "unodc_lead+=HRI"),
    ],
)
def test_a_group_without_a_partner_has_no_lead_of_it(csg: Run, root: Path, words: tuple[str, ...]) -> None:
    replace(root / "data/members.yaml", "unodc:\n  - {id: HAS, name: HIV/AIDS Section}\n", "")
    (root / "data/group.yaml").write_text("group: A group\n", "utf-8")
    text = (root / PLAN).read_text("utf-8")
    (root / PLAN).write_text(text.replace("[HAS]", "[]").replace("[HAS (Zhannat)]", "[]"), "utf-8")
    done = csg(*words)
    assert (done.returncode, done.stderr) == (
        1,
        "CSG306 the group has no partner, so unodc_lead must be empty."
        " Name the leads in cso_lead, or add the key partner to data/group.yaml.\n",
    )
    assert csg("workplan", "set", "2.7", "unodc_lead=", "due=2022-03-14").returncode == 0
    assert csg(*ADD, "--cso-lead", "HRI").returncode == 0
