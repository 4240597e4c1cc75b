"""The sound card: PortAudio, devices and their rates, opening them, and whether the microphone is allowed to hear."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from anyio import move_on_after

from swv6.errors import Swv6Error
from swv6.health.findings import Finding, failed
from swv6.stages.opening import opened

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from swv6.health.machine import Machine
    from swv6.models.store import Store
    from swv6.plugins.devices import DeviceInfo
    from swv6.profiles import Choice, Profile
    from swv6.types import Audio

HEARD = 0.6
"""Seconds of a microphone that are listened to: exact zeros in all of it are no quiet room."""
_PATIENCE = 4.0
"""Seconds that they may take: Bluetooth microphones wake up slowly."""
SPEECH = 16_000
"""Hz that recognisers hear."""
ALLOW = {
    "darwin": "allow it: System Settings > Privacy & Security > Microphone, then restart the terminal",
    "win32": "allow it: Settings > Privacy & security > Microphone, and look for a mute switch",
}
"""Where a system keeps a microphone's permission; macOS gives zeros instead of an error without it."""
_UNMUTE = "unmute it in the system's sound settings, or choose another: swv6 devices"


def devices(profile: Profile, machine: Machine) -> Iterator[Finding]:
    """List what the profile's sound backend sees: one line a direction, and what is odd about it."""
    for kind, word in (("microphone", "input"), ("speaker", "output")):
        lister = next((c for c in getattr(profile, kind) if c.offer.devices and not c.offer.missing(c.options)), None)
        if lister is None:
            continue
        try:
            found = [d for d in lister.offer.list_devices() if (d.inputs if kind == "microphone" else d.outputs)]
        except Swv6Error as error:
            yield Finding(f"{kind} devices", "warning", error.what, error.hint)
            continue
        default = next((d for d in found if (d.default_input if kind == "microphone" else d.default_output)), None)
        if not found:
            yield Finding(f"{kind} devices", "warning", f"no {word} device", "plug one in: swv6 devices --watch")
        elif default is None and not getattr(lister.options, "device", ""):
            use = f"--set {kind}.{lister.backend}.device=NAME"
            yield Finding(f"{kind} devices", "warning", f"{len(found)}, none of them the system's default", use)
        else:
            yield Finding(f"{kind} devices", "ok", f"{len(found)}{_default(default)}")
        yield from _interface(kind, lister, found, machine)


def _default(device: DeviceInfo | None) -> str:
    """Name the default device and its rates; one without 16 kHz is resampled here."""
    if device is None:
        return ""
    own = f"{device.rates[0] / 1000:g} kHz" if device.rates else "unknown rate"
    resampled = ", resampled here" if device.inputs and device.rates and SPEECH not in device.rates else ""
    only = " only" if len(device.rates) == 1 else ""
    return f", default {device.name} ({own}{only}{resampled})"


def _interface(kind: str, choice: Choice, found: list[DeviceInfo], machine: Machine) -> Iterator[Finding]:
    """On Windows, WASAPI is the interface that is not late."""
    if machine.platform != "win32" or not found:
        return
    default = next((d for d in found if (d.default_input if kind == "microphone" else d.default_output)), found[0])
    chosen = getattr(choice.options, "host_api", "") or default.host_api
    if "wasapi" in chosen.casefold():
        yield Finding(f"{kind} interface", "ok", chosen)
    elif any("wasapi" in device.host_api.casefold() for device in found):
        use = f"--set {kind}.{choice.backend}.host_api=WASAPI"
        yield Finding(f"{kind} interface", "warning", f"{chosen} is late by 100 ms and more; WASAPI is there", use)
    else:
        yield Finding(f"{kind} interface", "warning", f"{chosen} only: WASAPI is missing", "update the sound driver")


async def opens(profile: Profile, store: Store, machine: Machine) -> list[Finding]:
    """Open each microphone, speaker and detector of the profile; listen to a live microphone for a moment."""
    found = list[Finding]()
    for kind in ("microphone", "speaker", "vad"):
        lines = list[Finding]()
        for choice in getattr(profile, kind):
            if not choice.offer.missing(choice.options):
                lines += await _opens(kind, choice, store, machine)
        another = any(line.level == "ok" for line in lines)  # which will be used in the place of those that fail
        found += [replace(line, level="warning") if another and line.level == "problem" else line for line in lines]
    return found


async def _opens(kind: str, choice: Choice, store: Store, machine: Machine) -> list[Finding]:
    name = f"{kind} {choice.backend}"
    try:
        async with opened(choice, store) as device:
            about = _described(device)
            if kind == "microphone" and getattr(device, "live", False):
                return [await hears(name, about, device, machine)]
            return [Finding(name, "ok", about)]
    except Exception as error:  # noqa: BLE001 - a plugin's border
        return [failed(name, error)]


def _described(device: Any) -> str:
    if not (hasattr(device, "frame") and hasattr(device, "reset")):
        name = getattr(device, "description", "") or getattr(device, "name", "")
        return f"opens: {name}" if name else "opens"
    from swv6.audio.vad_probe import probe

    took = probe(device) * 1e3
    return f"{f'{took:.1f}' if took >= 0.05 else 'less than 0.1'} ms for 160 ms of sound"


async def hears(name: str, about: str, microphone: Any, machine: Machine) -> Finding:
    """Listen for a moment: permission that is refused, and a mute switch, are exact zeros."""
    seconds, loudest = 0.0, 0.0
    with move_on_after(_PATIENCE):
        async with aclosing(cast("AsyncGenerator[Audio, None]", microphone.frames())) as frames:
            async for frame in frames:
                seconds += frame.seconds
                loudest = max(loudest, float(abs(frame.samples).max(initial=0)))
                if seconds >= HEARD:
                    break
    if not seconds:
        return Finding(name, "problem", f"{about}, but no sound within {_PATIENCE:g} s", "plug it in again")
    if loudest:
        return Finding(name, "ok", f"{about}, and hears")
    text = f"{about}, but gives digital silence only ({seconds:.1f} s of exact zeros): not allowed, or muted"
    return Finding(name, "problem", text, ALLOW.get(machine.platform, _UNMUTE))
