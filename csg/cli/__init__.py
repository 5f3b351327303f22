"""The commands: one module for each noun. No rules, no YAML, no git."""
