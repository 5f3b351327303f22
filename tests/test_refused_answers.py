"""An answer that was refused at a prompt: how to delete it, and the command that is offered after Ctrl-C."""

import os
from pathlib import Path

import pytest
from terminal import CTRL_C, CTRL_D, ENTER, Terminal, pasted

from csg.workspace import open_workspace

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal")
CTRL_U = "\x15"
GIVEN = ("progress", "add", "2.4", "--date", "2021-12-10", "--period", "mid", "--by", "INWUD", "--status", "on-track")
SUMMARY, NEXT, LINKS = "What was done (summary):", "Next steps", "Web links"


def offered(terminal: Terminal) -> str:
    """Return the command that csg offers for another try."""
    return terminal.screen.rpartition("To try again")[2].partition("\n")[2].strip()


def test_ctrl_u_deletes_a_refused_answer(root: Path) -> None:
    """The field of an optional answer is then empty, as Enter for none needs it."""
    with Terminal(root, *GIVEN) as terminal:
        terminal.answer(SUMMARY, "Done.")
        terminal.answer(NEXT)
        terminal.answer(LINKS, "htps://example.org/x")
        terminal.expect("Press Ctrl-U to delete the text in the field.")
        terminal.answer("htps://example.org/x", CTRL_U)
        assert terminal.end() == 0, terminal.screen
    assert open_workspace(str(root)).plan.find("2.4").progress[0].evidence == ()


def test_ctrl_u_deletes_all_lines_of_a_text(root: Path) -> None:
    with Terminal(root, *GIVEN) as terminal:
        terminal.expect(SUMMARY)
        terminal.send(pasted("One.\nTwo.\nThree."), CTRL_U, "Done.", ENTER)
        terminal.answer(NEXT)
        terminal.answer(LINKS)
        assert terminal.end() == 0, terminal.screen
    assert open_workspace(str(root)).plan.find("2.4").progress[0].summary == "Done."


def test_a_blank_deletes_a_refused_answer_without_line_editing(root: Path) -> None:
    with Terminal(root, *GIVEN, TERM="dumb") as terminal:
        terminal.answer(SUMMARY, "Done.")
        terminal.answer(NEXT)
        terminal.answer(LINKS, "htps://example.org/x")
        terminal.expect("type a blank to delete it")
        terminal.answer(LINKS, " ")
        assert terminal.end() == 0, terminal.screen
    assert open_workspace(str(root)).plan.find("2.4").progress[0].evidence == ()


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_a_refused_link_is_not_in_the_command(root: Path, key: str) -> None:
    with Terminal(root, *GIVEN) as terminal:
        terminal.answer(SUMMARY, "Done.")
        terminal.answer(NEXT, "More.")
        terminal.answer(LINKS, "htps://example.org/x")
        terminal.expect("Press Ctrl-U")
        terminal.expect(LINKS)
        terminal.send(key)
        assert terminal.end() == 1
    assert "--summary" in offered(terminal)
    assert "--evidence" not in offered(terminal)


def test_a_corrected_link_is_in_the_command(root: Path) -> None:
    with Terminal(root, *GIVEN) as terminal:
        terminal.answer(SUMMARY, "Done.")
        terminal.answer(NEXT, "More.")
        terminal.answer(LINKS, "htps://example.org/x")
        terminal.expect("Press Ctrl-U")
        terminal.expect(LINKS)
        terminal.send(CTRL_U, "https://example.org/x", CTRL_C)
        assert terminal.end() == 1
    assert "--evidence https://example.org/x" in offered(terminal)


def test_a_refused_name_is_not_in_the_command(root: Path) -> None:
    with Terminal(root, "workplan", "add", "--objective", "2", "--unodc-lead", "HAS") as terminal:
        terminal.answer("The work to do (title)", "Training")
        terminal.answer("CSO Lead: ", "INPUDD")
        terminal.expect("Press Ctrl-U")
        terminal.expect("CSO Lead: ")
        terminal.send(CTRL_C)
        assert terminal.end() == 1
    assert "--title" in offered(terminal)
    assert "INPUDD" not in offered(terminal)


def test_a_refused_choice_is_not_in_the_command(root: Path) -> None:
    words = ("progress", "add", "2.4", "--summary", "Done.", "--period", "mid")
    with Terminal(root, *words) as terminal:
        terminal.answer("Reported by", "NOBODY")
        terminal.expect("Press Ctrl-U")
        terminal.expect("Reported by")
        terminal.send(CTRL_C)
        assert terminal.end() == 1
    assert "To try again" not in terminal.screen


@pytest.mark.parametrize(("word", "status"), [("on", "on-track"), ("Off Track", "off-track"), ("comp", "completed")])
def test_a_status_is_accepted_as_the_option_accepts_it(root: Path, word: str, status: str) -> None:
    words = ("progress", "add", "2.4", "--date", "2021-12-10", "--period", "mid", "--by", "INWUD", "--summary", "Done.")
    with Terminal(root, *words) as terminal:
        terminal.answer("The status (", word)
        if status == "off-track":
            terminal.answer("help that is needed", "Money.")
        terminal.answer(NEXT)
        terminal.answer(LINKS)
        assert terminal.end() == 0, terminal.screen
    assert open_workspace(str(root)).plan.find("2.4").progress[0].status == status


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_hint_is_shown_before_its_question(root: Path, unbuffered: str) -> None:
    """The question is drawn once: nothing is printed into it later."""
    hint = "Press Enter to finish a text, Alt+Enter for a new line. Pasted text keeps its\nlines.\n"
    with Terminal(root, *GIVEN, PYTHONUNBUFFERED=unbuffered) as terminal:
        terminal.expect(hint)
        terminal.expect(SUMMARY)
        assert terminal.screen.count(SUMMARY) == 1
        terminal.send("Done.", ENTER)
        terminal.answer(NEXT)
        terminal.answer(LINKS)
        assert terminal.end() == 0, terminal.screen
    assert terminal.screen.index(hint) < terminal.screen.index(SUMMARY)
