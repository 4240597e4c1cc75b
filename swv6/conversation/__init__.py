"""Turns, replies and history: the loop."""
