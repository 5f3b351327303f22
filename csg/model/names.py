"""Names that the schema fixes, in a module without Pydantic, so that they load fast."""

import re
from collections.abc import Iterable, Mapping
from typing import Literal, get_args
from unicodedata import normalize

from csg.problem import Problem, Refused, listed, shown

Status = Literal["not-started", "on-track", "at-risk", "off-track", "completed", "cancelled"]
STATUSES: tuple[Status, ...] = get_args(Status)
FINAL: frozenset[str] = frozenset({"completed", "cancelled"})
"""After a report with one of these an activity owes no more reports."""
TROUBLED: frozenset[str] = frozenset({"at-risk", "off-track"})
UNREPORTED = "unreported"
"""The status of an activity without a report."""
NO_REPORT = "no report"
"""The words for ``unreported`` in tables and documents."""
_STATUS_WORDS: dict[str, tuple[str, ...]] = {**dict.fromkeys(STATUSES, ()), UNREPORTED: (NO_REPORT,)}
"""The words that csg prints for each status."""


def meant_ids(text: str, words: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the ids that ``text`` can mean: one for a clear word, several for an ambiguous one, none for another.

    ``words`` has the words that csg prints for each id, for example its name. The id itself wins over a word, and a
    word over a beginning. Case, blanks and hyphens make no difference.

    >>> meant_ids("Mid year", {"mid": ["Mid-year"], "end": ["End-year"]})
    ['mid']
    """
    exact = [name for name in words if name.casefold() == text.strip().casefold()]
    if exact:
        return exact
    wanted = _letters(text)
    known = {name: {_letters(name), *map(_letters, printed)} for name, printed in words.items()}
    same = [name for name, printed in known.items() if wanted in printed]
    begun = [name for name, printed in known.items() if any(word.startswith(wanted) for word in printed)]
    return same or (begun if wanted else [])


def _letters(text: str) -> str:
    return re.sub(r"[\s_/-]+", "", normalize("NFKC", text).casefold())


def ambiguous(kind: str, text: str, ids: Iterable[str]) -> Refused:
    """Return the error for a word that can mean several ids."""
    return Refused(Problem("CSG315", f"{kind} '{shown(text)}' can mean {listed(ids)}", hint="Type more letters."))


def status_meant(text: str) -> str:
    """Return the status that a word means, or the word itself for none. Raises Refused for an ambiguous word.

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
