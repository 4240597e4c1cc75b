"""Human log lines on stderr, through the standard library's `logging`."""

from __future__ import annotations

import logging
import sys

LEVELS = {-1: logging.ERROR, 0: logging.WARNING, 1: logging.INFO}
"""Verbosity -> level; more than 1 is DEBUG."""


def configure(verbosity: int) -> None:
    """Send the `swv6` loggers to stderr; `verbosity` is -1 (quiet), 0, 1 or more."""
    root = logging.getLogger("swv6")
    root.setLevel(LEVELS.get(verbosity, logging.DEBUG))
    handler = logging.StreamHandler(sys.stderr)
    detail = "%(relativeCreated).0f ms %(name)s: " if verbosity > 1 else ""
    handler.setFormatter(logging.Formatter(f"swv6: {detail}%(message)s"))
    root.handlers[:] = [handler]
    root.propagate = False
