"""Draw the choices whose counts are hidden so that no smaller count can be calculated.

The draw depends on who gave which answer, and on nothing else of the file: not on the words of the questions and the
choices, not on other questions, not on the kind of file. The same answers are therefore always hidden in the same
way, and two imports of one survey cannot be subtracted. Nobody without the answers can repeat the draw: if it depended
on the counts alone, a reader could try all counts that fit, and keep those that lead to what is published.
"""

from array import array
from collections import defaultdict
from collections.abc import Sequence
from hashlib import blake2b
from math import log

MOST_ROWS = 3_000
"""Responses from the beginning that decide the draw. The answers of so many cannot be guessed."""


class Pattern:
    """The digest of the answers in a column, in which each answer is a number: the first one 0, the next new one 1."""

    def __init__(self) -> None:
        self._codes: defaultdict[str, int] = defaultdict()
        self._codes.default_factory = self._codes.__len__
        self._hash = blake2b(digest_size=16)
        self._rows = 0

    def add(self, column: Sequence[str]) -> None:
        """Add the cells of a batch of rows."""
        if self._rows < MOST_ROWS:
            self._rows += len(column)
            self._hash.update(array("L", map(self._codes.__getitem__, column)).tobytes())

    @property
    def digest(self) -> bytes:
        """Return the digest of all cells so far."""
        return self._hash.digest()


def lots(counts: Sequence[int], seed: bytes) -> list[float]:
    """Return a lot for each count. The choice with the greatest lot is hidden first.

    Each choice can be the first, but a smaller count more often than a greater one (by the square of the count),
    because a reader loses less by it.
    """
    ranks = sorted(range(len(counts)), key=lambda index: -counts[index])
    found = [0.0] * len(counts)
    for rank, index in enumerate(ranks):
        digest = blake2b(seed + rank.to_bytes(4, "big"), digest_size=8).digest()
        chance = (int.from_bytes(digest, "big") + 1) / (1 << 64)
        found[index] = log(chance) * counts[index] ** 2
    return found
