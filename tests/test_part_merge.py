"""A merge of indicators, values, meetings and decisions that are needed."""

import shutil
from typing import Any

import pytest
import yaml

from csg.history.merge_text import merge_text

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
FILE = "data/workplan-2021-22.yaml"
LOCATIONS = "{id: locations, name: Locations, target: 7}"
PEOPLE = "{id: people, name: People}"
SPRING = '{date: 2022-03-14, title: Spring meeting, decisions: ["Agreed."]}'
REPORT = "{period: mid, by: INPUD, date: 2021-12-10, status: on-track, summary: Done, values: {locations: 3}}"


Parts = dict[str, Any]
"""The parts of a plan that a side has changed."""


def plan(
    indicators: tuple[str, ...] = (LOCATIONS,),
    meetings: tuple[str, ...] = (SPRING,),
    decisions: tuple[str, ...] = ("Agree on a date.",),
    report: str = REPORT,
) -> str:
    """A plan with one activity; each element of a list has its line."""

    def listed(elements: tuple[str, ...], depth: int) -> str:
        return "".join(f"\n{' ' * depth}- {element}" for element in elements) if elements else " []"

    return f"""\
workplan: 2021-22
title: Workplan
periods:
  - id: mid
    name: Mid-year
    decisions_needed:{listed(decisions, 6)}
meetings:{listed(meetings, 2)}
objectives:
  - id: "1"
    title: One
    activities:
      - id: "1.1"
        title: Do it
        unodc_lead: []
        cso_lead: [INPUD]
        comments: Comments
        indicators:{listed(indicators, 10)}
        progress:
          - {report}
"""


TARGET = LOCATIONS.replace("7", "8")
HALF = LOCATIONS.replace("7", "7.5")
RENAMED = LOCATIONS.replace("Locations", "Places")
BOTH = LOCATIONS.replace("7", "8").replace("Locations", "Places")
AUTUMN = "{date: 2022-10-01, title: Autumn meeting}"
SUMMER = "{date: 2022-07-01, title: Summer meeting}"
MORE = SPRING.replace('"Agreed."', '"Agreed.", "Paid for by the partner."')
OTHER = SPRING.replace('"Agreed."', '"Agreed.", "Minutes in May."')
CLEAN = [
    ({"indicators": (TARGET,)}, {"indicators": (RENAMED,)}, {"indicators": (BOTH,)}),
    ({"indicators": (HALF,)}, {"indicators": (LOCATIONS, PEOPLE)}, {"indicators": (HALF, PEOPLE)}),
    ({"indicators": (LOCATIONS, PEOPLE)}, {"meetings": ()}, {"indicators": (LOCATIONS, PEOPLE), "meetings": ()}),
    ({"meetings": (SPRING, SUMMER)}, {"meetings": (MORE,)}, {"meetings": (MORE, SUMMER)}),
    ({"meetings": (SPRING, AUTUMN)}, {"meetings": (SPRING, AUTUMN)}, {"meetings": (SPRING, AUTUMN)}),
    (
        {"report": REPORT.replace("3}", "4}")},
        {"indicators": (TARGET,)},
        {"report": REPORT.replace("3}", "4}"), "indicators": (TARGET,)},
    ),
    (
        {"decisions": ("Agree on a date.", "Send money.")},
        {"meetings": (MORE,)},
        {"decisions": ("Agree on a date.", "Send money."), "meetings": (MORE,)},
    ),
]


@pytest.mark.parametrize(("ours", "theirs", "wanted"), CLEAN)
def test_changes_of_both_sides_are_made(ours: Parts, theirs: Parts, wanted: Parts) -> None:
    for one, other in ((ours, theirs), (theirs, ours)):
        result = merge_text(plan().encode(), plan(**one).encode(), plan(**other).encode(), FILE)
        assert not result.conflicts, result.content.decode()
        assert yaml.safe_load(result.content) == yaml.safe_load(plan(**wanted))


def test_decisions_that_both_sides_add_to_a_meeting_are_both_in_it() -> None:
    """Meetings are known by their dates and titles, and merged field by field."""
    result = merge_text(plan().encode(), plan(meetings=(MORE,)).encode(), plan(meetings=(OTHER,)).encode(), FILE)
    assert not result.conflicts
    (meeting,) = yaml.safe_load(result.content)["meetings"]
    assert sorted(meeting["decisions"]) == ["Agreed.", "Minutes in May.", "Paid for by the partner."]


CONFLICTS = [
    ({"indicators": (TARGET,)}, {"indicators": (HALF,)}, "1.1 indicators locations target was changed in two ways"),
    (
        {"indicators": (TARGET,)},
        {"indicators": (), "report": REPORT.replace(", values: {locations: 3}", "")},
        "locations",
    ),
    ({"meetings": (MORE,)}, {"meetings": ()}, "Spring meeting was changed on one side and removed on the other"),
    ({"meetings": (MORE,)}, {"meetings": (SPRING.replace("03-14", "03-15"),)}, "changed on one side and removed"),
    ({"report": REPORT.replace("3}", "4}")}, {"report": REPORT.replace("Done", "All done")}, "report by INPUD"),
    ({"report": REPORT.replace("3}", "4}")}, {"report": REPORT.replace("3}", "5}")}, "report by INPUD"),
    (
        {"indicators": (LOCATIONS, PEOPLE), "report": REPORT.replace("3}", "3, people: 4}")},
        {"indicators": (LOCATIONS, PEOPLE.replace("People", "Persons"))},
        "people",
    ),
]


@pytest.mark.parametrize(("ours", "theirs", "words"), CONFLICTS)
def test_what_is_not_certain_is_a_conflict(ours: Parts, theirs: Parts, words: str) -> None:
    for one, other in ((ours, theirs), (theirs, ours)):
        result = merge_text(plan().encode(), plan(**one).encode(), plan(**other).encode(), FILE)
        assert words in " ".join(result.conflicts), (result.conflicts, result.content.decode())
        assert "<<<<<<< ours\n" in result.content.decode()
