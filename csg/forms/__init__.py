"""Letters and forms to leads, and their answers back as progress reports; workplan tables from other files."""
