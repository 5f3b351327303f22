"""Completion in real shells: it offers ids, and no id runs anything."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import CSG, Run, run_installed

pexpect = pytest.importorskip("pexpect")
PLAN = "data/workplan-2021-22.yaml"
PROMPT = "ready> "
HOSTILE_IDS = [
    r"\$(touch ran)",
    "$(touch ran)",
    "`touch ran`",
    "x;touch ran",
    "x\\'$(touch ran)\\'",
    '\\"$(touch ran)\\"',
    "x|touch ran",
    "ZZ$(touch ran)",
    "x\\n touch ran",
    "x)) ; touch ran; ((",
    "-x(e:'touch ran':)",
    "<(touch ran)",
    "*",
    "~root",
    "=touch",
]
SETUP = {
    "zsh": "PROMPT='ready> '; unsetopt zle_bracketed_paste; autoload -Uz compinit; "
    'compinit -u -d "$SCRIPTS/zcompdump"; eval "$(cat "$SCRIPTS/zsh")"',
    "bash": 'PS1=\'ready> \'; bind "set enable-bracketed-paste off"; bind "set completion-query-items 0"; '
    'bind "set page-completions off"; eval "$(cat "$SCRIPTS/bash")"',
}
START = {"zsh": ["-f", "-i"], "bash": ["--norc", "--noprofile", "-i"]}


@pytest.fixture(scope="session")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with csg's completion for each shell, and where zsh keeps what it has read of its own."""
    folder = tmp_path_factory.mktemp("scripts")
    for name in START:
        done = run_installed(cwd=folder, environment={"PATH": os.environ["PATH"], "_CSG_COMPLETE": f"source_{name}"})
        (folder / name).write_text(done.stdout, "utf-8")
    return folder


@pytest.fixture(params=["zsh", "bash"])
def shell(request: pytest.FixtureRequest, root: Path, scripts: Path) -> Iterator[Any]:
    """A shell at a pseudo-terminal, in the workspace, with csg's completion."""
    name = request.param
    if shutil.which(name) is None or os.name == "nt":
        pytest.skip(f"no {name} here")
    environment = {
        "PATH": f"{CSG.parent}:{os.environ['PATH']}",
        "HOME": str(root),
        "TERM": "dumb",
        "LANG": "C.UTF-8",
        "SCRIPTS": str(scripts),
    }
    child = pexpect.spawn(name, START[name], cwd=str(root), env=environment, encoding="utf-8", timeout=30)
    child.delaybeforesend = child.delayafterclose = child.delayafterterminate = None  # a shell asks for no password
    child.sendline(SETUP[name].replace("ready", "re''ady") if name == "bash" else SETUP[name])
    child.sendline("echo set''up-done")
    child.expect("setup-done")
    yield child
    child.close(force=True)


def completed(shell: Any, line: str) -> str:
    """Return what the shell makes of a line after tabs and Enter, as the words that a command gets."""
    shell.sendline('csg() { if [ -n "$_CSG_COMPLETE" ]; then command csg; else printf \'<%s>\' "$@"; fi; }')
    shell.send(line)
    shell.send("\t\t")
    shell.sendline("")
    shell.sendline("echo com''pleted")
    shell.expect("completed\r?\n")
    return str(shell.before)


ONLY_COMPLETES = 'csg() { if [ -n "$_CSG_COMPLETE" ]; then command csg; fi; }; echo de""fined'
"""The shell expands the words of a line at Enter, and completes them by the installed command, but no command runs."""


def add_members(root: Path, *ids: str) -> None:
    """Add members with these ids, written in double quotes."""
    path = root / "data" / "members.yaml"
    text = path.read_text("utf-8")
    lines = "".join(f'  - {{id: "{name}", name: A network}}\n' for name in ids)
    path.write_text(text.replace("members:\n  - id: ANPUD", f"members:\n{lines}  - id: ANPUD"), "utf-8")


@pytest.mark.parametrize("broken", [False, True])
def test_no_id_runs_in_a_shell(shell: Any, root: Path, broken: bool) -> None:
    """On the tab or on Enter, in members, leads or names of files, also while a file is broken."""
    add_members(root, *(name.replace("\\$", "\\\\$") for name in HOSTILE_IDS))
    (root / "data" / "reviews" / "$(touch ran).yaml").write_text("review: x\n", "utf-8")
    (root / "data" / "reviews" / "ZZ`touch ran`.yaml").write_text("review: x\n", "utf-8")
    if broken:
        with (root / "data" / "members.yaml").open("a", encoding="utf-8") as members:
            members.write("broken: [\n")
    shell.sendline(ONLY_COMPLETES)
    shell.expect("defined")
    for line in (
        "csg member show ",
        "csg member show ZZ",
        "csg member show \\$",
        "csg workplan list --lead ",
        "csg workplan list --lead x",
        "csg review show ",
        "csg review show ZZ",
        "csg progress list --by ",
    ):
        shell.send(line)
        shell.send("\t\t")
        shell.send("\n")
    shell.sendline("echo all''done")
    shell.expect("alldone", timeout=60)
    assert not list(root.rglob("ran"))


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("csg member show Front", "<Frontline AIDS>"),
        ('csg member show "Front', "<Frontline AIDS>"),
        ("csg member show RR", "<RR&D Asia>"),
        ("csg member show Рос", "<Россия 1>"),
        ("csg progress add 2.4 --period mi", "<mid>"),
        ("csg review show hp", "<hpc-reports>"),
    ],
)
def test_a_shell_completes_an_id_to_one_word(shell: Any, root: Path, line: str, word: str) -> None:
    """Also an id with blanks, with an ampersand, or in another script."""
    add_members(root, "RR&D Asia", "Россия 1")
    assert word in completed(shell, line)


