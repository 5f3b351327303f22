"""A prepared process that runs csg in forks of itself: the same program, without starting Python for each test.

It is started once by a test session, imports what commands need, and waits at a socket. A request has the words of
the command line, the folder and the environment, and comes with the three streams that the fork is to use.
"""

import contextlib
import gc
import json
import os
import pkgutil
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

STREAMS = 3
_CHUNK = 1 << 16
_PYTHON = sys.executable
"""The Python of the tests, which a test may replace later."""


class Prepared:
    """A prepared process, which starts when it is first used, and the socket that leads to it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def run(self, words: list[str], cwd: str, environment: dict[str, str], streams: Sequence[int | None]) -> int:
        """Run csg in a fork with these words and streams. Return its exit status once it has ended."""
        return self.wait(self.start(words, cwd, environment, streams))

    def start(
        self,
        words: list[str],
        cwd: str,
        environment: dict[str, str],
        streams: Sequence[int | None],
        **how: bool,
    ) -> int:
        """Start csg in a fork with these words and streams, None for a closed one. Return its process number.

        With ``terminal``, standard input is the terminal that controls it, as for a program that a shell starts.
        With ``installed``, the fork becomes the installed command.
        """
        closed = [number for number, stream in enumerate(streams) if stream is None]
        request = {"words": words, "cwd": cwd, "environment": environment, "closed": closed, **how}
        return self._ask(request, [stream for stream in streams if stream is not None])

    def wait(self, child: int) -> int:
        """Return the exit status of a fork once it has ended. Others can be started meanwhile, where Linux helps."""
        if hasattr(os, "pidfd_open"):
            descriptor = os.pidfd_open(child)
            select.select([descriptor], [], [])
            os.close(descriptor)
        return self._ask({"wait": child}, [])

    def close(self) -> None:
        """End the process."""
        if self._process:
            self._socket.close()
            self._process.wait()
            self._process = None

    def _ask(self, request: dict[str, Any], streams: list[int]) -> int:
        content = json.dumps(request).encode() + b"\n"
        with self._lock:
            self._begin()
            sent = socket.send_fds(self._socket, [content], streams) if streams else 0
            self._socket.sendall(content[sent:])
            return int(self._socket.recv(64))

    def _begin(self) -> None:
        if self._process is None:
            self._socket, other = socket.socketpair()
            command = [_PYTHON, __file__, str(other.fileno())]
            self._process = subprocess.Popen(command, pass_fds=[other.fileno()])
            other.close()


PREPARED = Prepared()
"""The prepared process of this test session."""


def _serve(connection: socket.socket) -> None:
    while True:
        content, streams, _, _ = socket.recv_fds(connection, _CHUNK, STREAMS)
        while content and not content.endswith(b"\n"):
            content += connection.recv(_CHUNK)
        if not content:
            return
        request = json.loads(content)
        if "wait" in request:
            answer = os.waitstatus_to_exitcode(os.waitpid(request["wait"], 0)[1])
        elif (answer := os.fork()) == 0:
            connection.close()
            _run(request, streams)
        for stream in streams:
            os.close(stream)
        connection.send(str(answer).encode())


def _run(request: dict[str, Any], streams: list[int]) -> None:
    """Be the fork: csg with the request's words, folder, environment and streams."""
    status: Any = 1
    words, environment = request["words"], request["environment"]
    try:
        opened = [number for number in range(STREAMS) if number not in request["closed"]]
        for number, stream in zip(opened, streams, strict=True):
            os.dup2(stream, number)
        for number in (*streams, *request["closed"]):
            os.close(number)
        if request.get("terminal"):
            _control_terminal()
        os.chdir(request["cwd"])
        if request.get("installed"):
            os.execve(words[0], words, environment)  # noqa: S606
        _open_streams(opened)
        os.environ.clear()
        os.environ.update(environment)
        time.tzset()
        tempfile.tempdir = None  # the environment says where it is
        sys.argv = words
        from csg.cli.main import run

        run()
    except SystemExit as end:
        status = end.code
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status if isinstance(status, int) else int(status is not None))


def _control_terminal() -> None:
    import fcntl
    import termios

    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _open_streams(opened: list[int]) -> None:
    """Open the standard streams as Python does at its start: a terminal's output is written line by line."""
    for number, (name, mode, buffering) in enumerate((("stdin", "r", -1), ("stdout", "w", -1), ("stderr", "w", 1))):
        stream = None
        if number in opened:
            old = getattr(sys, name)
            stream = open(number, mode, buffering, old.encoding, old.errors, closefd=False)  # noqa: SIM115
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


_LIBRARIES = (
    "babel.dates",
    "babel.lists",
    "babel.numbers",
    "email.generator",
    "filelock",
    "jinja2.sandbox",
    "openpyxl",
    "phonenumbers",
    "prompt_toolkit",
    "rich.progress",
    "tomllib",
)
_OPTIONAL = ("docx", "icalendar", "linkify_it", "pptx", "resource", "typer._click.decorators", "typst", "xlsxwriter")
"""Modules that only the documents extra, some systems or some versions have."""


def _import_all() -> None:
    """Import csg and what it needs once, for every fork."""
    import csg

    for module in pkgutil.walk_packages(csg.__path__, "csg."):
        if module.name != "csg.__main__":
            import_module(module.name)
    for name in _LIBRARIES:
        import_module(name)
    for name in _OPTIONAL:
        with contextlib.suppress(ImportError):
            import_module(name)


def _read_all() -> None:
    """Read once, for every fork, what csg reads of its own and keeps: names, catalogues, templates and schemas.

    Nothing of a workspace is kept. The documents that need typst are left out, since it starts threads.
    """
    from csg.documents.render import Wanted, render_documents
    from csg.language import known_languages
    from csg.model.base import Record
    from csg.survey.country_names import nearest_country
    from csg.workspace import open_workspace

    nearest_country("")
    models = [Record]
    for model in models:
        models += model.__subclasses__()
        model.model_rebuild()
    plan = open_workspace(str(Path(__file__).parent / "workspace"))
    for code in known_languages():
        render_documents([plan], Wanted(language=code), "markdown")
    render_documents([plan], Wanted(), "html")


if __name__ == "__main__":
    gc.disable()
    _import_all()
    _read_all()
    gc.freeze()
    _serve(socket.socket(fileno=int(sys.argv[1])))
