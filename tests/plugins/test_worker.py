"""One thread owns the engine: order, errors, cancellation and its end."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import aclosing
from threading import Event

import anyio
import anyio.to_thread
import pytest

from swv6.plugins.worker import Emit, Worker, worker

pytestmark = pytest.mark.anyio
PATIENCE = 20
"""Seconds after which a hung test fails."""


def counting(last: int) -> Callable[[Emit[int], Event], None]:
    def job(emit: Emit[int], stop: Event) -> None:
        for number in range(last):
            if emit(number):
                return

    return job


async def collect(owner: Worker, job: Callable[[Emit[int], Event], object]) -> list[int]:
    async with aclosing(owner.stream(job)) as items:
        return [item async for item in items]


async def test_items_arrive_in_order_before_the_end() -> None:
    async with worker("order") as w:
        assert await collect(w, counting(1000)) == list(range(1000))


async def test_a_job_that_emits_nothing_ends_its_stream() -> None:
    async with worker("empty") as w:
        assert await collect(w, lambda emit, stop: None) == []


async def test_an_exception_comes_after_the_items_before_it() -> None:
    def job(emit: Emit[int], stop: Event) -> None:
        emit(1)
        raise ValueError("broken engine")

    async with worker("errors") as w:
        async with aclosing(w.stream(job)) as items:
            assert await anext(items) == 1
            with pytest.raises(ValueError, match="broken engine"):
                await anext(items)
        assert await w.call(lambda: "usable again") == "usable again"


async def test_a_job_that_lets_a_stop_iteration_escape_does_not_hang() -> None:
    async with worker("iterators") as w:
        with anyio.fail_after(PATIENCE), pytest.raises(RuntimeError, match="StopIteration"):
            await w.call(lambda: next(iter(())))


async def test_call_runs_on_the_engines_own_thread() -> None:
    async with worker("named") as w:
        names = {await w.call(lambda: threading.current_thread().name) for _ in range(3)}
    assert names == {"swv6-named_0"}
    assert threading.current_thread().name not in names


async def test_a_cancelled_stream_leaves_while_its_job_still_runs_and_the_next_job_waits() -> None:
    release, began = Event(), Event()
    log: list[str] = []

    def stubborn(emit: Emit[int], stop: Event) -> None:
        log.append("first begins")
        emit(0)
        began.set()
        release.wait(PATIENCE)  # an engine that looks at no flag
        log.append(f"first ends, stop={stop.is_set()}")

    def second() -> str:
        log.append("second")
        return "done"

    async with worker("stubborn") as w:
        with anyio.fail_after(PATIENCE):
            async with aclosing(w.stream(stubborn)) as items:
                assert await anext(items) == 0
            assert not release.is_set()  # we left and the job is still inside the engine
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(w.call, second)
                await anyio.wait_all_tasks_blocked()
                assert log == ["first begins"]
                release.set()
    assert log == ["first begins", "first ends, stop=True", "second"]


async def test_cancelling_a_task_sets_the_stop_flag_and_emit_says_so() -> None:
    began = Event()
    seen: list[bool] = []

    def polite(emit: Emit[int], stop: Event) -> None:
        began.set()
        assert stop.wait(PATIENCE)
        seen.append(emit(1))

    async with worker("polite") as w:
        with anyio.fail_after(PATIENCE):
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(collect, w, polite)
                await anyio.to_thread.run_sync(began.wait)
                tasks.cancel_scope.cancel()
    assert seen == [True]


async def test_a_job_cancelled_while_it_waits_never_runs() -> None:
    release, began = Event(), Event()
    ran: list[str] = []

    def first() -> None:
        began.set()
        release.wait(PATIENCE)

    async with worker("queue") as w, anyio.create_task_group() as tasks:
        tasks.start_soon(w.call, first)
        await anyio.to_thread.run_sync(began.wait)
        with anyio.CancelScope() as scope:
            async with anyio.create_task_group() as inner:
                inner.start_soon(w.call, lambda: ran.append("second"))
                await anyio.wait_all_tasks_blocked()
                scope.cancel()
        release.set()
        assert await w.call(lambda: "third") == "third"
    assert ran == []


async def test_leaving_waits_for_the_last_job_and_ends_the_thread() -> None:
    release, began = Event(), Event()
    log: list[str] = []

    def job(emit: Emit[int], stop: Event) -> None:
        emit(0)
        began.set()
        release.wait(PATIENCE)
        log.append("job ended")

    async with anyio.create_task_group() as tasks:

        async def own() -> None:
            async with worker("leaving") as w, aclosing(w.stream(job)) as items:
                await anext(items)
            log.append("closed")

        tasks.start_soon(own)
        await anyio.to_thread.run_sync(began.wait)
        await anyio.wait_all_tasks_blocked()
        assert log == []
        release.set()
    assert log == ["job ended", "closed"]
    assert not [t for t in threading.enumerate() if t.name.startswith("swv6-leaving")]


async def test_a_worker_that_was_never_used_closes() -> None:
    async with worker("idle"):
        pass
    assert not [t for t in threading.enumerate() if t.name.startswith("swv6-idle")]


async def test_leaving_stops_the_job_of_a_stream_that_nobody_closed() -> None:
    def until_told(emit: Emit[int], stop: Event) -> None:
        emit(0)
        assert stop.wait(PATIENCE)

    with anyio.fail_after(PATIENCE / 2):
        async with worker("forgotten") as w:
            stream = w.stream(until_told)
            assert await anext(stream) == 0
    await stream.aclose()


def test_a_program_that_fails_with_a_job_under_way_still_ends() -> None:
    code = """
import anyio
from swv6.plugins.worker import worker

async def main():
    async with worker("engine") as w:
        stream = w.stream(lambda emit, stop: (emit(1), stop.wait()))
        await anext(stream)
        raise KeyboardInterrupt

anyio.run(main)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert "KeyboardInterrupt" in done.stderr
    assert done.returncode


async def test_a_job_waits_for_a_reader_in_no_hurry() -> None:
    emitted = 0

    def job(emit: Emit[int], stop: Event) -> None:
        nonlocal emitted
        for number in range(100):
            emitted += 1
            if emit(number):
                return

    async with worker("slow") as thread, aclosing(thread.stream(job, ahead=3)) as numbers:
        assert await anext(numbers) == 0
        while emitted < 4:  # noqa: ASYNC110 (another thread counts)
            await anyio.sleep(0.01)
        await anyio.sleep(0.05)
        assert emitted == 4
        assert [number async for number in numbers] == list(range(1, 100))
