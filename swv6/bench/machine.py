"""On what, and with what, it was measured."""

from __future__ import annotations

import json
import os
import platform
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import psutil

from swv6.errors import HardwareError
from swv6.profiles import Profile

ENGINES = (
    "faster-whisper",
    "ctranslate2",
    "xllamacpp",
    "llama-cpp-python",
    "kokoro-onnx",
    "piper-tts",
    "onnxruntime",
    "numpy",
    "anyio",
)
"""Packages whose version changes what is measured."""


def machine() -> dict[str, Any]:
    """Describe this machine; the load is that of the last minute, None where it is not known (Windows)."""
    return {
        "cpu": cpu(),
        "cores": os.cpu_count(),
        "usable_cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "gpus": gpus(),
        "system": platform.platform(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def gpus() -> list[str]:
    """Name the cards that can be seen, none where no driver is."""
    from swv6.profiles.nvml import ask

    with suppress(HardwareError):
        return [card.name for card in ask().cards]
    return []


def cpu() -> str:
    """Name the processor, as its maker does where the system tells."""
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith(("model name", "Model")):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def engines() -> dict[str, str]:
    """Give the versions of the engines that are installed."""
    from importlib.metadata import PackageNotFoundError, version

    found = dict[str, str]()
    for name in ENGINES:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def fingerprint(profile: Profile) -> str:
    """Give a hash of everything a profile says, so that two reports tell whether they measured the same."""
    said = json.dumps(profile.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, default=str)
    return sha256(said.encode()).hexdigest()[:16]
