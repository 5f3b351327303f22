"""The changes of the members, groups and sections."""

from collections.abc import Iterable, Iterator

from csg.history.change import Change, fields, file_of, paired
from csg.model.members import Directory, Group, Member, MembershipType, Section

Entry = Member | Group | Section | MembershipType
_PEOPLE = {"member": "members", "group": "leads", "section": "unodc", "membership type": "membership_types"}


def people_changes(old: Directory | None, new: Directory | None) -> Iterator[Change]:
    """Yield the changes of the members, groups, sections and membership types, if both sides can be read."""
    if old is None or new is None:
        return
    for kind, field in _PEOPLE.items():
        before, after = ({entry.id: entry for entry in getattr(side, field)} for side in (old, new))
        renamed = _renamed(before, after)
        for earlier, later in paired({renamed.get(name, name): entry for name, entry in before.items()}, after):
            if earlier and later:
                if earlier.id != later.id:
                    words = f"renamed from {earlier.id}"
                    yield Change(later.id, kind, "renamed", words, file_of(new), "id", earlier.id, later.id)
                yield from fields(earlier, later, later.id, kind, "id")
            elif later:
                yield Change(later.id, kind, "added", f"new {kind}: {later.name}", file_of(new))
            else:
                yield Change(earlier.id, kind, "removed", f"{kind} removed", file_of(old, new))


def _renamed(before: dict[str, Entry], after: dict[str, Entry]) -> dict[str, str]:
    """Return the new ids, by old id, of entries with another id and the same unique name."""
    sides = [
        _ids_by_name(entry for key, entry in side.items() if key not in other)
        for side, other in ((before, after), (after, before))
    ]
    return {
        names[0]: others[0]
        for name, names in sides[0].items()
        if len(names) == len(others := sides[1].get(name, [])) == 1
    }


def _ids_by_name(entries: Iterable[Entry]) -> dict[str, list[str]]:
    ids: dict[str, list[str]] = {}
    for entry in entries:
        ids.setdefault(entry.name, []).append(entry.id)
    return ids
