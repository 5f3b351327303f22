"""The words for a change that is undone."""

from collections.abc import Mapping
from pathlib import Path

from csg.history.changes import compare
from csg.view.changes import change_texts
from csg.workspace import Workspace
from csg.workspace.files import listed, read_bytes
from csg.workspace.names import COUNTRIES, GROUP, MEMBERS, PLANS, REVIEWS

MOST_SHOWN = 3
"""The most changes in a sentence."""


def undone_text(root: Path, earlier: Mapping[str, bytes | None]) -> str:
    """Return the words for a change of files. ``earlier`` has the files before it (None: no file)."""
    files = [file for pattern in (MEMBERS, GROUP, COUNTRIES, PLANS, REVIEWS) for file in listed(root, pattern)]
    contents = {file: read_bytes(root, file) for file in files}
    before = {file: content for file, content in (contents | dict(earlier)).items() if content is not None}
    sides = (Workspace(root, None, side, alone=True).snapshot() for side in (before, contents))
    texts = list(change_texts(compare(*sides)))
    more = f", and {len(texts) - MOST_SHOWN:,} more" if len(texts) > MOST_SHOWN else ""
    return "; ".join(texts[:MOST_SHOWN]) + more
