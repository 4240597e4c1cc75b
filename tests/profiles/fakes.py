"""Backends that exist only as offers, and profiles written for one test."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field

from swv6.errors import ProfileError
from swv6.plugins import Backend, Options, Output, Seconds, Weights
from swv6.plugins.manager import Plugin, Plugins
from swv6.profiles import Profile, resolve

KINDS = ("stt", "llm", "tts", "vad", "microphone", "speaker", "transcript_filter", "text_filter", "listener")


class EarOptions(Options):
    """Options with one field of each kind that a profile treats in its own way."""

    model: Annotated[str, Weights("faster-whisper")] = "whisper-base"
    language: str = ""
    beam_size: int = 1
    wait: Seconds = 1.0
    compute: Literal["int8", "float16"] = "int8"
    files: list[Path] = Field(default_factory=list)
    out: Annotated[Path | None, Output()] = None


class PlainOptions(Options):
    """Nothing to set."""


def fake_plugins() -> Plugins:
    """Offer `ear` (with options) and `plain` of every kind, `absent` that lacks its extra; `sick` is broken."""
    plugins = Plugins()
    for kind in KINDS:
        for offer in (_offer("ear", EarOptions), _offer("plain", PlainOptions), _offer("absent", PlainOptions, True)):
            plugins.offers[kind][offer.name] = offer
            plugins.owners[kind, offer.name] = f"the-{offer.name}"
    for name in ("the-ear", "the-plain", "the-absent"):
        plugins.found[name] = Plugin(name, "fakes", "1")
    plugins.found["sick"] = Plugin("sick", "fakes", "1", error="ImportError: no lungs")
    return plugins


def _offer(name: str, options: type[Options], absent: bool = False) -> Backend[Any]:
    requires = ("no_such_module_anywhere",) if absent else ()
    return Backend(name, f"The {name}.", "nowhere:open", options, requires, "pip install lungs")


BASE = """\
stt: plain
llm: plain
tts: plain
vad: plain
microphone: plain
speaker: plain
"""
"""The least that is a profile: six lines."""


def write(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    """Write a profile and give its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(path: Path, *overrides: str) -> list[str]:
    """Give the mistakes of a file, its own name shortened to `@`."""
    with pytest.raises(ProfileError) as caught:
        resolve(str(path), overrides, fake_plugins())
    return [problem.replace(str(path), "@") for problem in caught.value.problems]


def load(path: Path | str) -> Profile:
    """Resolve a file or a name with those backends."""
    return resolve(str(path), (), fake_plugins())
