"""The workspace: find, read and write the data files."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from csg.workspace.workspace import Snapshot, Workspace, open_workspace

__all__ = ["Snapshot", "Workspace", "open_workspace"]


def __getattr__(name: str) -> Any:
    """Import the workspace where it is used: completion needs the files alone, and starts twice as fast."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("csg.workspace.workspace"), name)
