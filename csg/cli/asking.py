"""Values that the command line does not have: csg asks for them at a terminal, or reads standard input."""

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import typer

from csg.cli.editor import EditorStopped, edit_text, editor_command
from csg.cli.prompts import read_answer, stop_on_hang_up
from csg.cli.question import Kind, Question, Stopped
from csg.cli.typed import forget_refused, forget_short_answers, keep_answers, remember
from csg.problem import Problem, Refused, visible
from csg.view.display import note


class Wrong(typer.BadParameter):
    """The command line is wrong, but not because of a single value."""

    def format_message(self) -> str:
        """Return the message without the name of an option."""
        return str(self.message)


class Unconfirmed(Wrong):
    """A question needs a yes, and no person can answer it. The command line has no mistake, so no usage is shown."""

    def show(self, file: Any = None) -> None:
        """Print the message alone."""
        print(self.format_message(), file=file or sys.stderr)


def interactive() -> bool:
    """Return whether a person can answer questions."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def need(given: dict[str, str | None], **takes: str) -> None:
    """Raise Wrong if options are missing and no person can be asked. ``takes`` says what the options accept."""
    missing = [name for name, value in given.items() if value is None]
    if missing and not interactive():
        named = (f"--{name.replace('_', '-')}{f' ({takes[name]})' if takes.get(name) else ''}" for name in missing)
        it = "it" if len(missing) == 1 else "them"
        raise Wrong(f"missing {', '.join(named)}. Give {it}, or run the command at a terminal to be asked.")


def ask(
    name: str,
    given: str | None,
    *,
    label: str = "",
    kind: Kind = "line",
    choices: Sequence[str] = (),
    words: Sequence[str] = (),
    default: str | None = None,
    optional: bool = False,
    editor: bool = False,
    line_break: str = " ",
    split: Callable[[str], Sequence[str]] = lambda text: [text],
    read: Callable[[str], Any] = str,
) -> Any:
    """Return the value of an option: as given, from standard input for ``-``, or as a person types it.

    ``read`` turns an answer into the value; if it raises Refused at a terminal, csg shows the message and asks
    again, with the text that was typed. Raise Wrong if the value is missing and no person can be asked, and Abort if
    the person stops.

    Args:
        name: The name of the option, with blanks: ``next steps``.
        given: The option's value on the command line.
        label: The question, in plain words.
        kind: The kind of answer.
        choices: The answers that the label shows.
        words: More answers to complete.
        default: The answer that Enter gives; a text is shown for editing.
        optional: Whether the answer may be empty.
        editor: Whether to open the person's editor, if one is set.
        line_break: The text that replaces a line break in an answer that is not a text.
        split: A function that returns the values of an option that can be repeated.
        read: A function that returns the value of an answer.
    """
    if given is not None:
        return read(_standard_input() if given == "-" else given)
    need({name: None}, **{name.replace(" ", "_"): ", ".join(choices)})
    stop_on_hang_up()
    shown = f"{label or name} ({', '.join(choices)})" if choices else label or name
    text, short = (default or "", "") if kind == "text" else ("", default or "")
    if short:
        shown = f"{shown} [{short}]"
    question = Question(shown, kind, (*choices, *(word for word in words if word not in choices)), text)
    in_editor = editor and bool(editor_command())
    while True:
        written = _written(name, question.text) if in_editor else None
        in_editor = written is not None
        answer = _tidy(_answer(name, question) if written is None else written, kind, line_break)
        answer = answer or short
        answer = next((choice for choice in choices if choice.casefold() == answer.casefold()), answer)
        remember(_option(name), *split(answer), is_text=kind in ("line", "text"))
        try:
            _require_text(answer, optional=optional)
            return read(answer)
        except Refused as refused:
            for text in _distinct(str(problem) if problem.file else problem.sentence for problem in refused.problems):
                note(text)
            forget_refused(_option(name))
        question = question._replace(text=answer)
        if in_editor:
            keep_answers(ending=False)
            if not _agrees("Open the editor again?", default=True):
                raise typer.Abort


def _distinct(messages: Iterable[str]) -> Iterable[str]:
    """Return the messages that differ in more than a number: each word of a wrong line has the same one."""
    distinct: dict[str, str] = {}
    for message in messages:
        distinct.setdefault(re.sub(r"\d+", "", message), message)
    return distinct.values()


def _option(name: str) -> str:
    return f"--{name.replace(' ', '-').casefold()}"


def _require_text(answer: str, *, optional: bool) -> None:
    """Raise Refused if an answer is missing or is not text."""
    if not answer and not optional:
        raise Refused(Problem("CSG123", "An answer is required", hint="Press Ctrl-C to stop without saving."))
    if _is_broken(answer):
        raise Refused(
            Problem("CSG105", "This text is not UTF-8", hint="Delete the broken characters, and type them again.")
        )


def _is_broken(text: str) -> bool:
    """Return whether a text has bytes that are not UTF-8."""
    return any("\udc80" <= letter <= "\udcff" for letter in text)


def _tidy(text: str, kind: Kind, line_break: str = " ") -> str:
    """Return an answer without blanks at the ends of its lines. Join the lines of every kind but ``text``."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    return "\n".join(lines).strip() if kind == "text" else line_break.join(filter(None, map(str.strip, lines)))


