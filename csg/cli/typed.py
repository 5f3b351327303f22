"""The answers that a person typed. If the command fails, csg keeps them in files."""

import sys
from typing import NamedTuple


class TypedAnswer(NamedTuple):
    """An answer: the option that has it on a command line, and its values. A file keeps a text."""

    option: str
    values: tuple[str, ...]
    is_text: bool


_answers: dict[str, TypedAnswer] = {}
_arguments: list[str] = []
_files: dict[str, str] = {}


def remember(option: str, *values: str, is_text: bool) -> None:
    """Remember an answer, and forget an earlier answer to the same question."""
    _answers[option] = TypedAnswer(option, tuple(value for value in values if value), is_text)


def name_argument(option: str, value: str) -> None:
    """Make an answer an argument of the command that is offered for another try, in place of an option."""
    _answers.pop(option, None)
    _arguments.append(value)


def forget_refused(option: str) -> None:
    """Forget an answer that was refused. A text is kept, since it can be corrected in its file."""
    if option in _answers and not _answers[option].is_text:
        del _answers[option]


def forget_answers() -> None:
    """Forget the answers after they are saved, and remove the files that kept them."""
    from contextlib import suppress
    from pathlib import Path

    _answers.clear()
    for file in _files.values():
        with suppress(OSError):
            Path(file).unlink()
    _files.clear()


def forget_short_answers() -> None:
    """Forget the answers of a person who stops, unless one of them is a text."""
    if not any(answer.values and answer.is_text for answer in _answers.values()):
        _answers.clear()


def keep_answers(*, ending: bool = True) -> None:
    """Write each typed text into a file, and show the files. If csg ends, show how to try again."""
    if not any(answer.values for answer in _answers.values()):
        return
    from csg.view.display import note

    texts = [answer for answer in _answers.values() if answer.is_text and answer.values]
    lost = [answer for answer in texts if not _write(answer)]
    files = [_files[answer.option] for answer in texts if answer not in lost]
    if files:
        note("\n  ".join(("What you typed is kept in", *files)), wraps=False)
    for answer in lost:
        note(f"The text for {answer.option} cannot be kept in a file. Here it is:\n{answer.values[0]}")
    if ending:
        note(f"To try again{', after you correct the text there' if files else ''}:\n  {_command()}", wraps=False)


def _write(answer: TypedAnswer) -> bool:
    """Write a text into a file that only this user can read. Return False if no file can be written."""
    import os
    import tempfile
    from pathlib import Path

    try:
        if answer.option not in _files:
            name = f"csg-{answer.option.strip('-')}-"
            descriptor, _files[answer.option] = tempfile.mkstemp(".txt", name)  # its mode is 0600
            os.close(descriptor)
        Path(_files[answer.option]).write_text(f"{answer.values[0]}\n", "utf-8", "surrogateescape")
    except OSError:
        return False
    return True


def _command() -> str:
    """Return the command line, with the answers as options."""
    from shlex import join, quote

    words, files = [join(["csg", *sys.argv[1:], *_arguments])], []
    for answer in _answers.values():
        if answer.option in _files:
            files.append((answer.option, quote(_files[answer.option])))
        else:
            words += [join([answer.option, value]) for value in answer.values]
    # Only one of the files can be standard input.
    words += [f'{option} "$(cat {file})"' for option, file in files[1:]]
    words += [f"{option} - < {file}" for option, file in files[:1]]
    return " ".join(words)
