"""Wrappers of stages, and chains built from a profile."""
