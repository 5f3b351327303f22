"""The files of the site: their names are short enough for every file system, and no two pages have the same."""

from hashlib import sha256

_LONGEST_NAME = 60
"""The letters of a part of an address. A longer part is cut, and gets a number that is its own."""


def short(path: str) -> str:
    """Return a path whose parts are short enough for every file system. Paths that differ stay different."""
    return "/".join(
        part if len(part) <= _LONGEST_NAME else f"{part[:_LONGEST_NAME]}-{sha256(part.encode()).hexdigest()[:8]}"
        for part in path.split("/")
    )
