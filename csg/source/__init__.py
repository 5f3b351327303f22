"""YAML text and plain data, with a position for every node; edits that change only the lines they must."""
