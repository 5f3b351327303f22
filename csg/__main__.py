"""The program: ``csg``, and ``python -m csg``."""

import atexit
import gc
import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line.

    The collector of cycles is off from the first import on: it takes a tenth of the start-up and a third of loading a
    plan of 10,000 activities, and there is nothing to collect in a process that ends so soon.
    """
    gc.disable()
    from csg.cli.main import run

    try:
        run()
    except SystemExit as ending:
        _end(ending.code)


def _end(status: str | int | None) -> NoReturn:
    """End the process without the teardown of the interpreter, which takes a seventh of ``csg workplan list``.

    What is registered for the end of the process still runs. The interpreter ends the process as usual where a stream
    cannot be flushed, a thread runs, a profiler or a debugger waits for the end, or the status is no number.
    """
    threading = sys.modules.get("threading")
    has_threads = threading is not None and threading.active_count() > 1
    is_watched = sys.getprofile() is not None or sys.gettrace() is not None
    if has_threads or is_watched or not isinstance(status, int):
        sys.exit(status)
    try:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        sys.exit(status)
    os._exit(status)


if __name__ == "__main__":
    main()
