"""The statuses, and the words that people type for them. Without Pydantic, so that the module loads fast."""

import re
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Literal, get_args
from unicodedata import normalize

from csg.problem import Problem, Refused, listed, shown

Status = Literal["not-started", "on-track", "at-risk", "off-track", "completed", "cancelled"]
STATUSES: tuple[Status, ...] = get_args(Status)
FINAL: frozenset[str] = frozenset({"completed", "cancelled"})
"""Statuses that end an activity: after such a report, no more reports are owed."""
TROUBLED: frozenset[str] = frozenset({"at-risk", "off-track"})
UNREPORTED = "unreported"
"""The status of an activity without a report."""
NO_REPORT = "no report"
"""The words for ``unreported`` in tables and documents."""
_STATUS_WORDS: dict[str, tuple[str, ...]] = {**dict.fromkeys(STATUSES, ()), UNREPORTED: (NO_REPORT,)}
"""The words that csg prints for each status."""


def meant_ids(text: str, words: Mapping[str, Iterable[str]], *, are_titles: bool = False) -> list[str]:
    """Return the ids that ``text`` can mean: several for an ambiguous word, none for an unknown word.

    ``words`` has the words that csg prints for each id, for example its name. An exact id comes first, then a
    whole word, then the beginning of a word. Case, blanks and hyphens are ignored. The beginning of a title must
    be whole words: a letter that was meant as an id must not find a title that happens to begin with it.

    >>> meant_ids("Mid year", {"mid": ["Mid-year"], "end": ["End-year"]})
    ['mid']
    """
    exact = [name for name in words if name.casefold() == text.strip().casefold()]
    if exact:
        return exact
    wanted = _letters(text)
    words_of = {name: {_letters(name), *map(_letters, forms)} for name, forms in words.items()}
    same = [name for name, forms in words_of.items() if wanted in forms]
    beginning = [name for name, forms in words_of.items() if any(word.startswith(wanted) for word in forms)]
    if are_titles:
        beginning = [name for name in beginning if any(_begins(form, wanted) for form in words[name])]
    return same or (beginning if wanted else [])


def _begins(title: str, wanted: str) -> bool:
    """Return whether a title begins with these letters, and a word of it ends after them."""
    return wanted in accumulate(map(_letters, title.split()))


def _letters(text: str) -> str:
    return re.sub(r"[\s_/-]+", "", normalize("NFKC", text).casefold())


def ambiguous(kind: str, text: str, ids: Iterable[str]) -> Refused:
    """Return the error for a word that can mean several ids."""
    return Refused(Problem("CSG315", f"{kind} '{shown(text)}' can mean {listed(ids)}", hint="Type more letters."))


def status_meant(text: str) -> str:
    """Return the status that a word means, or the word itself if it means none. Raise Refused for an ambiguous word.

    >>> status_meant("on track"), status_meant("comp")
    ('on-track', 'completed')
    """
    ids = meant_ids(text, _STATUS_WORDS)
    if len(ids) > 1:
        raise ambiguous("status", text, ids)
    return ids[0] if ids else text


def status_text(status: str) -> str:
    """Return a status in the words that people read."""
    return NO_REPORT if status == UNREPORTED else status
