"""The contract suites find the mistakes that they are there for."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, ClassVar

import anyio
import anyio.lowlevel
import numpy as np
import pytest

from swv6.plugins import TTS, Audio, Backend, Transcript
from swv6.plugins.options import Options
from swv6.testing.stt import STTContract
from swv6.testing.tts import TTSContract

pytestmark = pytest.mark.anyio
SECOND = np.zeros(16_000, np.float32)


class NoOptions(Options):
    """A backend with nothing to choose."""

    pitch: int = 0


def voice(speak: Callable[[str], AsyncIterator[Audio]], closed: Callable[[], object] = int) -> Backend[TTS]:
    """Offer an async generator as a voice."""

    @asynccontextmanager
    async def open(_: NoOptions) -> AsyncIterator[TTS]:
        yield speak
        closed()

    return Backend("tiny", "A tiny voice", open, NoOptions)


async def good(text: str) -> AsyncIterator[Audio]:
    """Keep the contract."""
    if any(c.isalnum() for c in text):
        for _ in range(2):
            await anyio.lowlevel.checkpoint()
            yield Audio(SECOND, 16_000)


class TestGood(TTSContract):
    """A voice that keeps the contract passes it."""

    backend = voice(good)

    def test_the_offer_imports_no_engine(self) -> None:
        """Its offer is in this file, which imports numpy."""


async def chatty(text: str) -> AsyncIterator[Audio]:
    """Speak whatever the text."""
    yield Audio(SECOND, 16_000)


async def mute(text: str) -> AsyncIterator[Audio]:
    """Say nothing at all."""
    return
    yield


def made(samples: Any, rate: int = 16_000) -> Callable[[str], AsyncIterator[Audio]]:
    """Make a voice of one sound."""

    async def speak(text: str) -> AsyncIterator[Audio]:
        yield Audio(SECOND, 16_000)
        yield Audio(samples, rate)

    return speak


def once() -> Callable[[str], AsyncIterator[Audio]]:
    """Make a voice that is left broken by a stream left early."""
    broken = False

    async def speak(text: str) -> AsyncIterator[Audio]:
        nonlocal broken
        if broken:
            raise RuntimeError("I was left")
        broken = True
        yield Audio(SECOND, 16_000)
        await anyio.lowlevel.checkpoint()
        broken = False

    return speak


@pytest.mark.parametrize(
    ("speak", "test"),
    [
        (chatty, "test_a_request_with_nothing_in_it_is_no_error"),
        (mute, "test_answers"),
        (made(SECOND.astype(np.float64)), "test_answers"),
        (made(SECOND.reshape(1, -1)), "test_answers"),
        (made(SECOND + 2), "test_answers"),
        (made(SECOND * np.nan), "test_answers"),
        (made(SECOND[:0]), "test_answers"),
        (made(SECOND, 8_000), "test_answers"),
        (made(np.tile(SECOND, 60)), "test_answers"),
        (once(), "test_a_stream_left_early_closes"),
        (once(), "test_two_at_once_are_both_answered"),
    ],
)
async def test_a_bad_voice_fails(speak: Callable[[str], AsyncIterator[Audio]], test: str) -> None:
    """Each mistake is found by the test that is there for it."""

    class Contract(TTSContract):
        backend: ClassVar[Backend[Any]] = voice(speak)

    check: Callable[[], Awaitable[None]] = getattr(Contract(), test)
    with pytest.raises((AssertionError, RuntimeError, StopAsyncIteration, ExceptionGroup)):
        await check()


async def test_the_text_that_was_spoken_is_named() -> None:
    """Who wrote the voice is told which text it must not speak."""

    class Contract(TTSContract):
        backend: ClassVar[Backend[Any]] = voice(chatty)

    with pytest.raises(AssertionError, match=r"^'' was answered with \[Audio"):
        await Contract().test_a_request_with_nothing_in_it_is_no_error()


async def test_a_thread_left_behind_fails() -> None:
    """An engine that is not joined is found."""
    over = threading.Event()

    class Contract(TTSContract):
        backend: ClassVar[Backend[Any]] = voice(good, lambda: threading.Thread(target=over.wait).start())

    with pytest.raises(AssertionError):
        await Contract().test_leaves_no_thread()
    over.set()


@pytest.mark.parametrize(
    "finals",
    [[], [False], [True, True], [True, False]],
)
def test_exactly_the_last_transcript_is_final(finals: list[bool]) -> None:
    """No final one, two of them, or one in front are all refused."""
    contract = STTContract()
    with pytest.raises(AssertionError):
        contract.check([Transcript("a", final=final, duration=2.0, backend="x") for final in finals])


def test_a_good_transcript_passes() -> None:
    """Partials, then a final one."""
    STTContract().check([Transcript("a", final=final, duration=2.0, backend="x") for final in (False, True)])
