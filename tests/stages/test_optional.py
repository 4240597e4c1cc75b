"""What a conversation can do without, and what it must not do without."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from swv6.errors import MissingExtra
from swv6.models.store import Store
from swv6.plugins import Backend
from swv6.plugins.options import Options
from swv6.profiles import Choice, Profile
from swv6.stages.build import build
from swv6.stages.devices import open_turn_end, open_wake_word
from swv6.telemetry.events import FellBack
from tests.stages.fakes import Events

pytestmark = pytest.mark.anyio


def choice(name: str, requires: tuple[str, ...] = ()) -> Choice:
    """Offer a backend that opens, unless it requires something that is not there."""

    @asynccontextmanager
    async def open(_: Options) -> AsyncIterator[str]:
        yield name

    return Choice(backend=name, options=Options(), offer=Backend(name, "Tiny", open, Options, requires))


ABSENT = choice("absent", ("no_such_module_anywhere",))


def profile(**chains: tuple[Choice, ...]) -> Profile:
    bare = dict.fromkeys(("stt", "llm", "tts", "vad", "microphone", "speaker"), ())
    return Profile(name="t", **{**bare, **chains})  # type: ignore[arg-type]


async def test_a_missing_turn_end_model_costs_one_line(tmp_path: Path) -> None:
    log = Events()
    async with build(profile(turn_end=(ABSENT,)), Store(tmp_path), log) as builder:
        assert await open_turn_end(builder) is None
    assert [type(event) for event in log] == [FellBack]


async def test_the_next_one_of_the_chain_is_taken(tmp_path: Path) -> None:
    async with build(profile(turn_end=(ABSENT, choice("there"))), Store(tmp_path), Events()) as builder:
        assert str(await open_turn_end(builder)) == "there"


async def test_without_its_wake_word_nobody_is_listened_to(tmp_path: Path) -> None:
    async with build(profile(wake_word=(ABSENT,)), Store(tmp_path), Events()) as builder:
        with pytest.raises(MissingExtra):
            await open_wake_word(builder)


async def test_neither_is_needed(tmp_path: Path) -> None:
    async with build(profile(), Store(tmp_path), Events()) as builder:
        assert await open_turn_end(builder) is None
        assert await open_wake_word(builder) is None
