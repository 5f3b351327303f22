"""``csg save``: check, commit, push and merge, in real repositories, with nothing left half done."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run
from test_history import PLAN

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
Git = Callable[..., str]
REPORT = ("--period", "mid", "--status", "on-track", "--date", "2021-12-10")


def git(folder: Path, *words: str) -> str:
    """Run git in a folder; its output."""
    return subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True, check=True).stdout


def set_up(folder: Path) -> None:
    """Give a repository somebody who commits, and the usual .gitignore."""
    git(folder, "config", "user.name", "Somebody")
    git(folder, "config", "user.email", "s@localhost")


@pytest.fixture
def repository(root: Path) -> Path:
    """The workspace as a repository with one commit, cloned from nowhere."""
    git(root, "init", "-q", "-b", "main")
    set_up(root)
    (root / ".gitignore").write_text("/private/\n/data/.csg.*\n.*.new\n", "utf-8")
    git(root, "add", ".")
    git(root, "commit", "-qm", "The plan")
    return root


@pytest.fixture
def server(repository: Path) -> Path:
    """A bare repository, which is the upstream of the workspace."""
    server = repository.parent / "server.git"
    git(repository.parent, "init", "-q", "--bare", "-b", "main", str(server))
    git(repository, "remote", "add", "origin", str(server))
    git(repository, "push", "-q", "-u", "origin", "main")
    return server


@pytest.fixture
def other(server: Path) -> Path:
    """The clone of somebody else."""
    clone = server.parent / "other"
    git(server.parent, "clone", "-q", str(server), str(clone))
    set_up(clone)
    return clone


def report(csg: Run, name: str, by: str, summary: str, **more: Path) -> None:
    """Add a report."""
    done = csg("progress", "add", name, "--by", by, "--summary", summary, *REPORT, **more)
    assert done.returncode == 0, done.stderr


def state(folder: Path) -> tuple[str, str, str]:
    """Return all that a failed save must not change: the last commit, the index, and the working tree."""
    unfinished = [name for name in ("MERGE_HEAD", "rebase-merge") if (folder / ".git" / name).exists()]
    assert unfinished == []
    return (
        git(folder, "rev-parse", "HEAD"),
        git(folder, "ls-files", "--stage"),
        git(folder, "status", "--porcelain", "-uall"),
    )


def test_save_commits_the_data_with_the_changes_in_words_and_nothing_else(csg: Run, repository: Path) -> None:
    report(csg, "2.4", "INWUD", "Done.")
    csg("workplan", "set", "2.1", "cso_lead=HRI")
    for name in ("private/contacts.yaml", "documents/plan.pdf", "data/notes.txt", "other.txt"):
        (repository / name).parent.mkdir(exist_ok=True)
        (repository / name).write_text("x", "utf-8")
    git(repository, "add", "other.txt")
    done = csg("save", "Reports of December")
    assert (done.returncode, done.stderr) == (
        0,
        "Not saved, because csg does not keep these files: data/notes.txt\n"
        "The branch main has no upstream, so the commit is only here.\n",
    )
    assert git(repository, "log", "-1", "--format=%B").splitlines()[:4] == [
        "Reports of December",
        "",
        "- 2.1 CSO lead YouthRISE → HRI",
        "- 2.4 mid-year report by INWUD added: on-track",
    ]
    assert git(repository, "show", "--name-only", "--format=") == f"{PLAN}\n"
    assert git(repository, "status", "--porcelain").splitlines() == [
        "A  other.txt",
        "?? data/notes.txt",
        "?? documents/",
    ]
    assert csg("save").stderr.endswith("Nothing to save.\n")


def test_new_and_removed_files_are_saved(csg: Run, repository: Path) -> None:
    csg("workplan", "new", "2022-23")
    (repository / "data/reviews/hpc-reports.yaml").unlink()
    assert csg("save").returncode == 0
    assert git(repository, "show", "--name-status", "--format=").splitlines() == [
        "D\tdata/reviews/hpc-reports.yaml",
        "A\tdata/workplan-2022-23.yaml",
    ]


def test_without_a_message_the_changes_give_one(csg: Run, repository: Path) -> None:
    report(csg, "2.4", "INWUD", "Done.")
    csg("save")
    assert git(repository, "log", "-1", "--format=%s") == "2.4 mid-year report by INWUD added: on-track\n"
    for name in ("1.1", "1.2", "2.1", "2.2", "2.3"):
        csg("workplan", "set", name, "comments=Other.")
    csg("save", " ")
    assert git(repository, "log", "-1", "--format=%s") == "Update 1.1, 1.2, 2.1, 2.2 and 1 more\n"


def test_text_of_the_data_gives_no_orders_in_a_message(csg: Run, repository: Path) -> None:
    csg("workplan", "set", "2.1", "title=[skip ci] fixes #1 for @someone ***NO_CI***")
    csg("workplan", "set", "2.2", "comments=Signed-off-by: x")
    csg("save")
    message = git(repository, "log", "-1", "--format=%B")
    assert [sign for sign in ("[", "#", "@", "**") if sign in message] == []
    assert "［skip ci］ fixes ＃1" in message
    assert git(repository, "log", "-1", "--format=%(trailers)").strip() == ""


def test_the_first_commit_of_a_repository(csg: Run, root: Path) -> None:
    git(root, "init", "-q", "-b", "main")
    set_up(root)
    assert csg("save", "Begin").returncode == 0
    assert git(root, "log", "--format=%s") == "Begin\n"
    assert sorted(git(root, "ls-files").split()) == sorted(
        file.relative_to(root).as_posix() for file in (root / "data").rglob("*.yaml")
    )


def test_a_dry_run_shows_the_message_and_the_diff(csg: Run, repository: Path) -> None:
    csg("workplan", "set", "2.1", "cso_lead=HRI")
    before = state(repository)
    done = csg("save", "Why", "--dry-run")
    assert done.stdout.startswith("Why\n\n- 2.1 CSO lead YouthRISE → HRI\n--- a/data/workplan-2021-22.yaml\n")
    assert "+        cso_lead: [HRI]\n" in done.stdout
    assert state(repository) == before


def test_data_with_errors_is_not_committed(csg: Run, repository: Path) -> None:
    path = repository / PLAN
    path.write_text(path.read_text("utf-8").replace("cso_lead: [HRI]", "cso_lead: [HRII]", 1), "utf-8")
    before = state(repository)
    done = csg("save")
    assert done.returncode == 1
    assert f"{PLAN}:" in done.stderr
    assert "CSG203 unknown lead 'HRII'" in done.stderr
    assert state(repository) == before


def test_a_hook_that_refuses_leaves_everything_as_it_was(csg: Run, repository: Path) -> None:
    hook = repository / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\necho 'Not on a Sunday.' >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    csg("workplan", "new", "2022-23")
    before = state(repository)
    done = csg("save")
    assert done.returncode == 1
    assert "CSG502 git did not make the commit: Not on a Sunday." in done.stderr
    assert state(repository) == before


def test_the_hook_of_csg_checks_the_commit_too(csg: Run, repository: Path) -> None:
    assert csg("git", "install").returncode == 0
    report(csg, "2.4", "INWUD", "Done.")
    assert csg("save").returncode == 0
    assert git(repository, "status", "--porcelain") == ""


def test_a_repository_that_is_not_ready_is_refused(csg: Run, repository: Path) -> None:
    csg("workplan", "set", "2.1", "cso_lead=HRI")
    (repository / ".git/MERGE_HEAD").write_text(git(repository, "rev-parse", "HEAD"), "utf-8")
    done = csg("save")
    assert (done.returncode, "CSG507 a merge is not finished" in done.stderr) == (1, True)
    (repository / ".git/MERGE_HEAD").unlink()
    git(repository, "checkout", "-q", "--detach")
    done = csg("save")
    assert (done.returncode, "CSG507 no branch is checked out" in done.stderr) == (1, True)
    shutil.rmtree(repository / ".git")
    done = csg("save")
    assert (done.returncode, "Run `git init`" in done.stderr) == (1, True)


def test_a_save_is_pushed_where_there_is_an_upstream(csg: Run, repository: Path, server: Path) -> None:
    report(csg, "2.4", "INWUD", "Done.")
    done = csg("save")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("pushed to origin/main\n")
    assert git(server, "rev-parse", "main") == git(repository, "rev-parse", "HEAD")


def test_what_others_pushed_before_is_merged_and_shown(csg: Run, repository: Path, server: Path, other: Path) -> None:
    report(csg, "2.4", "WHRIN", "Ours.", cwd=other)
    csg("workplan", "set", "1.1", "comments=Theirs.", cwd=other)
    assert csg("save", cwd=other).returncode == 0
    report(csg, "2.4", "INWUD", "Done.")
    (repository / "other.txt").write_text("x", "utf-8")
    done = csg("save")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-4:] == [
        "merged origin/main",
        "  1.1 comments changed",
        "  2.4 mid-year report by WHRIN added: on-track",
        "pushed to origin/main",
    ]
    assert git(server, "rev-parse", "main") == git(repository, "rev-parse", "HEAD")
    assert git(repository, "status", "--porcelain") == "?? other.txt\n"
    listed = csg("progress", "list", "2.4", "--format", "csv").stdout
    assert "INWUD" in listed
    assert "WHRIN" in listed


def test_a_conflict_changes_nothing_and_says_what_to_do(csg: Run, repository: Path, server: Path, other: Path) -> None:
    csg("workplan", "set", "1.1", "comments=Theirs.", cwd=other)
    csg("save", cwd=other)
    csg("workplan", "set", "1.1", "comments=Ours.")
    pushed = git(server, "rev-parse", "main")
    done = csg("save")
    assert done.returncode == 0  # the commit is written
    assert "CSG508 you and others changed the same: data/workplan-2021-22.yaml: 1.1 comments" in done.stderr
    assert "`git merge origin/main`" in done.stderr
    assert state(repository)[2] == ""
    assert git(repository, "log", "-1", "--format=%s") == "1.1 comments changed\n"
    assert git(server, "rev-parse", "main") == pushed
    assert csg("save").returncode == 1


def test_sides_that_do_not_fit_each_other_are_not_merged(csg: Run, repository: Path, server: Path, other: Path) -> None:
    csg("member", "add", "EXN", "--name", "Example Network")
    csg("save")
    git(other, "pull", "-q")
    assert csg("member", "remove", "EXN", "--yes", cwd=other).returncode == 0
    csg("save", cwd=other)
    csg("workplan", "set", "2.1", "cso_lead=EXN")
    done = csg("save")
    assert "CSG508 with what is in origin/main, the data has 1 error." in done.stderr
    assert "CSG203 unknown lead 'EXN'" in done.stderr
    assert state(repository)[2] == ""
    assert git(repository, "rev-parse", "HEAD") != git(server, "rev-parse", "main")


def test_a_changed_file_that_a_merge_would_overwrite_stays(csg: Run, repository: Path, other: Path) -> None:
    (other / ".gitignore").write_text("theirs\n", "utf-8")
    git(other, "commit", "-qam", "More")
    git(other, "push", "-q")
    (repository / ".gitignore").write_text("/data/.csg.*\nours\n", "utf-8")
    csg("workplan", "set", "1.1", "comments=Ours.")
    done = csg("save")
    assert (
        "CSG508 origin/main has another version of .gitignore, which you changed and did not commit. "
        "Your commit is kept here, and origin/main does not have it. Commit these files, or move them out of the folder"
    ) in done.stderr
    assert (repository / ".gitignore").read_text("utf-8") == "/data/.csg.*\nours\n"
    assert state(repository)[2] == " M .gitignore\n"
    assert git(repository, "log", "-1", "--format=%s") == "1.1 comments changed\n"


def test_a_push_that_is_refused_leaves_the_commit_and_a_later_save_pushes_it(
    csg: Run, repository: Path, server: Path
) -> None:
    hook = server / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    report(csg, "2.4", "INWUD", "Done.")
    done = csg("save")
    assert done.returncode == 0
    assert "CSG508 the commit is kept here, but origin/main does not have it: [remote rejected]" in done.stderr
    assert csg("save").returncode == 1
    hook.unlink()
    done = csg("save")
    assert (done.returncode, done.stdout) == (0, "pushed to origin/main\n")
    assert git(server, "rev-parse", "main") == git(repository, "rev-parse", "HEAD")


def test_a_push_that_would_ask_for_a_password_says_so(csg: Run, repository: Path, server: Path) -> None:
    git(repository, "remote", "set-url", "origin", "ssh://nobody@localhost/x.git")
    report(csg, "2.4", "INWUD", "Done.")
    done = csg("save", GIT_SSH_COMMAND="echo 'nobody@localhost: Permission denied (publickey).' >&2; false")
    assert done.returncode == 0
    assert "Permission denied (publickey). Run `git push`, which can ask you for a password." in done.stderr
    assert git(repository, "status", "--porcelain") == ""
    assert server.is_dir()


def test_a_workspace_in_a_folder_of_a_repository(csg: Run, tmp_path: Path, root: Path) -> None:
    top = tmp_path / "top"
    folder = top / "a b é"
    shutil.copytree(root, folder)
    server = tmp_path / "server.git"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(server))
    git(tmp_path, "init", "-q", "-b", "main", str(top))
    set_up(top)
    assert csg("save", "Begin", cwd=folder).returncode == 0
    git(top, "remote", "add", "origin", str(server))
    git(top, "push", "-q", "-u", "origin", "main")
    git(tmp_path, "clone", "-q", str(server), str(tmp_path / "clone"))
    other = tmp_path / "clone" / folder.name
    set_up(other)
    report(csg, "2.4", "WHRIN", "Theirs.", cwd=other)
    assert csg("save", cwd=other).returncode == 0
    report(csg, "2.4", "INWUD", "Ours.", cwd=folder)
    (top / "data").mkdir()
    (top / "data/members.yaml").write_text("not this one", "utf-8")
    done = csg("save", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-2:] == ["  2.4 mid-year report by WHRIN added: on-track", "pushed to origin/main"]
    assert git(top, "status", "--porcelain").splitlines() == ["?? data/"]


def test_an_upstream_of_another_repository_is_named(csg: Run, repository: Path, server: Path, tmp_path: Path) -> None:
    """The commit stays here."""
    stranger = tmp_path / "stranger"
    git(tmp_path, "init", "-q", "-b", "main", str(stranger))
    set_up(stranger)
    git(stranger, "commit", "-q", "--allow-empty", "-m", "Another beginning")
    git(stranger, "push", "-qf", str(server), "main")
    csg("workplan", "set", "1.1", "comments=Ours.")
    done = csg("save")
    assert "CSG508 origin/main is of another repository: no commit is in both. Your commit is kept here" in done.stderr
    assert state(repository)[2] == ""


def test_a_file_that_is_only_out_of_the_index_is_no_change(csg: Run, repository: Path) -> None:
    """git gives its reason on its standard output."""
    git(repository, "rm", "-q", "--cached", "data/countries.yaml")
    before = state(repository)
    done = csg("save")
    assert done.returncode == 1
    assert "CSG502 git did not make the commit: " in done.stderr
    assert "git gives no reason" not in done.stderr
    assert state(repository) == before
