"""A prepared process that runs csg in forks of itself: the same program, without starting Python for each test.

It is started once by a test session, imports what commands need, and waits at a socket. A request has the words of
the command line, the folder and the environment, and comes with the three streams that the fork is to use.
"""

import contextlib
import gc
import json
import os
import pkgutil
import socket
import subprocess
import sys
from importlib import import_module
from typing import Any

STREAMS = 3
_CHUNK = 1 << 16


class Prepared:
    """A prepared process, and the socket that leads to it."""

    def __init__(self) -> None:
        self._socket, other = socket.socketpair()
        command = [sys.executable, __file__, str(other.fileno())]
        self._process = subprocess.Popen(command, pass_fds=[other.fileno()])
        other.close()

    def run(self, words: list[str], cwd: str, environment: dict[str, str], streams: list[int]) -> int:
        """Run csg in a fork with these words and streams. Return its exit status once it has ended."""
        request = json.dumps({"words": words, "cwd": cwd, "environment": environment}).encode() + b"\n"
        sent = socket.send_fds(self._socket, [request], streams)
        self._socket.sendall(request[sent:])
        return int(self._socket.recv(64))

    def close(self) -> None:
        """End the process."""
        self._socket.close()
        self._process.wait()


def _serve(connection: socket.socket) -> None:
    while True:
        content, streams, _, _ = socket.recv_fds(connection, _CHUNK, STREAMS)
        while content and not content.endswith(b"\n"):
            content += connection.recv(_CHUNK)
        if not content:
            return
        child = os.fork()
        if child == 0:
            connection.close()
            _run(json.loads(content), streams)
        for stream in streams:
            os.close(stream)
        _, status = os.waitpid(child, 0)
        connection.send(str(os.waitstatus_to_exitcode(status)).encode())


def _run(request: dict[str, Any], streams: list[int]) -> None:
    """Be the fork: csg with the request's words, folder, environment and streams."""
    status: Any = 1
    try:
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        os.environ.clear()
        os.environ.update(request["environment"])
        os.chdir(request["cwd"])
        sys.argv = request["words"]
        from csg.cli.main import run

        run()
    except SystemExit as end:
        status = end.code
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status if isinstance(status, int) else int(status is not None))


def _import_all() -> None:
    """Import csg and what it needs once, for every fork, and read the names of countries in every language."""
    import csg
    from csg.survey.country_names import nearest_country

    for module in pkgutil.walk_packages(csg.__path__, "csg."):
        if module.name != "csg.__main__":
            import_module(module.name)
    for name in (
        "babel.dates",
        "babel.lists",
        "babel.numbers",
        "filelock",
        "jinja2.sandbox",
        "openpyxl",
        "phonenumbers",
    ):
        import_module(name)
    for name in ("docx", "typst"):
        with contextlib.suppress(ImportError):  # only the documents extra has them
            import_module(name)
    nearest_country("")


if __name__ == "__main__":
    gc.disable()
    _import_all()
    gc.freeze()
    _serve(socket.socket(fileno=int(sys.argv[1])))
