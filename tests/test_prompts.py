"""Questions at a terminal: line editing, pasted text, answers checked one by one, nothing typed lost."""

import os
import re
import shlex
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CSG, Run
from survey_files import FILES, people
from terminal import ALT_ENTER, CTRL_C, CTRL_D, CTRL_U, ENTER, HOME, LEFT, RIGHT, UP, Terminal, pasted, typed

from csg.model.workplan import Progress
from csg.workspace import open_workspace

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal")

LONG = "; ".join(["Формация прошла в Абиджане, où quarante-deux femmes ont pris part — «réduction des risques»"] * 60)
"""Some 5,200 characters and more bytes: longer than the line that a terminal takes by itself."""
PARAGRAPHS = "Two dialogues took place, in Kenya and in Viet Nam.\n\nThe third, in Ukraine, is put off."
ADD = ("progress", "add", "2.4", "--date", "2021-12-10")
GIVEN = (*ADD, "--period", "mid", "--by", "INWUD", "--status", "on-track")
SUMMARY, NEXT, LINKS = "What was done (summary):", "Next steps", "Web links"


def reports(root: Path, name: str = "2.4") -> tuple[Progress, ...]:
    """Return the reports on an activity."""
    return open_workspace(str(root)).plan.find(name).progress


def editor(root: Path, script: str) -> str:
    """Return the command of an editor that is a shell script; its first argument is the file."""
    path = root.parent / "editor.sh"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


def kept(terminal: Terminal) -> Path:
    """Return the file that keeps what was typed."""
    match = re.search(r"What you typed is kept in\s+(\S+)", terminal.screen)
    assert match, terminal.screen
    return Path(match[1])


def test_it_asks_for_what_is_missing(root: Path) -> None:
    """Period, author, status and text, one after the other; a wrong answer is asked again."""
    command = editor(root, 'echo "Written in an editor." > "$1"')
    with Terminal(root, *ADD, installed=True, EDITOR=command) as terminal:
        terminal.expect("2.4  Continue the roll out")
        terminal.answer("Reporting period", "mid")
        terminal.answer("Reported by", "INWDU")
        terminal.expect("Did you mean INWUD?")
        terminal.answer("Reported by", "INWUD")
        terminal.answer("status", "fine")
        terminal.expect("Write not-started, on-track")
        terminal.answer("status", "on-track")
        terminal.answer(NEXT)
        terminal.answer(LINKS)
        assert terminal.end() == 0, terminal.screen
    (report,) = reports(root)
    assert (report.by, report.status, report.summary) == ("INWUD", "on-track", "Written in an editor.")


def test_long_text_and_paragraphs_are_pasted_whole(root: Path) -> None:
    """Each in its own field; the arrow keys move in the text and leave nothing in it."""
    with Terminal(root, *ADD) as terminal:
        terminal.answer("Reporting period (mid, end)", "mid")
        terminal.answer("Reported by (INWUD, WHRIN)", "inwud")
        terminal.answer("status (not-started,", "on-track")
        terminal.answer(SUMMARY, pasted(LONG), "abc", LEFT, LEFT, "X", RIGHT, UP)
        terminal.answer(NEXT, pasted(PARAGRAPHS))
        terminal.answer(LINKS, pasted("https://example.org/a\nhttps://example.org/b\n"))
        assert terminal.end() == 0, terminal.screen
    (report,) = reports(root)
    assert report.summary == f"{LONG}aXbc"
    assert report.next_steps == PARAGRAPHS
    assert report.evidence == ("https://example.org/a", "https://example.org/b")
    assert not list(root.parent.glob("csg-*"))


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_pasted_lines_stay_in_the_field_without_brackets(root: Path, term: str) -> None:
    """Also at a terminal that does not mark what is pasted, or has no line editing."""
    with Terminal(root, *GIVEN, TERM=term) as terminal:
        terminal.answer(SUMMARY, typed(PARAGRAPHS))
        terminal.answer(NEXT, typed("One.\nTwo."))
        terminal.answer(LINKS, typed("https://example.org/a\nhttps://example.org/b"))
        assert terminal.end() == 0, terminal.screen
        assert ("no line editing" in terminal.screen) == (term == "dumb")
    (report,) = reports(root)
    assert (report.summary, report.next_steps) == (PARAGRAPHS, "One.\nTwo.")
    assert report.evidence == ("https://example.org/a", "https://example.org/b")


