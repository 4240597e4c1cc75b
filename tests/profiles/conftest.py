"""No test of profiles sees the profiles of whoever runs it."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_profiles(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder of own profiles."""
    folder = tmp_path_factory.mktemp("own")
    monkeypatch.setenv("SWV6_PROFILES", str(folder))
    return folder
