"""Draw the pictures of the documentation: what csg prints at a terminal for a few commands.

terminal.svg shows the tests' data. changes.svg shows a made-up change to it, and a mistake. Run it after a change to
what is printed: python docs/make_picture.py (Linux or macOS; it needs a pseudo-terminal, and git for the second).
"""

import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

DOCS = Path(__file__).parent
WORKSPACE = DOCS.parent / "tests" / "workspace"
COMMANDS = ("csg status", "csg workplan list --lead INPUD", "csg workplan show 2.4")
WIDTH = 96


def printed(command: str) -> str:
    """Return the output of a command at a terminal, with its colours."""
    output = b""

    def read(terminal: int) -> bytes:
        nonlocal output
        data = os.read(terminal, 65536)
        output += data
        return data

    program, *words = command.split()
    environment = {**os.environ, "COLUMNS": str(WIDTH), "TERM": "xterm-256color", "LINES": "50"}
    os.environ.update(environment)
    stdout, sys.stdout = sys.stdout, StringIO()
    try:
        pty.spawn([str(Path(sys.executable).with_name(program)), *words], read)
    finally:
        sys.stdout = stdout
    return output.decode().replace("\r\n", "\n").rstrip()


def draw(commands: tuple[str, ...], picture: Path) -> None:
    """Draw what some commands print in the current folder."""
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True)
    for command in commands:
        console.print(Text(f"$ {command}", style="bold green"))
        console.print(Text.from_ansi(printed(command)))
        console.print()
    drawn = console.export_svg(title="csg", unique_id="csg")
    # The picture loads no font, so that no other server learns who looks at it.
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    picture.write_text("".join(f"{line.rstrip()}\n" for line in drawn.splitlines()), "utf-8")


def changed_workspace(folder: Path) -> None:
    """Make a repository with the tests' data, a report that is not committed, and a misspelt lead."""
    shutil.copytree(WORKSPACE / "data", folder / "data", ignore=shutil.ignore_patterns(".*"))
    for words in ("init -q", "add data", "-c user.name=a -c user.email=a@localhost commit -qm data"):
        subprocess.run(["git", "-C", str(folder), *words.split()], check=True)
    csg = [
        str(Path(sys.executable).with_name("csg")),
        "--root",
        str(folder),
        "progress",
        "add",
        "2.4",
        "--period",
        "mid",
    ]
    report = [
        "--by",
        "INWUD",
        "--status",
        "on-track",
        "--date",
        "2021-12-10",
        "--summary",
        "Training ran in 3 countries.",
    ]
    subprocess.run([*csg, *report], check=True, stdout=subprocess.DEVNULL)
    plan = folder / "data" / "workplan-2021-22.yaml"
    plan.write_text(plan.read_text("utf-8").replace("[YouthRISE]", "[YouthRISEE]"), "utf-8")


def main() -> None:
    """Draw both pictures."""
    os.chdir(WORKSPACE)
    draw(COMMANDS, DOCS / "terminal.svg")
    with tempfile.TemporaryDirectory() as folder:
        changed_workspace(Path(folder))
        os.chdir(folder)
        draw(("csg diff", "csg check"), DOCS / "changes.svg")
        os.chdir(DOCS.parent)


if __name__ == "__main__":
    main()
