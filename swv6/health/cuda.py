"""The graphics card: the driver, the card that the profile means, its libraries, what can be computed in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from swv6.errors import HardwareError
from swv6.health.findings import Finding
from swv6.health.machine import LIBRARIES

if TYPE_CHECKING:
    from swv6.health.machine import Machine
    from swv6.profiles import Profile

_EXTRA = 'pip install "swv6[cuda]"'


def gpu(profile: Profile, machine: Machine) -> Iterator[Finding]:
    """Check the card that the profile asks for, or say what there is; sets the profile's environment first."""
    if profile.gpu is None:
        yield Finding("gpu", "ok", f"the profile asks for none; {_there(machine)}")
        return
    from swv6.profiles.gpu import prepare

    try:
        card = prepare(profile.gpu, machine.driver)
    except HardwareError as error:
        yield Finding("gpu", "problem", error.what, error.hint)
        return
    wanted = f", {profile.gpu.min_vram / 1e9:.0f} GB asked for" if profile.gpu.min_vram else ""
    text = f"CUDA device {profile.gpu.device} is the {card.name} with {card.vram / 1e9:.1f} GB{wanted}"
    yield Finding("gpu", "ok", text)


def _there(machine: Machine) -> str:
    try:
        cards = machine.driver().cards
    except HardwareError:
        return "none is here"
    return f"here: {', '.join(card.name for card in cards)}" if cards else "none is here"


def libraries(profile: Profile, machine: Machine) -> Iterator[Finding]:
    """Load what computing on a card needs, where the profile computes on one."""
    if not _wants_cuda(profile):
        return
    for name in LIBRARIES:
        file = machine.library(name)
        if reason := machine.loads(file):
            yield Finding(name, "warning", f"{file} does not load, so the processor is used: {reason}", _EXTRA)
        else:
            yield Finding(name, "ok", f"{file} loads")


def compute_types(profile: Profile, machine: Machine) -> Iterator[Finding]:
    """Compare the compute types that a profile asks for with those that CTranslate2 has here."""
    asked: dict[tuple[str, str], Any] = {
        (_device(c.options), c.options.compute_type): None for c in profile.stt if hasattr(c.options, "compute_type")
    }
    for device, wanted in asked:
        supported = sorted(machine.compute_types(device))
        if not supported:
            text = f"CTranslate2 cannot compute on {device} here"
            yield Finding(f"compute {device}", "warning", text, _EXTRA if device == "cuda" else "")
        elif wanted not in ("auto", *supported):
            text = f"{wanted} is not supported here and the nearest is taken"
            yield Finding(f"compute {device}", "warning", text, f"choose one of: {', '.join(supported)}")
        else:
            yield Finding(f"compute {device}", "ok", f"{wanted}, of {', '.join(supported)}")


def _device(options: Any) -> str:
    device = getattr(options, "device", "cpu")
    return "cuda" if device == "cuda" else "cpu"


def _wants_cuda(profile: Profile) -> bool:
    return profile.gpu is not None or any(_device(choice.options) == "cuda" for choice in profile.stt)
