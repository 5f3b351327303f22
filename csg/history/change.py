"""A change, and the comparison of two records, field by field."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from csg.model.base import Record
from csg.model.fields import field_text, is_long, is_texts, name_of


class Change(NamedTuple):
    """A change of a record.

    ``subject`` is the id of the record (``2.4``, ``INPUD``), ``record`` its kind, and ``what`` the kind of change.
    ``words`` describe the change. If a single field changed, ``field`` is its key, with the values before and after.
    """

    subject: str
    record: str
    what: str
    words: str
    file: str
    field: str = ""
    before: Any = None
    after: Any = None

    def __str__(self) -> str:
        return f"{self.subject} {self.words}" if self.subject else self.words


def paired(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    """Yield the old and the new entry of each name; None for a side that does not have it."""
    for name in dict.fromkeys((*old, *new)):
        yield old.get(name), new.get(name)


def file_of(*records: Record | None) -> str:
    """Return the file of the last record that is not None."""
    return next((str(record.source["file"]) for record in reversed(records) if record and record.source), "")


def fields(old: Record, new: Record, subject: str, record: str, *skip: str) -> Iterator[Change]:
    """Yield a change for each field in which two records differ, without the fields to skip."""
    before, after = ({}, {}) if old == new else (old.plain(), new.plain())
    for key, value in after.items():
        if key not in skip and before[key] != value:
            words = _words(type(new), key, before[key], value)
            yield Change(subject, record, "changed", words, file_of(old, new), key, before[key], value)


def _words(model: type[Record], key: str, before: Any, after: Any) -> str:
    name = name_of(model, key) if key != "title" else key
    if is_long(model, key):
        return f"{name} {'changed' if before and after else 'added' if after else 'removed'}"
    if is_texts(model, key):
        return f"{name}: {_texts_words(before, after)}"
    if isinstance(before, dict) and isinstance(after, dict):
        return f"{name}: {_numbers_words(before, after)}"
    if isinstance(before, list) and isinstance(after, list):
        return f"{name} {', '.join(map(str, before)) or 'n/a'} → {', '.join(map(str, after)) or 'n/a'}"
    if isinstance(after, bool):
        return f"{name} {field_text(before, 'no')} → {field_text(after, 'no')}"
    nothing: tuple[Any, ...] = (None, "", [])
    if before in nothing or after in nothing:
        return f"{name} removed" if after in nothing else f"{name} set to {after}"
    return f"{name} “{before}” → “{after}”" if key in ("title", "name") else f"{name} {before} → {after}"


def _texts_words(before: list[str], after: list[str]) -> str:
    added, removed = (
        list((Counter(after) - Counter(before)).elements()),
        list((Counter(before) - Counter(after)).elements()),
    )
    parts = [*(f"added “{text}”" for text in added), *(f"removed “{text}”" for text in removed)]
    return ", ".join(parts) or "put in another order"


def _numbers_words(before: dict[str, Any], after: dict[str, Any]) -> str:
    changed = (name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name))
    return ", ".join(f"{name} {before.get(name, 'none')} → {after.get(name, 'none')}" for name in changed)
