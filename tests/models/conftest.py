"""A store, a catalog and a package index of their own for every test here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from swv6.models import catalog, pip_config
from swv6.models.store import Store
from tests.models import server, world


@dataclass
class World:
    """What a test of pulling needs."""

    store: Store
    served: server.Served
    tmp: Path


@pytest.fixture
def toys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Toy models on a local index that pip's environment points to."""
    for name in [n for n in os.environ if n.upper().startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr("swv6.models.download.PAUSE", 0.01)
    with server.serving() as served:
        world.publish(served)
        world.hub(served)
        world.catalog(tmp_path / "models.yaml")
        monkeypatch.setenv("SWV6_CATALOG", str(tmp_path / "models.yaml"))
        monkeypatch.setenv("SWV6_MODELS", str(tmp_path / "store"))
        monkeypatch.setenv("TOY_FOLDER", str(tmp_path / "toys"))
        monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
        monkeypatch.setenv("PIP_INDEX_URL", f"{served.url}/simple")
        monkeypatch.setenv("HF_ENDPOINT", served.url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        _forget()
        yield World(Store(), served, tmp_path)
    _forget()


def _forget() -> None:
    catalog.load.cache_clear()
    pip_config.read.cache_clear()
