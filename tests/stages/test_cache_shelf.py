"""A chain whose answers outlive it: what is kept, for whom, and what is not."""

from __future__ import annotations

import json
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from anyio import create_task_group, sleep

from swv6.models.store import Store
from swv6.profiles import Profile, resolve
from swv6.stages.build import build
from swv6.stages.cache import Cache, cached
from swv6.stages.cache_codec import CODECS
from swv6.stages.cache_disk import Disk
from swv6.stages.cache_folder import Figures, figures
from swv6.stages.cache_keys import KEYS, identity, size_of
from swv6.stages.cache_shelf import Shelf
from swv6.telemetry.events import CacheUsed
from swv6.types import Audio, Stage, Transcript
from tests.stages.fakes import Clock, Events

pytestmark = pytest.mark.anyio


T = TypeVar("T")


async def collect(items: AsyncIterator[T]) -> list[T]:
    return [item async for item in items]


class Voice:
    """Says every text with a tenth of a second of sound a letter."""

    def __init__(self) -> None:
        self.asked = list[str]()

    async def __call__(self, text: str, /) -> AsyncIterator[Audio]:
        self.asked.append(text)
        await sleep(0.002)  # a voice takes its time, in which what was said before is written
        for letter in text:
            yield Audio(np.full(2400, ord(letter) / 65535, np.float32), 24000)


async def day(disk: Disk, phrases: list[str], memory: float, about: bytes = b"voice") -> tuple[Voice, Events]:
    """Let a voice say everything in one run of the program."""
    voice, events = Voice(), Events()
    async with create_task_group() as tasks:
        shelf = Shelf[Audio](disk, lambda: about, CODECS["tts"], tasks)
        chain = cached(voice, Cache[Audio](memory, 7200, size_of, Clock()), KEYS["tts"], "tts", "v", events, shelf)
        for phrase in phrases:
            items = await collect(chain(phrase))
            assert len(items) == len(phrase)
    return voice, events


async def test_the_next_program_answers_from_disk_and_then_from_memory(tmp_path: Path) -> None:
    disk = Disk(tmp_path / "tts.sqlite3", 1e6, 100)
    await day(disk, ["oui"], 0)
    voice, events = await day(disk, ["oui", "oui"], 1e6)
    assert (voice.asked, events) == ([], [CacheUsed("tts", "v", True)] * 2)
    disk.close()
    assert figures(disk.path).hits == 1


async def test_what_is_in_memory_waits_for_no_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with create_task_group() as tasks:
        shelf = Shelf[Audio](Disk(tmp_path / "tts.sqlite3", 1e6, 100), lambda: b"voice", CODECS["tts"], tasks)
        chain = cached(Voice(), Cache[Audio](1e6, 7200, size_of, Clock()), KEYS["tts"], shelf=shelf)
        said = await collect(chain("oui"))
        monkeypatch.setattr("anyio.to_thread.run_sync", None)
        assert await collect(chain("oui")) == said
        monkeypatch.undo()


async def test_another_voice_has_answers_of_its_own(tmp_path: Path) -> None:
    disk = Disk(tmp_path / "tts.sqlite3", 1e6, 100)
    await day(disk, ["oui"], 0, b"one")
    voice, _ = await day(disk, ["oui"], 0, b"other")
    assert voice.asked == ["oui"]


async def test_a_damaged_answer_is_made_again(tmp_path: Path) -> None:
    disk = Disk(tmp_path / "tts.sqlite3", 1e6, 100)
    await day(disk, ["oui"], 0)
    disk._writer.use(lambda db: db.execute("UPDATE answers SET value = substr(value, 1, 50)"))
    voice, _ = await day(disk, ["oui"], 0)
    assert voice.asked == ["oui"]
    disk.close()
    assert (figures(disk.path).hits, figures(disk.path).misses) == (0, 2)


def a_day(seed: int, phrases: int = 250, said: int = 800) -> list[str]:
    """Say the few often and the many rarely, as Zipf has it: the share of a phrase falls with its rank."""
    rng = random.Random(seed)
    weights = [1 / rank for rank in range(1, phrases + 1)]
    return [f"phrase {n}" for n in rng.choices(range(phrases), weights, k=said)]


def plain_lru(said: list[str], budget: float, kept: dict[str, int]) -> int:
    """Count the hits of a dictionary in order of use, of 16-bit sound alone: what no bookkeeping could better."""
    hits = 0
    for phrase in said:
        hits += phrase in kept
        kept.pop(phrase, None)
        kept[phrase] = len(phrase) * 2400 * 2
        while sum(kept.values()) > budget:
            del kept[next(iter(kept))]
    return hits


