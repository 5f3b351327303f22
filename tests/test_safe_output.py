"""Text from data, the command line and names of files does not act in a terminal, in CI or in a spreadsheet."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from conftest import CSG, OWN, Run

from csg.view.display import as_cell
from csg.view.streams import without_commands

posix = pytest.mark.skipif(os.name == "nt", reason="names of files that Windows does not have")
PLAN = "data/workplan-2021-22.yaml"
MEMBERS = "data/members.yaml"
HOSTILE = (
    "::error title=x::a\n::add-mask::b\n  ::stop-commands::c\n##[stop-commands]d\nx ##vso[task.setvariable]e\n"
    "##teamcity[f]\nsection_start:1:g\r\x1b[0K\x1b]0;h\x07\x9b2J\u2028\u202e"
)
COMMAND = re.compile(r"^\s*::|##\[|##[a-z]+\[|^\s*section_(start|end):", re.MULTILINE)
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]")


def assert_safe(*outputs: str) -> None:
    """Require that nothing in an output acts."""
    for output in outputs:
        assert not CONTROL.search(output), ascii(output)
        assert not COMMAND.search(output), output


@pytest.fixture
def hostile(root: Path) -> Path:
    """A workspace in which each text is hostile."""
    return make_hostile(root)


@pytest.fixture(scope="session")
def hostile_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile workspace in a repository with one commit, made once for all commands."""
    root = tmp_path_factory.mktemp("repository") / "workspace"
    shutil.copytree(OWN / "data", root / "data", ignore=shutil.ignore_patterns(".*"))
    git = ["git", "-C", str(make_hostile(root)), "-c", "user.name=::error::x", "-c", "user.email=x"]
    for words in (["init", "-q", "--template="], ["add", "."], ["commit", "-q", "-m", "::error::y"]):
        subprocess.run([*git, *words], check=True)
    return root


def make_hostile(root: Path) -> Path:
    """Make each text of a workspace hostile."""
    quoted = json.dumps(HOSTILE)
    for name, marks in (
        (PLAN, ("title: Fund the Secretariat function for the HIV and drugs CS group", "title: Workplan 2021/22")),
        (MEMBERS, ("name: Asia Network of People who Use Drugs", "name: Harm Reduction International")),
    ):
        text = (root / name).read_text("utf-8")
        for mark in marks:
            assert mark in text
            text = text.replace(mark, f"{mark.partition(':')[0]}: {quoted}", 1)
        (root / name).write_text(text, "utf-8")
    group = root / "data" / "group.yaml"
    group.write_text(
        f"group: {quoted}\nlabels: {{unodc_lead: {quoted}, cso_lead: {quoted}}}\n"
        f"fields: [{{id: budget, label: {quoted}, type: text}}]\n",
        "utf-8",
    )
    return root


def commands() -> list[str]:
    """Return every command of csg, with words that make it run."""
    formats = ("table", "json", "csv", "markdown", "yaml")
    printing = ["status", "workplan list", "workplan show 1.1", "member list", "member show ANPUD", "progress due"]
    printing += ["progress list", "review list", "review show hpc-reports", "report list"]
    lines = [f"{words} --format {name}" for words in printing for name in formats]
    lines += [f"check --format {name}" for name in ("text", "json", "sarif")]
    lines += [f"{words} --format {name}" for words in ("diff HEAD", "log 1.1") for name in ("text", "markdown", "json")]
    lines += [f"schema {kind}" for kind in ("group", "members", "workplan", "review", "countries")]
    lines += ["report render", "report render --check", "report render --dry-run", "git install", "git uninstall"]
    lines += ["undo", "workplan new 2022-23 --dry-run", "workplan remove 1.1 --yes", "workplan set 1.1 due=2022-01-01"]
    return lines


@pytest.mark.parametrize("line", commands())
def test_no_text_of_the_data_acts(csg: Run, hostile: Path, hostile_repository: Path, line: str) -> None:
    """Whatever a command prints of it, in whatever format."""
    shutil.copytree(hostile_repository / ".git", hostile / ".git")
    for columns in ({}, {"COLUMNS": "60"}):
        done = csg(*line.split(), **columns)
        assert done.returncode in (0, 1), done.stderr
        assert_safe(done.stdout, done.stderr)


