"""A pseudo-terminal for tests: csg as a person uses it, who reads what is asked and types."""

import os
import re
import select
import signal
from pathlib import Path
from typing import Self

from conftest import CSG
from prepared import PREPARED

PATIENCE = 60
"""Seconds to wait for what must come."""
UP, RIGHT, LEFT, HOME = "\x1b[A", "\x1b[C", "\x1b[D", "\x1b[H"
ENTER, CTRL_C, CTRL_D, CTRL_U, ALT_ENTER = "\r", "\x03", "\x04", "\x15", "\x1b\r"
_DROPPED = ("EDITOR", "VISUAL", "NO_COLOR", "COLUMNS")
_SEQUENCE = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][A-Z0-9]|[=>78A-Z])")


def pasted(text: str) -> str:
    """Return a text as a terminal sends it when it is pasted, in the brackets that mark it."""
    return f"\x1b[200~{typed(text)}\x1b[201~"


def typed(text: str) -> str:
    """Return a text as a terminal without such brackets sends it: line breaks are those of the Enter key."""
    return text.replace("\n", "\r")


class Terminal:
    """csg at a pseudo-terminal of 80 columns and 24 lines."""

    def __init__(
        self, root: Path, *words: str, stdout: Path | None = None, installed: bool = False, **environment: str
    ) -> None:
        """Start csg in a fork of the prepared process; with ``installed``, start the installed command itself."""
        import fcntl
        import pty
        import struct
        import termios

        # Where the environment decides how Python itself starts, the installed command is started.
        installed = installed or any(name.startswith("PYTHON") for name in environment)
        kept = {name: value for name, value in os.environ.items() if name not in _DROPPED}
        environment = kept | {"TERM": "xterm", "TMPDIR": str(root.parent)} | environment
        self._terminal, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        output = os.open(stdout, os.O_WRONLY | os.O_CREAT) if stdout else other
        self._pid = PREPARED.start(
            [str(CSG), *words], str(root), environment, [other, output, other], terminal=True, installed=installed
        )
        for stream in {other, output}:
            os.close(stream)
        self.raw = b""
        self._seen = 0
        self._status: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._status is None:
            os.kill(self._pid, signal.SIGKILL)
            self._ended()
        if self._terminal >= 0:
            os.close(self._terminal)

    @property
    def screen(self) -> str:
        """All that was printed, without control sequences."""
        return _SEQUENCE.sub("", self.raw.decode("utf-8", "replace")).replace("\r", "")

    def expect(self, text: str) -> None:
        """Wait until a text is printed, after the last that was expected."""
        while (index := self.screen.find(text, self._seen)) < 0:
            assert self._read(), f"'{text}' is not in:\n{self.screen[self._seen :]}"
        self._seen = index + len(text)

    def answer(self, question: str, *keys: str) -> None:
        """Wait for a question, type its answer and press Enter."""
        self.expect(question)
        self.send(*keys, ENTER)

    def send(self, *keys: str | bytes) -> None:
        """Type keys, read what is printed meanwhile: a terminal takes some 4,000 bytes at a time."""
        content = b"".join(key.encode() if isinstance(key, str) else key for key in keys)
        while content:
            _, writable, _ = select.select([], [self._terminal], [], 0.05)
            if writable:
                content = content[os.write(self._terminal, content[:512]) :]
            if select.select([self._terminal], [], [], 0)[0]:
                self._read()

    def end(self) -> int:
        """Wait for the end of csg. Return its exit status."""
        while self._read():
            pass
        return self._ended()

    def close(self) -> int:
        """Close the terminal, as a connection that breaks does. Return the exit status of csg."""
        os.close(self._terminal)
        self._terminal = -1
        return self._ended()

    def ask_to_end(self) -> int:
        """Ask csg to end, as a computer that shuts down does. Return its exit status."""
        os.kill(self._pid, signal.SIGTERM)
        return self.end()

    def _ended(self) -> int:
        self._status = PREPARED.wait(self._pid)
        return self._status

    def _read(self) -> bool:
        assert select.select([self._terminal], [], [], PATIENCE)[0], f"nothing came after:\n{self.screen}"
        try:
            content = os.read(self._terminal, 1 << 16)
        except OSError:  # Linux, where the other side is closed
            return False
        self.raw += content
        return bool(content)
