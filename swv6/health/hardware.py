"""Memory, cores, disk space and the port that a profile wants."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from swv6.health.findings import Finding
from swv6.models import catalog
from swv6.models.store import Store
from swv6.stages import cache_folder
from swv6.stages.opening import needed

if TYPE_CHECKING:
    from swv6.health.machine import Machine
    from swv6.profiles import Profile

MEMORY = 8e9
"""Bytes that a machine should have: what the default profile is made for. A maker's 8 GB shows as 7.4 and more."""
_SHOWN = 0.92
"""Share of a machine's memory that the system shows; the rest is the firmware's and the graphics'."""
_ROOM = 1e9
"""Bytes that should stay free on the disk of the weights."""
_KINDS = ("stt", "llm", "tts", "vad", "turn_end", "wake_word")


def memory(profile: Profile, machine: Machine) -> Iterator[Finding]:
    """Compare the memory with what the models will take."""
    total, available = machine.memory()
    wanted = sum(model.size for model in _models(profile))
    text = f"{total / 1e9:.1f} GB, {available / 1e9:.1f} GB free; the models are {wanted / 1e9:.1f} GB"
    if wanted > available:
        yield Finding("memory", "problem", text, "close other programs, or choose smaller models: swv6 models list")
    elif total < MEMORY * _SHOWN:
        yield Finding("memory", "warning", f"{text}; made for 8 GB", "choose smaller models: swv6 models list")
    else:
        yield Finding("memory", "ok", text)


def cores(machine: Machine) -> Iterator[Finding]:
    """Count the processor's cores: two are what the figures in the documentation were measured on."""
    count = machine.cores()
    if count < 2:
        yield Finding("cores", "warning", "1: answers will be late", "choose smaller models: swv6 models list")
    else:
        yield Finding("cores", "ok", str(count))


def disk(profile: Profile, machine: Machine, store: Store) -> Iterator[Finding]:
    """Look at the room where weights and kept answers go."""
    missing = sum(model.size for model in _models(profile) if not store.exists(model.name))
    places: dict[str, tuple[Path | None, int]] = {
        "disk of models": (store.root, missing),
        "disk of answers": (cache_folder.folder(), 0),
    }
    for name, (place, more) in places.items():
        if place is None:
            continue
        free = machine.free(place)
        text = f"{free / 1e9:.1f} GB free in {place}"
        if free < more:
            where = "free some room, or set SWV6_MODELS to a folder on another disk"
            yield Finding(name, "problem", f"{text}; {more / 1e9:.1f} GB of models are missing", where)
        elif free - more < _ROOM:
            yield Finding(name, "warning", f"{text}: little", "free some room; swv6 cache clear, swv6 models rm NAME")
        else:
            yield Finding(name, "ok", text)


def ports(profile: Profile, machine: Machine) -> Iterator[Finding]:
    """See whether the port of the metrics is free."""
    if profile.metrics is None:
        return
    port = profile.metrics.port
    if machine.port_is_free(port):
        yield Finding("metrics port", "ok", f"{port} is free")
    else:
        text = f"{port} is used by another program, or by a conversation under way"
        yield Finding(
            "metrics port", "warning", text, f"swv6 talk --set metrics.port={port + 1 if port < 65535 else 1}"
        )


def _models(profile: Profile) -> list[catalog.Model]:
    known = catalog.load()
    return [known[name] for name in dict.fromkeys(needed(profile, _KINDS)) if name in known]
