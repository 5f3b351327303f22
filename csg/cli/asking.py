"""Values that the command line lacks: asked for at a terminal, read from standard input, or an error."""

import os
import sys
from collections.abc import Sequence

import typer

from csg.problem import nearest


def ask(
    name: str, given: str | None, *, choices: Sequence[str] = (), default: str | None = None, long: bool = False
) -> str:
    """The value of an option: as given, from standard input where that is ``-``, else what a person types.

    ``long`` text is written in the person's editor. Raises BadParameter where there is no value and nobody to ask.
    """
    if given == "-":
        return sys.stdin.read().strip()
    if given is not None:
        return given
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise typer.BadParameter(f"Missing option '--{name}'. Give it, or run this at a terminal to be asked.")
    if long and (editor := os.environ.get("VISUAL") or os.environ.get("EDITOR")):
        return _edited(editor, name)
    label = f"{name} ({', '.join(choices)})" if choices else name
    while True:
        answer = str(typer.prompt(label, default=default, err=True)).strip()
        if not choices or answer in choices:
            return answer
        typer.echo(nearest(answer, choices, f"one of {', '.join(choices)}"), err=True)


def _edited(editor: str, name: str) -> str:
    import shlex
    import subprocess
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.txt"
        path.write_text("", "utf-8")
        try:
            subprocess.run([*shlex.split(editor), str(path)], check=True)
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            raise typer.BadParameter(f"the editor '{editor}' did not run: {error}") from None
        return path.read_text("utf-8").strip()


def confirm(question: str, sure: bool) -> None:
    """Ask before something is taken away. Raises BadParameter where nobody can answer, and Abort for a no."""
    if sure:
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise typer.BadParameter(f"{question} Say so with --yes.")
    typer.confirm(question, abort=True, err=True)


def parse_settings(settings: Sequence[str]) -> dict[str, tuple[str, str]]:
    """``FIELD=VALUE`` and ``FIELD+=VALUE`` words as fields, each with how it is set and its value."""
    parsed: dict[str, tuple[str, str]] = {}
    for word in settings:
        field, equals, value = word.partition("=")
        if not equals or not field.strip("+"):
            raise typer.BadParameter(f"'{word}' is not FIELD=VALUE")
        how = "+=" if field.endswith("+") else "="
        if field.rstrip("+") in parsed:
            raise typer.BadParameter(f"{field.rstrip('+')} is set twice")
        parsed[field.rstrip("+")] = (how, sys.stdin.read().strip() if value == "-" else value)
    return parsed
