"""Everyday questions: what is in trouble, who never reported, what a report says, and every number as a table."""

import csv
import io
import json
from typing import Any

import pytest
from conftest import Run


def add(csg: Run, name: str, by: str, status: str, summary: str = "Done.", period: str = "mid", *more: str) -> None:
    """Add a report."""
    words = ("--by", by, "--status", status, "--summary", summary, "--period", period, "--date", "2021-12-10", *more)
    done = csg("progress", "add", name, *words)
    assert done.returncode == 0, done.stderr


def data(csg: Run, *words: str) -> list[Any]:
    """Return what a command prints as JSON."""
    listed: list[Any] = json.loads(csg(*words, "--format", "json").stdout)
    return listed


def test_trouble_is_what_is_at_risk_or_was_when_somebody_last_reported(csg: Run) -> None:
    add(csg, "2.4", "INWUD", "at-risk")
    add(csg, "2.4", "WHRIN", "on-track")
    add(csg, "2.5", "WHRIN", "off-track")
    add(csg, "1.6", "INPUD", "on-track")
    assert [each["id"] for each in data(csg, "workplan", "list", "--trouble")] == ["2.4", "2.5"]
    later = data(csg, "workplan", "list", "--trouble", "--period", "end", "--status", "unreported")
    assert [each["id"] for each in later] == ["2.4", "2.5"]
    assert [each["id"] for each in data(csg, "workplan", "list", "--trouble", "--lead", "INWUD")] == ["2.4", "2.5"]
    assert data(csg, "workplan", "list", "--trouble", "--objective", "3") == []


def test_debts_of_a_lead_with_those_of_its_groups(csg: Run) -> None:
    own = data(csg, "progress", "due", "--lead", "INPUD")
    both = data(csg, "progress", "due", "--lead", "inpud", "--with-groups")
    assert {each["lead"] for each in own} == {"INPUD"}
    assert [each["id"] for each in both if each["lead"] == "INPUD"] == [each["id"] for each in own]
    assert [each["id"] for each in both if each["lead"] == "ALL"] == ["3.1", "3.2", "3.3"]
    add(csg, "3.1", "HRI", "on-track")
    both = data(csg, "progress", "due", "--lead", "INPUD", "--with-groups", "--period", "mid")
    assert [each["id"] for each in both if each["lead"] == "ALL"] == ["3.2", "3.3"]
    assert len(data(csg, "progress", "due", "--with-groups")) == len(data(csg, "progress", "due"))


def test_leads_that_never_reported(csg: Run) -> None:
    everyone = {each["lead"] for each in data(csg, "progress", "due", "--period", "end")}
    assert {each["lead"] for each in data(csg, "progress", "due", "--never", "--period", "end")} == everyone
    add(csg, "2.4", "INWUD", "on-track")
    add(csg, "3.1", "EHRA", "on-track")  # a member reports for ALL, and so has reported itself
    never = {each["lead"] for each in data(csg, "progress", "due", "--never", "--period", "end")}
    assert everyone - never == {"INWUD", "ALL", "EHRA"}
    assert csg("workplan", "new", "2022-23").returncode == 0
    assert {each["lead"] for each in data(csg, "progress", "due", "--never")} == never


def test_reports_are_searched_in_all_their_words(csg: Run) -> None:
    add(csg, "2.4", "INWUD", "on-track", "Training in KENYA.")
    add(csg, "2.5", "WHRIN", "at-risk", "Draft.", "mid", "--needs", "Funds from Kenya")
    add(
        csg,
        "1.6",
        "INPUD",
        "on-track",
        "Held.",
        "mid",
        "--next-steps",
        "Go on in kenya",
        "--evidence",
        "https://a.org/x",
    )
    add(csg, "2.3", "HRI", "on-track", "Nothing.")
    assert [each["id"] for each in data(csg, "progress", "list", "--search", "kenya")] == ["1.6", "2.4", "2.5"]
    assert [each["id"] for each in data(csg, "progress", "list", "--search", "A.ORG", "--by", "INPUD")] == ["1.6"]
    done = csg("progress", "list", "--search", "nowhere")
    assert (done.returncode, done.stdout) == (0, "")


def test_status_as_a_table_has_every_number_of_the_summary(csg: Run) -> None:
    csg("workplan", "set", "mid", "due=2021-12-15")
    csg("workplan", "set", "2.1", "due=2021-01-01")
    add(csg, "2.4", "INWUD", "at-risk")
    add(csg, "2.4", "WHRIN", "on-track")
    add(csg, "2.6", "INPUD", "completed")
    rows = list(csv.DictReader(io.StringIO(csg("status", "--period", "end", "--format", "csv").stdout)))
    whole = json.loads(csg("status", "--period", "end", "--format", "json").stdout)
    assert [row["Objective"][:2].strip() for row in rows] == ["1", "2", "3", "To"]
    numbers = [key for key in rows[0] if key != "Objective"]
    for key in numbers:
        assert sum(int(row[key]) for row in rows[:-1]) == int(rows[-1][key]), key
    total = rows[-1]
    reports = whole["reports"]
    assert [int(total[key]) for key in ("Activities", "Asked", "Reported", "Not asked", "Reports owed")] == [
        reports[key] for key in ("activities", "asked", "in", "not_asked", "owed")
    ]
    assert [int(total[key]) for key in ("Overdue", "Needs attention", "Authors differ")] == [
        len(whole[key]) for key in ("overdue", "troubled", "differing")
    ]
    assert (total["Overdue"], total["Needs attention"], total["Not asked"]) == ("1", "1", "1")
    assert {key: int(total[key.replace("unreported", "no report")]) for key in whole["statuses"]} == whole["statuses"]
    assert sum(int(total[key]) for key in numbers[8:]) == int(total["Activities"])
    table = csg("status", "--period", "end", "--format", "markdown").stdout.splitlines()
    assert [cell.strip() for cell in table[-1].strip("|").split("|")] == list(total.values())


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["show", "2.4"], "csg workplan show 2.4"),
        (["show", "INPUD"], "csg workplan show INPUD, csg member show INPUD or csg review show INPUD"),
        (["due"], "csg progress due"),
        (["import", "a b.csv"], "csg workplan import 'a b.csv' or csg review import 'a b.csv'"),
        (["render"], "csg report render"),
        (["collect", "x"], "csg progress collect x"),
        (["set", "2.4", "due="], "csg workplan set 2.4 due= or csg indicator set 2.4 due="),
    ],
)
def test_a_verb_without_its_noun_is_answered_with_the_command(csg: Run, words: list[str], answer: str) -> None:
    done = csg(*words, COLUMNS="300")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"No such command '{words[0]}'. Did you mean {answer}?" in done.stderr


def test_other_unknown_words_are_answered_as_before(csg: Run) -> None:
    done = csg("nonsense", "2.4")
    assert (done.returncode, "No such command 'nonsense'" in done.stderr) == (2, True)
    assert "Did you mean csg" not in done.stderr
