"""A static site of the plans: pages for a browser, with downloads."""
