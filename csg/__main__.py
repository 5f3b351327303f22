"""``python -m csg`` is ``csg``."""

from csg.cli.main import main

if __name__ == "__main__":
    main()
