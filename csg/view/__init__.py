"""Records on a terminal: tables, pages, problems and changes."""
