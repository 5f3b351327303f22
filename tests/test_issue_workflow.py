"""The form on the hosting site, and the workflow that turns an issue into a pull request, step by step."""

import json
import os
import re
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
GH = r"""#!/bin/sh
printf '%s\n' "$*" >> "$RUNNER_TEMP/gh.txt"
case "$*" in
  "issue comment "*--edit-last*) test -f "$RUNNER_TEMP/answered" ;;
  "issue comment "*) touch "$RUNNER_TEMP/answered" ;;
  "pr create "*) test ! -f "$RUNNER_TEMP/forbidden" && touch "$RUNNER_TEMP/open" && echo https://example.org/pull/12 ;;
  "api --method PATCH "*) true ;;
  api\ *) if [ -f "$RUNNER_TEMP/open" ]; then echo 12; fi ;;
esac
"""
"""A program in the place of gh. It remembers its calls, an answer to the issue, and an open request."""


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
        calls = (self.runner / "gh.txt").read_text("utf-8").splitlines()
        (self.runner / "gh.txt").unlink()
        return calls

    def runs_again(self, text: str) -> list[str]:
        """Run the steps in a new checkout, after the issue was edited."""
        git(self.clone, "switch", "-q", "main")
        git(self.clone, "branch", "-qD", "progress-7")
        return self.runs(text)

    def answer(self) -> str:
        """Return the answer to the issue."""
        return (self.runner / "progress" / "answer.md").read_text("utf-8")

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


def collected(csg: Run, root: Path, text: str) -> subprocess.CompletedProcess[str]:
    """Collect the text of an issue."""
    (root / "issue.md").write_text(text, "utf-8")
    return csg("progress", "collect", "issue.md", "--yes")


def test_a_form_of_a_plan_that_is_gone_changes_no_other_plan(csg: Run, root: Path) -> None:
    """The form can be older than the plan. A plan's name and its title are both known."""
    done = collected(csg, root, body(Plan="2019-20"))
    assert done.returncode == 1
    assert done.stderr == "issue.md: CSG803 no workplan '2019-20'. Write one of these names: 2021-22.\n"
    assert collected(csg, root, body(Plan="workplan 2021/22")).returncode == 0
    assert csg("undo", "--yes").returncode == 0
    assert collected(csg, root, body(Plan="Workplan 2022/23")).returncode == 1


def test_every_option_of_the_form_is_understood(csg: Run, root: Path) -> None:
    """Ids with blanks, a name that GitHub keeps for itself, and two periods with the same name."""
    plan = root / "data" / "workplan-2021-22.yaml"
    words = {'id: "2.': 'id: "Part two.', 'id: "2"': 'id: "Part two"', "INPUD": "None", "End-year": "Mid-year"}
    text = plan.read_text("utf-8")
    for old, new in words.items():
        text = text.replace(old, new)
    plan.write_text(text, "utf-8")
    members = root / "data" / "members.yaml"
    members.write_text(members.read_text("utf-8").replace("id: INPUD", "id: None"), "utf-8")
    form = yaml.safe_load(csg("progress", "issue-form").stdout)
    options = {part["attributes"]["label"]: part["attributes"].get("options") for part in form["body"][1:]}
    assert options["Reporting period"] == ["mid", "end"]
    assert "None (member)" in options["Network"]
    assert "None" not in options["Network"]
    (activity,) = [option for option in options["Activity"] if option.startswith("Part two.6 ")]
    done = collected(csg, root, body(Activity=activity, Network="None (member)", Reporting_period="mid"))
    assert done.returncode == 0, done.stderr
    assert "Part two.6" in done.stdout


def test_a_text_with_headings_of_its_own_is_no_issue_form(csg: Run, root: Path) -> None:
    """A lead can write headings in a letter."""
    (root / "reply.txt").write_text("### Our news\n\n[2.4 summary] Training ran.\n", "utf-8")
    done = csg("progress", "collect", "reply.txt", "--yes")
    assert "issue form" not in done.stderr


@posix
def test_a_good_form_becomes_a_pull_request(site: Site) -> None:
    """With the report on a branch, what it adds in words, and the result of the check."""
    calls = site.runs(body())
    assert [call.split(" -")[0] for call in calls] == [
        "api repos/hub/pulls?state=open&head=hub:progress-7",
        "pr create",
        "issue comment 7",
        "issue comment 7",
    ]
    assert "Your report is in #12." in site.answer()
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
    first, second = site.runs(text)
    assert first.startswith("issue comment 7 --edit-last ")
    assert second.startswith("issue comment 7 --body-file ")
    assert site.branches() == "main\n"
    comment = site.answer().replace("\u2060", "")
    assert answer in comment
    assert all(line.startswith("    ") for line in comment.rstrip().splitlines()[2:])


