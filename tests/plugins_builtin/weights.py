"""Where the tests' weights are: the user's own store, as the product finds them."""

from __future__ import annotations

from pathlib import Path

from swv6.models.store import Store


def weights(name: str, format: str) -> Path:
    """Return the path of a catalog model, pulled once."""
    store = Store()
    store.pull(name)
    return Path(store.find(name, format))
