"""Where profiles are: a path, the user's own folder, plugins, the ones shipped."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from swv6.plugins.manager import Plugins

FOLDER = "SWV6_PROFILES"
"""Environment variable: the user's own folder of profiles."""
SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Found:
    """A profile's file."""

    name: str
    path: Path
    source: str
    """`path`, `own`, `plugin` or `shipped`."""


def own_folder() -> Path:
    """Give the user's own folder of profiles: `SWV6_PROFILES`, or `profiles` in the configuration folder."""
    from platformdirs import user_config_path

    chosen = os.environ.get(FOLDER)
    return Path(chosen).expanduser() if chosen else user_config_path("swv6", appauthor=False) / "profiles"


def shipped_folder() -> Path:
    """Give the folder of shipped profiles: inside the package when installed, beside it in a checkout."""
    import swv6

    package = Path(swv6.__file__).resolve().parent
    installed = package / "_profiles"
    return installed if installed.is_dir() else package.parent / "profiles"


def everything(plugins: Plugins) -> Iterator[Found]:
    """Give every profile with a name, in the order in which a name is looked up."""
    yield from _folder(own_folder(), "own")
    yield from (Found(offer.name, Path(offer.path), "plugin") for _, offer in sorted(plugins.profiles().items()))
    yield from _folder(shipped_folder(), "shipped")


def visible(plugins: Plugins) -> list[Found]:
    """Give the profiles that a name can reach, by name."""
    first: dict[str, Found] = {}
    for found in everything(plugins):
        first.setdefault(found.name, found)
    return [first[name] for name in sorted(first)]


def find(name: str, plugins: Plugins, folder: Path, passing: frozenset[Path] = frozenset()) -> Found | None:
    """Find a profile by name or path (relative to `folder`), passing over the files that ask for it."""
    if is_path(name):
        path = folder / Path(name).expanduser()
        return Found(path.stem, path, "path") if path.is_file() else None
    return next((f for f in everything(plugins) if f.name == name and f.path.resolve() not in passing), None)


def is_path(name: str) -> bool:
    """Tell a path from a name: it has a separator or a YAML suffix."""
    return "/" in name or "\\" in name or name.lower().endswith(SUFFIXES)


def _folder(folder: Path, source: str) -> Iterator[Found]:
    if folder.is_dir():
        files = sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and path.is_file())
        yield from (Found(path.stem, path, source) for path in files)
