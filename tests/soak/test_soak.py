"""Hours of conversation in half a minute: everything fails now and then, nothing is left behind."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import numpy as np
import pytest

from swv6.audio.files import WavWriter, read
from swv6.conversation.history import History
from swv6.conversation.loop import Conversation
from swv6.conversation.session import open_session
from swv6.models.store import Store
from swv6.plugins.manager import Plugins, installed
from swv6.profiles import resolve
from swv6.stages.build import build
from swv6.telemetry.events import Event, Notice, ReplyEnded, StageEnded, TurnEnded, TurnHeard
from swv6.types import Audio
from tests.soak.faulty import HANG, Faults

pytestmark = [pytest.mark.anyio, pytest.mark.weights]
SOUNDS = Path(__file__).resolve().parents[2] / "profiles" / "sounds"
TURNS = 200
SETTLED = 20
"""Turns after which memory may hardly grow any more."""
SMALL_CACHE = "cache.tts.max_bytes=1 MB"
"""Full before memory is looked at: what a cache may hold is no leak."""
GROWTH = 0.05
"""Share by which it may."""


@dataclass(frozen=True)
class Holdings:
    """What this process holds."""

    memory: int
    """Bytes of it in RAM; 0 where that cannot be read."""
    tasks: int
    threads: int
    files: int
    """Open descriptors; 0 where they cannot be counted."""

    @staticmethod
    def now() -> Holdings:
        """Count."""
        tasks, threads = len(asyncio.all_tasks()), threading.active_count()
        if not sys.platform.startswith("linux"):
            return Holdings(0, tasks, threads, 0)
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return Holdings(
            pages * os.sysconf("SC_PAGE_SIZE"), tasks, threads, sum(1 for _ in Path("/proc/self/fd").iterdir())
        )


@dataclass
class Watch:
    """Counts turns, and what each of them ended with."""

    events: list[Event] = field(default_factory=list)
    held: dict[int, Holdings] = field(default_factory=dict)
    """What was held when a turn had been answered."""

    def __call__(self, event: Event, /) -> None:
        """Take in one event."""
        if isinstance(event, TurnEnded | TurnHeard | Notice | ReplyEnded | StageEnded):
            self.events.append(event)
        if isinstance(event, ReplyEnded):
            self.held[event.turn] = Holdings.now()

    def of(self, kind: type[Event]) -> list[Event]:
        """Give the events of a kind."""
        return [event for event in self.events if isinstance(event, kind)]

    def silent(self) -> list[int]:
        """Give the turns that were neither answered aloud nor apologised for."""
        found, apologised = list[int](), False
        for event in self.events:
            if isinstance(event, Notice):
                apologised = True
            elif isinstance(event, ReplyEnded):
                if not apologised and not (event.outcome == "ok" and event.heard):
                    found.append(event.turn)
                apologised = False
        return found


def questions(folder: Path, count: int) -> Path:
    """Write one recording of so many short questions with a pause after each."""
    said = read(SOUNDS / "bench" / "09-victor-hugo.wav").samples
    with WavWriter(folder / "questions.wav", 16000) as writer:
        for _ in range(count):
            writer.append(Audio(np.concatenate([said, np.zeros(16000, np.float32)]), 16000))
    return folder / "questions.wav"


async def conversation(folder: Path, count: int, settings: Sequence[str], plugins: Plugins) -> Watch:
    """Hold a conversation of so many turns as fast as it goes."""
    watch = Watch()
    devices = (
        f"microphone=[{{wav: {{files: ['{questions(folder, count)}'], real_time: false}}}}]",
        f"speaker=[{{wav: {{file: '{folder / 'answers.wav'}', real_time: false}}}}]",
    )
    profile = resolve("default", [*settings, *devices], plugins)
    async with build(profile, Store(), watch) as builder, open_session(builder) as session:
        await Conversation(session, History(profile.prompt)).listen()
    return watch


async def test_complaint_17_two_hundred_turns_in_which_everything_fails_now_and_then(tmp_path: Path) -> None:
    faults, before = Faults(), Holdings.now()
    chains = [f"{kind}=[faulty, faulty]" for kind in ("stt", "llm", "tts")]
    soon = [f"fallback.first_item_within.{kind}={HANG}s" for kind in ("stt", "llm", "tts")]
    watch = await conversation(tmp_path, TURNS, [*chains, *soon, SMALL_CACHE, "fallback.rest=10ms"], faults.plugins())
    after = Holdings.now()
    replies = [event for event in watch.of(ReplyEnded) if isinstance(event, ReplyEnded)]
    print(dict(faults.done), {kind: sum(r.outcome == kind for r in replies) for kind in {r.outcome for r in replies}})
    print(before, watch.held[SETTLED], watch.held[TURNS], after, sep="\n")
    assert [reply.turn for reply in replies] == list(range(1, TURNS + 1))
    assert not watch.silent()
    assert sum(reply.outcome == "ok" for reply in replies) > 0.8 * TURNS
    for kind in ("stt", "llm", "tts"):
        struck = sum(count for name, count in faults.done.items() if name.startswith(f"{kind} "))
        assert 0.05 < struck / faults.done[kind] < 0.15, kind
    nothing_left(before, watch, after)


async def test_ten_real_turns_leave_nothing_behind(tmp_path: Path) -> None:
    before = Holdings.now()
    small = ("language=en", "stt=[{prism: {model: whisper-tiny.en}}]", "tts=[espeak]", "cache.tts=null")
    model = "llm=[{xllamacpp: {model: smollm2-135m-instruct, max_tokens: 12}}]"
    watch = await conversation(tmp_path, 10, [*small, model, "prompt=Answer in a few words."], installed())
    after = Holdings.now()
    print(before, watch.held[1], watch.held[10], after, sep="\n")
    assert len(watch.of(ReplyEnded)) == 10
    assert not watch.silent()
    assert after.tasks == before.tasks
    assert after.files <= before.files + 1
    assert not strays()


def nothing_left(before: Holdings, watch: Watch, after: Holdings) -> None:
    """Check that late turns hold what early ones held, and that the end holds what the beginning held."""
    assert watch.held[TURNS].memory <= watch.held[SETTLED].memory * (1 + GROWTH)
    middle, late = ([watch.held[turn] for turn in range(end - SETTLED, end)] for end in (TURNS // 2, TURNS))
    for what in ("tasks", "threads", "files"):
        assert usual(late, what) <= usual(middle, what), what
    assert (after.tasks, after.files) == (before.tasks, before.files)
    assert not strays()


def usual(held: list[Holdings], what: str) -> float:
    """Give the middle of what some turns held: one of them may have been looked at while a backend failed."""
    return float(median(getattr(holdings, what) for holdings in held))


def strays() -> list[str]:
    """Name the threads that are neither Python's nor idle ones of a library's pool."""
    names = [thread.name for thread in threading.enumerate()]
    return [name for name in names if name not in ("MainThread", "AnyIO worker thread", "tqdm_monitor")]
