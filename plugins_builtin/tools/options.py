"""Options of the shipped tools."""

from __future__ import annotations

from swv6.plugins import Options


class ToolOptions(Options):
    """What every tool must know."""

    language: str = "fr"
    """Of what is said: fr, or else English."""
