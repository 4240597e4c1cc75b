"""The detector that detects nothing has nothing to set."""

from swv6.plugins import Options


class NoVadOptions(Options):
    """No options."""
