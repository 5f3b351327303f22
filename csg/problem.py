"""Problem: the one way to report a fault, and Refused, the one way that it travels as an exception."""

from collections.abc import Iterable
from typing import Literal, NamedTuple, Protocol, Self
from unicodedata import category

Path = tuple[str | int, ...]
Severity = Literal["error", "warning"]


class Position(Protocol):
    """The position of a record in a file."""

    @property
    def file(self) -> str:
        """Return the file's name in the workspace."""

    @property
    def line(self) -> int:
        """Return the line on which the record starts, from 1."""

    def at(self, path: Path) -> tuple[int, int]:
        """Return the line and column, both from 1, of the value at ``path`` in the record, or of the record itself."""


class Sentence(str):
    """A sentence in English that keeps its template and its values, so that it can be said in another language.

    >>> Sentence("no indicator {indicator} in {activity}", indicator="places", activity="2.4")
    'no indicator places in 2.4'
    """

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, **values: object) -> Self:
        """Return the sentence with the values instead of their names. A value can be such a sentence, too."""
        sentence = super().__new__(cls, template.format(**values))
        sentence.template, sentence.values = template, values
        return sentence


class Problem(NamedTuple):
    """A fault, its position in a file, and how to fix it.

    ``line`` and ``column`` count from 1; 0 means that the problem has no position in a file.
    """

    code: str
    message: str
    file: str = ""
    line: int = 0
    column: int = 0
    hint: str = ""
    severity: Severity = "error"

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Return the key that sorts problems into file order."""
        return (self.file, self.line, self.column, self.code, self.message)

    @property
    def sentence(self) -> str:
        """Return what is wrong, and then how to fix it: ``unknown lead 'INPUDD'. Did you mean INPUD?``."""
        return f"{self.message.rstrip('.')}. {as_sentence(self.hint)}" if self.hint else self.message

    def __str__(self) -> str:
        position = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        label = "warning: " if self.severity == "warning" else ""
        return f"{position}: {self.code} {label}{self.sentence}" if position else f"{self.code} {label}{self.sentence}"


class Refused(Exception):  # noqa: N818  (a request is refused: it is not an error of csg)
    """The data or the request has errors, and nothing was written. ``problems`` has the errors."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def nearest(name: str, names: Iterable[str], otherwise: str = "") -> str:
    """Return a hint with the names that are most like ``name``, regardless of case.

    >>> nearest("INPUDD", ["INPUD", "HRI"])
    'Did you mean INPUD?'
    """
    return Suggestions(names).hint(name, otherwise)


class Suggestions:
    """The known names that are suggested for an unknown name.

    A file can have any number of unknown names. After ``MOST_COMPARED`` comparisons no more names are suggested, so
    that the work stays linear in the size of the file.
    """

    MOST_COMPARED = 20_000
    LONGEST = 100
    """Characters of a name that is compared: an id has no more."""
    ALIKE = 0.6
    """The share of letters in common from which a name is suggested, as in Python's difflib."""
    NEARLY_AS_GOOD = 0.1
    """Names that are less alike than the best by no more than this are suggested too."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {name: name.casefold() for name in names if len(name) <= self.LONGEST}
        self._comparisons_left = self.MOST_COMPARED

    def hint(self, name: str, otherwise: str = "") -> str:
        """Return a hint that names the nearest known names; ``otherwise`` if none is near."""
        from difflib import SequenceMatcher

        if len(name) > self.LONGEST or self._comparisons_left <= 0:
            return otherwise
        self._comparisons_left -= len(self._names)
        matcher = SequenceMatcher(b=name.casefold())
        ratios: dict[str, float] = {}
        for candidate, folded in self._names.items():
            matcher.set_seq1(folded)
            ratios[candidate] = matcher.ratio()
        best = max(ratios.values(), default=0.0)
        close = sorted(
            (-ratio, known_name) for known_name, ratio in ratios.items() if ratio > best - self.NEARLY_AS_GOOD
        )[:3]
        return f"Did you mean {listed(candidate for _, candidate in close)}?" if best >= self.ALIKE else otherwise


def as_sentence(text: str) -> str:
    """Return a text with a capital letter at its start and a mark at its end. A command keeps its small letter.

    >>> as_sentence("did you mean INPUD?"), as_sentence("csg check shows it")
    ('Did you mean INPUD?', 'csg check shows it.')
    """
    first = text[:1] if text.startswith(COMMANDS) else text[:1].upper()
    return f"{first}{text[1:]}{'' if text.endswith(END_MARKS) else '.'}"


END_MARKS = (".", "?", "!", "…", ":")
COMMANDS = ("csg ", "git ", "pip ")
"""The beginnings of commands, which keep their small letters."""


def listed(names: Iterable[str], link: str = "or") -> str:
    """Return names as a person lists them: ``a, b or c``."""
    *head, last = names
    return f"{', '.join(head)} {link} {last}" if head else last


def some(names: Iterable[str], otherwise: str = "none") -> str:
    """Return the first of many names, and how many more there are."""
    first = list(names)
    more = f" and {len(first) - MOST_LISTED:,} more" if len(first) > MOST_LISTED else ""
    return ", ".join(first[:MOST_LISTED]) + more if first else otherwise


MOST_LISTED = 12
"""Names that a hint lists: a hint on each of many problems must not grow with the file."""


def reason(error: OSError) -> str:
    """Return the reason of the system's error, as part of a sentence."""
    return (error.strerror or str(error)).lower()


def counted(number: int, noun: str) -> str:
    """Return a number of things: ``1 activity``, ``19 activities``."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def shown(text: str, most: int = 60) -> str:
    """Return text from the data for a sentence or a terminal: on one line, harmless and not too long.

    >>> shown("a\\x1b[31mb")
    'a\\\\x1b[31mb'
    """
    text = visible(text, keep="").strip()
    return text if len(text) <= most else f"{text[: most - 1]}…"


def visible(text: str, keep: str = "\n") -> str:
    """Return text in which each invisible character, or one that a terminal acts on, is written as its escape."""
    if text.isprintable() or (keep == "\n" and text.replace("\n", "").isprintable()):
        return text
    return "".join(letter if _harmless(letter) or letter in keep else _escape(letter) for letter in text)


def _harmless(letter: str) -> bool:
    """Return whether a character is printable, a blank, or one of the two joiners of Persian and Indic scripts."""
    return letter.isprintable() or letter in "\u200c\u200d" or category(letter) == "Zs"


def _escape(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")
