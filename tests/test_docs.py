"""Documents that are made from the program say what it does now."""

import html
import json
import os
import re
import runpy
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import PROJECT, Run
from survey_files import FILES, people

from csg.model.group import GroupProfile

DOCS = PROJECT / "docs"


@pytest.mark.parametrize(("page", "function"), [("manual", "manual"), ("codes", "codes_page")])
def test_a_page_is_what_the_program_says(page: str, function: str) -> None:
    """Run docs/make_manual.py or docs/make_codes.py if it is not."""
    made = runpy.run_path(str(DOCS / f"make_{page}.py"))[function]()
    assert (DOCS / f"{page}.md").read_text("utf-8") == made


@pytest.mark.skipif(os.name == "nt", reason="the picture is made at a pseudo-terminal")
def test_the_picture_shows_what_is_printed(csg: Run) -> None:
    """Where it does not: python docs/make_picture.py."""
    drawn = html.unescape(re.sub(r"<[^>]+>", " ", (DOCS / "terminal.svg").read_text("utf-8")))
    words = set(drawn.replace("\xa0", " ").split())
    for command in runpy.run_path(str(DOCS / "make_picture.py"))["COMMANDS"]:
        assert set(csg(*command.split()[1:], COLUMNS="96").stdout.split()) <= words | {""}


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "SECURITY.md",
        "docs/data-format.md",
        "docs/lead.md",
        "docs/manual.md",
        "docs/new-group.md",
        "docs/reviewer.md",
        "docs/secretariat.md",
        "docs/survey.md",
        "docs/contributing.md",
        "docs/contributing-data.md",
        "docs/privacy.md",
        "benchmarks/README.md",
    ],
)
def test_links_lead_somewhere(name: str) -> None:
    """Every link leads to a file of the project, and to a heading in it."""
    page = PROJECT / name
    for target, heading in re.findall(r"\]\(([^)#\s]*)(?:#([^)]*))?\)", page.read_text("utf-8")):
        if not target.startswith("https://"):
            file = page.parent / target if target else page
            assert file.exists(), target
            assert not heading or heading in headings(file), heading


def headings(page: Path) -> set[str]:
    """Return the anchors of a page's headings."""
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    titles = re.findall(r"^#+ (.*)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_command_in_the_readme_is_one(csg: Run, root: Path) -> None:
    """What people do, done: each command exits 0."""
    (root / "survey.csv").write_bytes(FILES["survey.csv"](people()))
    (root / "documents" / "answers").mkdir(parents=True)
    table = (
        (PROJECT / "README.md").read_text("utf-8").partition("## What people do")[2].partition("\n\nEvery command")[0]
    )
    every = re.findall(r"`(csg [^`]+)`", table)
    commands = [command for command in every if "…" not in command and not re.match("csg (diff|log|git|save)", command)]
    assert len(commands) >= 10
    for command in commands:
        words = re.findall(r'"[^"]*"|\S+', command)[1:]
        sure = ["--yes"] if words[:2] == ["review", "import"] else []
        done = csg(*(word.strip('"') for word in words), *sure)
        assert done.returncode == 0, (command, done.stderr)


def test_the_example_of_the_data_format_passes_check(csg: Run, root: Path) -> None:
    """The plan in docs/data-format.md is one."""
    text = (DOCS / "data-format.md").read_text("utf-8")
    plan = text.partition("```yaml\n")[2].partition("```")[0].replace('related: ["2.5"]', "related: []")
    (root / "data" / "workplan-2021-22.yaml").write_text(plan, "utf-8")
    (root / "data" / "reviews" / "hpc-reports.yaml").unlink()  # of an activity that the example does not have
    done = csg("check", "--strict")
    assert done.returncode == 0, done.stdout


def test_the_examples_of_a_review_and_its_countries_pass_check(csg: Run, root: Path) -> None:
    """Each by itself, beside the group's own plan."""
    reviews = root / "data" / "reviews"
    section = (DOCS / "data-format.md").read_text("utf-8").partition("## Reviews and countries")[2]
    review, countries = re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)[:2]
    (reviews / "hpc-2021.yaml").write_text(review, "utf-8")
    done = csg("check", "--strict")
    assert done.returncode == 0, done.stdout
    for file in reviews.iterdir():
        file.unlink()
    (root / "data" / "countries.yaml").write_text(countries, "utf-8")
    assert csg("check", "--strict").returncode == 0


