"""Change one file of the workspace safely, create one, take a change back; and the edits in the plan's own terms."""
