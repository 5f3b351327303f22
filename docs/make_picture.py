"""Writes docs/terminal.svg: what csg prints at a terminal for a few commands, on the group's own data.

Run it after a change to what they print: python docs/make_picture.py (Linux or macOS; it needs a pseudo-terminal).
"""

import os
import pty
import re
import sys
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

PICTURE = Path(__file__).with_name("terminal.svg")
COMMANDS = ("csg status", "csg workplan list --lead INPUD", "csg workplan show 2.4")
WIDTH = 96


def printed(command: str) -> str:
    """What a command prints at a terminal, with its colours."""
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


def main() -> None:
    """Write the picture."""
    os.chdir(Path(__file__).parent.parent)
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True)
    for command in COMMANDS:
        console.print(Text(f"$ {command}", style="bold green"))
        console.print(Text.from_ansi(printed(command)))
        console.print()
    picture = console.export_svg(title="csg", unique_id="csg")
    # The picture asks nobody for a font: whoever looks at it is known to nobody but the server that has it.
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    PICTURE.write_text("".join(f"{line.rstrip()}\n" for line in picture.splitlines()), "utf-8")


if __name__ == "__main__":
    main()
