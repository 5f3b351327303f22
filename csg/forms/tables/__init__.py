"""Tables in the files that people send: one reader a format, and one structure for what they read."""
