"""Sound: pure functions on samples, and files."""
