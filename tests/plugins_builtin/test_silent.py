"""Silence keeps the contract of voices, and lasts as long as the words."""

from __future__ import annotations

from plugins_builtin.silent.engine import SPEED, duration
from swv6.testing.stage import collect
from swv6.testing.tts import TTSContract
from tests.plugins_builtin.offers import offer


class TestSilent(TTSContract):
    """The contract of voices."""

    backend = offer("silent", "tts")

    async def test_it_is_silent_for_as_long_as_the_words_last(self) -> None:
        """The pieces add up to the duration, and hold nothing but zeros."""
        async with self.opened(rate=16_000) as stage:
            items = await collect(stage(self.text))
        assert sum(len(audio.samples) for audio in items) == round(duration(self.text) * 16_000)
        assert not any(audio.samples.any() for audio in items)

    def test_the_user_is_warned(self) -> None:
        """A last resort says so."""
        assert "silence" in self.backend.warning


def test_duration_counts_what_is_said() -> None:
    """Spaces are counted once; a text without words takes no time."""
    assert duration("un  deux\n") == duration("un deux") == 7 / SPEED
    assert duration("… !") == 0.0
