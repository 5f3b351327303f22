"""Indicators of activities: the data format, its checks, and the values that reports give."""

import json
from pathlib import Path

import pytest
from conftest import Run

from csg.model.indicators import indicators_in, indicators_of
from csg.workspace import open_workspace

PLAN = "data/workplan-2021-22.yaml"
LOCATIONS = "{id: locations, name: Locations with the training, baseline: 0, target: 7, unit: locations}"
ANCHOR = "        cso_lead: [INWUD, WHRIN]\n"


def with_indicators(root: Path, indicators: str, *reports: str) -> None:
    """Give activity 2.4 indicators and reports, each as YAML on a line."""
    path = root / PLAN
    text = path.read_text("utf-8")
    start = text.index('id: "2.4"')
    index = text.index("comments:", start)
    progress = "".join(f"          - {report}\n" for report in reports)
    new = f"indicators: {indicators}\n        " + (f"progress:\n{progress}        " if reports else "")
    path.write_text(text[:index] + new + text[index:], "utf-8")


def report(by: str, date: str, period: str = "mid", values: str = "{locations: 3}") -> str:
    return f"{{period: {period}, by: {by}, date: {date}, status: on-track, summary: Done, values: {values}}}"


FAULTS = [
    (
        f"[{LOCATIONS}]",
        report("INWUD", "2021-12-10", values="{location: 3}"),
        "CSG227 unknown indicator 'location' in the report by INWUD on 2.4. Did you mean locations?",
    ),
    (
        "[]",
        report("INWUD", "2021-12-10"),
        "CSG227 unknown indicator 'locations' in the report by INWUD on 2.4. Add it to the indicators of the activity.",
    ),
    (
        f"[{LOCATIONS}]",
        report("INWUD", "2021-12-10", values="{locations: many}"),
        "CSG123 locations of report number 1 of activity 2.4 must be a number, for example 1200 or 12.5. Correct it.",
    ),
    (
        f"[{LOCATIONS}]",
        report("INWUD", "2021-12-10", values="[3]"),
        "CSG123 values of report number 1 of activity 2.4 must be a mapping of keys, not a list. Write lines of"
        " `key: value`, indented below it.",
    ),
    (
        "[{id: locations, name: Locations, target: seven}]",
        "",
        "CSG123 target of indicator locations must be a number, for example 1200 or 12.5. Correct it.",
    ),
    ("[{id: locations, name: Locations, target: nan}]", "", "CSG123 target of indicator locations must be a number"),
    (
        "[{id: locations, name: Locations, baseline: 1e3}]",
        "",
        "CSG123 baseline of indicator locations must be a number",
    ),
    ("[{id: locations}]", "", "CSG121 key name is missing in indicator locations. Add a line `name: …`."),
    (f"[{LOCATIONS}, {LOCATIONS.replace('id: l', 'id: L')}]", "", "CSG201 indicator id 'Locations' is used twice."),
    ("[{id: a/b, name: Locations}]", "", "CSG217 indicator id 'a/b' has '/', which is not allowed there."),
    ("[{id: locations, name: Locations, goal: 7}]", "", "CSG122 unknown key 'goal' in indicator locations."),
    ("[{id: locations, name: 'Call +44 20 7946 0958'}]", "", "CSG220 a telephone number is not allowed"),
]


@pytest.mark.parametrize(("indicators", "report", "sentence"), FAULTS)
def test_each_fault_gives_its_sentence(csg: Run, root: Path, indicators: str, report: str, sentence: str) -> None:
    with_indicators(root, indicators, *filter(None, [report]))
    lines = csg("check").stdout.splitlines()
    assert [line for line in lines if line.startswith(f"{PLAN}:") and f": {sentence}" in line], lines
    assert len([line for line in lines if line.startswith(f"{PLAN}:")]) == 1, lines


def test_the_newest_value_counts_and_leads_are_not_added(csg: Run, root: Path) -> None:
    """A lead's later report replaces its earlier one; what another lead says stands beside it."""
    with_indicators(
        root,
        f"[{LOCATIONS}, {{id: people, name: People}}]",
        report("INWUD", "2021-12-10"),
        report("WHRIN", "2021-12-11", values="{locations: 4, people: 12.5}"),
        report("INWUD", "2022-06-10", "end", "{locations: 5}"),
        report("WHRIN", "2022-06-11", "end", "{people: 0}"),
    )
    assert csg("check").returncode == 0
    plan = open_workspace(str(root)).plan
    locations, people = indicators_of(plan, plan.find("2.4"), plan.period("end"))
    assert [(each.value, each.by, str(each.date)) for each in locations.values] == [
        (5, "INWUD", "2022-06-10"),
        (4, "WHRIN", "2021-12-11"),
    ]
    assert locations.differing == locations.values
    assert [(each.value, each.by) for each in people.values] == [(0, "WHRIN")]
    assert people.newest == people.values[0]
    assert people.differing == ()


