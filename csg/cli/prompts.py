"""Read an answer at a terminal, with line editing if the terminal supports it."""

import os
import signal
import sys
from typing import Any

from csg.cli.question import PASTE_PAUSE, Question, Stopped
from csg.problem import visible
from csg.view.display import note

_LONGEST_LINE = 4095
"""Bytes at which a terminal without line editing cuts a line."""
_DUMB = ("dumb", "unknown")
_hints: set[str] = set()


def stop_on_hang_up() -> None:
    """Treat a terminal that closes, or a request to end, as Ctrl-C: csg keeps the answers that a person typed."""
    for name in ("SIGHUP", "SIGTERM"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _interrupt)


def _interrupt(number: int, _: Any) -> None:
    signal.signal(number, signal.SIG_IGN)  # a second one must not stop csg while it keeps the answers
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as for a command in the background of a script
        raise KeyboardInterrupt
    signal.raise_signal(signal.SIGINT)


def read_answer(question: Question) -> str:
    """Return the answer that a person types. Raise Stopped if the person stops."""
    if os.environ.get("TERM", "").lower() not in _DUMB:
        from csg.cli.line_editing import edit_line, open_session

        try:
            session = open_session(question)
        except Exception:  # noqa: S110  (if the library does not support this terminal, read lines)
            pass
        else:
            if question.kind == "text":
                _hint("Press Enter to finish a text, Alt+Enter for a new line. Pasted text keeps its lines.")
            if question.text:
                note("Press Ctrl-U to delete the text in the field.")
            return edit_line(session, question)
    _hint("This terminal has no line editing. Press Enter to finish an answer.")
    return _plain(question)


def _hint(text: str) -> None:
    """Show a hint once."""
    if text not in _hints:
        _hints.add(text)
        note(text)


def _plain(question: Question) -> str:
    """Read a line, and the lines that follow it at once, from a terminal without line editing."""
    if question.text:
        note(f"{question.text}\nPress Enter to keep this text, type a blank to delete it, or type another.")
    while True:
        print(f"{visible(question.label, keep='')}: ", end="", file=sys.stderr, flush=True)
        lines = _read_lines(many=question.kind != "choice")
        if all(len(line.rstrip(b"\n")) < _LONGEST_LINE for line in lines):
            break
        note(f"This terminal cuts a line at {_LONGEST_LINE:,} bytes, so part of the text is missing.")
        note("Paste it in shorter lines, or stop with Ctrl-C and use an editor: set EDITOR.")
    text = b"".join(lines).decode("utf-8", "surrogateescape")
    return text if text.rstrip("\r\n") else question.text


def _read_lines(*, many: bool) -> list[bytes]:
    from select import select

    descriptor = sys.stdin.fileno()
    lines: list[bytes] = []
    try:
        while not lines or (many and os.name != "nt" and select([descriptor], [], [], PASTE_PAUSE)[0]):
            lines.append(os.read(descriptor, 1 << 16))
            if not lines[-1]:
                break
    except KeyboardInterrupt:
        lines.append(b"")
    if not lines[-1]:  # Ctrl-D ends the input
        raise Stopped(b"".join(lines).decode("utf-8", "surrogateescape"))
    return lines
