"""How late and how loud the microphone hears the loudspeaker."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING, Any

import anyio
import numpy as np

from swv6.audio.chirp import SECONDS, Echo, chirp, find
from swv6.audio.levels import decibels, peak, silent
from swv6.cli.mic_verdicts import echo_verdicts
from swv6.errors import UsageError
from swv6.health.findings import Finding
from swv6.stages.devices import first_that_opens
from swv6.stages.streams import owned
from swv6.types import Audio

if TYPE_CHECKING:
    from swv6.cli.mic import Asked
    from swv6.cli.mic_check import Checked
    from swv6.cli.mic_meter import Meter
    from swv6.stages.build import Builder
    from swv6.types import Microphone, Speaker

CHIRPS = 3
"""One may drown in a noise; three agree or do not."""
_BEFORE = 0.3
"""Seconds of noise heard before each chirp."""
_AFTER = 1.2
"""Seconds in which an echo may come back: Bluetooth takes 0.3, network loudspeakers 1."""


class _Tape:
    """What a microphone hears, on this process's clock.

    The promptest block tells when the sound began: every other one was only later in arriving.
    """

    def __init__(self, meter: Meter) -> None:
        self.blocks: list[Audio] = []
        self.began = float("inf")
        self.started = anyio.Event()
        self._seconds = 0.0
        self._meter = meter

    async def record(self, microphone: Microphone) -> None:
        """Listen until cancelled."""
        async with owned(microphone.frames()) as blocks:
            async for block in blocks:
                self.blocks.append(block)
                self._seconds += block.seconds
                self.began = min(self.began, time.perf_counter() - self._seconds)
                self.started.set()
                self._meter.level(peak(block.samples), False)

    def between(self, start: float, end: float) -> Audio:
        """Give what was heard between two times (perf_counter, seconds)."""
        rate = self.blocks[0].rate
        first, last = (max(0, round((moment - self.began) * rate)) for moment in (start, end))
        return Audio(np.concatenate([block.samples for block in self.blocks])[first:last], rate, first / rate)


async def loopback(builder: Builder, microphone: Microphone, meter: Meter, asked: Asked) -> Checked:
    """Play chirps, find them again, and say what suits this room.

    Raises DeviceError when a device cannot be used, UsageError when the microphone is a recording.
    """
    if not microphone.live:
        raise UsageError("the profile's microphone is a recording: it cannot hear a loudspeaker", "swv6 devices")
    speaker = await first_that_opens(builder, "speaker")
    meter.phase(f"playing {CHIRPS} short chirps; be silent")
    tape = _Tape(meter)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(tape.record, microphone)
        played = await _play(speaker, builder.profile.sound.rate, tape)
        tasks.cancel_scope.cancel()
    return _judged(tape, played)


async def _play(speaker: Speaker, rate: int, tape: _Tape) -> list[float]:
    """Play the chirps and give the times (perf_counter, seconds) at which they were handed over."""
    played = list[float]()
    await tape.started.wait()
    for _ in range(CHIRPS):
        await anyio.sleep(_BEFORE)
        played.append(time.perf_counter())
        await speaker.play(Audio(chirp(rate), rate))
        await speaker.drain()
        await anyio.sleep(max(0.0, played[-1] + SECONDS + _AFTER - time.perf_counter()))
    return played


def _judged(tape: _Tape, played: list[float]) -> Checked:
    heard = [tape.between(at - _BEFORE, at + SECONDS + _AFTER) for at in played]
    echoes = [find(audio.samples, audio.rate) for audio in heard]
    delays = [echo.at - _BEFORE for echo in echoes if echo]
    loudest = max(peak(audio.samples) for audio in heard)
    findings = list(echo_verdicts(echoes, delays, loudest))
    if all(silent(audio.samples) for audio in heard):
        findings = [Finding("echo", "warning", "no echo, but the microphone gave digital silence only", "swv6 mic")]
    return {"loopback": _report(echoes, delays, loudest)}, findings, []


def _report(echoes: list[Echo | None], delays: list[float], loudest: float) -> dict[str, Any]:
    """Give the keys that `mic --loopback --json` prints."""
    found = [echo for echo in echoes if echo]
    return {
        "echo": 2 * len(found) > len(echoes),
        "chirps": len(echoes),
        "found": len(found),
        "delay_ms": round(median(delays) * 1e3, 1) if delays else None,
        "delays_ms": [round(delay * 1e3, 1) for delay in delays],
        "level_db": round(decibels(median(echo.level for echo in found)), 1) if found else None,
        "peak": round(loudest, 4),
    }
