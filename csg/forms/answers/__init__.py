"""Filled forms and replies, each kind of file read into the same answers."""