def test_a_long_text_without_brackets_is_whole(root: Path) -> None:
    """No terminal cuts it at 4,095 bytes."""
    with Terminal(root, *GIVEN) as terminal:
        terminal.answer(SUMMARY, LONG)
        terminal.answer(NEXT)
        terminal.answer(LINKS)
        assert terminal.end() == 0, terminal.screen
    assert reports(root)[0].summary == LONG


def test_a_line_that_the_terminal_cuts_is_refused(root: Path) -> None:
    """Where there is no line editing the system cuts a line: the text is never taken for whole."""
    with Terminal(root, *GIVEN, TERM="dumb") as terminal:
        terminal.answer(SUMMARY, LONG)
        terminal.expect("cuts a line at 4,095 bytes")
        terminal.answer(SUMMARY, "Short.")
        terminal.answer(NEXT)
        terminal.answer(LINKS)
        assert terminal.end() == 0, terminal.screen
    assert reports(root)[0].summary == "Short."


@pytest.mark.parametrize(
    ("correction", "link"),
    [
        ((HOME, RIGHT, "t"), "https://example.org/x"),
        (("https://example.org/y",), "https://example.org/y"),
        ((pasted("https://example.org/z"),), "https://example.org/z"),
    ],
    ids=["keys move in it", "typing replaces it", "a paste replaces it"],
)
def test_a_mistyped_link_is_corrected(root: Path, correction: tuple[str, ...], link: str) -> None:
    """Its message is shown at once, and what was typed is in the field."""
    with Terminal(root, *GIVEN) as terminal:
        terminal.answer(SUMMARY, "Done.")
        terminal.answer(NEXT)
        terminal.answer(LINKS, "htps://example.org/x")
        terminal.expect("evidence number 1 of activity 2.4")
        terminal.expect(LINKS)
        terminal.answer("htps://example.org/x", *correction)
        assert terminal.end() == 0, terminal.screen
    assert reports(root)[0].evidence == (link,)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Write to someone@example.org.", "e-mail address"),
        ("a" * 20_001, "20,000 characters"),
        ("Done\u200b.", "U+200B"),
        ("Done\x1b[31m.", "U+001B"),
    ],
    ids=["personal data", "too long", "invisible", "control sequence"],
)
def test_a_summary_is_checked_before_the_next_question(root: Path, text: str, message: str) -> None:
    """By the record's own rules and those of the workspace; the next question comes after a correction."""
    before = (root / "data/workplan-2021-22.yaml").read_bytes()
    with Terminal(root, *GIVEN) as terminal:
        terminal.answer(SUMMARY, pasted(text))
        terminal.expect(message)
        assert NEXT not in terminal.screen
        terminal.expect(SUMMARY)
        terminal.send(CTRL_C)
        assert terminal.end() == 1
        assert kept(terminal).read_text("utf-8") == f"{text}\n"
    assert b"\x1b[31m" not in terminal.raw
    assert (root / "data/workplan-2021-22.yaml").read_bytes() == before


def test_text_that_is_not_utf_8_is_refused(root: Path) -> None:
    """As the question is answered; every byte of it is kept."""
    with Terminal(root, *GIVEN) as terminal:
        terminal.expect(SUMMARY)
        terminal.send("R", b"\xe9", "union.", ENTER)
        terminal.expect("not UTF-8")
        terminal.expect(SUMMARY)
        terminal.send(CTRL_C)
        assert terminal.end() == 1
        assert kept(terminal).read_bytes() == b"R\xe9union.\n"


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D], ids=["Ctrl-C", "Ctrl-D"])
def test_what_was_typed_is_kept_for_another_try(root: Path, key: str) -> None:
    """In a file of its owner's, and the command that is shown saves it."""
    before = (root / "data/workplan-2021-22.yaml").read_bytes()
    with Terminal(root, *ADD, "--by", "INWUD", installed=True) as terminal:
        terminal.answer("Reporting period", "mid")
        terminal.answer("status", "at-risk")
        terminal.answer(SUMMARY, "It's late.", ALT_ENTER, "Very.")
        terminal.answer("help that is needed", "Money.")
        terminal.expect(NEXT)
        terminal.send("Half a st", key)
        assert terminal.end() == 1
    assert (root / "data/workplan-2021-22.yaml").read_bytes() == before
    file = kept(terminal)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text("utf-8") == "It's late.\nVery.\n"
    command = terminal.screen.rpartition("To try again")[2].partition("\n")[2].strip()
    assert command.startswith("csg progress add 2.4 "), command
    subprocess.run(["sh", "-c", f'csg() {{ {shlex.quote(str(CSG))} "$@"; }}; {command}'], cwd=root, check=True)
    (report,) = reports(root)
    assert (report.status, report.summary, report.next_steps) == ("at-risk", "It's late.\nVery.", "Half a st")
    assert report.needs == "Money."


