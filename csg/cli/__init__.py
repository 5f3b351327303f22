"""What a person types and sees: one module a noun. No rules, no YAML, no git."""
