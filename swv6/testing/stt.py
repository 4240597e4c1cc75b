"""The contract of speech recognisers: subclass `STTContract`, set `backend` and `options`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

import numpy as np
import pytest

from swv6.testing.stage import StageContract, collect
from swv6.types import Audio, Segment, Transcript, Word

SLACK = 0.5
"""Seconds by which a recogniser may place a word outside of the sound."""


class STTContract(StageContract):
    """Sound of any rate in; transcripts out, the last one final and the only one."""

    says: ClassVar[str] = ""
    """A word that the transcript of `request()` must hold, in lower case."""

    def request(self) -> Audio:
        """Give sound to transcribe; give real speech here to have `says` checked."""
        return Audio(_syllables(16_000), 16_000, start=5.0)

    def silly(self) -> list[Audio]:
        """Give sound with nothing to hear: none, too little, silence."""
        return [Audio(np.zeros(count, np.float32), 16_000) for count in (0, 1, 160, 32_000)]

    def check(self, items: list[Any]) -> None:
        """Assert partials, then one final transcript whose times lie in the sound."""
        assert items
        assert all(isinstance(item, Transcript) for item in items)
        assert [item.final for item in items] == [False] * (len(items) - 1) + [True]
        final, request = items[-1], self.request()
        assert final.duration == pytest.approx(request.seconds)
        assert final.elapsed >= 0
        assert 0 <= final.confidence <= 1
        assert final.backend
        assert self.says in final.text.lower()
        check_times(final.segments, request)
        for segment in final.segments:
            check_times(segment.words, request)

    def check_silly(self, items: list[Any]) -> None:
        """Assert one final transcript without text."""
        assert [(item.final, item.text) for item in items] == [(True, "")]

    @pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 48_000])
    async def test_any_rate_is_heard(self, rate: int) -> None:
        """Sound of any rate is transcribed; its duration is that of the sound."""
        async with self.opened() as stage:
            items = await collect(stage(Audio(_syllables(rate), rate)))
        assert items[-1].final
        assert items[-1].duration == pytest.approx(2.0)

    async def test_the_request_is_not_changed(self) -> None:
        """The samples are the caller's: they are the same afterwards."""
        request = self.request()
        before = request.samples.copy()
        async with self.opened() as stage:
            await collect(stage(request))
        assert np.array_equal(request.samples, before)


def check_times(timed: Iterable[Segment | Word], request: Audio) -> None:
    """Assert that times are in order, on the request's clock, with confidences of 0..1."""
    latest = request.start - SLACK
    for item in timed:
        assert latest <= item.start + SLACK
        assert item.start <= item.end <= request.start + request.seconds + SLACK
        assert 0 <= item.confidence <= 1
        latest = item.start


def _syllables(rate: int) -> Any:
    """Make 2 s of a buzz that comes and goes, as syllables do."""
    time = np.arange(2 * rate) / rate
    buzz = sum(np.sin(2 * np.pi * 120 * k * time) / k for k in range(1, 12))
    return (0.1 * buzz * np.sin(2 * np.pi * 2 * time) ** 2).astype(np.float32)
