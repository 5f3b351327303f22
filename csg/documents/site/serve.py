"""Show the site on this computer, and build it again when a data file changes."""

import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csg.documents.formats.html import SITE_POLICY
from csg.documents.site.build import Built
from csg.problem import Problem, Refused, reason

HOST = "127.0.0.1"
_WAIT = 1.0
"""Seconds between two looks at the data files."""
_TIMEOUT = 10
"""Seconds that csg waits for a request on an open connection."""
_HOSTS = frozenset({"localhost", HOST})
"""The names by which a browser may call. Another name could be that of a page elsewhere which leads here."""
_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


class Shown:
    """The site as it was last built. A download is made when a browser asks for it for the first time."""

    def __init__(self, built: Built) -> None:
        self._files = _Files(built)

    def replace(self, built: Built) -> None:
        """Show a new site."""
        self._files = _Files(built)

    def content(self, path: str) -> tuple[str, bytes] | None:
        """Return the file for the path of an address, and its content; None if the site has no such file."""
        file = unquote(path).lstrip("/")
        file = f"{file}index.html" if file in ("", *_folders(file)) else file
        content = self._files.content(file)
        return None if content is None else (file, content)


class _Files:
    """The files of a site. Downloads are made one after the other; meanwhile pages are answered."""

    def __init__(self, built: Built) -> None:
        self._contents, self._downloads = dict(built.pages), built.downloads
        self._lock = threading.Lock()

    def content(self, file: str) -> bytes | None:
        """Return the content of a file; None if the site does not have it."""
        if file not in self._contents and file in self._downloads:
            with self._lock:
                if file not in self._contents:
                    self._contents[file] = self._downloads[file]()
        return self._contents.get(file)


def _folders(file: str) -> tuple[str, ...]:
    return (file,) if file.endswith("/") else ()


def serve_site(
    root: Path,
    build: Callable[[], Built],
    port: int,
    *,
    say: Callable[[str], None],
    failed: Callable[[Refused], None],
) -> None:
    """Serve the site until Ctrl-C. Raise Refused if the data has errors at the start, or the port is in use."""
    shown = Shown(build())
    try:
        server = ThreadingHTTPServer((HOST, port), _handler(shown))
    except OSError as error:
        hint = "Choose another port with --port, or 0 for any free port."
        raise Refused(Problem("CSG408", f"port {port} cannot be opened: {reason(error)}", hint=hint)) from None
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    say(f"http://{HOST}:{server.server_port}/ shows the site. Press Ctrl-C to end.")
    try:
        _watch(root, build, shown, say, failed)
    except KeyboardInterrupt:
        say("The site is no longer shown.")
    finally:
        server.shutdown()
        server.server_close()


def _watch(
    root: Path,
    build: Callable[[], Built],
    shown: Shown,
    say: Callable[[str], None],
    failed: Callable[[Refused], None],
) -> None:
    """Build the site again whenever a data file changes. If the data has errors, the last site stays."""
    before = _times(root)
    while True:
        time.sleep(_WAIT)
        now = _times(root)
        if now == before:
            continue
        before = now
        try:
            shown.replace(build())
            say("The data has changed, and the site is built again. Reload the page.")
        except Refused as refused:
            failed(refused)


def _times(root: Path) -> dict[str, tuple[int, int]]:
    """Return the time and the size of each data file and template."""
    times: dict[str, tuple[int, int]] = {}
    for pattern in ("data/*.yaml", "data/reviews/*.yaml", "templates/*.j2"):
        for path in root.glob(pattern):
            try:
                state = path.stat(follow_symlinks=False)
            except OSError:
                continue
            times[str(path)] = (state.st_mtime_ns, state.st_size)
    return times


def _handler(shown: Shown) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Answer with files of the site, to a browser on this computer."""

        timeout = _TIMEOUT
        server_version = "csg"
        sys_version = ""

        def do_GET(self) -> None:
            self._answer(with_content=True)

        def do_HEAD(self) -> None:
            self._answer(with_content=False)

        def _answer(self, *, with_content: bool) -> None:
            host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
            if host.casefold() not in _HOSTS:
                self._send(HTTPStatus.FORBIDDEN, "text/plain; charset=utf-8", b"Not for this host.\n", with_content)
                return
            try:
                found = shown.content(urlsplit(self.path).path)
            except (Refused, ValueError) as error:
                text = f"{error}\n".encode()
                self._send(HTTPStatus.INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", text, with_content)
                return
            if found is None:
                self._send(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"No such page.\n", with_content)
                return
            file, content = found
            self._send(
                HTTPStatus.OK, _TYPES.get(file.rpartition(".")[2], "application/octet-stream"), content, with_content
            )

        def _send(self, status: HTTPStatus, kind: str, content: bytes, with_content: bool) -> None:
            self.send_response(status)
            headers = {
                "Content-Type": kind,
                "Content-Length": str(len(content)),
                "Content-Security-Policy": SITE_POLICY,
                "X-Content-Type-Options": "nosniff",
                "Cache-Control": "no-store",
            }
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if with_content:
                self.wfile.write(content)

        def log_message(self, *words: object) -> None:
            """Say nothing about each request."""

    return Handler
