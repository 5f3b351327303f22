"""Records to documents: the content of each document is made once, and each format has a renderer that reads it."""
