"""Devices that are lost and opened again, without a sound card: every sound is heard, clocks and counts go on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import anyio
import anyio.lowlevel
import numpy as np
import pytest

from swv6.errors import DeviceError
from swv6.stages import keeper as keepers
from swv6.stages import steady_speaker
from swv6.stages.keeper import Keeper
from swv6.stages.steady import SteadyMicrophone
from swv6.stages.steady_speaker import SteadySpeaker
from swv6.telemetry.events import DeviceBack, DeviceLost
from swv6.types import Audio, Microphone
from tests.conversation.fakes import Log

pytestmark = pytest.mark.anyio
RATE = 1000


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make no test wait for a device's sake."""
    monkeypatch.setattr(keepers, "PAUSES", ())
    monkeypatch.setattr(keepers, "LAST_PAUSE", 0.001)
    monkeypatch.setattr(steady_speaker, "LOOK", 0.001)


def unplugged() -> DeviceError:
    return DeviceError("unplugged", "plug it in")


@dataclass
class Shop:
    """Gives out devices in order; an exception among them is a device that cannot be had."""

    stock: list[Any]
    closed: list[Any] = field(default_factory=list)
    log: Log = field(default_factory=Log)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[tuple[str, Any]]:
        """Give the next one; the last one again and again."""
        device = self.stock.pop(0) if len(self.stock) > 1 else self.stock[0]
        if isinstance(device, Exception):
            raise device
        yield f"device {device.number}", device
        self.closed.append(device)

    def keeper(self, kind: str) -> Keeper[Any]:
        """Hold its devices."""
        return Keeper(kind, self.open, self.log)


@dataclass
class Mic:
    """Gives blocks, then is unplugged."""

    number: int
    blocks: int
    unplugged: bool = True
    live: bool = True

    async def frames(self) -> AsyncIterator[Audio]:
        """Give blocks of 0.1 s; each sample says which device it comes from."""
        for at in range(self.blocks):
            await anyio.lowlevel.checkpoint()
            yield Audio(np.full(100, self.number, np.float32), RATE, at / 10)
        if self.unplugged:
            raise unplugged()


class Out:
    """Plays `room` seconds, then is unplugged; counts what it played."""

    def __init__(self, number: int, room: float = 1e9) -> None:
        self.number, self.room = number, room
        self.played = 0.0
        self.heard: list[float] = []
        self.paused = False
        self.stops = self.cues = 0
        self.gain = 1.0
        self.tap: Callable[[Audio], None] | None = None

    async def play(self, audio: Audio, /) -> None:
        """Play at once."""
        await anyio.lowlevel.checkpoint()
        while self.paused:  # noqa: ASYNC110
            await anyio.sleep(0.001)
        self._alive()
        part = audio.samples[: round((self.room - self.played) * RATE)]
        self.heard += part.tolist()
        self.played += len(part) / RATE
        if self.tap is not None:
            self.tap(Audio(part, RATE))
        self._alive()

    async def drain(self) -> None:
        """Nothing waits."""
        await anyio.lowlevel.checkpoint()
        self._alive()

    def stop(self) -> None:
        """Count it."""
        self.stops, self.paused = self.stops + 1, False

    def pause(self) -> None:
        """Wait."""
        self.paused = True

    def resume(self) -> None:
        """Go on."""
        self.paused = False

    def duck(self, gain: float, /) -> None:
        """Keep how loud it is."""
        self.gain = gain

    def cue(self, audio: Audio, /, under: float) -> None:
        """Count it."""
        self.cues += 1

    def _alive(self) -> None:
        if self.played >= self.room:
            raise unplugged()


@asynccontextmanager
async def speaking(shop: Shop, give_up: float = 60.0) -> AsyncIterator[SteadySpeaker]:
    keeper = shop.keeper("speaker")
    speaker = SteadySpeaker(keeper, give_up)
    async with anyio.create_task_group() as tasks:
        await tasks.start(keeper.run)
        tasks.start_soon(speaker.run)
        yield speaker
        speaker.close()


@asynccontextmanager
async def listening(shop: Shop, give_up: float = 60.0, clock: Any = anyio.current_time) -> AsyncIterator[Microphone]:
    keeper = shop.keeper("microphone")
    async with anyio.create_task_group() as tasks:
        await tasks.start(keeper.run)
        yield SteadyMicrophone(keeper, give_up, clock)
        keeper.close()


def sound(first: int, seconds: float = 0.1) -> Audio:
    """Make sound whose samples count on from `first`."""
    return Audio(np.arange(first, first + round(seconds * RATE), dtype=np.float32), RATE)


