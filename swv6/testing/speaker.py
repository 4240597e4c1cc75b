"""The contract of a loudspeaker, as tests.

class TestMine(SpeakerContract):
    backend = next(iter(my_plugin.swv6_speaker()))
"""

from __future__ import annotations

from typing import Any

import anyio
import numpy as np
import pytest

from swv6.plugins import Audio, Backend, Speaker
from swv6.testing.device import DeviceContract
from swv6.testing.opened import opened

_NEAR = 0.02
"""Seconds that `played` may be off: resampling and whole buffers."""


class SpeakerContract(DeviceContract):
    """Subclass it with `backend` (and an `options` fixture)."""

    backend: Backend[Speaker]

    @pytest.mark.parametrize("rate", [16000, 22050, 24000, 48000])
    async def test_counts_what_it_played_at_any_rate(self, options: dict[str, Any], rate: int) -> None:
        async with opened(self.backend, options) as speaker:
            assert speaker.played == 0.0
            await speaker.play(_tone(0.2, rate))
            await speaker.play(_tone(0.1, rate))
            await speaker.drain()
            assert speaker.played == pytest.approx(0.3, abs=_NEAR)

    async def test_rates_can_follow_each_other(self, options: dict[str, Any]) -> None:
        async with opened(self.backend, options) as speaker:
            for rate in (16000, 24000, 16000):
                await speaker.play(_tone(0.1, rate))
            await speaker.drain()
            assert speaker.played == pytest.approx(0.3, abs=_NEAR)

    async def test_played_never_goes_back(self, options: dict[str, Any]) -> None:
        async with opened(self.backend, options) as speaker:
            seen = []
            for _ in range(3):
                await speaker.play(_tone(0.1))
                seen.append(speaker.played)
                await speaker.drain()
                seen.append(speaker.played)
            assert seen == sorted(seen)

    async def test_stop_forgets_the_queue(self, options: dict[str, Any]) -> None:
        async with opened(self.backend, options) as speaker:
            await speaker.play(_tone(3.0))
            speaker.stop()
            after = speaker.played
            await speaker.drain()
            await anyio.sleep(0.2)
            assert speaker.played == after <= 3.0 + _NEAR

    async def test_stop_twice_then_play(self, options: dict[str, Any]) -> None:
        async with opened(self.backend, options) as speaker:
            speaker.stop()
            await speaker.play(_tone(0.5))
            speaker.stop()
            speaker.stop()
            before = speaker.played
            await speaker.play(_tone(0.2))
            await speaker.drain()
            assert speaker.played - before == pytest.approx(0.2, abs=_NEAR)

    async def test_stop_releases_who_waits(self, options: dict[str, Any]) -> None:
        async with opened(self.backend, options) as speaker, anyio.create_task_group() as tasks:
            tasks.start_soon(speaker.play, _tone(30.0))
            await anyio.sleep(0.1)
            tasks.start_soon(speaker.drain)
            await anyio.sleep(0.1)
            speaker.stop()

    async def test_a_cancelled_player_leaves_it_usable(self, options: dict[str, Any]) -> None:
        async with opened(self.backend, options) as speaker:
            await speaker.play(_tone(1.0))
            with anyio.CancelScope() as scope:
                scope.cancel()
                await speaker.drain()
            assert scope.cancelled_caught
            speaker.stop()
            before = speaker.played
            await speaker.play(_tone(0.1))
            await speaker.drain()
            assert speaker.played - before == pytest.approx(0.1, abs=_NEAR)

    async def test_paused_it_plays_nothing_and_loses_nothing(self, options: dict[str, Any]) -> None:
        async with opened(self.backend, options) as speaker:
            await speaker.play(_tone(0.3))
            speaker.pause()
            speaker.pause()
            await speaker.play(_tone(0.2))
            before = speaker.played
            with anyio.move_on_after(0.3) as waited:
                await speaker.drain()
            assert speaker.played == before
            assert waited.cancelled_caught or before >= 0.5 - _NEAR
            speaker.resume()
            speaker.resume()
            await speaker.drain()
            assert speaker.played == pytest.approx(0.5, abs=_NEAR)

    async def test_stop_ends_a_pause(self, options: dict[str, Any]) -> None:
        async with opened(self.backend, options) as speaker:
            await speaker.play(_tone(1.0))
            speaker.pause()
            speaker.stop()
            before = speaker.played
            await speaker.play(_tone(0.2))
            await speaker.drain()
            assert speaker.played - before == pytest.approx(0.2, abs=_NEAR)

    async def test_ducked_it_is_quieter_and_loses_nothing(self, options: dict[str, Any]) -> None:
        heard: list[Audio] = []
        tone = _tone(0.5)
        async with opened(self.backend, options) as speaker:
            speaker.tap = heard.append
            speaker.duck(0.5)
            speaker.duck(0.5)
            await speaker.play(tone)
            await speaker.drain()
            await anyio.sleep(0.05)
            assert speaker.played == pytest.approx(0.5, abs=_NEAR)
        assert _energy(*heard) == pytest.approx(_energy(tone) / 4, rel=0.15)

    async def test_stop_ends_ducking(self, options: dict[str, Any]) -> None:
        heard: list[Audio] = []
        tone = _tone(0.3)
        async with opened(self.backend, options) as speaker:
            speaker.duck(0.1)
            speaker.stop()
            speaker.tap = heard.append
            await speaker.play(tone)
            await speaker.drain()
            await anyio.sleep(0.05)
        assert _energy(*heard) == pytest.approx(_energy(tone), rel=0.1)

    async def test_a_cue_is_not_counted(self, options: dict[str, Any]) -> None:
        async with opened(self.backend, options) as speaker:
            speaker.cue(_tone(0.2, 16000), 0.5)
            await speaker.drain()
            await speaker.play(_tone(0.2))
            speaker.cue(_tone(0.1), 0.0)
            await speaker.drain()
            assert speaker.played == pytest.approx(0.2, abs=_NEAR)

    async def test_the_tap_hears_what_is_played(self, options: dict[str, Any]) -> None:
        heard: list[Audio] = []
        tone = _tone(0.4)
        async with opened(self.backend, options) as speaker:
            speaker.tap = heard.append
            await speaker.play(tone)
            await speaker.drain()
            await anyio.sleep(0.05)
        assert len({audio.rate for audio in heard}) == 1
        assert _energy(*heard) == pytest.approx(_energy(tone), rel=0.1)

    async def test_no_sound_is_fine(self, options: dict[str, Any]) -> None:
        async with opened(self.backend, options) as speaker:
            await speaker.drain()
            await speaker.play(_tone(0.0))
            await speaker.drain()
            assert speaker.played == 0.0

    async def test_leaves_its_sound_alone(self, options: dict[str, Any]) -> None:
        tone = _tone(0.1)
        before = tone.samples.copy()
        tone.samples.flags.writeable = False
        async with opened(self.backend, options) as speaker:
            await speaker.play(tone)
            await speaker.drain()
        assert np.array_equal(tone.samples, before)

    async def test_opens_again_after_closing(self, options: dict[str, Any]) -> None:
        for _ in range(2):
            async with opened(self.backend, options) as speaker:
                await speaker.play(_tone(0.1))
                await speaker.drain()
                assert speaker.played == pytest.approx(0.1, abs=_NEAR)


def _energy(*sounds: Audio) -> float:
    return float(sum(np.sum(audio.samples**2) / audio.rate for audio in sounds))


def _tone(seconds: float, rate: int = 24000) -> Audio:
    """Give a quiet 300 Hz tone."""
    times = np.arange(round(seconds * rate)) / rate
    return Audio((0.1 * np.sin(2 * np.pi * 300 * times)).astype(np.float32), rate)
