"""The width of tables and notes at a terminal, and what a pipe gets."""

import os
from pathlib import Path

import pytest
from conftest import Run
from terminal import CTRL_C, ENTER, Terminal

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal")
LONGEST_ID = "Pacific Network of People who Use Drugs"
GIVEN = ("progress", "add", "2.4", "--date", "2021-12-10", "--period", "mid", "--by", "INWUD", "--status", "on-track")
TITLE = "Long words that a person reads " * 6


def test_an_id_is_whole_while_other_columns_can_wrap(csg: Run) -> None:
    for columns in ("80", "100", "200"):
        lines = csg("member", "list", COLUMNS=columns).stdout.splitlines()
        assert any(line.startswith(f"{LONGEST_ID} ") for line in lines), columns
        assert max(map(len, lines)) <= int(columns)
        assert sum("drug-user-network" in line for line in lines) == 10
    narrow = csg("member", "list", COLUMNS="50").stdout.splitlines()
    assert max(map(len, narrow)) <= 50


def test_a_text_column_is_not_wider_than_a_person_reads(csg: Run, root: Path) -> None:
    """A pipe gets the width that COLUMNS says."""
    assert csg("workplan", "set", "1.1", f"title={TITLE}").returncode == 0
    with Terminal(root, "workplan", "list", COLUMNS="250") as terminal:
        assert terminal.end() == 0
    assert TITLE.strip() in csg("workplan", "list", COLUMNS="250").stdout
    heading = next(line for line in terminal.screen.splitlines() if line.startswith("ID"))
    assert heading.index("UNODC Lead") - heading.index("Activity") <= 83


def test_a_message_breaks_between_words(csg: Run, root: Path) -> None:
    words = ("workplan", "set", "2.4", "unknown=1")
    with Terminal(root, *words) as terminal:
        assert terminal.end() == 1
    printed = csg(*words).stderr
    assert printed.count("\n") == 1
    lines = terminal.screen.splitlines()
    assert max(map(len, lines)) < 80
    assert " ".join(lines).split() == printed.split()


def test_an_error_of_the_command_line_breaks_between_words(csg: Run, root: Path) -> None:
    words = ("workplan", "list", "--status", "fine")
    with Terminal(root, *words) as terminal:
        assert terminal.end() == 2
    lines = terminal.screen.splitlines()
    assert max(map(len, lines)) <= 80
    assert any(line.endswith((",", " or")) for line in lines)
    assert terminal.screen.split() == csg(*words).stderr.split()


def test_the_command_for_another_try_is_on_one_line(root: Path) -> None:
    """It is there to be copied."""
    with Terminal(root, *GIVEN) as terminal:
        terminal.answer("What was done (summary):", "Done.")
        terminal.expect("Next steps (Enter for none):")
        terminal.send("Much more", CTRL_C)
        assert terminal.end() == 1
    command = terminal.screen.rpartition("To try again")[2].partition("\n")[2].strip().splitlines()[0]
    assert command.startswith("csg progress add 2.4")
    assert "--summary - <" in command or "--next-steps - <" in command


def test_a_line_of_wrong_links_has_one_message(root: Path) -> None:
    with Terminal(root, *GIVEN) as terminal:
        terminal.answer("What was done (summary):", "Done.")
        terminal.answer("Next steps")
        terminal.answer("Web links", "see the page of the group")
        terminal.expect("must be a web address")
        terminal.expect("Web links")
        terminal.send("\x15", ENTER)
        assert terminal.end() == 0, terminal.screen
    assert terminal.screen.count("must be a web address") == 1
