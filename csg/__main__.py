"""The program: ``csg``, and ``python -m csg``."""

import gc
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line.

    The collector of cycles is off from the first import on: it takes a tenth of the start-up and a third of loading a
    plan of 10,000 activities, and there is nothing to collect in a process that ends so soon.
    """
    gc.disable()
    from csg.cli.main import run

    run()


if __name__ == "__main__":
    main()
