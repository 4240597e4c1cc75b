"""Options of a backend: a frozen pydantic model with human units and weights by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema


class Options(BaseModel):
    """Base of every backend's options.

    Four fields are inherited where the profile's entry does not set them: `language` and `vocabulary` are the
    profile's, `live` says whether a conversation is running rather than a file transcribed, and in a conversation
    `threads` (0) is the stage's share of the processor's cores.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class Weights:
    """Marks an option as a model: `model: Annotated[str, Weights("gguf")]`.

    The profile names a model of the catalog, or any file or folder; by the time `open` runs the option holds the path.
    """

    format: str
    """The catalog's `format`: `faster-whisper`, `gguf`, `piper`, `kokoro`, `kokoro-voice`."""


@dataclass(frozen=True, slots=True)
class Output:
    """Marks a path that is written: `file: Annotated[Path, Output()]`.

    Relative paths of a profile are relative to its file; those that are written are relative to the current folder.
    """


_TIMES = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
_SIZES = {"B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}
_QUANTITY = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*([A-Za-z]+)\s*")


def _quantity(value: Any, units: dict[str, float], example: str) -> Any:
    if not isinstance(value, str):
        return value
    match = _QUANTITY.fullmatch(value)
    lookup = {unit.lower(): scale for unit, scale in units.items()}
    if match is None or match[2].lower() not in lookup:
        raise ValueError(f'expected a number with a unit ({", ".join(units)}), for example "{example}"')
    return float(match[1]) * lookup[match[2].lower()]


def _seconds(value: Any) -> Any:
    return _quantity(value, _TIMES, "30 s")


def _bytes(value: Any) -> Any:
    size = _quantity(value, {u: float(s) for u, s in _SIZES.items()}, "200 MB")
    return int(size) if isinstance(size, float) else size


def _schema(units: dict[str, Any]) -> WithJsonSchema:
    """Tell editors that a bare number and a number with a unit are both right."""
    text = {"type": "string", "pattern": rf"^\s*[0-9]+(\.[0-9]+)?\s*({'|'.join(units)})\s*$"}
    return WithJsonSchema({"anyOf": [{"type": "number"}, text]})


Seconds = Annotated[float, BeforeValidator(_seconds), _schema(_TIMES)]
"""Seconds; a profile may write "25 ms", "30 s", "2 h"."""
Size = Annotated[int, BeforeValidator(_bytes), _schema(_SIZES)]
"""Bytes; a profile may write "200 MB", "20 GiB"."""
