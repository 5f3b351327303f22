"""The form on the hosting site, and the workflow that turns an issue into a pull request, step by step."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from conftest import CSG, PROJECT, Run
from test_ci import posix, run_step, script, steps
from test_history import git

from csg.forms.answers.issue import FIELDS
from csg.forms.questions import status_choices
from csg.language import Language

STARTER = PROJECT / "csg" / "starter" / "dot-github"
WORKFLOW = STARTER / "workflows" / "progress.yml"
OWN_WORKFLOW = PROJECT / ".github" / "workflows" / "progress.yml"
ANSWERS = {
    "Plan": "2021-22",
    "Reporting period": "Mid-year",
    "Network": "INWUD",
    "Activity": "2.4 Continue the roll out of the women who inject drugs training programme to the remaini…",
    "Status": "On track",
    "What was done": "Training ran in 3 countries.",
    "The decision or help that you need, and from whom": "_No response_",
    "Next steps": "_No response_",
    "Links that show the work": "https://example.org/report",
}
GH = '#!/bin/sh\nprintf "%s\\n" "$*" >> "$RUNNER_TEMP/gh.txt"\n[ "$1 $2" != "pr view" ]\n'


def body(**changes: str) -> str:
    """Return an issue's text, as the hosting site makes it of the form."""
    answers = ANSWERS | {name.replace("_", " "): text for name, text in changes.items()}
    return "\n\n".join(f"### {label}\n\n{text}" for label, text in answers.items()) + "\n"


class Site(NamedTuple):
    """A clone of the workspace, the repository it came from, and the folder of the runner."""

    clone: Path
    hub: Path
    runner: Path

    def runs(self, text: str) -> list[str]:
        """Run the steps for an issue with this text. Return the calls of gh."""
        event = self.runner / "event.json"
        event.write_text(json.dumps({"issue": {"number": 7, "body": text}}), "utf-8")
        tools = f"{self.runner / 'bin'}{os.pathsep}{CSG.parent}{os.pathsep}{os.environ['PATH']}"
        environment = {
            **{"RUNNER_TEMP": str(self.runner), "GITHUB_EVENT_PATH": str(event), "NUMBER": "7", "GH_TOKEN": "secret"},
            **{"GITHUB_SERVER_URL": str(self.hub.parent), "GITHUB_REPOSITORY": self.hub.name, "PATH": tools},
            **{"DEFAULT_BRANCH": "main", "GITHUB_STEP_SUMMARY": str(self.runner / "summary")},
        }
        for name in ("Read the form", "Open a pull request, or answer the issue"):
            commands = script(WORKFLOW, name).replace("python -m pip install", "true python -m pip install")
            done = run_step(commands, self.clone, **environment)
            assert done.returncode == 0, done.stdout + done.stderr
            assert "secret" not in done.stdout + done.stderr
        return (self.runner / "gh.txt").read_text("utf-8").splitlines()

    def branches(self) -> str:
        """Return the branches of the repository."""
        return git(self.hub, "branch", "--format=%(refname:short)")


@pytest.fixture
def site(root: Path, tmp_path: Path) -> Site:
    """A workspace on a hosting site."""
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-qm", "start")
    hub, clone, runner = tmp_path / "hub", tmp_path / "clone", tmp_path / "runner"
    subprocess.run(["git", "clone", "-q", "--bare", str(root), str(hub)], check=True)
    subprocess.run(["git", "clone", "-q", str(hub), str(clone)], check=True)
    tools = runner / "bin"
    tools.mkdir(parents=True)
    (tools / "gh").write_text(GH, "utf-8")
    (tools / "gh").chmod(0o755)
    (tools / "python").symlink_to(sys.executable)
    return Site(clone, hub, runner)


def test_the_form_has_the_activities_and_the_labels_that_are_read(csg: Run) -> None:
    """Its questions are those that collect reads, and its statuses are words that it knows."""
    form = yaml.safe_load(csg("progress", "issue-form").stdout)
    assert "public at once" in form["body"][0]["attributes"]["value"]
    questions = {part["attributes"]["label"]: part for part in form["body"][1:]}
    assert list(questions) == list(FIELDS.values())
    options = {label: part["attributes"].get("options") for label, part in questions.items()}
    assert options["Reporting period"] == ["Mid-year", "End-year"]
    assert options["Status"] == status_choices(Language("en"))
    assert len(options["Activity"]) == len(set(options["Activity"])) == 19
    assert {"INWUD", "ALL", "INPUD"} <= set(options["Network"])
    starter = yaml.safe_load((STARTER / "ISSUE_TEMPLATE" / "report-progress.yml").read_text("utf-8"))
    assert [part["attributes"]["label"] for part in starter["body"][1:]] == list(FIELDS.values())


