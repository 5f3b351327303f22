"""The editor that a person has set, for a long text."""

import os
import sys


class EditorStopped(Exception):  # noqa: N818  (it is not an error of csg)
    """The editor ended with an error, which means "do not save". ``text`` is the text in its file."""

    def __init__(self, editor: str, ending: str, text: str) -> None:
        super().__init__(f"The editor '{editor}' {ending}, which means: do not save.")
        self.text = text


def editor_command() -> str:
    """Return the command that starts the person's editor; an empty text if none is set."""
    return os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""


def edit_text(name: str, text: str) -> str:
    """Return a text after a person has edited it in an editor.

    Raise OSError or ValueError if the editor does not start, and EditorStopped if it ends with an error.
    """
    import shlex
    import subprocess
    import tempfile
    from pathlib import Path

    editor = editor_command()
    with tempfile.TemporaryDirectory(prefix="csg-") as folder:  # its mode is 0700
        path = Path(folder) / f"{name.replace(' ', '-')}.txt"
        path.write_text(text, "utf-8", "surrogateescape")
        command = [*shlex.split(editor, posix=os.name != "nt"), str(path)]
        try:
            status = subprocess.run(command, stdout=None if sys.stdout.isatty() else sys.stderr, check=False).returncode
        except KeyboardInterrupt:
            raise EditorStopped(editor, "was interrupted", _text_of(path, text)) from None
        if status:
            raise EditorStopped(editor, f"ended with exit status {status}", _text_of(path, text))
        return _text_of(path, "")


def _text_of(path: "os.PathLike[str]", otherwise: str) -> str:
    try:
        with open(path, encoding="utf-8-sig", errors="surrogateescape") as file:  # noqa: PTH123
            return file.read()
    except OSError:
        return otherwise
