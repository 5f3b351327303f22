"""Read an answer with line editing by prompt_toolkit: paste, arrow keys, completion and history."""

import os
import re
import sys
from shutil import get_terminal_size
from textwrap import fill
from typing import TYPE_CHECKING, Any

from csg.cli.question import PASTE_PAUSE, Question, Stopped
from csg.problem import visible

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import InMemoryHistory
    from prompt_toolkit.key_binding import KeyBindings

LONG_LABEL = 50
"""The longest label, in characters, that has the answer on the same line."""
_histories: "dict[str, InMemoryHistory]" = {}


def open_session(question: Question) -> "PromptSession[str]":
    """Return a session of prompt_toolkit on standard input and standard error."""
    # Without this, csg asks the terminal for its cursor position, and a late reply becomes part of the typed text.
    os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter
    from prompt_toolkit.history import InMemoryHistory
    from prompt_toolkit.input import create_input
    from prompt_toolkit.output import create_output

    harmless = [word for word in question.words if visible(word, keep="") == word]
    several = re.compile(r"[^,\s](?:[^,]*[^,\s])?") if question.kind == "short" else None
    completer = WordCompleter(harmless, ignore_case=True, sentence=several is None, pattern=several)
    label = fill(visible(question.label, keep=""), get_terminal_size().columns, break_on_hyphens=False)
    below = question.kind == "text" or len(label) > LONG_LABEL
    return PromptSession(
        f"{label}:\n> " if below else f"{label}: ",
        input=create_input(sys.stdin),
        output=create_output(sys.stderr),
        history=_histories.setdefault(question.label, InMemoryHistory()),
        completer=completer if harmless else None,
        reserve_space_for_menu=min(len(harmless), 6),
        multiline=question.kind != "choice",
        enable_suspend=True,
    )


def edit_line(session: "PromptSession[str]", question: Question) -> str:
    """Return the answer that a person types. Raise Stopped at Ctrl-C or Ctrl-D, and if the terminal closes."""
    from prompt_toolkit.selection import SelectionState

    def select_all() -> None:
        """Select a short answer, so that typing replaces it and the arrow keys keep it."""
        if question.text and question.kind != "text":
            session.default_buffer.selection_state = SelectionState(0)
            session.default_buffer.selection_state.enter_shift_mode()

    try:
        return session.prompt(
            default=question.text, key_bindings=_keys(question), pre_run=select_all, input_processors=[_replacement()]
        )
    except (KeyboardInterrupt, EOFError, OSError):
        raise Stopped(session.default_buffer.text) from None


def _keys(question: Question) -> "KeyBindings":
    """Return the keys that differ from those of prompt_toolkit."""
    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.keys import Keys

    keys = KeyBindings()

    def insert(event: Any, text: str) -> None:
        if event.current_buffer.selection_state:
            event.current_buffer.cut_selection()
        event.current_buffer.insert_text(text)

    @keys.add("enter")
    def _(event: Any) -> None:
        """Finish the answer. If more text follows at once, the line break is part of a pasted text."""
        if question.kind != "choice" and _more_follows(event):
            insert(event, "\n")
        else:
            event.current_buffer.validate_and_handle()

    @keys.add("escape", "enter")
    def _(event: Any) -> None:
        """Start a new line in a text."""
        if question.kind == "text":
            insert(event, "\n")
        else:
            event.current_buffer.validate_and_handle()

    @keys.add(Keys.BracketedPaste)
    def _(event: Any) -> None:
        insert(event, event.data.replace("\r\n", "\n").replace("\r", "\n"))

    @keys.add("tab")
    def _(event: Any) -> None:
        """Complete the word, or insert a tab if the question has no words."""
        buffer = event.current_buffer
        request = CompleteEvent(completion_requested=True)
        words = list(buffer.completer.get_completions(buffer.document, request))
        if not question.words:
            insert(event, "\t")
        elif len(words) == 1:
            buffer.apply_completion(words[0])
        elif buffer.complete_state:
            buffer.complete_next()
        else:
            buffer.start_completion(select_first=True)

    @keys.add("c-u")
    def _(event: Any) -> None:
        """Delete the whole text, which can have several lines."""
        event.current_buffer.exit_selection()
        event.current_buffer.document = Document()

    @keys.add("c-d")
    def _(event: Any) -> None:
        event.app.exit(exception=EOFError)

    return keys


def _more_follows(event: Any) -> bool:
    """Return whether more keys are waiting."""
    from select import select

    if event.key_processor.input_queue:
        return True
    return os.name != "nt" and bool(select([event.app.input.fileno()], [], [], PASTE_PAUSE)[0])


def _replacement() -> Any:
    """Return a processor that replaces invisible characters, and characters that a terminal acts on."""
    from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput

    class Replacement(Processor):
        def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
            """Replace characters, but not the control characters of ASCII, which prompt_toolkit shows as ^A."""
            fragments = transformation_input.fragments
            return Transformation([(style, _replaced(text)) for style, text, *_ in fragments])

    return Replacement()


def _replaced(text: str) -> str:
    if text.isascii():
        return text
    return "".join(letter if letter < "\x7f" or visible(letter) == letter else "\ufffd" for letter in text)
