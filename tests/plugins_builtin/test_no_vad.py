"""The detector of last resort."""

from __future__ import annotations

import numpy as np
import pytest

from plugins_builtin import no_vad
from swv6.testing.opened import opened
from swv6.testing.vad import VADContract


class TestNoVad(VADContract):
    backend = next(iter(no_vad.swv6_vad()))


@pytest.mark.anyio
async def test_silence_is_speech_and_the_user_is_told() -> None:
    async with opened(TestNoVad.backend, {}) as vad:
        assert vad(np.zeros(vad.frame, np.float32)) == 1.0
    assert "maximum length" in TestNoVad.backend.warning
