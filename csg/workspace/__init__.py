"""The workspace: find, read and write the data files."""

from csg.workspace.workspace import Snapshot, Workspace, open_workspace

__all__ = ["Snapshot", "Workspace", "open_workspace"]
