"""Ctrl-C in a long run: what is finished stays, an engine that goes on is not waited for, the rest is done later."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path

import anyio
import pytest

from swv6.cli import _leaving
from tests.transcription.world import World, tone

FILES = 30
pytestmark = pytest.mark.anyio


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot send Ctrl-C to one child process")
def test_a_stubborn_engine_keeps_nobody_waiting(tmp_path: Path) -> None:
    world = World(tmp_path).prepare(f"{{delay: 0.2, stubborn: 8, opened: '{tmp_path.as_posix()}'}}")
    texts = {f"{n:02}": tone(world.folder / "rec" / f"{n:02}.wav", seconds=0.1, pitch=200 + n) for n in range(FILES)}
    out = world.folder / "out"
    run = world.start("rec", "-o", "out", "--workers", "1")
    while len(list(out.glob("*.txt"))) < 3:
        assert run.poll() is None, run.communicate()
        time.sleep(0.01)
    run.send_signal(signal.SIGINT)
    told = run.communicate(timeout=60)[1].decode()
    assert run.returncode == 130, told
    assert not (world.folder / "closed").exists()  # it was still closing
    written = {path.stem: path.read_text(encoding="utf-8") for path in out.glob("*.txt")}
    assert 3 <= len(written) < FILES
    assert written.items() <= {name: f"{text}\n" for name, text in texts.items()}.items()
    assert not list(out.glob(".*.part"))
    assert "not begun or not finished of 30 files" in told
    world.prepare()
    assert world.run("rec", "-o", "out").returncode == 0
    assert {path.stem for path in out.glob("*.txt")} == set(texts)


@pytest.mark.parametrize("finished", [True, False])
async def test_what_is_being_written_is_waited_for(finished: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then those that close in time end in order; the others with the process."""
    left, written = list[bool](), list[bool]()
    monkeypatch.setattr(_leaving, "leave", lambda: left.append(bool(written)))
    began, go = anyio.Event(), anyio.Event()

    async def work() -> None:
        async with _leaving.leaving(patience=60 if finished else 0) as writing:
            try:
                async with writing:
                    began.set()
                    with anyio.CancelScope(shield=True):
                        await go.wait()
                        written.append(True)
                    await anyio.sleep_forever()
            finally:
                with anyio.CancelScope(shield=True):
                    await anyio.sleep(0 if finished else 0.05)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(work)
        await began.wait()
        tasks.cancel_scope.cancel()
        go.set()
    assert left == ([] if finished else [True])


async def test_an_error_is_no_goodbye(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_leaving, "leave", lambda: pytest.fail("it left"))
    with pytest.raises(BaseExceptionGroup):
        async with _leaving.leaving(patience=0):
            raise ValueError("something else")