async def test_complaint_20_the_microphone_goes_on_with_the_next_device() -> None:
    shop = Shop([Mic(1, 3), unplugged(), Mic(2, 2), Mic(3, 2, unplugged=False)])
    async with listening(shop) as microphone:
        assert microphone.live
        heard = [block async for block in microphone.frames()]
    assert [block.samples[0] for block in heard] == [1, 1, 1, 2, 2, 3, 3]
    assert shop.log.events == [
        DeviceLost("microphone", "unplugged"),
        DeviceBack("microphone", "device 2"),
        DeviceLost("microphone", "unplugged"),
        DeviceBack("microphone", "device 3"),
    ]
    assert [device.number for device in shop.closed] == [1, 2, 3]


async def test_the_clock_counts_the_time_without_a_microphone() -> None:
    now = 0.0

    def clock() -> float:
        return now

    shop = Shop([Mic(1, 2), Mic(2, 2, unplugged=False)])
    starts = []
    async with listening(shop, clock=clock) as microphone:
        async for block in microphone.frames():
            starts.append(block.start)
            now += 0.1 if len(starts) != 2 else 7.1
    assert starts == pytest.approx([0.0, 0.1, 7.2, 7.3])


async def test_a_microphone_that_stays_away_ends_the_conversation_with_a_device_error() -> None:
    shop = Shop([Mic(1, 1), unplugged()])
    async with listening(shop, give_up=0.01) as microphone:
        with pytest.raises(DeviceError, match="microphone did not come back: unplugged"):
            [block async for block in microphone.frames()]


async def test_the_first_opening_raises_its_own_error() -> None:
    keeper = Shop([unplugged()]).keeper("speaker")
    async with anyio.create_task_group() as tasks:
        with pytest.raises(DeviceError, match="unplugged"):
            await tasks.start(keeper.run)


async def test_complaint_20_what_was_not_heard_is_played_again_from_its_start() -> None:
    shop = Shop([Out(1, room=0.25), unplugged(), Out(2)])
    first, second = shop.stock[0], shop.stock[2]
    async with speaking(shop) as speaker:
        for at in (0, 100, 200, 300):
            before = speaker.played
            await speaker.play(sound(at))
            assert speaker.played >= before
        await speaker.drain()
        assert speaker.played == pytest.approx(0.4)
    assert first.heard == list(range(250))
    assert second.heard == list(range(200, 400))
    assert [type(event) for event in shop.log.events] == [DeviceLost, DeviceBack]


async def test_a_loudspeaker_that_plays_nothing_is_missed_too() -> None:
    shop = Shop([Out(1), Out(2)])
    first = shop.stock[0]
    async with speaking(shop) as speaker:
        await speaker.play(sound(0))
        await speaker.drain()
        first.room = 0.0
        while len(shop.log.events) < 2:  # noqa: ASYNC110
            await anyio.sleep(0.001)
        await speaker.play(sound(100))
        await speaker.drain()
        assert speaker.played == pytest.approx(0.2)
    assert shop.log.events == [DeviceLost("speaker", "unplugged"), DeviceBack("speaker", "device 2")]


async def test_stop_while_it_is_lost_forgets_what_waits() -> None:
    shop = Shop([Out(1, room=0.05), *[unplugged()] * 20, Out(2)])
    second = shop.stock[-1]
    async with speaking(shop) as speaker, anyio.create_task_group() as tasks:
        tasks.start_soon(speaker.play, sound(0))
        tasks.start_soon(speaker.drain)
        while not shop.log.events:
            await anyio.lowlevel.checkpoint()
        speaker.stop()
        speaker.stop()
        assert speaker.played == pytest.approx(0.05)
        await speaker.play(sound(500))
        await speaker.drain()
        assert speaker.played == pytest.approx(0.15)
    assert second.heard == list(range(500, 600))


async def test_a_pause_outlives_the_device() -> None:
    shop = Shop([Out(1, room=0.05), *[unplugged()] * 20, Out(2)])
    second = shop.stock[-1]
    async with speaking(shop) as speaker, anyio.create_task_group() as tasks:
        tasks.start_soon(speaker.play, sound(0))
        while not shop.log.events:
            await anyio.lowlevel.checkpoint()
        speaker.pause()
        while len(shop.log.events) < 2:  # noqa: ASYNC110
            await anyio.sleep(0.001)
        await anyio.sleep(0.01)
        assert not second.heard
        speaker.resume()
        await speaker.drain()
    assert second.heard == list(range(100))


async def test_the_tap_hears_every_device() -> None:
    heard: list[float] = []
    shop = Shop([Out(1, room=0.05), Out(2)])
    async with speaking(shop) as speaker:
        speaker.tap = lambda audio: heard.extend(audio.samples.tolist())
        await speaker.play(sound(0))
        await speaker.drain()
    assert heard == [*range(50), *range(100)]


async def test_a_loudspeaker_that_stays_away_is_an_error() -> None:
    shop = Shop([Out(1, room=0.05), unplugged()])
    async with speaking(shop, give_up=0.01) as speaker:
        with pytest.raises(DeviceError, match="speaker did not come back: unplugged"):
            await speaker.play(sound(0))
