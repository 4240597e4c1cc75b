"""Keeping a conversation while it happens: one thread writes, the conversation never waits."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from sqlite3 import Connection
from threading import Thread
from time import monotonic

from swv6.errors import Swv6Error
from swv6.sessions.archive import Story
from swv6.sessions.database import connected
from swv6.sessions.turn import Turn
from swv6.types import Audio

log = logging.getLogger("swv6.sessions")


class Recorder:
    """Writes each turn as soon as it is over; what was written is safe from whatever happens to the program."""

    def __init__(self, profile: str, language: str, audio: bool, earlier: Story | None, path: Path | None) -> None:
        self.session: int | None = earlier.id if earlier else None
        """Its number, once it has a turn."""
        self._about = profile, language
        self._audio = audio
        self._path = path
        self._turns = max((turn.number for turn in earlier.turns), default=0) if earlier else 0
        self._shift = (earlier.seconds if earlier else 0.0) - monotonic()
        self._queue = SimpleQueue[Turn | None]()
        self._thread = Thread(target=self._write_all, name="swv6-sessions")
        self._thread.start()

    def keep(self, turn: Turn) -> None:
        """Hand a turn to the thread that writes."""
        self._queue.put(turn)

    def close(self) -> None:
        """Wait until everything is written."""
        self._queue.put(None)
        self._thread.join()

    def _write_all(self) -> None:
        broken = False
        while (turn := self._queue.get()) is not None:
            if broken:
                continue
            try:
                with connected(self._path) as database:
                    self._write(database, turn)
            except Swv6Error as error:
                broken = True
                log.warning("this conversation is not kept any more: %s", error.what)

    def _write(self, database: Connection, turn: Turn) -> None:
        session = self.session or self._begin(database)
        asked, answered = turn.asked.moved(self._shift), turn.answered.moved(self._shift)
        spans = (max(0.0, asked.start), asked.end, answered.start, answered.end)
        row = database.execute(
            "INSERT INTO turns (session, number, user, assistant, outcome, asked_from, asked_to, answered_from,"
            " answered_to) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (session, self._turns + turn.number, turn.user, turn.assistant, turn.outcome, *spans),
        ).lastrowid
        if self._audio:
            for who, sounds in (("user", (turn.user_sound,)), ("assistant", turn.assistant_sounds)):
                _write_sound(database, row, who, [sound for sound in sounds if sound is not None])
        database.commit()
        self.session = session

    def _begin(self, database: Connection) -> int:
        values = (time.time(), *self._about)
        row = database.execute("INSERT INTO sessions (began, profile, language) VALUES (?, ?, ?)", values).lastrowid
        assert row is not None
        return row


def _write_sound(database: Connection, turn: int | None, who: str, sounds: list[Audio]) -> None:
    from swv6.audio.wav import pcm16

    for rate in dict.fromkeys(sound.rate for sound in sounds):
        pcm = b"".join(pcm16(sound.samples) for sound in sounds if sound.rate == rate)
        database.execute("INSERT INTO sounds (turn, who, rate, pcm) VALUES (?, ?, ?, ?)", (turn, who, rate, pcm))


@contextmanager
def recording(
    profile: str, language: str, audio: bool, earlier: Story | None = None, path: Path | None = None
) -> Iterator[Recorder]:
    """Own a Recorder; `earlier` is a session that goes on."""
    recorder = Recorder(profile, language, audio, earlier, path)
    try:
        yield recorder
    finally:
        recorder.close()
