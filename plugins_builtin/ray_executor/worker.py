"""The actor: one recogniser, open as long as the actor lives."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from swv6.plugins import Audio, Event, Recogniser, Swv6Error, Transcript


@dataclass(frozen=True, slots=True)
class Answer:
    """What an actor sends back: errors too, because an exception may not be picklable where it was raised."""

    transcript: Transcript | None = None
    what: str = ""
    hint: str = ""
    events: tuple[Event, ...] = ()


class Worker:
    """Holds a recogniser in a task of its own: what is opened there is closed there."""

    def __init__(self, recogniser: Recogniser, threads: int) -> None:
        self._recogniser = recogniser
        self._threads = threads
        self._events: list[Event] = []

    async def start(self) -> Answer:
        """Load the model; the answer's `what` says why it cannot be."""
        loop = asyncio.get_running_loop()
        opened = loop.create_future()
        self._task = loop.create_task(self._hold(opened))
        try:
            self._stt = await opened
        except Swv6Error as error:
            return Answer(None, error.what, error.hint, self._told())
        return Answer(events=self._told())

    async def hear(self, audio: Audio) -> Answer:
        """Transcribe one window."""
        heard: Transcript | None = None
        try:
            async for item in self._stt(audio):
                heard = item
        except Swv6Error as error:
            return Answer(None, error.what, error.hint, self._told())
        return Answer(heard, "" if heard else "nothing was answered", events=self._told())

    async def _hold(self, opened: asyncio.Future[object]) -> None:
        try:
            async with self._recogniser.open(self._events.append, 1, self._threads) as stt:
                opened.set_result(stt)
                await asyncio.Event().wait()
        except BaseExceptionGroup as group:
            errors = group.subgroup(Swv6Error)
            opened.set_exception(errors.exceptions[0] if errors else Swv6Error(str(group)))
        except Exception as error:  # noqa: BLE001 - a plugin's border: the driver tells the user
            opened.set_exception(
                error if isinstance(error, Swv6Error) else Swv6Error(f"{type(error).__name__}: {error}")
            )

    def _told(self) -> tuple[Event, ...]:
        events = tuple(self._events)
        self._events.clear()
        return events
