"""What CI runs: the parts of .ci/run, and the steps of the workflows, each run here as the service runs it."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import PROJECT
from test_history import git

RUN = PROJECT / ".ci" / "run"
OWN_WORKFLOW = PROJECT / ".github" / "workflows" / "ci.yml"
STARTER_WORKFLOW = PROJECT / "csg" / "starter" / "dot-github" / "workflows" / "csg.yml"
WORKFLOWS = [OWN_WORKFLOW, STARTER_WORKFLOW]
PIPELINES = [PROJECT / ".gitlab-ci.yml", PROJECT / "csg" / "starter" / "dot-gitlab-ci.yml"]
posix = pytest.mark.skipif(os.name == "nt" or not shutil.which("git"), reason="needs a POSIX shell and git")


def jobs(workflow: Path) -> dict[str, Any]:
    """Return the jobs of a workflow by name."""
    found: dict[str, Any] = yaml.safe_load(workflow.read_text("utf-8"))["jobs"]
    return found


def steps(workflow: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return each step of a workflow with the name of its job."""
    for name, job in jobs(workflow).items():
        for step in job["steps"]:
            yield name, step


def script(workflow: Path, name: str) -> str:
    """Return the commands of a step."""
    return str(next(step["run"] for _, step in steps(workflow) if step.get("name") == name))


