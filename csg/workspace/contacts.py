"""The addresses of leads (``private/contacts.yaml``), which git must not track."""

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from csg.model.members import Directory
from csg.problem import Problem, Refused, nearest, shown
from csg.source.parse import parse
from csg.source.text import decode
from csg.workspace.files import exists, read_bytes

CONTACTS = "private/contacts.yaml"
"""The file that has an address, or a list of addresses, for each lead."""
_OWNER_ONLY = 0o600


def read_contacts(root: Path) -> dict[str, tuple[str, ...]]:
    """Return the addresses of each lead, by the lead's name in small letters; none without a file.

    After that, only its owner can read the file. Raise Refused if it cannot be read.
    """
    if not exists(root, CONTACTS):
        return {}
    content = read_bytes(root, CONTACTS)
    if os.name == "posix" and stat.S_IMODE((root / CONTACTS).stat().st_mode) & 0o077:
        (root / CONTACTS).chmod(_OWNER_ONLY)
    document = parse(decode(content, CONTACTS), CONTACTS)
    if document.problems or document.data is None:
        raise Refused(*document.problems) if document.problems else _wrong("the file has no addresses")
    return {str(name).casefold(): _addresses(str(name), value) for name, value in document.data.items()}


def unknown_contacts(contacts: Iterable[str], directory: Directory) -> Iterator[str]:
    """Yield a sentence for each name with an address that no member, group or section has: nobody gets its letter."""
    for name in contacts:
        if directory.find(name) is None:
            hint = nearest(name, list(directory), "Use the ids of data/members.yaml.")
            yield f"{CONTACTS}: unknown name '{shown(name)}', so that its address is not used. {hint}"


def _addresses(name: str, value: object) -> tuple[str, ...]:
    addresses = [value] if isinstance(value, str) else value
    if not isinstance(addresses, Sequence) or not all(isinstance(address, str) for address in addresses):
        raise _wrong(f"the addresses of {shown(name)} must be one address or a list")
    for address in addresses:
        if address.count("@") != 1 or not address.isprintable() or any(sign in address for sign in " ,;<>"):
            raise _wrong(f"'{shown(address)}' of {shown(name)} is not a mail address")
    return tuple(addresses)


def _wrong(message: str) -> Refused:
    return Refused(Problem("CSG804", message, CONTACTS, hint="Write for example `INPUD: office@example.org`."))
