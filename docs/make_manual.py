"""Write docs/manual.md from the program: the help of its commands and the fields of its models.

Run it after a change to any of them: python docs/make_manual.py. A test compares the file with what this would write.
"""

import copy
import os
import re
import shlex
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import typer

from csg.cli.main import NOUNS, app
from csg.model.schema import KINDS, json_schema

MANUAL = Path(__file__).with_name("manual.md")
WIDTH = 88
INTRODUCTION = """\
# Manual

`python docs/make_manual.py` makes this page from the program. The
[codes of problems](codes.md) have a page of their own.
"""
GENERAL = """
**Exit codes.** 0: done. 1: the data or the request has an error, and nothing was written. 2: the command line is wrong.
3: a bug in csg. Once something is written the exit code is 0, even if the output cannot be shown.

**Output.** The output goes to standard output, and everything else to standard error. csg uses colours only at a
terminal, and not if `NO_COLOR` is set. `COLUMNS` sets the width of tables.

**Completion.** `csg --install-completion` teaches your shell the commands, activity ids, leads and periods.
"""
GROUPS = {
    "The plan and its reports": ("status", "workplan", "progress", "indicator", "meeting", "member"),
    "Documents": ("report", "site"),
    "Surveys": ("review",),
    "Errors, changes and history": ("save", "check", "explain", "diff", "log", "undo", "git"),
    "Set up": ("init", "schema"),
}
"""The nouns in the order of the manual. A noun that is in no group comes last."""
EXAMPLES = (
    "csg status",
    "csg workplan list --lead INPUD --with-groups",
    "csg workplan list --search training --format csv",
    "csg workplan show 2.4",
    'csg workplan add --objective 2 --title "Translate the training manual" --cso-lead INPUD',
    "csg workplan set 2.1 cso_lead+=HRI due=2022-03-14",
    "csg workplan set mid due=2021-12-15",
    "csg workplan remove 2.8 --yes",
    "csg workplan list --trouble",
    "csg progress due --lead INPUD --with-groups",
    "csg progress due --never --format csv",
    "csg progress add 2.4 --period mid --by INWUD --status on-track --date 2021-12-10 "
    '--summary "Training ran in 3 countries."',
    "csg progress request --period mid --output round",
    "csg progress collect round --date 2021-12-10 --dry-run",
    "csg progress issue-form",
    "csg progress list --period mid --search training",
    "csg progress edit 2.4 --period mid --by INWUD --status at-risk",
    "csg undo",
    "csg progress remove 2.4 --period mid --by INWUD --yes",
    'csg indicator add 2.4 places --name "Places with the training" --baseline 0 --target 7',
    "csg indicator set 2.4 places target=8",
    "csg indicator list 2.4",
    "csg indicator remove 2.4 places --yes",
    'csg meeting add 2022-03-14 --title "Coordination meeting" --decision "Move the training to May."',
    'csg meeting set 2022-03-14 decisions+="Write to the donors."',
    "csg meeting list",
    "csg meeting remove 2022-03-14 --yes",
    "csg member list --format markdown",
    "csg member show INPUD",
    'csg member add EXN --name "Example Network"',
    'csg member set EXN name="Example Network of Networks" id=EXNN',
    "csg member remove EXNN --yes",
    "csg report list",
    "csg report render",
    "csg report render progress-mid INPUD --on 2022-03-31",
    "csg site build --lang en",
    "csg site serve --port 8080",
    'csg review import survey.csv --id hpc-2021 --title "Review of 2021" --activity 3.1 --yes',
    "csg review list",
    "csg review show hpc-2021",
    "csg review quote hpc-2021 Q8 --search naloxone",
    "csg workplan import reports/2021-22/workplan.md --as 2030-31 --dry-run",
    "csg check",
    "csg check --format json",
    "csg explain CSG203",
    "csg diff",
    "csg log 2.4",
    'csg save "Move the training to May"',
    "csg git install",
    "csg git uninstall",
    "csg schema workplan",
    'csg init example --group "Example Network Committee" --short ENC --plan 2023 --periods q1,q2,q3,q4',
    "csg workplan new 2022-23 --from 2021-22",
)
"""An example or more for each command. A test runs them in this order."""
WITHOUT_END = ("csg site serve",)
"""The commands that run until Ctrl-C: tests/test_site.py runs them."""


class Manualled(NamedTuple):
    """A command of csg: the words that call it, the command, and its help without the global options."""

    words: str
    command: Any
    help: str