def test_the_examples_for_contributors_can_be_pasted(csg: Run, root: Path) -> None:
    """As a browser shows and copies them: below the comments of an activity, and then below its last report."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt().parse((DOCS / "contributing-data.md").read_text("utf-8"))
    first, second = [token.content for token in tokens if token.type == "fence" and token.info == "yaml"]
    file = root / "data" / "workplan-2021-22.yaml"
    before, found, after = file.read_text("utf-8").partition('- id: "2.4"')
    activity, _, rest = after.partition("\n\n")
    assert found
    assert "progress:" not in activity
    for pasted, blank in ((first, "\n"), (first + second, "\n"), (first + second, "")):
        file.write_text(f"{before}{found}{activity}\n{pasted}{blank}{rest}", "utf-8")
        done = csg("check", "--strict")
        assert done.returncode == 0, done.stdout
    shown = csg("progress", "list", "--format", "json").stdout
    assert [report["by"] for report in json.loads(shown)] == ["INWUD", "WHRIN"]


def test_the_example_of_a_group_has_every_key_and_passes_check(csg: Run, root: Path) -> None:
    """docs/data-format.md has each key of data/group.yaml."""
    section = (DOCS / "data-format.md").read_text("utf-8").partition("## The group")[2]
    example = section.partition("```yaml\n")[2].partition("```")[0]
    for key in GroupProfile.model_fields:
        assert re.search(rf"^{key}:", example, re.MULTILINE), key
    (root / "data" / "group.yaml").write_text(example, "utf-8")
    done = csg("check", "--strict")
    assert done.returncode == 0, done.stdout


@pytest.mark.skipif(shutil.which("git") is None or not (PROJECT / ".git").exists(), reason="needs a git checkout")
def test_nothing_of_this_machine_is_in_the_project() -> None:
    """No path of a home or temporary folder in what git holds."""
    listed = subprocess.run(["git", "-C", str(PROJECT), "ls-files", "-z"], capture_output=True, check=True)
    names = listed.stdout.decode().split("\0")
    assert "pyproject.toml" in names
    for name in names:
        path = PROJECT / name
        if name and path.is_file() and not name.startswith("tests/"):
            assert not re.search(rb"/(?:home|root|tmp|Users)/\w", path.read_bytes()), name


@pytest.mark.parametrize("kind", ["members", "workplan", "review"])
def test_the_schemas_are_what_the_models_say(csg: Run, kind: str) -> None:
    """Where one is not: csg schema KIND > schemas/KIND.json."""
    assert (PROJECT / "schemas" / f"{kind}.json").read_text("utf-8") == csg("schema", kind).stdout


def test_workflows_run_what_strangers_send_with_no_privilege() -> None:
    """Read-only but for the jobs that render and publish the main branch, no secret, and every action by its commit."""
    for folder in (PROJECT / ".github" / "workflows", PROJECT / "csg" / "starter" / "dot-github" / "workflows"):
        for workflow in folder.glob("*.yml"):
            text = workflow.read_text("utf-8")
            if workflow.name == "progress.yml":  # it runs the default branch alone: test_issue_workflow
                continue
            assert "permissions:\n  contents: read\n" in text
            requests, _, reports = text.partition("\n  reports:\n")
            reports, _, site = reports.partition("\n  site:\n")
            site, _, publish = site.partition("\n  publish:\n")
            assert not re.search(r"pull_request_target|secrets\.|: write|github\.token", requests + site)
            assert all("\n    if: github.event_name == 'push' && github.ref_name == " in f"\n{job}"
                       for job in (reports, publish))  # fmt: skip
            assert re.findall(r"(.*): write", reports) == ["      contents"]
            assert re.findall(r"(.*): write", publish) == ["      pages", "      id-token"]
            assert not re.search(r"secrets\.|github\.token|checkout", publish)
            assert not re.search(r"pull_request_target|secrets\.", reports + publish)
            assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", use) for use in re.findall(r"uses: (.*)", text))


def test_workflows_print_what_strangers_send_as_text() -> None:
    """Each step that runs something prints between stop-commands and a token, or as annotations, or into a file."""
    for folder in (PROJECT / ".github" / "workflows", PROJECT / "csg" / "starter" / "dot-github" / "workflows"):
        for workflow in folder.glob("*.yml"):
            for step in re.split(r"\n      - ", workflow.read_text("utf-8"))[1:]:
                safe = "::stop-commands::$token" in step or "--format github" in step or ">" in step
                quiet = "push --quiet" in step and "commit --quiet" in step
                assert "run:" not in step or safe or quiet or "bash .ci/run" in step, step
    assert "::stop-commands::" in (PROJECT / ".ci" / "run").read_text("utf-8")
