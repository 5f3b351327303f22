"""The registry of problem codes: the title, the cause, an example and the fix of each."""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

PREFIX = "CSG"
PAGE = "docs/codes.md"
"""The page of the documentation that explains every code, from the top of the project."""


class Code(NamedTuple):
    """A code of a problem, and what people need to know about it."""

    code: str
    title: str
    cause: str
    example: str
    fix: str

    @property
    def address(self) -> str:
        """Return the address of the code's explanation, relative to the top of the project."""
        return f"{PAGE}#{self.code.lower()}"


@cache
def codes() -> Mapping[str, Code]:
    """Return every code in the order of the codes. The file is read at the first call."""
    import tomllib
    from importlib.resources import files

    entries = tomllib.loads(files("csg").joinpath("codes.toml").read_text("utf-8"))
    return {
        code: Code(code, **{key: text.strip("\n") for key, text in entry.items()}) for code, entry in entries.items()
    }


def code_meant(text: str) -> str:
    """Return the code that a person typed, with the prefix and in capitals.

    >>> code_meant("706"), code_meant("csg-203")
    ('CSG706', 'CSG203')
    """
    typed = text.strip().upper()
    number = re.fullmatch(rf"(?:{PREFIX})?[ _-]?([0-9]+)", typed)
    return f"{PREFIX}{number[1]}" if number else typed


def codes_near(code: str) -> list[str]:
    """Return the codes that are like an unknown code: those with the same beginning, or with the nearest numbers.

    A number far from every code, which nobody has mistyped, has none.
    """
    begun = [name for name in codes() if name.startswith(code)]
    number = code.removeprefix(PREFIX)
    if begun or not re.fullmatch(r"[0-9]{1,9}", number):
        return begun[:MOST_NEAR]
    distances = {name: abs(int(name.removeprefix(PREFIX)) - int(number)) for name in codes()}
    near = [name for name in sorted(codes(), key=distances.__getitem__) if distances[name] <= FARTHEST_NEAR]
    return sorted(near[:MOST_NEAR])


MOST_NEAR = 3
"""Codes that a hint names."""
FARTHEST_NEAR = 10
"""The largest distance of a number from a code that is suggested for it."""