def manual_commands() -> Iterator[Manualled]:
    """Find the commands of csg in the order of the manual. A noun that has commands comes before them."""
    os.environ["COLUMNS"], os.environ["TERMINAL_WIDTH"] = str(WIDTH), str(WIDTH)
    top = typer.main.get_command(app)
    parent = top.context_class(top, info_name="csg")
    grouped = [noun for nouns in GROUPS.values() for noun in nouns]
    for noun in (*grouped, *(noun for noun in NOUNS if noun not in grouped)):
        command: Any = typer.main.get_command(import_module(f"csg.cli.{noun}").app)
        yield Manualled(f"csg {noun}", command, _help(command, noun, parent, top))
        context = command.context_class(command, info_name=noun, parent=parent)
        for name, below in sorted(getattr(command, "commands", {}).items()):
            if not below.hidden:
                yield Manualled(f"csg {noun} {name}", below, _help(below, name, context, top))


def _help(command: Any, name: str, parent: Any, top: Any) -> str:
    shown = copy.copy(command)
    shown.params = [param for param in command.params if not is_global(param, top)]
    shown.add_help_option = False
    context = command.context_class(command, info_name=name, parent=parent, max_content_width=WIDTH)
    return str(shown.get_help(context)).rstrip()


def is_global(param: Any, top: Any) -> bool:
    """Return whether an option is described once, for all commands. The --plan of csg init is another option."""
    if param.name in ("root", "plan"):
        return any(param.name == other.name and param.help == other.help for other in top.params)
    return param.name in ("format", "dry_run", "yes")


def global_options(commands: list[Manualled]) -> Iterator[str]:
    """Yield a table of the options that several commands have."""
    top = typer.main.get_command(app)
    options = {param.name: getattr(param, "help", "") for param in top.params if param.name in ("root", "plan")}
    yield "\n| option | what it does | commands |\n| --- | --- | --- |\n"
    yield f"| `--root DIR` | {options['root']} | all but `csg init` and `csg schema` |\n"
    yield f"| `--plan NAME` | {options['plan']} | all but `csg init` and `csg schema` |\n"
    for choices, names in _formats(commands).items():
        yield f"| `--format`, `-f` | Choose the format: {choices}. | {names} |\n"
    yield f"| `--dry-run` | Show the change as a diff, and write nothing. | {_having('dry_run', commands)} |\n"
    yield f"| `--yes`, `-y` | Do it without asking. | {_having('yes', commands)} |\n"
    yield "| `--help` | Show the help of a command. | all |\n"


def _having(option: str, commands: list[Manualled]) -> str:
    names = [found.words for found in commands if any(param.name == option for param in found.command.params)]
    return ", ".join(f"`{name}`" for name in names)


def _formats(commands: list[Manualled]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for words, command, _ in commands:
        for param in command.params:
            if param.name == "format":
                found.setdefault(", ".join(param.type.choices), []).append(f"`{words}`")
    return {choices: ", ".join(names) for choices, names in found.items()}


def examples_of(words: str) -> list[str]:
    """Return the examples of a command."""
    return [example for example in EXAMPLES if shlex.split(example)[: len(words.split())] == words.split()]


def command_sections(commands: list[Manualled]) -> Iterator[str]:
    """Yield the section of each command: its help, and examples."""
    starts = {f"csg {nouns[0]}": title for title, nouns in GROUPS.items()}
    grouped = {f"csg {noun}" for nouns in GROUPS.values() for noun in nouns}
    for words, command, text in commands:
        if words in starts:
            yield f"\n## {starts[words]}\n"
        elif len(words.split()) == 2 and words not in grouped:
            yield "\n## More commands\n"
        yield f"\n### `{words}`\n\n```text\n{text}\n```\n"
        if not hasattr(command, "commands"):
            examples = "\n".join(examples_of(words))
            yield f"\nExample:\n\n```sh\n{examples}\n```\n"


def fields() -> Iterator[str]:
    """Yield a table of fields for each kind of record."""
    for kind in KINDS:
        schema = json_schema(kind)
        yield f"\n### {kind}\n"
        for record in [schema, *schema.get("$defs", {}).values()]:
            required = set(record.get("required", ()))
            yield f"\n**{record['title']}**: {record['description']}\n"
            yield "\n| key | meaning |\n| --- | --- |\n"
            for name, field in record["properties"].items():
                yield f"| `{name}`{'' if name in required else ' (optional)'} | {field['description']} |\n"


def contents() -> Iterator[str]:
    """Yield links to the sections."""
    titles = ("General", "Global options", *GROUPS, "Fields of the data files")
    yield "\n"
    for title in titles:
        yield f"- [{title}](#{re.sub('[^a-z -]', '', title.lower()).replace(' ', '-')})\n"


def manual() -> str:
    """Return the whole manual."""
    commands = list(manual_commands())
    parts = (
        INTRODUCTION,
        *contents(),
        "\n## General\n",
        GENERAL,
        "\n## Global options\n",
        *global_options(commands),
        *command_sections(commands),
        "\n## Fields of the data files\n",
        *map(_code_spans, fields()),
    )
    return "".join(parts)


def _code_spans(text: str) -> str:
    """Write the code of a docstring as Markdown does."""
    return re.sub(r"``([^`]+)``", r"`\1`", text)


if __name__ == "__main__":
    MANUAL.write_text(manual(), "utf-8")
