"""Choose a device by name; a pure function of PortAudio's lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from swv6.plugins import DeviceError

Direction = Literal["input", "output"]
_WORDS: dict[Direction, str] = {"input": "microphone", "output": "loudspeaker"}
_OTHER: dict[Direction, Direction] = {"input": "output", "output": "input"}
_WITHOUT: dict[Direction, str] = {
    "input": "without a microphone: swv6 talk --text, or swv6 talk --profile demo",
    "output": "without a loudspeaker: swv6 talk --profile demo",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the profile asks for."""

    direction: Direction
    device: str = ""
    host_api: str = ""

    @property
    def word(self) -> str:
        return _WORDS[self.direction]

    def missing(self, what: str) -> DeviceError:
        """Say what is missing, and how to do without."""
        return DeviceError(what, _WITHOUT[self.direction])


def choose(
    wanted: Wanted, devices: Sequence[Mapping[str, Any]], apis: Sequence[Mapping[str, Any]], default: int
) -> int:
    """Return the index of the one device that is meant; raises DeviceError.

    `devices` and `apis` are as sounddevice's `query_devices()` and `query_hostapis()` give them, `default` is -1 where
    there is none. A device listed by several host APIs is taken from the default device's one.
    """
    usable = [i for i, d in enumerate(devices) if d[f"max_{wanted.direction}_channels"] > 0]
    if not usable:
        raise wanted.missing(f"no {wanted.word} found")
    if not wanted.device and not wanted.host_api and default in usable:
        return default
    found = _named(wanted, devices, apis, usable)
    if not found:
        raise _not_found(wanted, devices, apis, usable)
    if default in found and not wanted.device:
        return default
    if not wanted.host_api and default in usable:
        api = devices[default]["hostapi"]
        found = [i for i in found if devices[i]["hostapi"] == api] or found
    if len(found) > 1:
        names = ", ".join(_describe(devices[i], apis) for i in found)
        raise DeviceError(f"{wanted.word} {wanted.device!r} could be any of: {names}", "give more of its name")
    return found[0]


def _named(
    wanted: Wanted, devices: Sequence[Mapping[str, Any]], apis: Sequence[Mapping[str, Any]], among: Sequence[int]
) -> list[int]:
    """Match parts of names, case aside; a whole name beats a part."""
    part, api = wanted.device.casefold(), wanted.host_api.casefold()
    found = [
        i
        for i in among
        if part in devices[i]["name"].casefold() and api in apis[devices[i]["hostapi"]]["name"].casefold()
    ]
    whole = [i for i in found if devices[i]["name"].casefold() == part]
    return whole or found


def _not_found(
    wanted: Wanted, devices: Sequence[Mapping[str, Any]], apis: Sequence[Mapping[str, Any]], usable: Sequence[int]
) -> DeviceError:
    other = _OTHER[wanted.direction]
    opposite = [i for i, d in enumerate(devices) if d[f"max_{other}_channels"] > 0]
    wrong = wanted.device and _named(wanted, devices, apis, opposite)
    asked = " on ".join(repr(part) for part in (wanted.device, wanted.host_api) if part)
    reason = f"is a {_WORDS[other]}, not a {wanted.word}" if wrong else f"is not a {wanted.word} of this machine"
    names = ", ".join(_describe(devices[i], apis) for i in usable)
    return DeviceError(f"{asked} {reason}", f"choose one of: {names}")


def _describe(device: Mapping[str, Any], apis: Sequence[Mapping[str, Any]]) -> str:
    return f"{device['name']!r} ({apis[device['hostapi']]['name']})"
