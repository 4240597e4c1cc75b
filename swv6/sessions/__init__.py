"""Conversations that are kept: one SQLite file, written as they happen, read by `swv6 sessions`."""