@pytest.mark.parametrize("term", ["xterm", "dumb"])
@pytest.mark.parametrize("ending", [Terminal.close, Terminal.ask_to_end])
def test_what_was_typed_is_kept_when_the_terminal_closes(
    root: Path, ending: Callable[[Terminal], int], term: str
) -> None:
    """A connection breaks, or the computer ends all programs: the text is in a file, and nothing is written."""
    with Terminal(root, *GIVEN, installed=True, TERM=term) as terminal:
        terminal.answer(SUMMARY, "Two dialogues took place.")
        terminal.expect(NEXT)
        terminal.send("And the third")
        terminal.expect("third")
        assert ending(terminal) == 1
    texts = {path.read_text("utf-8") for path in root.parent.glob("csg-*.txt")}
    assert "Two dialogues took place.\n" in texts
    assert "And the third\n" in texts or term == "dumb"
    assert reports(root) == ()


def test_stopping_before_a_text_keeps_no_file(root: Path) -> None:
    """Nothing is worth keeping: exit 1."""
    with Terminal(root, *ADD) as terminal:
        terminal.answer("Reporting period", "mid")
        terminal.expect("Reported by")
        terminal.send("INW", CTRL_C)
        assert terminal.end() == 1
    assert "kept" not in terminal.screen
    assert not list(root.parent.glob("csg-*"))


def test_what_was_typed_is_kept_where_it_cannot_be_written(root: Path) -> None:
    """Every answer was right, and the system refuses the write."""
    with Terminal(root, *GIVEN) as terminal:
        terminal.answer(SUMMARY, "Done.")
        terminal.answer(NEXT)
        terminal.expect(LINKS)
        (root / "data/.csg.lock").mkdir()
        terminal.send("https://example.org/x", ENTER)
        assert terminal.end() == 1
    assert kept(terminal).read_text("utf-8") == "Done.\n"
    assert "--evidence https://example.org/x --summary - <" in terminal.screen
    assert not reports(root)


def test_an_editor_that_fails_saves_nothing(root: Path) -> None:
    """Its exit status says "do not save"; the text is kept."""
    command = editor(root, 'echo "Half a text." > "$1"; exit 3')
    with Terminal(root, *GIVEN, EDITOR=command) as terminal:
        assert terminal.end() == 1
    assert "exit status 3, which means: do not save" in terminal.screen
    assert kept(terminal).read_text("utf-8") == "Half a text.\n"
    assert not reports(root)


@pytest.mark.parametrize(
    ("command", "message"),
    [("true", "The text in the editor is empty."), ("no-such-editor", "cannot be started")],
)
def test_an_editor_without_a_text_is_said_and_asked(root: Path, command: str, message: str) -> None:
    """The text is typed at the terminal then."""
    with Terminal(root, *GIVEN, EDITOR=command) as terminal:
        terminal.expect(message)
        terminal.answer(SUMMARY, "Typed.")
        terminal.answer(NEXT)
        terminal.answer(LINKS)
        assert terminal.end() == 0, terminal.screen
    assert reports(root)[0].summary == "Typed."


def test_an_edited_text_that_is_unchanged_is_said_and_asked(root: Path, csg: Run) -> None:
    """Enter keeps it as it is."""
    assert csg(*GIVEN, "--summary", PARAGRAPHS).returncode == 0
    with Terminal(root, "progress", "edit", "2.4", EDITOR="true") as terminal:
        terminal.answer("Reporting period (mid) [mid]")
        terminal.answer("Reported by (INWUD) [INWUD]")
        terminal.answer("[on-track]", "completed")
        terminal.expect("The text in the editor is unchanged.")
        terminal.answer(SUMMARY)
        assert terminal.end() == 0, terminal.screen
    (report,) = reports(root)
    assert (report.status, report.summary) == ("completed", PARAGRAPHS)


def test_a_refused_text_of_an_editor_is_kept_and_edited_again(root: Path) -> None:
    """The file is there before the question; it goes when the report is saved."""
    command = editor(root, 'if [ -s "$1" ]; then echo "Done." > "$1"; else echo "Call someone@example.org" > "$1"; fi')
    with Terminal(root, *GIVEN, EDITOR=command) as terminal:
        terminal.expect("e-mail address")
        terminal.expect("Open the editor again? [Y/n]")
        file = kept(terminal)
        assert file.read_text("utf-8") == "Call someone@example.org\n"
        terminal.answer("", "y")
        terminal.answer(NEXT)
        terminal.answer(LINKS)
        assert terminal.end() == 0, terminal.screen
    assert reports(root)[0].summary == "Done."
    assert not file.exists()


