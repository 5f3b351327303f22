"""The data as it is at a revision, in the index, in the working tree or in another folder."""

from pathlib import Path

from csg.history import git
from csg.workspace import Workspace, open_workspace


def at_revision(root: Path, revision: str) -> Workspace:
    """The workspace's data at a revision. Raises Refused where there is no such revision."""
    return _of(root, git.files_at(root, git.commit(root, revision)))


def staged(root: Path) -> Workspace:
    """The workspace's data in git's index: what a commit would take."""
    return _of(root, git.files_staged(root))


def _of(root: Path, files: dict[str, str]) -> Workspace:
    contents = git.blobs(root, files.values())
    return Workspace(root, None, {file: contents.get(name, b"") for file, name in files.items()}, alone=True)


def two_sides(place: Workspace, base: str | None, head: str | None) -> tuple[Workspace, Workspace]:
    """The two sides that ``csg diff BASE HEAD`` compares.

    None is HEAD for the base, and the working tree for the head. ``A...B`` compares what A and B have in common with B,
    ``A..B`` A with B, both with HEAD where a side is left out. Two folders are compared as they are.
    """
    root = place.root
    if base is not None and head is None and ".." in base:
        middle = "..." if "..." in base else ".."
        one, _, other = base.partition(middle)
        one, other = one or "HEAD", other or "HEAD"
        old = git.merge_base(root, one, other) if middle == "..." else one
        return at_revision(root, old), at_revision(root, other)
    if base is not None and head is not None and Path(base).is_dir() and Path(head).is_dir():
        return open_workspace(base), open_workspace(head)
    return at_revision(root, base or "HEAD"), place if head is None else at_revision(root, head)
