"""Recordings into text: what is read, by whom it is heard, where it is written."""
