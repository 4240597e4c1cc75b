"""A machine whose answers a test chooses, and profiles of the shipped ones with other devices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from swv6.errors import HardwareError
from swv6.health.findings import Finding
from swv6.health.machine import Machine
from swv6.profiles.gpu import Card, Driver

CARDS = (
    Card(0, "GPU-0", "NVIDIA RTX A4000", 16 * 10**9),
    Card(1, "GPU-1", "NVIDIA GeForce RTX 3090", 24 * 10**9),
)


def driver(*cards: Card) -> Driver:
    """Answer like NVML with these cards."""
    return Driver(12040, cards)


def no_driver() -> Driver:
    """Answer like NVML where there is none."""
    raise HardwareError("GPU check failed: CUDA: found no NVIDIA driver", "install NVIDIA's driver")


def machine(**answers: Any) -> Machine:
    """Make a machine where all is well, less what is given."""
    well: dict[str, Any] = {
        "platform": "linux",
        "cores": lambda: 4,
        "memory": lambda: (16 * 10**9, 12 * 10**9),
        "free": lambda path: 10**11,
        "port_is_free": lambda port: True,
        "driver": no_driver,
        "loads": lambda library: "",
        "compute_types": lambda device: {"int8", "float16", "float32"},
        "long_paths": lambda: True,
        "voices": lambda: 2,
    }
    return Machine(**{**well, **answers})


def levels(findings: Iterable[Finding]) -> dict[str, str]:
    """Give name -> level."""
    return {finding.name: finding.level for finding in findings}


def one(findings: Iterable[Finding], name: str) -> Finding:
    """Give the only finding of a name."""
    (found,) = [finding for finding in findings if finding.name == name]
    return found
