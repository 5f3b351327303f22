"""Values that the command line lacks: asked for at a terminal, read from standard input, or an error."""

import os
import sys
from collections.abc import Callable, Sequence

import typer

from csg.problem import Refused, nearest, visible


class Wrong(typer.BadParameter):
    """The command line is wrong as a whole, and not one value in it."""

    def format_message(self) -> str:
        """What is wrong, as it was said."""
        return str(self.message)


def interactive() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def need(given: dict[str, str | None], **takes: str) -> None:
    """Raises Wrong, naming them all with what each takes, where options were not given and nobody can be asked."""
    missing = [name for name, value in given.items() if value is None]
    if missing and not interactive():
        named = (f"--{name.replace('_', '-')}{f' ({takes[name]})' if takes.get(name) else ''}" for name in missing)
        raise Wrong(f"missing {', '.join(named)}. Give it, or run this at a terminal to be asked.")


def ask(
    name: str,
    given: str | None,
    *,
    choices: Sequence[str] = (),
    default: str | None = None,
    long: bool = False,
    read: Callable[[str], str] = str,
) -> str:
    """The value of an option: as given, from standard input where that is ``-``, else what a person types.

    ``long`` text is written in the person's editor. ``read`` makes of the answer what it stands for; one that it
    refuses at a terminal is asked for again. Raises Wrong where there is no value and nobody to ask.
    """
    if given is not None:
        return read(_standard_input() if given == "-" else given)
    need({name: None}, **{name: ", ".join(choices)})
    if long and (written := _edited(name, default or "")):
        return read(written)
    label = f"{name.replace('_', ' ')} ({', '.join(choices)})" if choices else name.replace("_", " ")
    while True:
        answer = str(typer.prompt(label, default=default, err=True, show_default=bool(default))).strip()
        answer = next((choice for choice in choices if choice.casefold() == answer.casefold()), answer)
        try:
            value = read(answer)
        except Refused as refused:
            typer.echo(visible(refused.problems[0].sentence), err=True)
            continue
        if not choices or value in choices or read is not str:
            return value
        typer.echo(nearest(answer, choices, f"one of {', '.join(choices)}"), err=True)


def _standard_input() -> str:
    text = sys.stdin.read().strip()
    if any("\udc80" <= letter <= "\udcff" for letter in text):
        raise Wrong("standard input is not UTF-8 text")
    return text


def names(text: str, read: Callable[[str], str]) -> list[str]:
    """Names that were written with commas, each read."""
    return [read(name.strip()) for name in text.split(",") if name.strip()]


def _edited(name: str, text: str) -> str:
    """What a person writes in their editor; nothing where they have none, it does not run, or they write nothing."""
    import shlex
    import subprocess
    import tempfile
    from pathlib import Path

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        return ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.txt"
        path.write_text(text, "utf-8")
        try:
            subprocess.run([*shlex.split(editor, posix=os.name != "nt"), str(path)], check=True)
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            typer.echo(f"the editor '{editor}' did not run: {error}", err=True)
        return path.read_text("utf-8", "replace").strip()


def confirm(question: str, sure: bool) -> None:
    """Ask before something is taken away. Raises Wrong where nobody can answer, and Abort for a no."""
    if sure:
        return
    if not interactive():
        raise Wrong(f"{visible(question)} Say so with --yes.")
    typer.confirm(visible(question), abort=True, err=True)


def parse_settings(settings: Sequence[str]) -> dict[str, tuple[str, str]]:
    """``FIELD=VALUE``, ``FIELD+=VALUE`` and ``FIELD-=VALUE`` words as fields, each with how it is set and its value."""
    parsed: dict[str, tuple[str, str]] = {}
    for word in settings:
        field, equals, value = word.partition("=")
        name = field.rstrip("+-")
        if not equals or not name or field[len(name) :] not in ("", "+", "-"):
            raise Wrong(f"'{visible(word, keep='')}' is not FIELD=VALUE")
        if name in parsed:
            raise Wrong(f"{name} is set twice")
        parsed[name] = (f"{field[len(name) :]}=", _standard_input() if value == "-" else value)
    return parsed
