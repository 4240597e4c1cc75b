"""Silero has nothing to set: thresholds belong to the turns, not to the detector."""

from swv6.plugins import Options


class SileroOptions(Options):
    """No options."""
