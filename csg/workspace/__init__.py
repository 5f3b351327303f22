"""The workspace: where the data files are, what they hold, and how one of them is changed safely."""

from csg.workspace.workspace import Snapshot, Workspace, open_workspace

__all__ = ["Snapshot", "Workspace", "open_workspace"]