def test_text_of_the_plan_stays_text_in_the_form(csg: Run) -> None:
    """Whatever a title begins with, the form is YAML with this title."""
    csg("workplan", "set", "1.1", "title=* &a !!x {b: 'c' # \"d\" | ${{ github.token }}")
    form = yaml.safe_load(csg("progress", "issue-form").stdout)
    (activities,) = [p["attributes"]["options"] for p in form["body"][1:] if p["attributes"]["label"] == "Activity"]
    assert activities[0] == "1.1 * &a !!x {b: 'c' # \"d\" | ${{ github.token }}"


@posix
def test_a_good_form_becomes_a_pull_request(site: Site) -> None:
    """With the report on a branch, what it adds in words, and the result of the check."""
    calls = site.runs(body())
    assert [" ".join(call.split()[:2]) for call in calls] == ["pr view", "pr create"]
    assert site.branches() == "main\nprogress-7\n"
    assert "Training ran in 3 countries." in git(site.hub, "show", "progress-7")
    assert git(site.hub, "diff", "--name-only", "main", "progress-7") == "data/workplan-2021-22.yaml\n"
    request = (site.runner / "progress" / "request.md").read_text("utf-8")
    assert "closes #7" in request
    assert "    2.4" in request
    assert "no problems" in request


@posix
@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (body(Activity="9.9 Another"), "9.9"),
        (body(Network="NOBODY"), "NOBODY"),
        (body(What_was_done="_No response_"), "no answer for what was done"),
        (body(What_was_done="Fine.\n\n### Status\n\nCompleted"), "a heading of the form comes twice"),
        (body(What_was_done="Fine.\n\n### Next steps\n\nx\n\n### Links that show the work\n\ny"), "comes twice"),
        (body(What_was_done="Call Ana on +254 712 345678 or ana@example.org"), "CSG"),
        ("### Plan\n\n", "not the text of csg's issue form"),
    ],
    ids=["activity", "network", "empty", "one fake", "two fakes", "personal", "no form"],
)
def test_a_form_with_an_error_is_answered(site: Site, text: str, answer: str) -> None:
    """No branch is made; the answer says what to fix."""
    (call,) = site.runs(text)
    assert call.startswith("issue comment 7 --body-file ")
    assert site.branches() == "main\n"
    comment = (site.runner / "progress" / "answer.md").read_text("utf-8")
    assert answer in comment
    assert all(line.startswith("    ") for line in comment.splitlines()[2:])


@posix
def test_a_hostile_form_runs_nothing_and_names_nobody(site: Site) -> None:
    """No shell, no expression, no workflow command, no mention, no link to another issue."""
    hostile = "$(touch ran) `touch ran` ${{ github.token }}\n::set-output name=x::y\n@octocat fixes #1 <img src=x>"
    calls = site.runs(body(What_was_done=hostile, Next_steps="'; touch ran; '"))
    assert [" ".join(call.split()[:2]) for call in calls] == ["pr view", "pr create"]
    assert not list(site.clone.rglob("ran"))
    request = (site.runner / "progress" / "request.md").read_text("utf-8")
    assert all(line.startswith("    ") for line in request.splitlines() if "octocat" in line or "touch" in line)
    assert "@octocat" in git(site.hub, "show", "progress-7")


@posix
def test_an_edited_issue_replaces_its_branch(site: Site) -> None:
    """The second text counts; nothing else is kept of the first."""
    site.runs(body())
    git(site.clone, "switch", "-q", "main")
    git(site.clone, "branch", "-qD", "progress-7")
    (site.runner / "gh.txt").unlink()
    site.runs(body(What_was_done="Training ran in 5 countries."))
    shown = git(site.hub, "show", "progress-7")
    assert "5 countries" in shown
    assert "3 countries" not in shown


@pytest.mark.parametrize("workflow", [WORKFLOW, OWN_WORKFLOW], ids=["starter", "own"])
def test_the_workflow_has_least_power(workflow: Path) -> None:
    """It runs the default branch alone, the text is in no command, and one step has the token."""
    content = yaml.safe_load(workflow.read_text("utf-8"))
    assert content["permissions"] == {}
    for _, step in steps(workflow):
        assert "${{" not in step.get("run", "")
        assert "issue.body" not in str(step)
    checkout = next(step for _, step in steps(workflow) if "checkout" in step.get("uses", ""))
    assert checkout["with"] == {"ref": "${{ github.event.repository.default_branch }}", "persist-credentials": False}
    assert [step["name"] for _, step in steps(workflow) if "github.token" in str(step)] == [
        "Open a pull request, or answer the issue"
    ]


def test_both_workflows_have_the_same_steps() -> None:
    """They differ only in what is installed."""
    texts = [path.read_text("utf-8") for path in (WORKFLOW, OWN_WORKFLOW)]
    assert texts[0].replace("install --quiet --requirement requirements.txt", "install --quiet .") == texts[1]


def test_zizmor_finds_nothing() -> None:
    """Offline, with its strictest rules."""
    zizmor = shutil.which("zizmor") or str(CSG.with_name("zizmor"))
    if not Path(zizmor).exists():
        pytest.skip("needs zizmor")
    command = [zizmor, "--quiet", "--offline", "--persona=pedantic", str(WORKFLOW), str(OWN_WORKFLOW)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
