"""The characters that an id may have, and ids that look alike."""

import re
from functools import lru_cache
from unicodedata import category, normalize

SIGNS = frozenset(" .-_&")
"""Characters that an id may have besides letters, marks and digits. A shell acts only on the blank and ``&``."""
JOINERS = "\u200c\u200d"
"""Characters that Persian and Indic scripts need. Another rule reports them in other scripts."""
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
"""Names of devices of Windows, which no file can have there, whatever its ending."""
_REPORT_FOLDERS = frozenset({"reviews", "leads"})
"""The folders of rendered reports."""
_ENDINGS = (".", ".md", ".html", ".css", ".js", ".svg")
"""Ends of names that a folder beside the pages cannot have: Windows drops a dot, and a page can have the same name."""
_INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
"""Letters and marks that cannot be seen."""
_ASCII_LOOKS = str.maketrans("I1i0O", "lllOO")
"""ASCII letters that look alike in some font, or in their other case."""


def unsafe_characters(text: str) -> list[str]:
    """Return the characters that an id must not have at all, or not at their position. A safe id has none.

    >>> unsafe_characters("Frontline AIDS"), unsafe_characters("$(x)")
    ([], ['$', '(', ')'])
    """
    unsafe = [letter for letter in text if not _is_safe(letter)]
    if not text[:1].isalnum():
        unsafe = [text[:1], *unsafe]
    if text.endswith(" ") or "  " in text:
        unsafe.append(" ")
    return list(dict.fromkeys(unsafe))


def can_name_folder(text: str) -> bool:
    """Return whether a safe id can be the name of a folder beside the rendered pages, on every system.

    >>> can_name_folder("2021-22"), can_name_folder("leads"), can_name_folder("Con"), can_name_folder("index.html")
    (True, False, False, False)
    """
    name = text.casefold()
    return not (name in _REPORT_FOLDERS or name.partition(".")[0] in DEVICES or name.endswith(_ENDINGS))


def _is_safe(letter: str) -> bool:
    if letter.isascii():
        return letter.isalnum() or letter in SIGNS
    written = letter.isalnum() or letter in JOINERS or category(letter).startswith("M")
    return written and not _INVISIBLE.match(letter)


def look(text: str) -> str:
    """Return a key that is the same for ids that look alike, regardless of script, width and case.

    >>> look("\u0410NPUD") == look("ANPUD")
    True
    """
    letters = (_look_of(letter) for letter in normalize("NFKD", text) if letter not in JOINERS)
    return " ".join("".join(letters).translate(_ASCII_LOOKS).casefold().split())


@lru_cache(maxsize=1024)
def _look_of(letter: str) -> str:
    """Return the ASCII letter that a letter looks like. Without one, return the first letter that looks alike."""
    if letter.isascii():
        return letter
    # Imported here: the table takes 40 ms to read, and few groups have ids with other than ASCII letters.
    from confusable_homoglyphs.confusables import confusables_data

    alike: list[str] = [
        letter,
        *(entry["c"] for entry in confusables_data.get(letter, ()) if len(entry["c"]) == 1),
    ]
    return next((lookalike for lookalike in alike if lookalike.isascii()), min(alike))
