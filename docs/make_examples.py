"""Write the output blocks of the documentation's examples: what csg prints for the commands above them.

Run it after a change to what is printed: python docs/make_examples.py. A test compares the pages with what this
would write.

In a page, a block marked sh is run line by line, in page order, in one folder. A block marked text directly below it
holds what the commands print. HTML comments say how:

    <!-- examples: tests/workspace -->   The page's folder is a copy of the tests' data, in a git repository.
    <!-- examples: an empty folder -->   The page's folder is empty.
    <!-- examples: not run -->           The next block is not run.
    <!-- examples: exit 1 -->            The last command of the next block exits with 1.
    <!-- examples: write FILE -->        The next block, marked yaml, is written to the file.

A line of an output block that has only … in it stands for any lines.
"""

import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

DOCS = Path(__file__).parent
PROJECT = DOCS.parent
PAGES = (
    PROJECT / "README.md",
    *sorted(path for path in DOCS.glob("*.md") if path.name != "manual.md"),
)
WIDTH = 88
ENVIRONMENT = {
    "COLUMNS": str(WIDTH),
    "GIT_AUTHOR_DATE": "2021-12-14T12:00:00Z",
    "GIT_COMMITTER_DATE": "2021-12-14T12:00:00Z",
    "GIT_AUTHOR_NAME": "Secretariat",
    "GIT_COMMITTER_NAME": "Secretariat",
    "GIT_AUTHOR_EMAIL": "secretariat@localhost",
    "GIT_COMMITTER_EMAIL": "secretariat@localhost",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
_BLOCK = re.compile(
    r"(?P<comment><!-- examples: (?P<how>not run|exit \d)[^>]* -->\n+)?```sh\n(?P<commands>.*?)```\n"
    r"(?:\n*```text\n(?P<output>.*?)```\n)?"
    r"|<!-- examples: write (?P<file>\S+) -->\n+```yaml\n(?P<content>.*?)```\n",
    re.DOTALL,
)
_COMMIT = re.compile(r"(?<=^\d{4}-\d\d-\d\d  )[0-9a-f]{10}", re.MULTILINE)
"""A commit's id, which changes with every file of the examples' folder."""


class Result(NamedTuple):
    """The exit status of a command, and what it printed."""

    status: int
    output: str


Run = Callable[[list[str], Path], Result]


class ExampleError(Exception):
    """An example that does not do what its page says."""


def prepare(folder: Path, kind: str = "tests/workspace") -> None:
    """Make the folder in which the examples of a page run."""
    folder.mkdir(parents=True, exist_ok=True)
    if kind == "an empty folder":
        return
    shutil.copytree(PROJECT / "tests" / "workspace" / "data", folder / "data", ignore=shutil.ignore_patterns(".*"))
    for name in ("gitignore", "gitattributes"):
        shutil.copyfile(PROJECT / "csg" / "starter" / f"dot-{name}", folder / f".{name}")
    surveys = runpy.run_path(str(PROJECT / "tests" / "survey_files.py"))
    (folder / "survey.csv").write_bytes(surveys["FILES"]["survey.csv"](surveys["people"]()))
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "Start the year"]):
        run_git(["git", *words], folder)


def run_git(words: list[str], folder: Path) -> Result:
    """Run git with the examples' author and dates."""
    done = subprocess.run(
        words, cwd=folder, env=os.environ | ENVIRONMENT, capture_output=True, encoding="utf-8", check=False
    )
    return Result(done.returncode, done.stdout + done.stderr)


def run_installed(words: list[str], folder: Path) -> Result:
    """Run the installed csg."""
    words = [str(Path(sys.executable).with_name("csg")), *words[1:]]
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        words, cwd=folder, env=kept | ENVIRONMENT, input="", capture_output=True, encoding="utf-8", check=False
    )
    return Result(done.returncode, done.stdout + done.stderr)


def filled(text: str, folder: Path, run: Run) -> str:
    """Run a page's examples in a new folder. Return the page with the output that they print."""
    kind = re.search(r"<!-- examples: (tests/workspace|an empty folder)", text)
    if not kind:
        return text
    prepare(folder, kind[1])
    current = folder

    def run_block(match: re.Match[str]) -> str:
        nonlocal current
        if match["file"]:
            (current / match["file"]).write_text(match["content"], "utf-8")
            return match[0]
        how = match["how"] or ""
        if how == "not run":
            return match[0]
        commands = commands_of(match["commands"])
        printed = ""
        for number, words in enumerate(commands, 1):
            if words[0] == "cd":
                current = current / words[1]
                continue
            if words[0] not in ("csg", "git"):
                raise ExampleError(f"{words[0]} is not run: write csg, git or cd, or mark the block as not run")
            result = run(words, current) if words[0] == "csg" else run_git(words, current)
            wanted = int(how.split()[1]) if how and number == len(commands) else 0
            if result.status != wanted:
                raise ExampleError(f"{shlex.join(words)} exits {result.status}: {result.output}")
            printed += result.output
        if match["output"] is None:
            return match[0]
        return match[0].replace(f"```text\n{match['output']}```", f"```text\n{shown(printed, match['output'])}```")

    return _BLOCK.sub(run_block, text)


def commands_of(block: str) -> list[list[str]]:
    """Return the words of each command of a block, without comments."""
    lines = block.replace("\\\n", " ").splitlines()
    commands = [shlex.split(line, comments=True) for line in lines]
    return [words for words in commands if words]


def shown(printed: str, before: str) -> str:
    """Return what an output block is to hold: what is printed, or what it holds if … stands for the difference."""
    printed = _COMMIT.sub("4b1c0de5a7", printed.rstrip())
    lines = "".join(f"{line.rstrip()}\n" for line in printed.splitlines())
    pattern = "".join(".*" if line.strip() == "…" else re.escape(f"{line}\n") for line in before.splitlines())
    return before if re.fullmatch(pattern, lines, re.DOTALL) else lines


def main() -> None:
    """Write the output blocks of all pages."""
    for page in PAGES:
        with tempfile.TemporaryDirectory() as folder:
            text = page.read_text("utf-8")
            new = filled(text, Path(folder) / "workspace", run_installed)
        if new != text:
            page.write_text(new, "utf-8")
            print(page.relative_to(PROJECT))


if __name__ == "__main__":
    main()
