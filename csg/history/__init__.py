"""The data at two revisions: what changed, by whom, and both sides' changes in one file. Git by its command line."""
