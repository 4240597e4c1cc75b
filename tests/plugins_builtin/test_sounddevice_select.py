"""Devices are chosen by name, and never the wrong way round."""

from __future__ import annotations

from typing import Any

import pytest

from plugins_builtin.sounddevice.select import Direction, Wanted, choose
from swv6.errors import DeviceError


def _device(name: str, api: int, inputs: int, outputs: int) -> dict[str, Any]:
    return {"name": name, "hostapi": api, "max_input_channels": inputs, "max_output_channels": outputs}


APIS = [{"name": "MME"}, {"name": "Windows WASAPI"}]
DEVICES = [
    _device("Microphone (USB Headset)", 0, 1, 0),
    _device("Speakers (USB Headset)", 0, 0, 2),
    _device("Webcam", 0, 1, 0),
    _device("Webcam Pro", 0, 1, 0),
    _device("Microphone (USB Headset)", 1, 1, 0),
    _device("Speakers (USB Headset)", 1, 0, 2),
]


@pytest.mark.parametrize(
    ("direction", "device", "host_api", "index"),
    [
        ("input", "", "", 2),
        ("input", "headset", "", 0),
        ("input", "headset", "wasapi", 4),
        ("input", "", "wasapi", 4),
        ("output", "usb", "", 1),
        ("input", "webcam", "", 2),
        ("input", "pro", "", 3),
    ],
)
def test_chooses(direction: Direction, device: str, host_api: str, index: int) -> None:
    default = {"input": 2, "output": 1}[direction]
    assert choose(Wanted(direction, device, host_api), DEVICES, APIS, default) == index


@pytest.mark.parametrize(
    ("direction", "device", "what", "hint"),
    [
        ("input", "cam", "could be any of: 'Webcam' (MME), 'Webcam Pro' (MME)", "more of its name"),
        ("input", "speakers", "is a loudspeaker, not a microphone", "'Webcam' (MME)"),
        ("output", "webcam", "is a microphone, not a loudspeaker", "'Speakers (USB Headset)' (Windows WASAPI)"),
        ("input", "piano", "'piano' is not a microphone of this machine", "choose one of"),
    ],
)
def test_complaint_19_refuses_what_is_not_meant(direction: Direction, device: str, what: str, hint: str) -> None:
    with pytest.raises(DeviceError) as caught:
        choose(Wanted(direction, device), DEVICES, APIS, 2 if direction == "input" else 1)
    assert what in caught.value.what
    assert hint in caught.value.hint


def test_no_microphone_names_the_ways_without() -> None:
    with pytest.raises(DeviceError, match="no microphone found") as caught:
        choose(Wanted("input"), [DEVICES[1]], APIS, -1)
    assert "swv6 talk --text" in caught.value.hint
    assert "--profile demo" in caught.value.hint


def test_without_a_default_the_only_one_is_taken() -> None:
    assert choose(Wanted("output"), DEVICES[:3], APIS, -1) == 1
