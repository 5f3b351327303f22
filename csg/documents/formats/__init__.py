"""One module for each format: it makes a file from the content of a document."""
