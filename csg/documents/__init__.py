"""Records to documents: a plain context, templates in a sandbox, Markdown, and what pandoc makes of it."""
