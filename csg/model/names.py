"""Names that the schema fixes, apart from it: whoever needs only them need not wait for Pydantic."""

from typing import Literal, get_args

Status = Literal["not-started", "on-track", "at-risk", "off-track", "completed", "cancelled"]
STATUSES: tuple[Status, ...] = get_args(Status)
FINAL: frozenset[str] = frozenset({"completed", "cancelled"})
"""After a report with one of these an activity owes no more."""
TROUBLED: frozenset[str] = frozenset({"at-risk", "off-track"})
UNREPORTED = "unreported"
"""Stands for the status of an activity that nobody has reported on."""
NO_REPORT = "no report"
"""The words for ``unreported`` in tables and documents."""


def status_text(status: str) -> str:
    """Return a status in the words that people read."""
    return NO_REPORT if status == UNREPORTED else status
