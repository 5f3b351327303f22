"""The command line as a whole: formats, colours, exit codes, completion, and what a terminal is asked."""

import csv
import io
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from conftest import CSG, PROJECT, Run

import csg as package
from csg.problem import Problem, visible

posix = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal")
PLAN = "data/workplan-2021-22.yaml"
HOSTILE = "=1+1 \x1b[31m[bold red]x[/] \x9b2J \u202e \x07"


def test_version_and_module(csg: Run, root: Path) -> None:
    """``csg --version`` and ``python -m csg --version`` say the same."""
    assert csg("--version").stdout == f"csg {package.__version__}\n"
    words = [sys.executable, "-m", "csg", "--version"]
    module = subprocess.run(words, cwd=root, capture_output=True, text=True, check=True)
    assert module.stdout == f"csg {package.__version__}\n"


def test_help_names_every_noun_and_each_has_its_own(csg: Run) -> None:
    """What --help lists is what there is."""
    from csg.cli.main import NOUNS

    text = csg("--help").stdout
    for name in NOUNS:
        assert f"\n  {name}" in text
        assert csg(name, "--help").stdout.startswith(f"Usage: csg {name}")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("workpaln list", "No such command 'workpaln'. Did you mean 'workplan'?"),
        ("workplan lst", "No such command 'lst'. Did you mean 'list', 'set'?"),
        ("workplan list --led X", "No such option: --led"),
        ("workplan list --format xml", "Invalid value for '--format' / '-f': 'xml' is not one of"),
        ("workplan list --status fine", "unknown status 'fine'. Choose from not-started, on-track"),
        ("workplan show", "Missing argument 'ID'"),
        ("workplan set 2.4 title", "'title' is not a setting"),
        ("check nowhere.yaml", "'nowhere.yaml' is not a file of the workspace"),
        ("check /etc/passwd", "'/etc/passwd' is not a file of the workspace"),
        ("progress edit 2.4 --period mid --by INWUD", "nothing to change"),
    ],
)
def test_a_wrong_command_line_exits_with_2(csg: Run, words: str, told: str) -> None:
    """With the usage, what is wrong, and nothing on stdout."""
    done = csg(*words.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert told in " ".join(done.stderr.split())


def hostile(root: Path) -> None:
    """Put text that tries to act into a title, as the escapes that YAML allows."""
    text = (root / PLAN).read_text("utf-8")
    title = "title: Fund the Secretariat function for the HIV and drugs CS group"
    assert title in text
    (root / PLAN).write_text(text.replace(title, f"title: {json.dumps(HOSTILE)}"), "utf-8")


@pytest.mark.parametrize("format", ["table", "json", "csv", "markdown", "yaml"])
@pytest.mark.parametrize("words", ["workplan list", "workplan show 1.1", "status", "progress due", "member list"])
def test_no_format_lets_the_data_act(csg: Run, root: Path, words: str, format: str) -> None:  # noqa: A002
    """No control character but line ends leaves csg, whatever is in the data and however it is printed."""
    hostile(root)
    for columns in ({}, {"COLUMNS": "80"}):
        done = csg(*words.split(), "--format", format, **columns)
        assert done.returncode == 0, done.stderr
        assert visible(done.stdout) == done.stdout
        assert visible(done.stderr) == done.stderr


def test_json_yaml_and_csv_give_the_text_back(csg: Run, root: Path) -> None:
    """As it is in JSON, and as text no spreadsheet calculates in CSV."""
    hostile(root)
    assert json.loads(csg("workplan", "list", "--format", "json").stdout)[0]["title"] == HOSTILE
    rows = list(csv.DictReader(io.StringIO(csg("workplan", "list", "--format", "csv").stdout)))
    assert len(rows) == 19
    assert rows[0]["Activity"] == f"'{visible(HOSTILE)}"
    assert rows[1]["Activity"] == "Host an all-day (funded) coordination meeting alongside CND 2022"


def test_problems_for_machines(csg: Run, root: Path) -> None:
    """JSON, GitHub's annotations with everything escaped, and SARIF."""
    text = (root / PLAN).read_text("utf-8")
    (root / PLAN).write_text(text.replace("[YouthRISE]", '["a%\\n::error::b"]'), "utf-8")
    (found,) = json.loads(csg("check", "--format", "json").stdout)
    assert (found["code"], found["file"], found["line"], found["column"], found["severity"]) == (
        *("CSG123", PLAN, 73, 20, "error"),
    )
    annotations = csg("check", "--format", "github").stdout.splitlines()
    assert len(annotations) == 1
    assert annotations[0].startswith(f"::error file={PLAN},line=73,col=20,title=CSG123::cso_lead number 1")
    sarif = json.loads(csg("check", "--format", "sarif").stdout)
    (result,) = sarif["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": PLAN},
        "region": {"startLine": 73, "startColumn": 20},
    }


