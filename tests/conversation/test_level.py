"""The level: ten readings a second of sound, whatever the size of its blocks."""

from __future__ import annotations

import pytest

from swv6.conversation.level import LevelMeter
from swv6.telemetry.events import Level
from tests.conversation.fakes import Log, sound


@pytest.mark.parametrize("block", [0.01, 0.032, 0.1])
def test_ten_times_a_second_at_most(block: float) -> None:
    log = Log()
    meter = LevelMeter(log)
    for _ in range(round(2 / block)):
        meter.feed(sound(block, 0.25))
    levels = [e.rms for e in log.of(Level) if isinstance(e, Level)]
    assert 14 <= len(levels) <= 20
    assert levels == pytest.approx([0.25] * len(levels))
