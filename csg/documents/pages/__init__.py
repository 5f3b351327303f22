"""One module for each kind of document: it makes the content from the plan, its people and its summaries."""
