"""What a text depends on besides its recording, as one digest."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

from swv6.plugins.options import Options
from swv6.profiles import Profile

EFFORT = frozenset({"concurrency", "threads", "warmups", "device", "devices"})
"""Options that say how, not what: another number of workers must not make everything be done again."""
_BIGGEST = 1 << 20
"""Bytes of a file whose content counts (a vocabulary); of a bigger one (a model) the name does."""


def fingerprint(profile: Profile, formats: Mapping[str, Any]) -> str:
    """Digest the recognisers, filters and language of a profile, files that their options name, and the formats."""
    chosen = {
        "language": profile.language,
        **{
            key: [_choice(c.backend, c.options) for c in getattr(profile, key)] for key in ("stt", "transcript_filters")
        },
        "formats": dict(formats),
    }
    text = json.dumps(chosen, sort_keys=True, default=str)
    return blake2b(text.encode(), digest_size=20).hexdigest()


def _choice(backend: str, options: Options) -> list[Any]:
    values = {key: value for key, value in options.model_dump(mode="json").items() if key not in EFFORT}
    return [backend, values, [_content(path) for path in _files(values)]]


def _files(value: Any) -> Iterator[Path]:
    """Give the small files that options name."""
    if isinstance(value, str) and len(value) < 1000 and "\n" not in value and "\0" not in value:
        path = Path(value)
        if path.is_absolute() and path.is_file() and path.stat().st_size <= _BIGGEST:
            yield path
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _files(item)


def _content(path: Path) -> str:
    return blake2b(path.read_bytes(), digest_size=20).hexdigest()
