"""The note at the end of an import names all that has to be rendered and committed."""

import shutil
from pathlib import Path

import pytest
from conftest import Run
from survey_files import as_csv, people, surveymonkey
from test_history import git


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_after_what_the_note_says_all_is_current_and_committed(csg: Run, root: Path, tmp_path: Path) -> None:
    """The pages are what the data makes, git has nothing left, and it has no free text."""
    survey = tmp_path / "survey.csv"
    survey.write_bytes(as_csv(surveymonkey(people())))
    (root / ".gitignore").write_text("/data/.csg.*\n", "utf-8")
    assert csg("report", "render").returncode == 0
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "-c", "user.name=S", "-c", "user.email=s@localhost", "commit", "-qm", "The plan")
    done = csg("review", "import", str(survey), "--id", "second", "--yes")
    assert done.stderr.splitlines()[-1] == (
        "Next: check it with `csg review show second`. Run `csg report render`."
        " Commit data/reviews/second.yaml and reports/."
    )
    assert csg("report", "render").returncode == 0
    git(root, "add", "data/reviews/second.yaml", "reports/")
    assert csg("report", "render", "--check").returncode == 0
    changes = git(root, "status", "--porcelain").splitlines()
    assert sorted(changes) == sorted(line for line in changes if line.startswith(("A  ", "M  ")))
    files = {line[3:] for line in changes}
    assert {"data/reviews/second.yaml", "reports/README.md", "reports/reviews/second.md"} <= files
    assert not any("private" in file for file in files)


def test_the_undo_of_an_import_names_what_stays(csg: Run, root: Path) -> None:
    """The answers in the private folder, and the command that removes the pages."""
    (root / "survey.csv").write_bytes(as_csv(surveymonkey(people(50))))
    assert csg("review", "import", "survey.csv", "--id", "hpc-2021", "--yes").returncode == 0
    done = csg("undo", "--yes")
    assert done.returncode == 0
    assert "private/hpc-2021.jsonl still has the answers." in done.stderr
    assert "csg report render" in done.stderr
