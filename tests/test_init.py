"""``csg init``: a new workspace for any group."""

import re
from pathlib import Path

import pytest
from conftest import Run

VIENNA = ("--group", "Vienna NGO Committee", "--short", "VNC", "--plan", "2023", "--periods", "q1,q2,q3,q4")
EVERY = [
    *(".editorconfig", ".gitattributes", ".github/ISSUE_TEMPLATE/report-progress.yml"),
    *(
        ".github/pull_request_template.md",
        ".github/workflows/csg.yml",
        ".github/workflows/progress.yml",
        ".gitignore",
        ".gitlab-ci.yml",
    ),
    *(".vscode/settings.json", "README.md", "data/group.yaml", "data/members.yaml", "data/workplan-2023.yaml"),
    *("requirements.txt", "schemas/countries.json", "schemas/group.json", "schemas/members.json"),
    *("schemas/review.json", "schemas/workplan.json"),
]


def files_below(folder: Path) -> list[str]:
    """Return the paths of all files in a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_workspace_of_another_group(csg: Run, tmp_path: Path) -> None:
    """A plan, a member, an activity, a report, check and render: no trace of the group that csg was made for."""
    made = csg("init", "vienna", *VIENNA, cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    vienna = tmp_path / "vienna"
    assert files_below(vienna) == EVERY
    for words in (
        ("member", "add", "YSA", "--name", "Youth Speak"),
        ("workplan", "add", "--objective", "A", "--objective-title", "Voice", "--title", "Meet", "--cso-lead", "YSA"),
        ("progress", "add", "A.1", "--period", "q1", "--by", "YSA", "--status", "on-track", "--summary", "Met."),
        ("check", "--strict"),
        ("report", "render"),
        ("report", "render", "--check"),
        ("status",),
    ):
        done = csg(*words, cwd=vienna)
        assert done.returncode == 0, (words, done.stderr)
    for file in files_below(vienna):
        text = (vienna / file).read_text("utf-8")
        assert not re.search(r"UNODC|\bHAS\b|High Priority|INPUD|INWUD|Drug Use", text), file
    assert "Vienna NGO Committee" in (vienna / "reports" / "README.md").read_text("utf-8")


def test_the_next_steps_are_true_in_the_current_folder(csg: Run, tmp_path: Path) -> None:
    """They name the folder, and no change to it."""
    made = csg("init", ".", *VIENNA, cwd=tmp_path)
    assert f"The workspace is in {tmp_path.resolve()}. Next: csg status, csg report render." in made.stderr.replace(
        "\n", " "
    )


def test_the_example_has_the_data_that_comes_with_csg(csg: Run, tmp_path: Path) -> None:
    """It passes check and renders."""
    assert csg("init", "demo", "--example", cwd=tmp_path).returncode == 0
    demo = tmp_path / "demo"
    assert not (demo / "templates").exists()
    for words in (("check", "--strict"), ("report", "render"), ("report", "render", "--check")):
        assert csg(*words, cwd=demo).returncode == 0
    again = csg("init", "demo", "--example", cwd=tmp_path)
    assert again.returncode == 1
    assert "CSG308 this folder is a workspace already" in again.stderr


def test_what_is_there_is_kept(csg: Run, tmp_path: Path) -> None:
    """No file is overwritten, and a dry run writes nothing."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "README.md").write_text("Mine.\n", "utf-8")
    assert csg("init", *VIENNA, "--dry-run", cwd=folder).returncode == 0
    assert files_below(folder) == ["README.md"]
    assert "kept  README.md" in csg("init", *VIENNA, cwd=folder).stdout
    assert (folder / "README.md").read_text("utf-8") == "Mine.\n"


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        ((), 2, "missing --group, --short, --plan"),
        (("--group", "A", "--short", "A"), 2, "missing --plan"),
        (("--group", "A", "--short", "a/b", "--plan", "2023"), 1, "short must have at most 40"),
        (("--group", "A", "--short", "A", "--plan", "leads"), 1, "CSG313 'leads' cannot be the name of a plan"),
        (("--group", "A", "--short", "A", "--plan", "../x"), 1, "CSG313"),
        (("--group", "A", "--short", "A", "--plan", "2023", "--language", "English"), 1, "language must be"),
    ],
)
def test_wrong_facts_write_nothing(csg: Run, tmp_path: Path, words: tuple[str, ...], status: int, message: str) -> None:
    """What is missing or wrong is named."""
    done = csg("init", "new", *words, cwd=tmp_path)
    assert done.returncode == status, done.stderr
    assert message in " ".join(done.stderr.replace("│", " ").split())
    assert not (tmp_path / "new").exists()


def test_the_periods_and_the_title_are_in_the_language_of_the_group(csg: Run, tmp_path: Path) -> None:
    """The words of a letter come from them. A name that csg does not know stays as it is."""
    words = ("--group", "Red", "--short", "RAR", "--plan", "2026", "--periods", "q1,mid,tramo", "--language", "es")
    assert csg("init", str(tmp_path / "new"), *words).returncode == 0
    plan = (tmp_path / "new" / "data" / "workplan-2026.yaml").read_text("utf-8")
    assert "title: Plan de trabajo 2026\n" in plan
    assert "{id: q1, name: Trimestre 1}\n  - {id: mid, name: Mitad de año}\n  - {id: tramo, name: Tramo}\n" in plan
