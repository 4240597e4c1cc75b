"""Promises: kept when they are due, taken back once that is heard, and known when a conversation ends before."""

from __future__ import annotations

import anyio
import anyio.lowlevel
import pytest

from swv6.stages.tools.timers import Timers
from swv6.telemetry.events import ReplyText
from tests.conversation.fakes import Log

pytestmark = pytest.mark.anyio


async def test_what_is_due_soon_is_waited_for_and_the_rest_is_known() -> None:
    said = list[str]()

    async def say(words: str) -> None:
        await anyio.lowlevel.checkpoint()
        said.append(words)

    async with anyio.create_task_group() as tasks:
        timers = Timers(tasks, say)
        heard = timers.hearing(Log())
        timers.later(3600.0, "plus tard")
        timers.later(0.01, "bientôt")
        heard(ReplyText(1, "C'est parti."))
        assert [promise.words for promise in timers.left] == ["bientôt", "plus tard"]
        await timers.wait(60.0)
        assert said == ["bientôt"]
        timers.close()
    assert [promise.words for promise in timers.left] == ["plus tard"]


async def test_what_is_left_is_known_after_ctrl_c_too() -> None:
    async with anyio.create_task_group() as tasks:
        timers = Timers(tasks)
        timers.later(3600.0, "plus tard")
        timers.hearing(Log())(ReplyText(1, "C'est parti."))
        await anyio.lowlevel.checkpoint()
        tasks.cancel_scope.cancel()
    assert [promise.words for promise in timers.left] == ["plus tard"]


async def test_a_tool_takes_its_own_promises_back_once_that_is_heard() -> None:
    async with anyio.create_task_group() as tasks:
        timers = Timers(tasks)
        heard = timers.hearing(Log())
        timers.later(3600.0, "a", "timer")
        timers.later(3600.0, "b", "other")
        heard(ReplyText(1, "C'est parti."))
        for promise in timers.promised("timer"):
            promise.cancel()
        timers.forget()  # nobody heard that answer
        assert len(timers.left) == 2
        for promise in timers.promised("timer"):
            promise.cancel()
            promise.cancel()
        heard(ReplyText(2, "C'est annulé."))
        assert [promise.words for promise in timers.left] == ["b"]
        timers.close()
