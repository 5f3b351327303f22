"""The exit status says whether something is written, even if the output cannot be shown."""

import os
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest
from conftest import CSG, kept_environment
from prepared import PREPARED

pytestmark = pytest.mark.skipif(os.name == "nt", reason="redirections of a shell")
PLAN = "data/workplan-2021-22.yaml"
ADD = "progress add 1.1 --period mid --by IDPC --status on-track --date 2021-12-01 --summary Done"
full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")


def run(root: Path, command: str) -> "subprocess.CompletedProcess[str]":
    """Run a command line of bash in the workspace."""
    script = f"set -o pipefail; csg() {{ '{CSG}' \"$@\"; }}; {command}"
    return subprocess.run(["bash", "-c", script], cwd=root, capture_output=True, text=True, check=False)


def run_redirected(root: Path, command: str, redirect: str) -> tuple[int, str]:
    """Run csg in a fork with its outputs as a shell redirects them. Return the exit status and the errors."""
    reader, leaves = os.pipe()
    os.close(reader)
    outputs: dict[str, Any] = {"/dev/full": os.open("/dev/full", os.O_WRONLY), "-": None}
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as said, Path(os.devnull).open("rb") as given:
        streams: list[int | None] = [given.fileno(), printed.fileno(), said.fileno()]
        if redirect.startswith("|"):
            streams[1] = leaves
        for number, name in re.findall(r"(2?)>&? ?(/dev/full|-)", redirect):
            streams[2 if number else 1] = outputs[name]
        if redirect.endswith("2>&1"):
            streams[2] = streams[1]
        status = PREPARED.run([str(CSG), *command.split()], str(root), kept_environment(), streams)
        for stream in (leaves, outputs["/dev/full"]):
            os.close(stream)
        said.seek(0)
        return status, said.read().decode("utf-8")


REDIRECTS = ["> /dev/full", ">&-", "2> /dev/full", "2>&-", "> /dev/full 2>&1", ">&- 2>&-", "| true"]


@full
@pytest.mark.parametrize("redirect", REDIRECTS)
@pytest.mark.parametrize(
    "command", [ADD, "workplan set 1.1 due=2022-01-01", "workplan new 2022-23", "report render", "init other --example"]
)
def test_what_is_written_exits_with_0(root: Path, command: str, redirect: str) -> None:
    """A script that tries again after an error would write it for the second time."""
    status, errors = run_redirected(root, command, redirect)
    assert status == 0, errors
    assert "nothing was written" not in errors
    if command == ADD:
        assert (root / PLAN).read_text("utf-8").count("summary: Done") == 1


@full
@pytest.mark.parametrize("redirect", REDIRECTS)
def test_the_installed_command_exits_with_0_for_what_is_written(root: Path, redirect: str) -> None:
    """In a shell."""
    done = run(root, f"csg {ADD} {redirect}")
    assert done.returncode == 0, done.stderr
    assert "nothing was written" not in done.stderr
    assert (root / PLAN).read_text("utf-8").count("summary: Done") == 1


@full
def test_a_full_output_of_a_command_that_writes_nothing_is_an_error(root: Path) -> None:
    """Half a list must not be taken for the whole."""
    done = run(root, "csg workplan list --format json > /dev/full")
    assert done.returncode == 1
    assert "CSG408 standard output: no space left on device" in done.stderr
    done = run(root, f"csg {ADD} > /dev/full")
    assert "The change is written" in done.stderr


@pytest.mark.parametrize("number", [0, 2000])
@pytest.mark.parametrize("command", ["workplan list --format json", "workplan list", "check", "status --format yaml"])
def test_a_reader_that_leaves_is_no_error(root: Path, command: str, number: int) -> None:
    """At any size of the output."""
    text = (root / PLAN).read_text("utf-8")
    activities = (
        f'      - {{id: "1.{n}", title: A title, unodc_lead: [], cso_lead: [], comments: None.}}\n'
        for n in range(100, 100 + number)
    )
    (root / PLAN).write_text(text.replace("    activities:\n", f"    activities:\n{''.join(activities)}", 1), "utf-8")
    for reader in ("head -1", "true"):
        done = run(root, f"csg {command} | {reader}")
        assert done.returncode == 0, done.stderr
        assert "Error" not in done.stderr
