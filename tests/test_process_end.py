"""The end of the process: quick, with the right exit status, and nothing that is registered for the end is left out."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import CSG

MAIN = """
import atexit, sys, tempfile
atexit.register(lambda: print("at the end", file=sys.stderr))
folder = tempfile.TemporaryDirectory()
print(folder.name)
{more}
from csg.__main__ import main
main()
"""


def end(*words: str, more: str = "") -> "subprocess.CompletedProcess[str]":
    """Run csg with something that is registered for the end of the process."""
    command = [sys.executable, "-c", MAIN.format(more=more), *words]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize(
    ("words", "status"), [(["--version"], 0), (["no-such-command"], 2), (["--root", "/nowhere", "check"], 1)]
)
def test_what_is_registered_for_the_end_runs(words: list[str], status: int) -> None:
    """Functions of atexit run once, and temporary folders are removed, whatever the exit status."""
    done = end(*words)
    assert done.returncode == status
    assert done.stderr.count("at the end\n") == 1
    assert not Path(done.stdout.splitlines()[0]).exists()


def test_a_thread_that_runs_is_waited_for() -> None:
    """Its output is not lost."""
    more = "import threading, time\nthreading.Thread(target=lambda: (time.sleep(0.2), print('thread done'))).start()"
    assert "thread done\n" in end("--version", more=more).stdout


def test_a_profile_of_the_program_is_printed() -> None:
    """A profiler prints at the end of the program."""
    command = [sys.executable, "-m", "cProfile", "-m", "csg", "--version"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert "function calls" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="redirections of a shell")
def test_all_of_a_long_output_is_written(root: Path) -> None:
    """To a file and into a pipe, which may hold less than the output."""
    command = f'"{CSG}" schema workplan | wc -c; "{CSG}" schema workplan > schema.json; wc -c < schema.json'
    done = subprocess.run(["sh", "-c", command], cwd=root, capture_output=True, text=True, check=True)
    piped, written = map(int, done.stdout.split())
    assert piped == written > 1000


def test_no_plugin_of_pydantic_is_loaded(root: Path) -> None:
    """Other people's code does not come between the data and the records, and importlib.metadata is not imported."""
    code = (
        "import sys; sys.argv = ['csg', 'workplan', 'list']\n"
        "from csg.cli.main import run\n"
        "try: run()\n"
        "except SystemExit as end: print(end.code, 'importlib.metadata' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, encoding="utf-8", check=False)
    assert done.stdout.splitlines()[-1] == "0 False"
