"""A progress bar on standard error, for work that takes more than a second."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_WAIT = 1.0
"""Seconds after which the bar is shown."""


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[], None]]:
    """Yield a function to call after each piece of work. Without a terminal, show nothing."""
    from rich.console import Console
    from rich.progress import Progress, TextColumn, TimeElapsedColumn

    started = time.monotonic()
    console = Console(file=sys.stderr)
    if not console.is_terminal:
        yield _nothing
        return
    columns = (TextColumn("{task.description}"), TextColumn("{task.completed:.0f} files"), TimeElapsedColumn())
    progress = Progress(*columns, console=console, transient=True)
    task = progress.add_task(title, total=None)

    def done() -> None:
        progress.advance(task)
        if not progress.live.is_started and time.monotonic() - started > _WAIT:
            progress.start()

    try:
        yield done
    finally:
        progress.stop()


def _nothing() -> None:
    """Show nothing."""