def test_a_period_has_no_values_of_a_later_one(csg: Run, root: Path) -> None:
    with_indicators(root, f"[{LOCATIONS}]", report("INWUD", "2022-06-10", "end"))
    assert csg("check").returncode == 0
    plan = open_workspace(str(root)).plan
    assert [each.newest for each in indicators_in(plan, plan.period("mid"))] == [None]


@pytest.mark.parametrize(
    ("baseline", "target", "value", "share"),
    [("0", "8", 2, 0.25), ("10", "20", 15, 0.5), ("20", "10", 15, 0.5), ("5", "5", 5, None), ("", "4", 6, 1.5)],
)
def test_the_share_of_the_way_to_the_target(
    root: Path, baseline: str, target: str, value: float, share: float | None
) -> None:
    start = f", baseline: {baseline}" if baseline else ""
    with_indicators(root, f"[{{id: locations, name: Locations, target: {target}{start}}}]")
    plan = open_workspace(str(root)).plan
    assert [each.share(value) for each in indicators_in(plan, plan.period("mid"))] == [share]


def test_an_indicator_is_added_changed_listed_and_removed(csg: Run, root: Path) -> None:
    """A new id changes the values of reports; an indicator with values stays. In the end the file is as it was."""
    before = (root / PLAN).read_bytes()
    places = ("--name", "Places with the training", "--baseline", "0", "--target", "7", "--unit", "places")
    assert csg("indicator", "add", "2.4", "places", *places).returncode == 0
    words = ("--period", "mid", "--by", "INWUD", "--status", "on-track", "--date", "2021-12-10", "--summary", "Text.")
    assert csg("progress", "add", "2.4", *words, "--value", "places=3").returncode == 0
    assert csg("indicator", "set", "2.4", "places", "id=spots", "target=8.5").returncode == 0
    (row,) = json.loads(csg("indicator", "list", "2.4", "--format", "json").stdout)
    assert (row["id"], row["target"], row["values"][0]["value"]) == ("spots", 8.5, 3)
    assert "values: {spots: 3}" in (root / PLAN).read_text("utf-8")
    refused = csg("indicator", "remove", "2.4", "spots", "--yes")
    assert refused.returncode == 1
    assert "Remove the values first: `csg progress edit 2.4 --value spots=`." in refused.stderr
    edit = ("progress", "edit", "2.4", "--period", "mid", "--by", "INWUD", "--value")
    assert csg(*edit, "spots=5").returncode == 0
    assert "values: {spots: 5}" in (root / PLAN).read_text("utf-8")
    assert csg(*edit, "spots=").returncode == 0
    assert csg("indicator", "remove", "2.4", "spots", "--yes").returncode == 0
    assert csg("progress", "remove", "2.4", "--period", "mid", "--by", "INWUD", "--yes").returncode == 0
    assert (root / PLAN).read_bytes() == before


@pytest.mark.parametrize(
    ("value", "status", "sentence"),
    [
        ("spaces=3", 1, "no indicator 'spaces' in activity 2.4. Did you mean places?"),
        ("places", 2, "'places' is not a value. Write ID=N, for example locations=3."),
        ("places=", 2, "--value places= has no number."),
        ("places=many", 1, "must be a number"),
    ],
)
def test_a_wrong_value_is_refused(csg: Run, root: Path, value: str, status: int, sentence: str) -> None:
    """Nothing is written."""
    csg("indicator", "add", "2.4", "places", "--name", "Places")
    before = (root / PLAN).read_bytes()
    words = ("--period", "mid", "--by", "INWUD", "--status", "on-track", "--date", "2021-12-10", "--summary", "Text.")
    done = csg("progress", "add", "2.4", *words, "--value", value)
    assert (done.returncode, sentence in done.stderr) == (status, True), done.stderr
    assert (root / PLAN).read_bytes() == before


def test_needs_and_values_are_in_json_and_csv(csg: Run) -> None:
    """With the keys of the data."""
    csg("indicator", "add", "2.4", "places", "--name", "Places")
    words = ("--period", "mid", "--by", "INWUD", "--status", "at-risk", "--date", "2021-12-10", "--summary", "Text.")
    assert csg("progress", "add", "2.4", *words, "--needs", "Money.", "--value", "places=3").returncode == 0
    (row,) = json.loads(csg("progress", "list", "--format", "json").stdout)
    assert (row["needs"], row["values"]) == ("Money.", {"places": 3})
    assert "Money.," in csg("progress", "list", "--format", "csv").stdout