@pytest.mark.parametrize(
    "words",
    [
        ["@"],
        ["workplan", "@"],
        ["workplan", "list", "--@"],
        ["workplan", "list", "--lead", "@"],
        ["workplan", "list", "--status", "@"],
        ["workplan", "list", "--period", "@"],
        ["workplan", "list", "--format", "@"],
        ["workplan", "list", "--objective", "@"],
        ["workplan", "list", "@"],
        ["workplan", "list", "--search", "@"],
        ["workplan", "show", "@"],
        ["workplan", "add", "--objective", "@", "--title", "@"],
        ["workplan", "set", "1.1", "@"],
        ["workplan", "set", "1.1", "title=@", "--dry-run"],
        ["workplan", "set", "1.1", "@=x"],
        ["workplan", "new", "@"],
        ["workplan", "remove", "@", "--yes"],
        ["--plan", "@", "workplan", "list"],
        ["--root", "@", "workplan", "list"],
        ["member", "show", "@"],
        ["member", "add", "@", "--name", "@"],
        ["progress", "add", "1.1", "--period", "mid", "--by", "IDPC", "--status", "@", "--summary", "@"],
        ["progress", "add", "1.1", "--period", "mid", "--by", "IDPC", "--status", "on-track", "--summary", "@"],
        ["progress", "add", "1.1", "--period", "mid", "--by", "IDPC", "--status", "on-track", "--date", "@"],
        ["progress", "edit", "1.1", "--number", "@"],
        ["review", "show", "@"],
        ["review", "import", "@", "--id", "@"],
        ["review", "quote", "@", "@"],
        ["report", "render", "@"],
        ["report", "render", "--to", "@"],
        ["report", "render", "--output", "@", "--dry-run"],
        ["check", "@"],
        ["check", "--changed", "@"],
        ["explain", "@"],
        ["schema", "@"],
        ["diff", "@"],
        ["diff", "--since", "@"],
        ["log", "@"],
        ["init", "@", "--example", "--dry-run"],
        ["init", "new", "--group", "@", "--short", "@", "--plan", "@"],
        ["git", "@"],
    ],
    ids=" ".join,
)
def test_no_word_of_the_command_line_acts(csg: Run, words: list[str]) -> None:
    """Names of files come from strangers too: csg check data/*."""
    for text in (HOSTILE, "a\n::error::x", "\x1b[2J", "##[stop-commands]x"):
        done = csg(*(word.replace("@", text) for word in words))
        assert done.returncode in (0, 1, 2), done.stderr
        assert_safe(done.stdout, done.stderr)


@posix
@pytest.mark.parametrize("name", ["\n::error title=x::pwned", "##[stop-commands]x", "\x1b]0;x\x07", " ::error::x"])
def test_no_name_of_a_file_acts(csg: Run, root: Path, name: str) -> None:
    """Of a template, a plan or a review; and of the folder of the repository."""
    (root / "templates").mkdir()
    (root / "templates" / f"{name}.md.j2").write_text("x", "utf-8")
    (root / "data" / "reviews" / f"{name}.yaml").write_text("review: x\n", "utf-8")
    for line in ("check", "check --format json", "report render --check", "report list", "status"):
        done = csg(*line.split())
        assert_safe(done.stdout, done.stderr)
    (root / "data" / "reviews" / f"{name}.yaml").unlink()
    for line in ("report render --check", "report render --dry-run", "report render", "report list"):
        done = csg(*line.split())
        assert_safe(done.stdout, done.stderr)
    repository = root.parent / f"r{name}"
    repository.mkdir()
    subprocess.run(["git", "init", "-q"], cwd=repository, check=True)
    root.rename(repository / "w")
    for line in ("git install", "git uninstall", "init other --example --dry-run"):
        done = csg(*line.split(), cwd=repository / "w")
        assert_safe(done.stdout, done.stderr)


@posix
def test_an_annotation_is_one_command(csg: Run, root: Path) -> None:
    """Only csg's own words make a command, a line a problem."""
    name = "\n::error::x##[group].yaml"
    (root / "data" / "reviews" / name).write_text("review: '##[x]'\n", "utf-8")
    lines = csg("check", "--format", "github").stdout.splitlines()
    assert lines
    assert all(re.match(r"::(error|warning) file=data/reviews/", line) for line in lines)
    assert not any("##[" in line for line in lines)