async def test_a_day_of_phrases_is_answered_from_disk_within_the_budget(tmp_path: Path) -> None:
    disk, plain = Disk(tmp_path / "tts.sqlite3", 9_000_000, 1e9), dict[str, int]()
    for said in (a_day(1), a_day(2)):
        voice, events = await day(disk, said, 500_000)
        hits = sum(isinstance(e, CacheUsed) and e.hit for e in events)
        assert hits + len(voice.asked) == len(said)
        best = plain_lru(said, disk.max_bytes, plain)
        assert (
            0.95 * best <= hits <= best
        )  # the file makes room for several at once, and counts what lies beside the sound
        assert figures(disk.path).bytes <= disk.max_bytes
    assert figures(disk.path).entries < 250


def profile(folder: Path, more: str = "", kinds: str = "tts: {max_bytes: 9 MB, ttl: 9 d}") -> Profile:
    path = folder / "p.yaml"
    path.write_text(f"extends: default\ntts: [espeak, silent]\ncache: {{disk: {{{kinds}}}}}\n{more}", encoding="utf-8")
    return resolve(str(path))


async def test_a_profile_keeps_what_it_says_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWV6_CACHE", str(tmp_path / "answers"))
    used: list[bool] = []
    for chosen in (profile(tmp_path), profile(tmp_path), profile(tmp_path, "prompt: another\n")):
        events = Events()
        async with build(chosen, Store(), events) as builder:
            await builder.warm("tts", "Un.")  # what only warms an engine must reach it, and is no answer
            await collect(builder.chain("tts").stage("Bonjour."))
        used += [event.hit for event in events if isinstance(event, CacheUsed)]
    assert used == [False, True, True]
    found = figures(tmp_path / "answers" / "tts.sqlite3")
    assert (found.entries, found.hits, found.misses) == (1, 2, 1)


async def test_words_of_a_conversation_never_reach_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWV6_CACHE", str(tmp_path))
    kept = profile(tmp_path, kinds="stt: {max_bytes: 9 MB, ttl: 9 d}, tts: null")
    for live in (True, False):
        async with build(kept, Store(), Events(), live) as builder:
            shelves = [builder.shelves.shelf(k, c, builder.tasks) for k in ("stt", "tts") for c in getattr(kept, k)]
        assert [shelf is not None for shelf in shelves] == [not live, False, False]


async def test_off_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWV6_CACHE", str(tmp_path / "answers"))
    off = resolve("default", ["cache.disk=null", "tts=[espeak, silent]"])
    async with build(off, Store(), Events()) as builder:
        await collect(builder.chain("tts").stage("Bonjour."))
    assert not (tmp_path / "answers").exists()


async def test_a_last_resort_is_never_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWV6_CACHE", str(tmp_path))
    async with build(profile(tmp_path), Store(), Events()) as builder:
        assert [builder.shelves.shelf("tts", c, builder.tasks) is None for c in builder.profile.tts] == [False, True]


def test_each_option_and_each_weight_changes_the_key(tmp_path: Path) -> None:
    model = tmp_path / "model"
    model.mkdir()
    for name in ("model.bin", "config.json"):
        (model / name).write_text(json.dumps(name), encoding="utf-8")

    def digest(value: str = str(model), live: bool = False, **options: object) -> bytes | None:
        entry = json.dumps([{"prism": {"model": value, **options}}])
        return identity(resolve("default", [f"stt={entry}"]).stt[0], Store(), live)

    plain = digest()
    assert plain is not None
    assert digest() == digest(threads=3, concurrency=2) == plain
    changed = [digest(beam_size=2), digest(language="en"), digest(live=True)]
    (model / "config.json").write_text('"new"', encoding="utf-8")
    changed.append(digest())
    assert len({plain, *changed}) == 5


def test_weights_that_are_not_here_have_no_key(tmp_path: Path) -> None:
    choice = resolve("default", ['stt=[{"prism": {"model": "whisper-base"}}]']).stt[0]
    assert identity(choice, Store(tmp_path), False) is None


async def test_the_final_transcript_is_what_is_kept(tmp_path: Path) -> None:
    async def ear(audio: Audio, /) -> AsyncIterator[Transcript]:
        yield Transcript("un", final=False)
        yield Transcript("un deux")

    disk, sound = Disk(tmp_path / "stt.sqlite3", 1e6, 100), Audio(np.zeros(160, np.float32), 16000)
    for expected in (2, 1):
        async with create_task_group() as tasks:
            shelf = Shelf[Transcript](disk, lambda: b"ear", CODECS["stt"], tasks)
            chain: Stage[Audio, Transcript] = cached(ear, Cache(0, 1, size_of), KEYS["stt"], shelf=shelf)
            items = await collect(chain(sound))
        assert len(items) == expected
        assert items[-1] == Transcript("un deux")
    assert figures(tmp_path / "none.sqlite3") == Figures()
