"""The tests' own data, which is the group's as it began, has the words of the source."""

import re
from pathlib import Path

from conftest import OWN

from csg.workspace import open_workspace

SOURCE = " ".join((Path(__file__).parent / "source.txt").read_text("utf-8").split())


def test_every_activity_stands_in_the_source_as_one_row() -> None:
    """Id, title, leads and comments follow each other in the source as in its table."""
    for activity in open_workspace(str(OWN)).plan.activities():
        unodc = " ".join(activity.unodc_lead) or "n/a"
        cso = " ".join(activity.cso_lead) or "n/a"
        assert f"{activity.id} {activity.title} {unodc} {cso} {activity.comments}" in SOURCE


def test_objectives_stand_in_the_source() -> None:
    """So do the three objectives."""
    plan = open_workspace(str(OWN)).plan
    assert [f"{each.id} {each.title}" in SOURCE for each in plan.objectives] == [True] * 3
    assert [len(each.activities) for each in plan.objectives] == [6, 7, 6]


def test_members_are_those_of_the_source_in_its_order() -> None:
    """The full list of members, 26 of them, with the short names in brackets that the source gives."""
    listed = SOURCE.partition("Full Membership of UNODC CS Group on Drug Use and HIV")[2]
    listed = re.sub("[¹⁴⁵]", "", listed.partition("WORKPLAN")[0]).strip()
    members = open_workspace(str(OWN)).directory.members
    written = (each.name if each.id == each.name else f"{each.name} ({each.id})" for each in members)
    assert " ".join(written) == listed
    assert len(members) == 26


def test_membership_types_are_the_five_of_the_source() -> None:
    """In its words and order."""
    names = " - ".join(kind.name for kind in open_workspace(str(OWN)).directory.membership_types)
    assert f"- {names} Responsibilities" in SOURCE
