"""The code that only pages show works too."""

from __future__ import annotations

import runpy
import threading
from contextlib import aclosing
from pathlib import Path

import pytest

from swv6.plugins import Options

pytestmark = pytest.mark.anyio
_FILE = Path(__file__).resolve().parents[2] / "docs" / "snippets" / "blocking.py"


async def test_the_blocking_voice_speaks_stops_and_speaks_again() -> None:
    async with runpy.run_path(str(_FILE))["open_tts"](Options()) as say:
        async with aclosing(say("one two three four")) as stream:
            assert (await anext(stream)).seconds == 0.1
        assert [audio.rate async for audio in say("one two")] == [16_000, 16_000]
        assert [audio async for audio in say("")] == []
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("swv6-beeper")]
