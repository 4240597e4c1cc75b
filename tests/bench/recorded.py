"""Turns as a virtual clock would have recorded them."""

from __future__ import annotations

import numpy as np

from swv6.bench.calls import Call, Calls
from swv6.bench.ear import Ear
from swv6.bench.recorder import Recorder
from swv6.bench.talker import seen
from swv6.bench.turn import Turn
from swv6.telemetry.events import FirstSound, Guessed, StageEnded
from swv6.types import Audio, Transcript
from tests.conversation.fakes import FakeSpeaker

END = 100.0
"""When speech truly ended, on the clock."""


class Clock:
    """A clock that stands where it is put."""

    now = END

    def __call__(self) -> float:
        return self.now


def call(kind: str, request: object, began: float, first: float, ended: float, *items: object) -> Call:
    """One call; times in seconds after the end of speech."""
    times = (END + began, END + first, END + first, END + ended)
    return Call(kind, request, *times, "ok", "", list(items))


def sound(level: float = 0.5) -> Audio:
    """Tenth of a second of sound."""
    return Audio(np.full(2400, level, np.float32), 24_000)


def recorded(
    calls: list[Call], heard: Audio, audible: float, decided: float, stalls: float = 0.0, guesses: int = 0
) -> Turn:
    """Put a turn together whose first audible sound is `heard`."""
    clock = Clock()
    recorder = Recorder(Calls(clock, calls), clock)
    clock.now = END + audible - 0.01
    for _ in range(guesses):
        recorder(Guessed(adopted=True))
    recorder(FirstSound(1, clock.now - END - decided, clock.now - END - 0.02, thinking=True))
    for made in calls:
        recorder(StageEnded(made.kind, f"some {made.kind}", 0.1, 0.2, "ok"))
    ear = Ear(FakeSpeaker(), clock, heard, stalls)
    return seen(Turn("question", "", 1, 1), END, END + audible, recorder, ear, whole=False)


def streaming() -> Turn:
    """A turn without speculation: decided after 600 ms, heard after 1500."""
    voice = sound()
    calls = [
        call(
            "stt",
            Audio(np.zeros(16_000, np.float32), 16_000),
            0.6,
            0.7,
            0.7,
            Transcript("Bon", final=False),
            Transcript("Bonjour."),
        ),
        call("llm", (), 0.7, 1.0, 2.5, "Oui", ", bien sûr."),
        call("tts", "Oui,", 1.1, 1.4, 1.4, voice),
        call("tts", "bien sûr.", 1.45, 1.9, 1.9, sound()),
    ]
    return recorded(calls, voice, audible=1.5, decided=0.6)


def speculative() -> Turn:
    """A turn whose first guess was thrown away, and whose second was ready before it was confirmed."""
    wrong, right = sound(), sound()
    calls = [
        call("stt", None, -1.0, -0.9, -0.9, Transcript("Quelle")),
        call("llm", (), -0.9, -0.6, -0.5, "Quoi ?"),
        call("tts", "Quoi ?", -0.5, -0.3, -0.3, wrong),
        call("stt", None, 0.2, 0.3, 0.3, Transcript("Quelle heure est-il ?")),
        call("llm", (), 0.3, 0.4, 0.5, "Midi."),
        call("tts", "Midi.", 0.5, 0.55, 0.56, right),
    ]
    return recorded(calls, right, audible=0.65, decided=0.6, guesses=1)
