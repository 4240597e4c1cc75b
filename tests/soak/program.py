"""A program for the tests: a long conversation in a process of its own, whose memory is then all its own.

python -m tests.soak.program KIND TURNS FOLDER    KIND is `faulty` or `real`; prints what is to be judged as JSON
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import anyio
import numpy as np

from swv6.audio.files import WavWriter, read
from swv6.conversation.history import History
from swv6.conversation.loop import Conversation
from swv6.conversation.session import open_session
from swv6.models.store import Store
from swv6.plugins.manager import Plugins, installed
from swv6.profiles import resolve
from swv6.stages.build import build
from swv6.telemetry.events import Event, Notice, ReplyEnded
from swv6.types import Audio
from tests.soak.faulty import HANG, KINDS, Faults

QUESTION = Path(__file__).resolve().parents[2] / "profiles" / "sounds" / "bench" / "09-victor-hugo.wav"
FAULTY = (
    *(f"{kind}=[faulty, faulty]" for kind in KINDS),
    *(f"fallback.first_item_within.{kind}={HANG}s" for kind in KINDS),
    "fallback.rest=10ms",
    "cache.tts.max_bytes=1 MB",  # full before memory is looked at: what a cache may hold is no leak
)
REAL = (
    "language=en",
    "prompt=Answer in a few words.",
    "stt=[{prism: {model: whisper-tiny.en}}]",
    "llm=[{xllamacpp: {model: smollm2-135m-instruct, max_tokens: 12}}]",
    "tts=[espeak]",
    "cache.tts=null",
)


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
        files = sum(1 for _ in Path("/proc/self/fd").iterdir())
        return Holdings(pages * os.sysconf("SC_PAGE_SIZE"), tasks, threads, files)


@dataclass
class Watch:
    """Looks at how each turn ended, and at what is held then."""

    turns: list[int] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    silent: list[int] = field(default_factory=list)
    """Turns that were neither answered aloud nor apologised for."""
    held: list[Holdings] = field(default_factory=list)
    _apologised: bool = False

    def __call__(self, event: Event, /) -> None:
        """Take in one event."""
        if isinstance(event, Notice):
            self._apologised = True
        elif isinstance(event, ReplyEnded):
            self.turns.append(event.turn)
            self.outcomes[event.outcome] += 1
            if not self._apologised and not (event.outcome == "ok" and event.heard):
                self.silent.append(event.turn)
            self._apologised = False
            self.held.append(Holdings.now())


def questions(folder: Path, count: int) -> Path:
    """Write one recording of so many short questions with a pause after each."""
    said = read(QUESTION).samples
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
        await Conversation(session, History(session.profile.prompt)).listen()
    return watch


async def main(kind: str, count: int, folder: Path) -> None:
    """Converse, and print what is to be judged."""
    faults, before = Faults(), Holdings.now()
    chosen = (FAULTY, faults.plugins()) if kind == "faulty" else (REAL, installed())
    watch = await conversation(folder, count, *chosen)
    found = {"turns": watch.turns, "outcomes": watch.outcomes, "silent": watch.silent, "struck": faults.shares()}
    states = {"before": before, "after": Holdings.now()}
    held = {"held": [asdict(h) for h in watch.held], **{name: asdict(state) for name, state in states.items()}}
    print(json.dumps({**found, **held, "threads": [thread.name for thread in threading.enumerate()]}))


if __name__ == "__main__":
    anyio.run(main, sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