def test_nobody_is_asked_in_vain(root: Path) -> None:
    """What is given on the command line, and the workspace, are checked before the first question."""
    with Terminal(root, *ADD, "--summary", "Call someone@example.org") as terminal:
        assert terminal.end() == 1
    assert "e-mail address" in terminal.screen
    assert "Reporting period" not in terminal.screen
    with (root / "data/members.yaml").open("a", encoding="utf-8") as members:
        members.write("# someone@example.org\n")
    with Terminal(root, *ADD) as terminal:
        assert terminal.end() == 1
    assert "data/members.yaml:" in terminal.screen
    assert "Reporting period" not in terminal.screen


def test_the_output_alone_goes_to_standard_output(root: Path) -> None:
    """Questions go to standard error, also with NO_COLOR, where nothing has a colour."""
    output = root.parent / "output"
    with Terminal(root, *GIVEN, stdout=output, NO_COLOR="1") as terminal:
        terminal.answer(SUMMARY, "Done.")
        terminal.answer(NEXT)
        terminal.answer(LINKS)
        assert terminal.end() == 0, terminal.screen
    assert output.read_text("utf-8").startswith("2.4  Continue the roll out")
    assert "What was done" not in output.read_text("utf-8")
    assert not re.search(rb"\x1b\[[0-9;]*[349][0-7][;m]", terminal.raw)


def test_a_name_is_completed(root: Path) -> None:
    """Tab completes the name that is begun, whatever its case."""
    with Terminal(root, *ADD, "--period", "mid", "--status", "on-track", "--summary", "Done.") as terminal:
        terminal.expect("Reported by (INWUD, WHRIN)")
        terminal.send("whr\t", ENTER)
        terminal.answer(NEXT)
        terminal.answer(LINKS)
        assert terminal.end() == 0, terminal.screen
    assert reports(root)[0].by == "WHRIN"


def test_an_activity_is_added(root: Path) -> None:
    """A lead that is not known is refused before the comments are asked for."""
    with Terminal(root, "workplan", "add", installed=True) as terminal:
        terminal.answer("Objective (1, 2, 3)", "2")
        terminal.answer("The work to do (title)", pasted("Train\nnew peers"))
        terminal.answer("UNODC Lead: names, separated by commas")
        terminal.answer("CSO Lead: ", "INPUDD")
        terminal.expect("unknown name 'INPUDD'")
        terminal.answer("CSO Lead: ", "inpud, HRI")
        terminal.answer("Comments", pasted(PARAGRAPHS))
        assert terminal.end() == 0, terminal.screen
    activity = open_workspace(str(root)).plan.objective("2").activities[-1]
    assert (activity.title, activity.cso_lead) == ("Train new peers", ("INPUD", "HRI"))
    assert activity.comments == PARAGRAPHS


def test_an_activity_is_added_to_a_new_objective(root: Path) -> None:
    """Its number is asked for; one that is taken is refused."""
    with Terminal(root, "workplan", "add", "--objective-title", "Learn", "--title", "Train", "--cso-lead", "HRI") as it:
        it.answer("Number of the new objective", "2")
        it.expect("objective 2 exists already")
        it.answer("Number of the new objective", "4")
        it.answer("UNODC Lead: names, separated by commas")
        it.answer("Comments")
        assert it.end() == 0, it.screen
    objective = open_workspace(str(root)).plan.objectives[-1]
    assert (objective.id, objective.title, objective.activities[0].id) == ("4", "Learn", "4.1")


def test_a_workspace_is_made(root: Path) -> None:
    """Each fact is asked for and checked at once; what is optional may be left out."""
    with Terminal(root.parent, "init", "new", installed=True) as terminal:
        terminal.answer("Full name of the group", "Harm Reduction Forum")
        terminal.answer("Short name", "HRF")
        terminal.answer("first plan", "20 23")
        terminal.expect("cannot be the name of a plan")
        terminal.answer("first plan", "2023")
        terminal.answer("[mid,end]", "q1,q2")
        terminal.answer("Partner")
        terminal.answer("Objectives", "Learn, and teach; Speak up")
        terminal.answer("Members", "A, B")
        assert terminal.end() == 0, terminal.screen
    place = open_workspace(str(root.parent / "new"))
    assert [objective.title for objective in place.plan.objectives] == ["Learn, and teach", "Speak up"]
    assert [period.id for period in place.plan.periods] == ["q1", "q2"]