def test_at_most_ten_problems_are_annotations(csg: Run, root: Path) -> None:
    """Errors come first, and standard error says how many problems are not annotated."""
    text = (root / PLAN).read_text("utf-8")
    assert text.count("unodc_lead: [HAS]") > 11
    (root / PLAN).write_text(text.replace("unodc_lead: [HAS]", "unodc_lead: [HASS]", 10), "utf-8")
    done = csg("check", "--format", "github")
    assert [line.partition(" ")[0] for line in done.stdout.splitlines()] == ["::error"] * 10
    assert done.stderr == ""
    (root / PLAN).write_text(text.replace("unodc_lead: [HAS]", "unodc_lead: [HASS]", 11), "utf-8")
    done = csg("check", "--format", "github")
    assert done.returncode == 1
    assert [line.partition(" ")[0] for line in done.stdout.splitlines()] == ["::error"] * 10
    assert done.stderr == "1 more problem without an annotation. Run `csg check` to see all of them.\n"
    assert len(csg("check").stdout.splitlines()) == 11


def test_check_can_be_strict_and_of_some_files(csg: Run, root: Path) -> None:
    """A warning fails only where asked; a path narrows what is told, not what is read."""
    text = (root / PLAN).read_text("utf-8")
    (root / PLAN).write_text(text.replace("title: Regular", "title: Regular  "), "utf-8")
    assert csg("check").returncode == 0
    assert csg("check", "--strict").returncode == 1
    assert csg("check", "data/members.yaml", "--strict").returncode == 0
    assert csg("check", "data", "--strict").returncode == 1
    assert csg("check", "workplan-2021-22.yaml", "--strict", cwd=root / "data").returncode == 1


def test_a_bug_of_ours_exits_with_3(root: Path) -> None:
    """With a line that says how to report it, and no traceback."""
    code = "import csg.workspace as w\nw.open_workspace = None\nfrom csg.__main__ import main\nmain()"
    words = [sys.executable, "-c", code, "check"]
    done = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr.startswith(f"csg {package.__version__}: this is a bug in csg (TypeError at csg.cli.app:")
    assert done.stderr.count("\n") == 1


@posix
def test_a_reader_that_leaves_is_no_bug(root: Path) -> None:
    """``csg … | head`` ends quietly."""
    command = f"{CSG} workplan list --format json | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=root, capture_output=True, text=True, check=False)
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("csg wor", ["workplan"]),
        ("csg workplan s", ["show", "set"]),
        ("csg workplan show 2.", ["2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7"]),
        ("csg progress add 2.4 --by IN", ["INPUD", "INWUD"]),
        ("csg progress add 2.4 --period ", ["mid", "end"]),
        ("csg progress add 2.4 --status o", ["on-track", "off-track"]),
        ("csg workplan list --objective ", ["1", "2", "3"]),
        ("csg workplan list --lead St", ["Stimulant\\ Working\\ Group"]),
        ("csg member show Fr", ["Frontline\\ AIDS"]),
        ("csg check --format ", ["text", "json", "github", "sarif"]),
    ],
)
def test_the_shell_completes_what_the_data_holds(csg: Run, root: Path, typed: str, found: list[str]) -> None:
    """Ids, leads, periods; also while a file is broken."""
    with (root / PLAN).open("a", encoding="utf-8") as plan:
        plan.write("broken: [\n")
    words = {"_CSG_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
    assert csg(**words).stdout.split("\n")[: len(found)] == found


@posix
@pytest.mark.parametrize(("more", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_colours_only_where_they_are_wanted(root: Path, more: dict[str, str], coloured: bool) -> None:
    """At a terminal, unless NO_COLOR or a dumb terminal says no."""
    command = f"cd {root} && TERM=xterm {' '.join(f'{k}={v}' for k, v in more.items())} {CSG} workplan list"
    code = f"import pty, sys; sys.exit(pty.spawn(['sh', '-c', {command!r}]) >> 8)"
    output = subprocess.run(
        [sys.executable, "-c", code], stdin=subprocess.DEVNULL, capture_output=True, check=True
    ).stdout
    assert (b"\x1b[" in output) == coloured
    assert b"Fund the Secretariat" in output


@pytest.mark.parametrize("kind", ["members", "workplan", "review"])
def test_schemas_say_what_the_models_say(csg: Run, kind: str) -> None:
    """Every key has a description, for an editor to show; an id may be written without quotes."""
    schema = json.loads(csg("schema", kind).stdout)
    records = [schema, *schema["$defs"].values()]
    assert all(each["description"] for record in records for each in record["properties"].values())
    assert all(record["additionalProperties"] is False for record in records)
    ids = [record["properties"]["id"] for record in records if "id" in record["properties"]]
    assert all(each["type"] == ["string", "number", "boolean"] for each in ids)


def test_the_version_is_written_once() -> None:
    """In the package; the project reads it from there."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert package.__version__


@pytest.mark.parametrize("command", ["csg progress add 2.4 adds one", "git fetch --unshallow brings the rest"])
def test_a_hint_that_begins_with_a_command_keeps_its_small_letter(command: str) -> None:
    """A command with a capital letter would not run."""
    assert Problem("CSG305", "no report", hint=command).sentence == f"no report. {command}."
