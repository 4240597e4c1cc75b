"""What two requests share when they deserve the same answer."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from swv6.errors import Swv6Error
from swv6.models import catalog, manifest
from swv6.models.catalog import FROM_HUB
from swv6.models.store import Store
from swv6.profiles import Choice
from swv6.stages.cache_sql import DIGEST
from swv6.stages.opening import ready_options, weights
from swv6.types import Audio, Transcript

EFFORT = {"concurrency", "threads", "warmups"}
"""Options that say how an answer is made and not which; `transcribe` sizes them to the work at hand."""


def size_of(item: Audio | Transcript) -> int:
    """Bytes that a cached item holds: exact for sound, the text for a transcript."""
    return item.samples.nbytes if isinstance(item, Audio) else len(item.text.encode())


def _sound_key(audio: Audio) -> Hashable:
    return audio.rate, audio.start, blake2b(audio.samples.tobytes(), digest_size=DIGEST).digest()


def _text_key(text: str) -> Hashable:
    return text


KEYS: dict[str, Callable[[Any], Hashable]] = {"stt": _sound_key, "tts": _text_key}
"""Keys within one link of a chain, where model and options are fixed."""


def identity(choice: Choice, store: Store, live: bool) -> bytes | None:
    """Digest what fixes a backend's answers: its name, its options, the weights it would open, its libraries.

    The order of the profile, and where a model of the catalog lies, change nothing. None when a model is not here.
    """
    try:
        options = ready_options(choice.options, store, live)
        models = {name: sorted(_contents(value, store)) for name, value, _ in weights(choice.options)}
    except (Swv6Error, OSError):
        return None
    written = {name: value for name, value in options.model_dump(mode="json").items() if name not in {*models, *EFFORT}}
    paths = [_stat(value) for name in written if isinstance(value := getattr(options, name), Path) and value.exists()]
    versions = [_version(module) for module in choice.offer.requires]
    about = (choice.backend, sorted(written.items()), sorted(models.items()), paths, versions)
    return blake2b(repr(about).encode(), digest_size=DIGEST).digest()


def _contents(value: str, store: Store) -> Iterator[str]:
    """Describe weights: by their hashes when the catalog knows them, else by path, size and time of each file."""
    model = catalog.load().get(value)
    if model is None:
        path = Path(value)
        yield from map(_stat, sorted(path.rglob("*")) if path.is_dir() else [path])
        return
    for file, sha256 in manifest.expected_hashes(model, manifest.read(store.folder(value))).items():
        yield f"{file} {sha256}" if sha256 != FROM_HUB else _stat(store.folder(value) / file)


def _stat(path: Path) -> str:
    stat = path.stat()
    return f"{path.absolute()} {stat.st_size} {stat.st_mtime_ns}"


def _version(module: str) -> str:
    """Tell one installation of a module from another, which may answer otherwise, without importing it."""
    spec = find_spec(module)
    return _stat(Path(spec.origin)) if spec is not None and spec.origin and Path(spec.origin).is_file() else module
