"""Opens the shipped tools."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from plugins_builtin.tools import clock, sums, talk, units, voice
from plugins_builtin.tools.options import ToolOptions
from swv6.plugins import Tool


def _opener(make: Callable[[bool], Tool]) -> Callable[[ToolOptions], AbstractAsyncContextManager[Tool]]:
    @asynccontextmanager
    async def open_(options: ToolOptions) -> AsyncIterator[Tool]:
        yield make(options.language.startswith("fr"))

    return open_


open_time = _opener(clock.time)
open_timer = _opener(clock.timer)
open_calculator = _opener(sums.calculator)
open_units = _opener(units.converter)
open_repeat = _opener(talk.repeat)
open_stop = _opener(talk.stop)
open_voice = _opener(voice.voice)
