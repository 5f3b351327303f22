"""The examples of the documentation: each is run, and prints what its page shows."""

import re
import runpy
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT, Run

EXAMPLES: dict[str, Any] = runpy.run_path(str(PROJECT / "docs" / "make_examples.py"))
MANUAL: dict[str, Any] = runpy.run_path(str(PROJECT / "docs" / "make_manual.py"))
PAGES = [page for page in EXAMPLES["PAGES"] if "```sh\n" in page.read_text("utf-8")]

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="the examples run in a git repository")


@pytest.fixture
def run(csg: Run) -> Any:
    """Run csg as the examples do."""

    def run_csg(words: list[str], folder: Path) -> Any:
        done = csg(*words[1:], cwd=folder, **EXAMPLES["ENVIRONMENT"])
        return EXAMPLES["Result"](done.returncode, done.stdout + done.stderr)

    return run_csg


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_print_what_the_page_shows(page: Path, tmp_path: Path, run: Any) -> None:
    """If this fails: python docs/make_examples.py, and read what it changes."""
    text = page.read_text("utf-8")
    assert EXAMPLES["filled"](text, tmp_path / "page", run) == text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_example_is_run_or_marked(page: Path) -> None:
    """A page without a folder for its examples has only examples that are marked as not run."""
    text = page.read_text("utf-8")
    if not re.search(r"<!-- examples: (tests/workspace|an empty folder)", text):
        assert len(re.findall(r"<!-- examples: not run[^>]*-->\n\n?```sh\n", text)) == text.count("```sh\n")


@pytest.mark.parametrize(
    ("commands", "message"),
    [
        ("csg workplan show 9.9", "exits 1"),
        ("csg workplan lst", "exits 2"),
        ("csg check --strickt", "exits 2"),
        ("rm -r data", "rm is not run"),
    ],
)
def test_an_example_that_fails_is_found(tmp_path: Path, run: Any, commands: str, message: str) -> None:
    """A command that exits with another status than its page says is an error."""
    page = f"<!-- examples: tests/workspace -->\n\n```sh\n{commands}\n```\n"
    with pytest.raises(Exception, match=message):
        EXAMPLES["filled"](page, tmp_path / "page", run)


def test_an_output_that_differs_is_replaced(tmp_path: Path, run: Any) -> None:
    """The page gets what is printed; a line with … stands for any lines."""
    start = "<!-- examples: tests/workspace -->\n\n```sh\ncsg check\n```\n\n"
    wrong = f"{start}```text\nall is well\n```\n"
    right = EXAMPLES["filled"](wrong, tmp_path / "one", run)
    assert "26 members, 19 activities" in right
    short = f"{start}```text\n…\n```\n"
    assert EXAMPLES["filled"](short, tmp_path / "two", run) == short


@pytest.mark.parametrize("page", EXAMPLES["PAGES"], ids=lambda page: page.name)
def test_shell_blocks_are_all_marked_sh(page: Path) -> None:
    """Another mark would keep a block from being run."""
    marks = re.findall(r"^\s*(?:```|~~~)(\w+)", page.read_text("utf-8"), re.MULTILINE)
    assert set(marks) <= {"sh", "text", "yaml", "jinja"}


@pytest.mark.parametrize("page", EXAMPLES["PAGES"], ids=lambda page: page.name)
def test_commands_within_a_sentence_exist(page: Path) -> None:
    """Each names a command of csg, and options that the command has."""
    commands = {found.words: found.command for found in MANUAL["manual_commands"]()}
    for span in re.findall(r"`(csg [^`]+)`", page.read_text("utf-8")):
        words = span.split()
        name = next((" ".join(words[:length]) for length in (3, 2) if " ".join(words[:length]) in commands), None)
        if words[1].startswith("--"):
            continue
        assert name, span
        options = {option for param in commands[name].params for option in param.opts}
        assert {word for word in words if word.startswith("--")} <= options, span


def test_the_examples_of_the_manual_run(tmp_path: Path, run: Any) -> None:
    """They exit with 0, in the order of their list."""
    folder = tmp_path / "manual"
    EXAMPLES["prepare"](folder)
    for example in (example for example in MANUAL["EXAMPLES"] if not example.startswith(MANUAL["WITHOUT_END"])):
        done = run(shlex.split(example), folder)
        assert done.status == 0, (example, done.output)


def test_every_command_has_an_example_in_the_manual() -> None:
    """A new command needs a new example, in the list of docs/make_manual.py; an example is of one command."""
    commands = [found.words for found in MANUAL["manual_commands"]() if not hasattr(found.command, "commands")]
    assert [words for words in commands if not MANUAL["examples_of"](words)] == []
    assert sum(len(MANUAL["examples_of"](words)) for words in commands) == len(MANUAL["EXAMPLES"])
