"""List the sound card's devices, the defaults and the rates they accept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugins_builtin.sounddevice.library import load
from plugins_builtin.sounddevice.portaudio import owner
from swv6.plugins import DeviceError, DeviceInfo

_USUAL = (16000, 24000, 44100, 48000)
"""Hz: what speech recognition wants, what voices give, what cards do."""
_LIMIT = 20.0
"""Seconds that asking may take: ALSA opens each device at each rate."""


def devices(again: bool = False) -> list[DeviceInfo]:
    """List the devices in PortAudio's order; raises DeviceError and MissingExtra.

    PortAudio looks once per process; `again` lets it look anew, which ends every stream that is open.
    """
    try:
        return owner().post(lambda: _list(load(), again)).result(_LIMIT)
    except TimeoutError as error:
        raise DeviceError("the sound system does not answer", "restart the sound server") from error


def _list(sd: Any, again: bool) -> list[DeviceInfo]:
    if again:
        sd._terminate()
        sd._initialize()
    try:
        found, apis = list(sd.query_devices()), list(sd.query_hostapis())
    except sd.PortAudioError as error:
        raise DeviceError(f"the sound system cannot be asked: {error}", "restart the sound server") from error
    defaults = _default(sd, "input"), _default(sd, "output")
    return [_info(sd, device, apis[device["hostapi"]]["name"], defaults) for device in found]


def _default(sd: Any, direction: str) -> int:
    try:
        return int(sd.query_devices(kind=direction)["index"])
    except (sd.PortAudioError, ValueError):
        return -1


def _info(sd: Any, device: Mapping[str, Any], api: str, defaults: tuple[int, int]) -> DeviceInfo:
    index, inputs, outputs = device["index"], device["max_input_channels"], device["max_output_channels"]
    check = sd.check_input_settings if inputs else sd.check_output_settings
    rates = [rate for rate in _USUAL if _accepts(sd, check, index, rate)]
    own = int(device["default_samplerate"])
    asked = (index == defaults[0], index == defaults[1])
    return DeviceInfo(device["name"], api, inputs, outputs, tuple(dict.fromkeys((own, *rates))), *asked)


def _accepts(sd: Any, check: Any, index: int, rate: int) -> bool:
    try:
        check(device=index, channels=1, dtype="float32", samplerate=rate)
    except sd.PortAudioError:
        return False
    return True
