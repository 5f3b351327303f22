"""Write docs/manual.md and docs/codes.md: the commands' help, the models' fields, and the registry of codes.

Run it after a change to any of them: python docs/make_manual.py. A test compares the files with what this would write.
"""

import os
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import typer

from csg.checks import RULES
from csg.cli.main import NOUNS, app
from csg.codes import Code, codes
from csg.model.schema import KINDS, json_schema

MANUAL = Path(__file__).with_name("manual.md")
CODES = Path(__file__).with_name("codes.md")
INTRODUCTION = """\
# Manual

Made from the program by `python docs/make_manual.py`: what stands here is what csg does.

- [Commands](#commands)
- [Fields of the data files](#fields-of-the-data-files)
- [Codes of problems](codes.md), a page of its own

Exit codes: 0 done; 1 the data or the request is at fault, nothing was written; 2 the command line is wrong; 3 a bug of
csg's. Once something is written the exit code is 0, even if the output cannot be shown. Output goes to standard output,
everything else to standard error. Colours only at a terminal, and not where `NO_COLOR` is set. At a terminal a table is
as wide as it is; in a pipe it has a line a row; `COLUMNS` sets the width of both.
"""
CODES_INTRODUCTION = """\
# Codes of problems

Made from the program by `python docs/make_manual.py`. `csg explain CODE` shows the same on a terminal.

Codes that begin with 1 are about text, YAML, keys and values; with 2 about the rules that `csg check` applies to the
data; with 3 about the request; with 4 about files; with 5 about git; with 6 about reports; with 7 about surveys.

| code | problem |
| --- | --- |
"""


def commands() -> Iterator[str]:
    """Each command's help, as --help prints it."""
    os.environ["COLUMNS"], os.environ["TERMINAL_WIDTH"] = "88", "88"
    top = typer.main.get_command(app)
    yield from _help("csg", top, None)
    for noun in NOUNS:
        command: Any = typer.main.get_command(import_module(f"csg.cli.{noun}").app)
        parent = top.context_class(top, info_name="csg")
        yield from _help(f"csg {noun}", command, parent)
        shown = {name: below for name, below in getattr(command, "commands", {}).items() if not below.hidden}
        for name, below in sorted(shown.items()):
            yield from _help(f"csg {noun} {name}", below, command.context_class(command, info_name=noun, parent=parent))


def _help(title: str, command: Any, parent: Any) -> Iterator[str]:
    context = command.context_class(command, info_name=title.rpartition(" ")[2], parent=parent, max_content_width=88)
    yield f"\n### `{title}`\n\n```text\n{command.get_help(context).rstrip()}\n```\n"


def fields() -> Iterator[str]:
    """A table of fields for each kind of record."""
    for kind in KINDS:
        schema = json_schema(kind)
        yield f"\n### {kind}\n"
        for record in [schema, *schema.get("$defs", {}).values()]:
            required = set(record.get("required", ()))
            yield f"\n**{record['title']}**: {record['description']}\n"
            yield "\n| key | what it is |\n| --- | --- |\n"
            for name, field in record["properties"].items():
                yield f"| `{name}`{'' if name in required else ' (optional)'} | {field['description']} |\n"


def codes_page() -> str:
    """Return the page of codes: a table of contents, then a section for each code."""
    warnings = {rule.code for rule in RULES if rule.severity == "warning"}
    rows = (f"| [{known.code}](#{known.code.lower()}) | {known.title} |\n" for known in codes().values())
    sections = (_code_section(known, is_warning=known.code in warnings) for known in codes().values())
    return "".join((CODES_INTRODUCTION, *rows, *sections))


def _code_section(known: Code, *, is_warning: bool) -> str:
    title = f"{known.title[0].upper()}{known.title[1:]}{' (warning)' if is_warning else ''}"
    example = f"```text\n{known.example}\n```"
    return f"\n### {known.code}\n\n**{title}.** {known.cause}\n\n{example}\n\nFix: {known.fix}\n"


def manual() -> str:
    """The whole manual."""
    sections = {"Commands": commands(), "Fields of the data files": fields()}
    parts = (f"\n## {title}\n{''.join(lines)}" for title, lines in sections.items())
    return re.sub(r"``([^`]+)``", r"`\1`", "".join((INTRODUCTION, *parts)))


if __name__ == "__main__":
    MANUAL.write_text(manual(), "utf-8")
    CODES.write_text(codes_page(), "utf-8")