def test_a_member_is_added(root: Path) -> None:
    """An id that is in use, and a name with personal data, are refused."""
    with Terminal(root, "member", "add", installed=True) as terminal:
        terminal.answer("Id: the short name that people use", "INPUD")
        terminal.expect("INPUD is in data/members.yaml already")
        terminal.answer("Id: the short name that people use", CTRL_U, "NEW")
        terminal.answer("Full name", "New Network, new@example.org")
        terminal.expect("e-mail address")
        terminal.answer("Full name", "New Network")
        assert terminal.end() == 0, terminal.screen
    assert open_workspace(str(root)).directory.member("NEW").name == "New Network"


@pytest.mark.parametrize(("answers", "status"), [(["maybe", "yes"], 0), (["n"], 1), ([""], 1), ([CTRL_C], 1)])
def test_a_removal_is_confirmed(root: Path, csg: Run, answers: list[str], status: int) -> None:
    """Only a yes removes; another word is asked again."""
    assert csg(*GIVEN, "--summary", "Done.").returncode == 0
    with Terminal(root, "progress", "remove", "2.4", "--period", "mid", "--by", "INWUD") as terminal:
        for answer in answers:
            terminal.answer("[y/N]", answer)
        assert terminal.end() == status, terminal.screen
    assert bool(reports(root)) == bool(status)


def test_a_passage_is_quoted(root: Path, csg: Run) -> None:
    """One that is not in the answer is asked for again; the answer, which is private, is kept in no file."""
    survey = root.parent / "survey.csv"
    survey.write_bytes(FILES["survey.csv"](people()))
    assert csg("review", "import", str(survey), "--id", "hpc-2021", "--yes").returncode == 0
    words = ("review", "quote", "hpc-2021", "Q8", "--search", "Nothing on naloxone")
    with Terminal(root, *words) as terminal:
        terminal.expect("Nothing on naloxone")
        number = re.findall(r"^(\d+) ", terminal.screen, re.MULTILINE)[0]
        terminal.answer("Number of the answer to quote", "0" + number)
        terminal.answer("The passage to quote", "Something else")
        terminal.expect("this passage is not in the answer")
        terminal.answer("The passage to quote", "Nothing on naloxone …")
        terminal.answer("agree to be quoted", "y")
        assert terminal.end() == 0, terminal.screen
    assert "text: Nothing on naloxone …" in (root / "data/reviews/hpc-2021.yaml").read_text("utf-8")
    assert not list(root.parent.glob("csg-*"))


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["workplan", "list"], [*GIVEN, "--summary", "Done."]])
def test_the_library_is_loaded_only_for_a_question(csg: Run, words: list[str]) -> None:
    """Nobody waits for it who is not asked."""
    done = csg(*words, PYTHONPROFILEIMPORTTIME="1")
    assert done.returncode == 0
    assert "prompt_toolkit" not in done.stderr


@pytest.mark.parametrize(
    ("words", "question", "answer", "shows"),
    [
        (("workplan", "show"), "An activity's id, for example 2.4", "2.4", "Continue the roll out"),
        (("workplan", "remove", "--dry-run"), "An activity's id, for example 2.4", "2.4", "Continue the roll out"),
        (("progress", "edit"), "An activity's id, for example 2.4", "2.4", "no report on 2.4"),
        (("progress", "remove"), "An activity's id, for example 2.4", "2.4", "no report on 2.4"),
        (("member", "show"), "A member's id, for example INPUD", "ALL", "All members"),
        (("review", "show"), "A review's id, for example hpc-reports", "hpc-reports", "Reviewers"),
        (("meeting", "remove"), "The day of the meeting", "2022-03-14", "no meeting"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_missing_argument_is_asked_for(
    root: Path, words: tuple[str, ...], question: str, answer: str, shows: str
) -> None:
    """As ``progress add`` asks for the activity. The answer takes the place of the argument."""
    with Terminal(root, *words) as terminal:
        terminal.answer(question, answer)
        terminal.expect(shows)


def test_a_misspelt_argument_is_asked_for_again(root: Path) -> None:
    with Terminal(root, "member", "show") as terminal:
        terminal.answer("A member's id, for example INPUD", "INWUDD")
        terminal.expect("'INWUDD' is not known. Did you mean INWUD?")


def test_a_command_that_needs_more_than_words_is_not_asked_about(root: Path) -> None:
    """An answer would not finish ``csg workplan set``."""
    with Terminal(root, "workplan", "set") as terminal:
        terminal.expect("Missing argument 'ID'.")