LEFT = "\x1b[D"


@pytest.mark.parametrize(
    "line",
    [
        'csg member show  "x"' + 4 * LEFT + "Q",
        'csg member show "Q' + 2 * LEFT,
        'csg member show "Q"' + 3 * LEFT,
        'csg member show ""Q',
        "csg member show ''\"\"Q",
        'csg workplan list --search "x" --lead=Q',
        'csg workplan list --lead Q --search "x y"' + 15 * LEFT,
        "csg workplan list --search 'x\n y' --lead Q",
        "csg member show 'Q",
        'csg member show "Q',
    ],
)
def test_no_ampersand_runs_wherever_the_cursor_and_the_quotes_are(shell: Any, root: Path, line: str) -> None:
    """Also after the quotation mark that is still open is closed."""
    add_members(root, "Q&touch ran")
    shell.sendline(ONLY_COMPLETES)
    shell.expect("defined")
    shell.send(line)
    shell.send("\t")
    shell.expect(["touch|\x07", pexpect.TIMEOUT], timeout=3)  # completed, or the bell
    shell.sendline("")
    shell.sendline('"')
    time.sleep(0.2)
    for _ in range(5):  # a busy machine can drop what is typed just after an interrupt
        shell.sendintr()
        time.sleep(0.1)
        shell.sendline("echo all''done")
        if shell.expect(["alldone", pexpect.TIMEOUT], timeout=3) == 0:
            break
    else:
        raise AssertionError(shell.before)
    assert not list(root.rglob("ran*"))


@pytest.mark.parametrize("cursor", ["", "x", "-1", "99"])
def test_a_cursor_that_is_nowhere_is_not_in_quotes(csg: Run, root: Path, cursor: str) -> None:
    """Ids are completed with their backslashes."""
    add_members(root, "RR&D Asia")
    done = csg(_CSG_COMPLETE="complete_bash", COMP_WORDS='csg\nmember\nshow\n"R', COMP_CWORD=cursor)
    assert "RR&D" not in done.stdout


@pytest.mark.parametrize("shell_name", ["zsh", "bash", "fish", "powershell", "pwsh"])
def test_only_safe_values_are_offered(csg: Run, root: Path, shell_name: str) -> None:
    """In each shell's own format, with quotes where the shell adds none."""
    add_members(root, "RR&D Asia", *(name.replace("\\$", "\\\\$") for name in HOSTILE_IDS))
    line = "csg member show "
    words = {
        "_CSG_COMPLETE": f"complete_{shell_name}",
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "COMP_WORDS": line,
        "COMP_CWORD": "3",
    }
    done = csg(**words)
    assert "touch" not in done.stdout + done.stderr
    assert "root" not in done.stdout
    assert {"bash": r"RR\&D\ Asia", "zsh": '"RR&D Asia"', "fish": "RR&D Asia"}.get(
        shell_name, "'RR&D Asia':::"
    ) in done.stdout


@pytest.mark.parametrize(
    ("layout", "periods"),
    [
        ("periods:\n  - id: q1\n    name: One\n  - name: Two\n    id: q2\n", ["q1", "q2"]),
        ("periods:\n- {name: One, id: q1}\n- {\n  id: 'q2', name: Two}\n", ["q1", "q2"]),
        ('periods: [{id: q1, name: One}, {name: Two, id: "q2"}]\n', ["q1", "q2"]),
    ],
)
def test_periods_are_completed_in_any_layout(csg: Run, root: Path, layout: str, periods: list[str]) -> None:
    """In blocks, in braces, and with the keys in any order."""
    text = (root / PLAN).read_text("utf-8")
    start, end = text.index("periods:"), text.index("objectives:")
    (root / PLAN).write_text(f"{text[:start]}{layout}{text[end:]}", "utf-8")
    line = "csg progress due --period "
    done = csg(_CSG_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD="4")
    assert done.stdout.split() == periods


def test_completion_prints_nothing_else(csg: Run, root: Path) -> None:
    """No version that a shell then runs, no error: not for a status that is not one, not without a workspace."""
    for line, cwd in (
        ("csg --version ", root),
        ("csg progress add 1.1 --status o --period ", root),
        ("csg member show ", root.parent),
    ):
        done = csg(_CSG_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS=line, cwd=cwd)
        assert done.stderr == ""
        assert done.stdout.startswith("_")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("csg workplan set mid in", ["introduction="]),
        ("csg workplan set mid de", ["decisions_needed="]),
        ("csg workplan set 2 ti", ["title="]),
        ("csg workplan set 2.4 c", ["cso_lead=", "comments=", "carried_from="]),
        ("csg workplan set 2.4 in", []),
        ("csg progress add 2.4 --value l", ["locations="]),
        ("csg progress add 2.5 --value l", []),
        ("csg indicator set 2.4 l", ["locations"]),
    ],
)
def test_fields_and_indicators_are_completed_for_the_record_that_is_named(
    csg: Run, line: str, words: list[str]
) -> None:
    assert csg("indicator", "add", "2.4", "locations", "--name", "Locations").returncode == 0
    done = csg(_CSG_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(line.count(" ")))
    assert done.stdout.split() == words
