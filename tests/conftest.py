"""What tests share: a workspace of their own with the group's data, and the installed command."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
CSG = Path(sys.executable).with_name("csg.exe" if os.name == "nt" else "csg")
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with the group's own data."""
    folder = tmp_path / "workspace"
    shutil.copytree(PROJECT / "data", folder / "data", ignore=shutil.ignore_patterns(".*"))
    return folder


@pytest.fixture
def csg(root: Path) -> Run:
    """Run the installed command in the workspace, as a person does; its output as text."""

    def run(*words: str, stdin: str = "", cwd: Path = root, **more: str) -> subprocess.CompletedProcess[str]:
        names = ("PATH", "HOME", "SYSTEMROOT", "TEMP", "TMP")
        kept = {name: os.environ[name] for name in names if name in os.environ}
        return subprocess.run(
            [str(CSG), *words],
            input=stdin,
            cwd=cwd,
            env={**kept, **more},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return run
