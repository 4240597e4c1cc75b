"""The graphics card that a profile asks for: set the environment first, then check the card."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NoReturn

from swv6.errors import HardwareError
from swv6.profiles.schema import Gpu

READS_AT_IMPORT = ("torch", "ctranslate2", "llama_cpp")
"""Libraries that may read CUDA's environment as soon as they are imported."""
VISIBLE, ORDER = "CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER"


@dataclass(frozen=True, slots=True)
class Card:
    """A graphics card, as the driver's management library sees it."""

    index: int
    """In the order of the PCI bus."""
    uuid: str
    name: str
    vram: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Driver:
    """What the NVIDIA driver says of this machine."""

    cuda: int
    """Newest CUDA it runs, times 1000: 12040 is 12.4; 0 when it runs none."""
    cards: tuple[Card, ...]


def prepare(gpu: Gpu, ask: Callable[[], Driver] | None = None) -> Card:
    """Set the profile's environment and check the card, in less than a second and without any CUDA library.

    Must run before a CUDA library is imported. `ask` tells what is there (NVML by default).
    Raises HardwareError that names the check that failed, what was found and what to do.
    """
    set_environment(gpu.env)
    return check(gpu, (ask or _nvml)(), os.environ)


def _nvml() -> Driver:
    from swv6.profiles.nvml import ask

    return ask()


def set_environment(env: Mapping[str, str]) -> None:
    """Set variables, unless it is too late for them to have an effect."""
    differing = {name: value for name, value in env.items() if os.environ.get(name) != value}
    imported = [name for name in READS_AT_IMPORT if name in sys.modules]
    if differing and imported:
        fail("environment", f"{imported[0]} was imported before {', '.join(differing)} could be set", "a fresh process")
    for name, value in differing.items():
        if name in os.environ:
            logging.getLogger("swv6.gpu").info("%s=%s, was %s", name, value, os.environ[name])
        os.environ[name] = value


def check(gpu: Gpu, driver: Driver, env: Mapping[str, str]) -> Card:
    """Check CUDA, the device mapping, the name and the memory, in this order; give the card."""
    if not driver.cuda or not driver.cards:
        found = "no graphics card" if driver.cuda else "a driver that runs no CUDA"
        fail("CUDA", f"found {found}", "install an NVIDIA driver that supports CUDA 12, then run nvidia-smi")
    card = _mapped(gpu, driver.cards, env)
    where = f"CUDA device {gpu.device} is the {card.name} (PCI order {card.index})"
    if gpu.name.casefold() not in card.name.casefold():
        fail("GPU name", f"{where}, expected {gpu.name!r}", _listing(driver, "set gpu.env." + VISIBLE))
    if card.vram < gpu.min_vram:
        found = f"{where} with {card.vram / 1e9:.1f} GB, expected at least {gpu.min_vram / 1e9:.1f} GB"
        fail("GPU memory", found, _listing(driver, "choose a smaller model and lower gpu.min_vram, or"))
    return card


def fail(which: str, found: str, act: str) -> NoReturn:
    """Raise HardwareError for one check."""
    raise HardwareError(f"GPU check failed: {which}: {found}", act)


def _mapped(gpu: Gpu, cards: tuple[Card, ...], env: Mapping[str, str]) -> Card:
    """Find the card behind a CUDA ordinal, as the CUDA runtime maps it."""
    written = env.get(VISIBLE)
    visible = [str(c.index) for c in cards] if written is None else [v.strip() for v in written.split(",")]
    shown = "" if written is None else f" with {VISIBLE}={written}"
    if len({c.name for c in cards}) > 1 and env.get(ORDER) != "PCI_BUS_ID" and not visible[0].startswith("GPU-"):
        fail("device mapping", f"{ORDER} is not PCI_BUS_ID, so ordinals mean the fastest card first", _ORDERED)
    reached: list[Card] = []
    for entry in visible:
        card = next(
            (c for c in cards if entry == str(c.index) or (entry[:4] == "GPU-" and c.uuid.startswith(entry))), None
        )
        if card is None:  # CUDA ignores this entry and every one after it
            break
        reached.append(card)
    if gpu.device < len(reached):
        return reached[gpu.device]
    found = f"CUDA device {gpu.device} does not exist{shown}: it leaves {len(reached)} of {len(cards)} visible"
    return fail("device mapping", found, _listing(Driver(1, cards), "set gpu.env." + VISIBLE))


_ORDERED = "add CUDA_DEVICE_ORDER: PCI_BUS_ID to gpu.env in the profile"


def _listing(driver: Driver, act: str) -> str:
    cards = ", ".join(f"{c.index}: {c.name} {c.vram / 1e9:.1f} GB" for c in driver.cards)
    return f"{act} to one of the cards of this machine ({cards}), or use another profile (swv6 profiles list)"
