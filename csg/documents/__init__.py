"""Make documents from records. The content of a document is made once, and each format has a renderer for it."""
