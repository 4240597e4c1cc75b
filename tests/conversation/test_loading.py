"""What takes long to load is said; what does not is not."""

from __future__ import annotations

from functools import partial

import anyio
import pytest

from swv6.conversation.loading import Loading
from swv6.telemetry.events import Notice
from tests.conversation.fakes import Log
from tests.virtual_loop import BACKEND

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> object:
    """Let seconds pass on a virtual clock."""
    return BACKEND


async def told(**seconds: float) -> list[str]:
    """Load stages that take so long; give what was said."""
    log = Log()
    loading = Loading(log)
    work = [loading.stage(kind, partial(anyio.sleep, took)) for kind, took in seconds.items()]
    async with anyio.create_task_group() as tasks:
        for one in (*work, loading.tell):
            tasks.start_soon(one)
    return [event.text for event in log.events if isinstance(event, Notice)]


async def test_what_is_quick_is_not_mentioned() -> None:
    assert await told(stt=0.4, llm=2.5) == []


async def test_what_takes_long_is_named_until_it_is_there() -> None:
    assert await told(stt=0.4, llm=20, tts=5) == [
        "still loading: the language model, the voice",
        "still loading: the language model",
    ]


async def test_nobody_waits_for_the_teller() -> None:
    began = anyio.current_time()
    await told(llm=4)
    assert anyio.current_time() - began == pytest.approx(4)