def run_step(commands: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the commands of a step with bash, in the way of GitHub."""
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", commands]
    every = {"PATH": os.environ["PATH"], "HOME": str(cwd), **environment}
    return subprocess.run(command, cwd=cwd, env=every, capture_output=True, text=True, check=False)


@posix
@pytest.mark.parametrize("part", ["lnit", "--help", "tests;id"])
def test_an_unknown_part_is_refused_before_anything_is_installed(part: str) -> None:
    """The message lists the parts."""
    done = subprocess.run(["bash", str(RUN), part], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Unknown part: ")
    assert "lint, types, layers, data, tests" in done.stderr


def test_the_readme_and_ci_run_the_same_test_command() -> None:
    """No line of the README is run: the two files must agree instead."""
    (line,) = [line for line in (PROJECT / "README.md").read_text("utf-8").splitlines() if "-m pytest" in line]
    text = RUN.read_text("utf-8")
    assert "'.[dev]'" in line
    assert "'.[dev]'" in text
    assert line.endswith("python -m pytest")
    assert 'tests) "$bin/python" -m pytest ;;' in text
    assert "eval" not in text


def test_every_part_that_ci_names_is_one() -> None:
    """Each version of Python runs the tests, and the oldest dependencies are tried on the oldest one."""
    matrix = jobs(OWN_WORKFLOW)["code"]["strategy"]["matrix"]["include"]
    parts = set(re.findall(r"^#   (\w+)  ", RUN.read_text("utf-8"), re.MULTILINE))
    assert {entry["part"] for entry in matrix} <= parts
    tested = {entry["python"] for entry in matrix if entry["part"] in ("all", "tests")}
    assert tested == {"3.11", "3.12", "3.13", "3.14"}
    assert {entry["python"] for entry in matrix if entry["part"] == "oldest"} == {"3.11"}


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_only_the_jobs_that_render_and_publish_can_write(workflow: Path) -> None:
    """They run for pushes to the default branch, and only the last step of one has the token."""
    for name, job in jobs(workflow).items():
        if name not in ("reports", "publish"):
            assert "permissions" not in job
    reports, publish = jobs(workflow)["reports"], jobs(workflow)["publish"]
    assert reports["permissions"] == {"contents": "write"}
    assert publish["permissions"] == {"pages": "write", "id-token": "write"}
    pushed = "github.event_name == 'push' && github.ref_name == github.event.repository.default_branch"
    assert reports["if"] == publish["if"] == pushed
    with_token = [step["name"] for _, step in steps(workflow) if "github.token" in str(step)]
    assert with_token == [reports["steps"][-1]["name"]]
    checkouts = [step for _, step in steps(workflow) if step.get("uses", "").startswith("actions/checkout@")]
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_no_command_holds_an_expression(workflow: Path) -> None:
    """What strangers send is in variables, and each variable is in quotes."""
    for _, step in steps(workflow):
        commands = step.get("run", "")
        assert "${{" not in commands
        # A variable outside quotes is split into words. What is in single quotes is not the shell's.
        unquoted = re.sub(r"'[^']*'|\"[^\"]*\"", "", commands.replace("\\$", ""))
        assert re.findall(r"\$\{?\w+", unquoted) in ([], ["${BASE"]), commands


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_change_of_the_data_alone_is_not_held_to_the_reports(workflow: Path) -> None:
    """Problems that the request brought in are annotated, and its difference is in the summary."""
    data = str(jobs(workflow)["data"])
    assert "render" not in data
    assert '--format github ${BASE:+--changed "$BASE"}' in data
    assert "--format markdown >>" in data


def test_both_workflows_render_with_the_same_steps() -> None:
    """They differ only in where csg comes from."""
    own, starter = (str(jobs(workflow)["reports"]["steps"]) for workflow in WORKFLOWS)
    assert own.replace("pip install .", "pip install --requirement requirements.txt") == starter


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_the_job_that_publishes_runs_nothing_of_the_repository(workflow: Path) -> None:
    """It has no checkout and no package: another job has built the site, which can only read."""
    publish, site = jobs(workflow)["publish"], jobs(workflow)["site"]
    assert [step["uses"].partition("@")[0] for step in publish["steps"] if "uses" in step] == ["actions/deploy-pages"]
    assert all("csg " not in step.get("run", "").partition("<<")[0] for step in publish["steps"])
    uploads = [step for step in site["steps"] if step.get("uses", "").startswith("actions/upload-artifact@")]
    assert [(step["with"]["name"], "pull_request" in step["if"]) for step in uploads] == [
        ("site", True), ("github-pages", False)
    ]  # fmt: skip


def test_both_workflows_build_the_site_with_the_same_steps() -> None:
    """They differ only in where csg comes from."""
    own, starter = (str([jobs(workflow)[name] for name in ("site", "publish")]) for workflow in WORKFLOWS)
    assert own.replace('pip install ".[documents]"', "pip install --requirement requirements.txt") == starter


@posix
def test_the_site_is_built_and_packed_as_pages_need_it(tmp_path: Path) -> None:
    """The archive has the pages at its top. If the build fails, so does the step."""
    commands = script(STARTER_WORKFLOW, "Build the site")
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, text in (("python", "echo token"), ("csg", "mkdir public && echo page > public/index.html")):
        (tools / name).write_text(f"#!/bin/sh\n{text}\n", "utf-8")
        (tools / name).chmod(0o755)
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    assert run_step(commands, tmp_path, PATH=path).returncode == 0
    listed = subprocess.run(["tar", "tf", "artifact.tar"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "./index.html" in listed.stdout.split()
    assert run_step(commands, tmp_path, PATH=path).returncode == 1  # public is there already


@posix
@pytest.mark.parametrize(
    ("files", "code"),
    [
        (["data/workplan.yaml"], "false"),
        (["data/reviews/a.yaml", "data/members.yaml"], "false"),
        (["data/members.yaml", "reports/README.md"], "true"),
        (["csg/data/x.py"], "true"),
        (["data.yaml"], "true"),
        (["database/x"], "true"),
        (["docs/data/x"], "true"),
        ([".github/x"], "true"),
    ],
)
def test_the_code_is_checked_only_if_something_outside_the_data_changed(
    files: list[str], code: str, tmp_path: Path
) -> None:
    """What the main branch did since then does not count."""
    decide = script(OWN_WORKFLOW, "Look for changes outside data/")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "start")
    git(tmp_path, "switch", "-qc", "request")
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x\n", "utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "change")
    git(tmp_path, "switch", "-q", "main")
    (tmp_path / "code.py").write_text("x\n", "utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "other")
    git(tmp_path, "switch", "-q", "request")
    output = tmp_path / ".git" / "output"
    assert run_step(decide, tmp_path, BASE="main", GITHUB_OUTPUT=str(output)).returncode == 0
    assert output.read_text("utf-8") == f"code={code}\n"
    output.unlink()
    # A new branch has no commit before it.
    assert run_step(decide, tmp_path, BASE="0" * 40, GITHUB_OUTPUT=str(output)).returncode == 0
    assert output.read_text("utf-8") == "code=true\n"


@posix
@pytest.mark.parametrize("allowed", [True, False])
def test_rendered_reports_are_pushed_or_the_summary_says_how_to_allow_it(allowed: bool, tmp_path: Path) -> None:
    """The job is green in both cases, and commits nothing if nothing changed."""
    hub, clone, summary = tmp_path / "hub", tmp_path / "clone", tmp_path / "summary"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(hub)], check=True)
    subprocess.run(["git", "clone", "-q", str(hub), str(clone)], check=True, capture_output=True)
    for folder in ("reports", "schemas", "data"):
        (clone / folder).mkdir()
        (clone / folder / "file").write_text("old\n", "utf-8")
    git(clone, "switch", "-qc", "main")
    git(clone, "add", ".")
    git(clone, "commit", "-qm", "start")
    git(clone, "push", "-q", "origin", "main")
    if not allowed:
        (hub / "hooks" / "pre-receive").write_text("#!/bin/sh\nexit 1\n", "utf-8")
        (hub / "hooks" / "pre-receive").chmod(0o755)
    push = script(OWN_WORKFLOW, "Commit and push what changed")
    names = {"GITHUB_SERVER_URL": str(tmp_path), "GITHUB_REPOSITORY": "hub", "GITHUB_REF_NAME": "main"}
    environment = {**names, "TOKEN": "secret", "GITHUB_STEP_SUMMARY": str(summary)}

    def head() -> str:
        return git(hub, "log", "--format=%s", "main")

    assert run_step(push, clone, **environment).returncode == 0
    assert head() == "start\n"
    (clone / "reports" / "file").unlink()
    (clone / "reports" / "new").write_text("new\n", "utf-8")
    (clone / "data" / "file").write_text("not rendered\n", "utf-8")
    done = run_step(push, clone, **environment)
    assert done.returncode == 0, done.stderr
    assert "secret" not in done.stdout + done.stderr
    if allowed:
        assert head() == "Render the reports\nstart\n"
        assert git(hub, "show", "--name-only", "--format=", "main").split() == ["reports/file", "reports/new"]
        assert not summary.exists()
    else:
        assert head() == "start\n"
        assert "Read and write permissions" in summary.read_text("utf-8")


@pytest.mark.parametrize("pipeline", PIPELINES, ids=lambda path: path.name)
def test_gitlab_runs_for_merge_requests(pipeline: Path) -> None:
    """It says what a merge request changes; nothing there fails because of a page that is not rendered."""
    content = yaml.safe_load(pipeline.read_text("utf-8"))
    data = content["data"]
    assert {"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'} in data["rules"]
    assert {"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"} in data["rules"]
    assert any("csg diff" in line for line in data["script"])
    assert "render" not in str(data)
    assert content["reports"]["allow_failure"] is True
    assert content["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert content["pages"]["artifacts"]["paths"] == content["site"]["artifacts"]["paths"] == ["public"]
    assert pipeline == PIPELINES[1] or "bash .ci/run" in str(content["code"])
