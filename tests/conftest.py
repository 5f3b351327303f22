"""What tests share: a workspace with data of their own, and the installed command."""

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from prepared import PREPARED

settings.register_profile("csg", deadline=None)  # a busy machine is no failure
settings.load_profile("csg")

PROJECT = Path(__file__).parent.parent
OWN = Path(__file__).parent / "workspace"
"""The tests' own data: a change to the group's must not break a test of the code."""
CSG = Path(sys.executable).with_name("csg.exe" if os.name == "nt" else "csg")
Run = Callable[..., subprocess.CompletedProcess[str]]
_KEPT = ("PATH", "HOME", "SYSTEMROOT", "TEMP", "TMP", "COVERAGE_PROCESS_CONFIG")
"""What a command of the tests has of the environment; all else could change what it prints."""


def pytest_collection_finish() -> None:
    """Keep the many objects of the collected tests out of the searches for garbage, and search less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with the tests' own data."""
    folder = tmp_path / "workspace"
    shutil.copytree(OWN / "data", folder / "data", ignore=shutil.ignore_patterns(".*"))
    return folder


@pytest.fixture(scope="session", autouse=True)
def _end_prepared() -> Iterator[None]:
    """End the prepared process, if a test started it, after the tests."""
    yield
    PREPARED.close()


@pytest.fixture
def csg(root: Path) -> Run:
    """Run csg in the workspace as the installed command does; its output as text."""
    return runner(root)


def runner(root: Path) -> Run:
    """Return a function that runs csg in a workspace.

    Where the environment decides how Python itself starts, the installed command is started.
    """

    def run(*words: str, stdin: str = "", cwd: Path = root, **more: str) -> subprocess.CompletedProcess[str]:
        environment = kept_environment() | more
        start_python = any(name.startswith(("PYTHON", "LC_", "LANG")) for name in more)
        if start_python or not hasattr(os, "fork"):
            return run_installed(*words, stdin=stdin, cwd=cwd, environment=environment)
        return _run_fork(words, stdin, cwd, environment)

    return run


def kept_environment() -> dict[str, str]:
    """Return what a command of the tests has of the environment."""
    return {name: os.environ[name] for name in _KEPT if name in os.environ}


def run_installed(
    *words: str, stdin: str = "", cwd: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Start the installed command itself, as a person's shell does; its output as text."""
    return subprocess.run(
        [str(CSG), *words],
        input=stdin,
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def _run_fork(
    words: tuple[str, ...], stdin: str, cwd: Path, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as said:
        given.write(stdin.encode("utf-8", "surrogateescape"))
        given.seek(0)
        streams = [given.fileno(), printed.fileno(), said.fileno()]
        status = PREPARED.run([str(CSG), *words], str(cwd), environment, streams)
        printed.seek(0)
        said.seek(0)
        stdout, stderr = (stream.read().decode("utf-8").replace("\r\n", "\n") for stream in (printed, said))
        return subprocess.CompletedProcess([str(CSG), *words], status, stdout, stderr)
