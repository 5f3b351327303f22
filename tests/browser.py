"""A Chromium that shows many pages in one process, driven over its pipe of the DevTools protocol."""

import fcntl
import json
import os
import shutil
import tempfile
from base64 import b64decode
from collections.abc import Iterator
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run")
_FROM_BROWSER, _TO_BROWSER = 4, 3
"""The numbers of the pipes in the browser's process."""
_FIRST_FREE = 10
"""A number of a pipe above those that the browser needs."""
_NARROW = 600
"""The width in pixels below which the browser behaves as on a telephone."""
_TAB_KEY = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}


class Browser:
    """A browser with one page. ``requests`` and ``messages`` are those since the page was opened."""

    def __init__(self) -> None:
        assert CHROMIUM
        self._folder = tempfile.mkdtemp()
        theirs_in, self._commands = (fcntl.fcntl(pipe, fcntl.F_DUPFD_CLOEXEC, _FIRST_FREE) for pipe in os.pipe())
        self._answers, theirs_out = (fcntl.fcntl(pipe, fcntl.F_DUPFD_CLOEXEC, _FIRST_FREE) for pipe in os.pipe())
        null = os.open(os.devnull, os.O_RDWR)
        moves = ((null, 1), (null, 2), (theirs_in, _TO_BROWSER), (theirs_out, _FROM_BROWSER))
        self._process = os.posix_spawn(
            CHROMIUM,
            [CHROMIUM, *_FLAGS, f"--user-data-dir={self._folder}", "about:blank"],
            dict(os.environ),
            file_actions=[(os.POSIX_SPAWN_DUP2, number, target) for number, target in moves],
        )
        for number in (theirs_in, theirs_out, null):
            os.close(number)
        self._rest, self._number, self._session = b"", 0, ""
        self.requests: list[str] = []
        self.messages: list[str] = []
        self._loaded = False
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.call(f"{domain}.enable")

    def close(self) -> None:
        """End the browser."""
        self._session = ""
        self.call("Browser.close")
        os.waitpid(self._process, 0)
        os.close(self._commands)
        os.close(self._answers)
        shutil.rmtree(self._folder, ignore_errors=True)

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Return the result of a method of the protocol."""
        self._number += 1
        number = self._number
        message: dict[str, object] = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._commands, f"{json.dumps(message)}\0".encode())
        for answer in self._read():
            if answer.get("id") == number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result
        raise AssertionError(method)

    def open(self, address: str, width: int = 1280, *, dark: bool = False, scripts: bool = True) -> None:
        """Open a page in a window of a width, and wait until it is loaded."""
        self.resize(width)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.call("Page.navigate", url="about:blank")
        self._wait()
        self.requests.clear()
        self.messages.clear()
        self.call("Page.navigate", url=address)
        self._wait()

    def resize(self, width: int) -> None:
        """Give the window another width."""
        values = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < _NARROW}
        self.call("Emulation.setDeviceMetricsOverride", **values)

    def evaluate(self, code: str) -> Any:
        """Return the value of an expression of JavaScript, or of its promise."""
        result = self.call("Runtime.evaluate", expression=code, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def tab(self) -> None:
        """Press the Tab key."""
        self.call("Input.dispatchKeyEvent", type="rawKeyDown", **_TAB_KEY)
        self.call("Input.dispatchKeyEvent", type="keyUp", **_TAB_KEY)

    def printed(self) -> bytes:
        """Return the page as PDF, as it is printed."""
        return b64decode(self.call("Page.printToPDF", preferCSSPageSize=True)["data"])

    def _wait(self) -> None:
        if not self._loaded:
            for _message in self._read():
                if self._loaded:
                    break
        self._loaded = False

    def _read(self) -> Iterator[dict[str, Any]]:
        while True:
            text, end, rest = self._rest.partition(b"\0")
            if not end:
                more = os.read(self._answers, 1 << 16)
                assert more, "the browser has ended"
                self._rest += more
                continue
            self._rest = rest
            message: dict[str, Any] = json.loads(text)
            self._keep(message)
            yield message

    def _keep(self, message: dict[str, Any]) -> None:
        values = message.get("params", {})
        match message.get("method"):
            case "Page.loadEventFired":
                self._loaded = True
            case "Network.requestWillBeSent":
                self.requests.append(values["request"]["url"])
            case "Log.entryAdded":
                self.messages.append(values["entry"]["text"])
            case "Runtime.consoleAPICalled":
                self.messages.append(str(values["args"]))
            case "Runtime.exceptionThrown":
                self.messages.append(str(values["exceptionDetails"]))
