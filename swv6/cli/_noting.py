"""After `swv6 say`: noting what its command line came to, for `quick`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from swv6.cli import quick
from swv6.models import catalog
from swv6.models.store import Store
from swv6.plugins.manager import installed
from swv6.profiles import Choice, Profile
from swv6.profiles.search import find, is_path, own_folder, shipped_folder
from swv6.stages import cache_keys
from swv6.stages.opening import weights


def note(profile: Profile, store: Store) -> None:
    """Remember who spoke, where all that this depends on are files that can be watched."""
    order = quick.asked(sys.argv[2:]) if sys.argv[1:2] == ["say"] else None
    limits = profile.cache.disk.tts if profile.cache.disk else None
    if order is None or limits is None or profile.languages or profile.text_filters or profile.listeners:
        return
    about, profiles = cache_keys.identity(profile.tts[0], store, live=True), list(_profiles(order.profile))
    if about is not None and profiles:
        files = {*profiles, *_weights(profile.tts[0], store), *_code(profile.tts[0])}
        quick.remember(order, profile.language, about, (limits.max_bytes, limits.ttl), sorted(files))


def _profiles(name: str) -> Iterator[Path]:
    """Name every file that a profile may come from; nothing when it extends the path of another."""
    if is_path(name):
        found = find(name, installed(), Path.cwd())
        if found is None or re.search(r"^extends:.*([/\\]|\.ya?ml)", found.path.read_text("utf-8"), re.MULTILINE):
            return
        yield found.path.absolute()
    for folder in (own_folder(), shipped_folder()):
        yield folder
        yield from folder.glob("*.y*ml")
    yield from (Path(offer.path) for offer in installed().profiles().values())


def _weights(choice: Choice, store: Store) -> Iterator[Path]:
    yield from (Path(catalog.__file__).with_name("catalog.yaml"), catalog.own_catalog())
    for _, value, _ in weights(choice.options):
        folder = store.folder(value) if value in catalog.load() else Path(value).expanduser().absolute()
        yield folder
        if folder.is_dir():
            yield from folder.iterdir()


def _code(choice: Choice) -> Iterator[Path]:
    """Name what changes when something is installed, and the modules that an identity is made of."""
    yield from (Path(place) for place in sys.path if Path(place).name in ("site-packages", "dist-packages"))
    options = type(choice.options).__module__
    for module in (*choice.offer.requires, options, options.rpartition(".")[0], cache_keys.__name__, __name__):
        spec = find_spec(module)
        if spec is not None and spec.origin and Path(spec.origin).is_file():
            yield Path(spec.origin)
