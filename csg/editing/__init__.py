"""Change files of the workspace safely, create files, undo changes, and make the edits for each kind of record."""
