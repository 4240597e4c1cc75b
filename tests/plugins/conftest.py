"""Small packages on disk, with real entry points."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint, distributions
from pathlib import Path

import pytest

Make = Callable[..., list[EntryPoint]]
"""make(package, plugin=source, ...): write a package whose plugins have these sources; give all entry points so far."""


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Write packages and give their entry points."""
    monkeypatch.syspath_prepend(str(tmp_path))
    before = set(sys.modules)

    def build(package: str, /, **plugins: str) -> list[EntryPoint]:
        info = tmp_path / f"{package}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.2\n", encoding="utf-8")
        lines = ["[swv6]"] + [f"{name} = {package}_{name}" for name in plugins]
        (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
        for name, source in plugins.items():
            (tmp_path / f"{package}_{name}.py").write_text(source, encoding="utf-8")
        found = sorted(distributions(path=[str(tmp_path)]), key=lambda dist: dist.name)
        return [point for dist in found for point in dist.entry_points]

    yield build
    for name in set(sys.modules) - before:
        if getattr(sys.modules[name], "__file__", None) and str(tmp_path) in str(sys.modules[name].__file__):
            del sys.modules[name]
