"""Builtin plugins; they import `swv6.plugins` and nothing else of swv6."""
