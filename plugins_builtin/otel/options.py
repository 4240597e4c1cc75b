"""Everything is set by the standard OTEL_* variables."""

from swv6.plugins import Options


class OtelOptions(Options):
    """No options."""
