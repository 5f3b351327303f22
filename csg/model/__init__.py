"""Members, workplans and reviews as values. Pydantic and nothing else: no files, no paths, no terminal."""
