"""Import an optional sound library, or name the `pip install` that brings it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from swv6.errors import MissingExtra

EMBEDDED = 'pip install "swv6[embedded]"'


def need(module: str, purpose: str) -> Any:
    """Import `module`; MissingExtra says that `purpose` needs it."""
    try:
        return import_module(module)
    except (ImportError, OSError) as error:
        reason = "is not installed" if isinstance(error, ModuleNotFoundError) else f"does not load ({error})"
        raise MissingExtra(f"{purpose} needs {module}, which {reason}", EMBEDDED) from error
