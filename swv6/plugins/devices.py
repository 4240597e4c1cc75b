"""What a plugin says of the sound devices that its microphone or its loudspeaker can use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """One sound device as one host API shows it."""

    name: str
    """What the option `device` is matched against."""
    host_api: str
    """ALSA, Windows WASAPI, Core Audio ..."""
    inputs: int
    """Channels it records; 0 for a loudspeaker."""
    outputs: int
    """Channels it plays; 0 for a microphone."""
    rates: tuple[int, ...] = ()
    """Hz; the device's own rate first, then the usual ones it also accepts."""
    default_input: bool = False
    default_output: bool = False