@posix
def test_a_hostile_form_runs_nothing_and_names_nobody(site: Site) -> None:
    """No shell, no expression, no workflow command, no mention, no link to another issue."""
    hostile = "$(touch ran) `touch ran` ${{ github.token }}\n::set-output name=x::y\n@octocat fixes #1 <img src=x>"
    calls = site.runs(body(What_was_done=hostile, Next_steps="'; touch ran; '"))
    assert calls[1].startswith("pr create ")
    assert not list(site.clone.rglob("ran"))
    request = (site.runner / "progress" / "request.md").read_text("utf-8")
    assert all(line.startswith("    ") for line in request.splitlines() if "octocat" in line or "touch" in line)
    assert not re.search(r"@octocat|#1|https://example", request)
    assert "@octocat" in git(site.hub, "show", "progress-7")


@posix
def test_an_edited_issue_replaces_its_branch(site: Site) -> None:
    """The second text counts; nothing else is kept of the first."""
    site.runs(body())
    calls = site.runs_again(body(What_was_done="Training ran in 5 countries."))
    assert [call.split(" --body-file")[0] for call in calls[1:]] == [
        f"api --method PATCH --silent repos/hub/pulls/12 --field body=@{site.runner}/progress/request.md",
        "issue comment 7 --edit-last",
    ]
    shown = git(site.hub, "show", "progress-7")
    assert "5 countries" in shown
    assert "3 countries" not in shown


@posix
def test_the_answer_has_no_word_of_the_report(site: Site) -> None:
    """A telephone number that the sender deletes is not in an answer that stays."""
    site.runs(body(What_was_done="Call Ana on +254 712 345678."))
    assert "a telephone number is not allowed" in site.answer()
    assert "712" not in site.answer()


@posix
def test_a_change_of_a_person_stays(site: Site, tmp_path: Path) -> None:
    """An issue that is edited later does not replace what somebody of the group wrote on the branch."""
    site.runs(body())
    person = tmp_path / "person"
    subprocess.run(["git", "clone", "-q", "-b", "progress-7", str(site.hub), str(person)], check=True)
    (person / "note.txt").write_text("a correction\n", "utf-8")
    git(person, "add", ".")
    git(person, "commit", "-qm", "Correct the report")
    git(person, "push", "-q")
    calls = site.runs_again(body(What_was_done="Something else."))
    assert [call.split(" --")[0] for call in calls] == ["issue comment 7"]
    assert "changed the branch progress-7 by hand" in site.answer()
    assert git(site.hub, "show", "progress-7:note.txt") == "a correction\n"


@posix
def test_without_the_permission_the_sender_hears_of_the_branch(site: Site) -> None:
    """The branch has the report if the job must not create a request, and both the sender and the group hear it."""
    (site.runner / "forbidden").touch()
    site.runs(body())
    assert "Your report is on the branch `progress-7`." in site.answer()
    assert "Allow GitHub Actions" in (site.runner / "summary").read_text("utf-8")
    assert site.branches() == "main\nprogress-7\n"


@posix
def test_a_report_twice_is_no_error(site: Site) -> None:
    """The answer says that the plan has it already."""
    site.runs(body())
    git(site.clone, "switch", "-q", "main")
    git(site.clone, "merge", "-q", "progress-7")
    site.runs_again(body())
    assert "the plan has these answers already" in site.answer()


@posix
def test_a_text_of_many_lines_fits_into_a_request(site: Site) -> None:
    """GitHub refuses more than 65,536 characters."""
    site.runs(body(What_was_done="@\n" * 9_000, Next_steps="#" * 19_000))
    assert len((site.runner / "progress" / "request.md").read_text("utf-8")) < 65_536


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
    """In any workflow, offline, with its strictest rules."""
    zizmor = shutil.which("zizmor") or str(CSG.with_name("zizmor"))
    if not Path(zizmor).exists():
        pytest.skip("needs zizmor")
    workflows = [*WORKFLOW.parent.iterdir(), *OWN_WORKFLOW.parent.iterdir()]
    command = [zizmor, "--quiet", "--offline", "--persona=pedantic", *map(str, workflows)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
