"""Devices and the microphone's permission, with devices that only answer like some."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import anyio
import numpy as np
import pytest

from swv6.errors import DeviceError
from swv6.health import sound
from swv6.models.store import Store
from swv6.plugins import Audio
from swv6.plugins.devices import DeviceInfo
from swv6.profiles import Profile, resolve
from tests.health.fakes import levels, machine, one

pytestmark = pytest.mark.anyio
MIC = DeviceInfo("Mic", "MME", 1, 0, (48000,), default_input=True)
OUT = DeviceInfo("Out", "MME", 0, 2, (48000, 16000), default_output=True)


class FakeMicrophone:
    """Gives the same block for ever, or nothing."""

    live = True
    description = "Mic"

    def __init__(self, level: float | None) -> None:
        self.level = level

    async def frames(self) -> AsyncIterator[Audio]:
        if self.level is None:
            await anyio.sleep_forever()
        for n in range(100):
            yield Audio(np.full(512, self.level or 0, np.float32), 16000, n * 0.032)


def profile(devices: list[DeviceInfo] | Exception, microphone: Any = None) -> Profile:
    """Give the default profile with these devices."""

    def listed(again: bool) -> list[DeviceInfo]:
        if isinstance(devices, Exception):
            raise devices
        return devices

    @asynccontextmanager
    async def open(options: Any) -> AsyncIterator[Any]:
        if microphone is None:
            raise DeviceError("no microphone found", "plug one in")
        yield microphone

    found = resolve("default", ["vad=[none]", "speaker=[{wav: {file: x.wav}}]"])
    choice = found.microphone[0]
    offer = replace(choice.offer, devices=listed, open=open, requires=())
    return found.model_copy(update={"microphone": (choice.model_copy(update={"offer": offer}),)})


def test_a_microphone_of_one_rate_only_is_fine() -> None:
    found = one(sound.devices(profile([MIC, OUT]), machine()), "microphone devices")
    assert (found.level, found.text) == ("ok", "1, default Mic (48 kHz only, resampled here)")


def test_no_device_and_no_default() -> None:
    assert levels(sound.devices(profile([OUT]), machine())) == {"microphone devices": "warning"}
    found = one(sound.devices(profile([replace(MIC, default_input=False)]), machine()), "microphone devices")
    assert (found.level, found.command) == ("warning", "--set microphone.sounddevice.device=NAME")


def test_a_sound_system_that_fails() -> None:
    found = one(sound.devices(profile(DeviceError("PortAudio does not load", "apt")), machine()), "microphone devices")
    assert (found.level, found.text, found.command) == ("warning", "PortAudio does not load", "apt")


@pytest.mark.parametrize(
    ("apis", "level", "says"),
    [
        (["MME", "Windows WASAPI"], "warning", "WASAPI is there"),
        (["MME"], "warning", "WASAPI is missing"),
        (["Windows WASAPI"], "ok", "Windows WASAPI"),
    ],
)
def test_windows_wants_wasapi(apis: list[str], level: str, says: str) -> None:
    devices = [replace(MIC, host_api=api, default_input=not n) for n, api in enumerate(apis)]
    found = one(sound.devices(profile(devices), machine(platform="win32")), "microphone interface")
    assert found.level == level
    assert says in found.text


@pytest.mark.parametrize(("platform", "says"), [("darwin", "Privacy & Security"), ("linux", "unmute")])
async def test_exact_zeros_are_a_permission_or_a_mute_switch(platform: str, says: str) -> None:
    mute = profile([MIC], FakeMicrophone(0.0))
    found = one(await sound.opens(mute, Store(), machine(platform=platform)), "microphone sounddevice")
    assert found.level == "problem"
    assert "digital silence" in found.text
    assert says in found.command


async def test_a_microphone_that_hears() -> None:
    found = await sound.opens(profile([MIC], FakeMicrophone(0.001)), Store(), machine())
    assert one(found, "microphone sounddevice").text == "opens: Mic, and hears"


async def test_a_microphone_that_gives_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound, "_PATIENCE", 0.05)
    found = await sound.opens(profile([MIC], FakeMicrophone(None)), Store(), machine())
    assert one(found, "microphone sounddevice").level == "problem"


async def test_one_that_fails_is_a_warning_where_another_opens() -> None:
    alone = profile([])
    assert levels(await sound.opens(alone, Store(), machine()))["microphone sounddevice"] == "problem"
    wav = resolve("demo").microphone
    both = alone.model_copy(update={"microphone": (*alone.microphone, *wav)})
    found = levels(await sound.opens(both, Store(), machine()))
    assert (found["microphone sounddevice"], found["microphone wav"]) == ("warning", "ok")
