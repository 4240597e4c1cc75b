"""Where the tests' weights are: the user's own store, as the product finds them."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_cache_path


def weights(name: str, format: str) -> Path:
    """Return the path of a catalog model, pulled once."""
    try:
        from swv6.models.store import Store
    except ImportError:
        return next((user_cache_path("swv6", appauthor=False) / "models" / name).glob("*.gguf"))
    store = Store()
    store.pull(name)
    return Path(store.find(name, format))
