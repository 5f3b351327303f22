"""The history of the data: changes between revisions, their authors, and merges. It runs git by its command line."""