def _answer(name: str, question: Question) -> str:
    """Return the answer that a person types. Raise Abort if the person stops."""
    try:
        return read_answer(question)
    except Stopped as stopped:
        is_refused = question.kind == "short" and stopped.text == question.text
        if question.kind != "choice" and not is_refused:
            remember(_option(name), _tidy(stopped.text, question.kind), is_text=question.kind != "short")
        forget_short_answers()
        raise typer.Abort from None


def _written(name: str, text: str) -> str | None:
    """Return the text that a person writes in an editor. Return None if there is no editor or no new text.

    Raise Abort if the editor ends with an error.
    """
    try:
        written = _tidy(edit_text(name, text), "text")
    except EditorStopped as stopped:
        remember(_option(name), _tidy(stopped.text, "text"), is_text=True)
        forget_short_answers()
        note(f"{stopped} Nothing was written.")
        raise typer.Abort from None
    except (OSError, ValueError) as error:
        note(f"The editor '{editor_command()}' cannot be started: {error}.")
        return None
    if written and written != text:
        return written
    note(
        f"The text in the editor is {'unchanged' if written else 'empty'}. Type the text here, or press Ctrl-C to stop."
    )
    return None


def _standard_input() -> str:
    text = _tidy(sys.stdin.read(), "text")
    if _is_broken(text):
        raise Wrong("standard input is not UTF-8 text. Save the text as UTF-8, and try again.")
    return text


def names(text: str, read: Callable[[str], str]) -> list[str]:
    """Read each name of a list with commas."""
    return [read(name.strip()) for name in text.split(",") if name.strip()]


def confirm(question: str, sure: bool) -> None:
    """Ask before something is removed. Raise Unconfirmed if no person can answer, and Abort for a no."""
    if sure:
        return
    if not interactive():
        reason = "Nothing was written. Without a terminal, csg cannot ask"
        raise Unconfirmed(f"{reason}: {visible(question)} Confirm with --yes.")
    if not _agrees(question, default=False):
        forget_short_answers()
        raise typer.Abort


def agrees(question: str) -> bool:
    """Return whether a person at the terminal answers a question with yes. Raise Abort where the person stops."""
    return _agrees(question, default=False)


def _agrees(question: str, *, default: bool) -> bool:
    """Return whether a person answers yes. Raise Abort if the person stops."""
    words = {"": default, "y": True, "yes": True, "n": False, "no": False}
    while True:
        try:
            answer = read_answer(Question(f"{question} [{'Y/n' if default else 'y/N'}]", "choice"))
        except Stopped:
            forget_short_answers()
            raise typer.Abort from None
        if (agrees := words.get(answer.strip().casefold())) is not None:
            return agrees
        note("Answer y for yes or n for no.")


def parse_settings(settings: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Parse ``FIELD=VALUE``, ``FIELD+=VALUE`` and ``FIELD-=VALUE``. Return the operator and the value of each field."""
    parsed: dict[str, tuple[str, str]] = {}
    for word in settings:
        field, equals, value = word.partition("=")
        name = field.rstrip("+-")
        if not equals or not name or field[len(name) :] not in ("", "+", "-"):
            raise Wrong(f"'{visible(word, keep='')}' is not a setting. Write FIELD=VALUE, for example due=2022-03-14.")
        if name in parsed:
            raise Wrong(f"{name} is set twice. Set it once.")
        parsed[name] = (f"{field[len(name) :]}=", _standard_input() if value == "-" else value)
    return parsed