@posix
def test_a_wrong_command_line_does_not_act_at_a_terminal(root: Path) -> None:
    """There, csg's own colours are allowed, and nobody else's."""
    pexpect = pytest.importorskip("pexpect")
    output = pexpect.run(
        f"{CSG} check 'a\x1b]0;x\x07b'", cwd=str(root), env={"PATH": os.environ["PATH"], "TERM": "xterm"}
    )
    assert b"\x1b]" not in output
    assert b"\\x1b]0;x" in output


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("::error::x", "\\::error::x"),
        (" \xa0::error::x", " \xa0\\::error::x"),
        ("a::b", "a::b"),
        ("a\n::b", "a\n\\::b"),
        ("###[x]", "##\\#[x]"),
        ("#1 ## x [y]", "#1 ## x [y]"),
    ],
)
def test_commands_get_a_backslash(text: str, safe: str) -> None:
    """At the start of a line, or anywhere, as CI services take them."""
    assert without_commands(text) == safe


@pytest.mark.parametrize(
    "parts", [["  ", "::error::x"], [":", ":error::x"], ["#", "#[x]"], ["##", "[x]"], ["##v", "so[x]"]]
)
def test_a_command_in_several_parts_is_none(tmp_path: Path, parts: list[str]) -> None:
    """A line can be written piece by piece."""
    from csg.view.streams import GuardedStream

    with GuardedStream((tmp_path / "out").open("wb"), "utf-8") as stream:
        for part in parts:
            stream.write(part)
    assert_safe((tmp_path / "out").read_text("utf-8"))


@pytest.mark.usefixtures("hostile")
def test_json_and_yaml_keep_the_text(csg: Run) -> None:
    """What keeps a command from CI is an escape of the format."""
    shown = yaml.safe_load(csg("workplan", "show", "1.1", "--format", "yaml").stdout)
    assert shown["title"] == HOSTILE
    title = json.loads(csg("workplan", "show", "1.1", "--format", "json").stdout)["title"]
    assert title == HOSTILE


SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    "before", ["", " ", "\t", '"', "'", "ok;", "ok; ", 'ok;"', "ok,", "ok\n", "ok\t", "ok\r", 'a; " ;']
)
def test_no_cell_is_a_formula(before: str, sign: str) -> None:
    """In no part that a spreadsheet of some locale takes for a cell."""
    cell = as_cell(f"{before}{sign}HYPERLINK(A1)")
    for part in re.split(r"[;,\t\n\r]|\\t|\\r", cell):
        assert part.strip(' "')[:1] not in [*SIGNS], cell
    assert cell.replace("'", "").endswith(f"{sign}HYPERLINK(A1)")


def test_text_that_is_no_formula_stays_readable() -> None:
    """Apostrophes stand only where a formula could begin."""
    for text in ("A title - with a dash", "on-track", "a + b = c", "x@y", "Roll out; then report, at last"):
        assert as_cell(text) == text


def test_headings_of_the_group_are_no_formulas(csg: Run, root: Path) -> None:
    """They are data too."""
    (root / "data" / "group.yaml").write_text("labels: {cso_lead: '=1+1'}\n", "utf-8")
    heads = next(csv.reader(io.StringIO(csg("workplan", "list", "--format", "csv").stdout)))
    assert "'=1+1" in heads


def test_a_negative_number_stays_a_number(csg: Run, root: Path) -> None:
    """In CSV for a spreadsheet; other text with the same sign is marked as text."""
    group = root / "data" / "group.yaml"
    fields = "fields: [{id: balance, label: Balance, type: number}, {id: note, label: Note, type: text}]\n"
    group.write_text(f"{group.read_text('utf-8') if group.exists() else ''}\n{fields}", "utf-8")
    done = csg("workplan", "set", "1.1", "balance=-12.5", "note=-12+3")
    assert done.returncode == 0, done.stderr
    (row, *_) = csv.DictReader(io.StringIO(csg("workplan", "list", "--format", "csv").stdout))
    assert (row["Balance"], row["Note"]) == ("-12.5", "'-12+3")
