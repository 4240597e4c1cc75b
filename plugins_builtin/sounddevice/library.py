"""PortAudio itself: loading it, finding a device, opening a stream; to be called on its own thread only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any

from plugins_builtin.sounddevice.alsa import readable
from plugins_builtin.sounddevice.select import Wanted, choose
from swv6.plugins import DeviceError, MissingExtra

_RETRY = (-9997, -9998)
"""PortAudio's paInvalidSampleRate and paInvalidChannelCount: another combination may do."""


def load() -> Any:
    """Import sounddevice (which initialises PortAudio); raises MissingExtra and DeviceError."""
    try:
        if "sounddevice" not in sys.modules:
            readable()
        import sounddevice
    except ImportError as error:
        raise MissingExtra("sounddevice is not installed", 'pip install "swv6[embedded]"') from error
    except OSError as error:
        hint = "sudo apt install libportaudio2" if sys.platform.startswith("linux") else "reinstall sounddevice"
        raise DeviceError(f"PortAudio does not load: {error}", hint) from error
    return sounddevice


def find(sd: Any, wanted: Wanted) -> Any:
    """Return sounddevice's description of the device that is meant; raises DeviceError."""
    try:
        devices, apis = list(sd.query_devices()), list(sd.query_hostapis())
    except sd.PortAudioError as error:
        raise wanted.missing(f"the sound system cannot be asked: {error}") from error
    try:
        default = int(sd.query_devices(kind=wanted.direction)["index"])
    except (sd.PortAudioError, ValueError):
        default = -1
    return devices[choose(wanted, devices, apis, default)]


def open_first(
    sd: Any, wanted: Wanted, device: Any, rates: Iterable[int | None], make: Callable[[int, int], Any]
) -> Any:
    """Open the first stream `make(rate, channels)` that the device accepts; raises DeviceError."""
    error: Exception | None = None
    for channels in (1, 2):
        for rate in dict.fromkeys(rate for rate in rates if rate):
            try:
                return make(rate, channels)
            except sd.PortAudioError as refusal:
                error = refusal
                if len(refusal.args) < 2 or refusal.args[1] not in _RETRY:
                    raise wanted.missing(f"{wanted.word} {device['name']!r} does not open: {refusal}") from refusal
    raise wanted.missing(f"{wanted.word} {device['name']!r} accepts no usable rate: {error}") from error
