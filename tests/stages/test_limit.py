from __future__ import annotations

import anyio
import pytest

from swv6.stages.limit import limited
from swv6.stages.streams import owned
from tests.stages.fakes import Fake, collect, fake

pytestmark = pytest.mark.anyio


async def test_no_more_than_allowed_run_at_once_and_all_run() -> None:
    stage = fake("a", "b", "c")
    slow = limited(stage, anyio.Semaphore(2))
    async with anyio.create_task_group() as tasks:
        for n in range(6):
            tasks.start_soon(collect, slow(str(n)))
    assert (stage.most, stage.running, len(stage.asked)) == (2, 0, 6)


@pytest.mark.parametrize("stage", [fake("a", "b"), fake("a", OSError("gone"))])
async def test_a_place_is_given_back_however_a_stream_ends(stage: Fake) -> None:
    slow = limited(stage, anyio.Semaphore(1))
    for _ in range(3):
        async with owned(slow("x")) as items:
            assert await anext(items) == "a"
    assert stage.running == 0


async def test_a_cancelled_wait_takes_no_place() -> None:
    slow = limited(fake("a", "b"), anyio.Semaphore(1))
    async with owned(slow("x")) as items:
        await anext(items)
        with anyio.move_on_after(0.01) as scope:
            await collect(slow("y"))
        assert scope.cancelled_caught
    assert await collect(slow("z")) == ["a", "b"]
