"""WebRTC's detector on real French speech."""

from __future__ import annotations

import pytest

from plugins_builtin import webrtc
from swv6.testing.opened import opened
from swv6.testing.vad import VADContract
from tests.plugins_builtin.spoken import rate_speech


class TestWebrtc(VADContract):
    backend = next(iter(webrtc.swv6_vad()))


@pytest.mark.anyio
@pytest.mark.parametrize("snr", [None, 10.0])
async def test_finds_speech_in_quiet_rooms(snr: float | None) -> None:
    async with opened(TestWebrtc.backend, {}) as vad:
        precision, recall, false_alarms = rate_speech(vad, snr)
    assert precision > 0.85
    assert recall > 0.75
    assert false_alarms < 0.15
