"""The offers of the builtins, found as users find them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from swv6.plugins import Backend


def offer(plugin: str, kind: str, name: str = "") -> Backend[Any]:
    """Give what the builtin `plugin` offers of a kind."""
    offers = getattr(import_module(f"plugins_builtin.{plugin}"), f"swv6_{kind}")()
    found: Backend[Any] = next(backend for backend in offers if backend.name == (name or plugin))
    return found
