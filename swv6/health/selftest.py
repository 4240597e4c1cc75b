"""Each stage does its work once, through the profile's own chains, against the profile's budget."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from anyio import move_on_after

from swv6.health.busy import Busy, mentioned
from swv6.health.findings import Finding, failed
from swv6.stages.build import Builder, build
from swv6.telemetry import events
from swv6.types import Message

if TYPE_CHECKING:
    from swv6.models.store import Store
    from swv6.profiles import Profile

SECONDS = 5.0
"""What the three measured requests may take together; opening the models comes before."""
OPENING = 90.0
"""Seconds in which a chain must open: a large model from a slow disk."""
_ASKED = {
    "fr": ("Bonjour.", "Quelle est la capitale de la France ?"),
    "en": ("Hello.", "What is the capital of France?"),
}
"""What the model is asked first, unmeasured, and then."""
_SAID = {"fr": ("Oui.", "La capitale de la France est Paris."), "en": ("Yes.", "The capital of France is Paris.")}


class Ear:
    """Hears how long each stage took."""

    def __init__(self) -> None:
        self.ended: events.StageEnded | None = None
        self.passed: list[str] = []

    def __call__(self, event: events.Event, /) -> None:
        """Take in one event."""
        if isinstance(event, events.StageEnded) and event.outcome != "failed":
            self.ended = event
        elif isinstance(event, events.FellBack):
            self.passed.append(f"{event.backend}: {event.reason}")


async def selftest(profile: Profile, store: Store) -> list[Finding]:
    """Open stt, llm and tts as a conversation does, one after the other, and time one request to each."""
    found, ear, left = list[Finding](), Ear(), SECONDS
    async with build(profile, store, ear) as builder:
        for kind in ("stt", "llm", "tts"):
            try:
                finding, took = await _stage(builder, kind, ear, left)
            except Exception as error:  # noqa: BLE001 - a plugin's border
                finding, took = failed(f"time of {kind}", error), 0.0
            found.append(finding)
            left = max(0.5, left - took)
    return found


async def _stage(builder: Builder, kind: str, ear: Ear, seconds: float) -> tuple[Finding, float]:
    name = f"time of {kind}"
    first, second = _requests(builder.profile, kind)
    with move_on_after(OPENING) as opening:
        await builder.warm(kind, first) if kind != "stt" else await builder.open(kind)
    if opening.cancelled_caught:
        return Finding(name, "problem", f"not open after {OPENING:g} s", "swv6 -v doctor"), 0.0
    ear.ended, busy = None, Busy()
    with move_on_after(seconds) as limit:
        await _once(builder, kind, second)
    meanwhile = mentioned(busy.others())
    if limit.cancelled_caught or ear.ended is None:
        text = f"no answer within the {seconds:.1f} s that the self-test had left{meanwhile}"
        return Finding(name, "warning", text, _slow(meanwhile)), seconds
    return judged(builder.profile, kind, ear.ended, ear.passed, meanwhile), ear.ended.total


async def _once(builder: Builder, kind: str, request: object) -> None:
    """Ask past every cache; of a model and a voice, the first item is what counts."""
    stage: Any = builder.chain(kind).fresh
    async with aclosing(cast("Any", stage(request))) as items:
        async for _ in cast("AsyncIterator[Any]", items):
            if kind != "stt":
                return


def judged(profile: Profile, kind: str, ended: events.StageEnded, passed: list[str], meanwhile: str = "") -> Finding:
    """Lay one stage's time beside the budget: whole for speech-to-text, to the first item for the others.

    As in a conversation, the model has read its prompt before: what is timed reads the question and gives one token.
    """
    allowed: float = getattr(profile.budget, kind)
    took = ended.total if kind == "stt" else ended.first if ended.first is not None else ended.total
    what = {"stt": "a short question", "llm": "to the first token of an answer", "tts": "to the first sound"}[kind]
    text = f"{took * 1e3:.0f} ms {what} by {ended.backend} (budget {allowed * 1e3:.0f} ms)"
    if passed and ended.backend != getattr(profile, kind)[0].backend:
        text += f"; passed over {passed[-1]}"
    if took > allowed:
        return Finding(f"time of {kind}", "warning", text + meanwhile, _slow(meanwhile))
    return Finding(f"time of {kind}", "ok", text)


def _slow(meanwhile: str) -> str:
    hint = "close what else is running, then again" if meanwhile else "a smaller model: swv6 models list"
    return f"swv6 bench latency; {hint}"


def _requests(profile: Profile, kind: str) -> tuple[object, object]:
    """Give a request to warm up with and the one that is timed, in the profile's language or in English."""
    language = profile.language[:2] if profile.language[:2] in _ASKED else "en"
    if kind == "stt":
        from swv6.bench.questions import questions

        return None, questions([_recording(language)])[0].audio
    if kind == "tts":
        return _SAID[language]
    prompt = (Message("system", profile.prompt),) if profile.prompt else ()
    asked = [(*prompt, Message("user", text)) for text in _ASKED[language]]
    return asked[0], asked[1]


def _recording(language: str) -> Path:
    from swv6.profiles.search import shipped_folder

    sounds = shipped_folder() / "sounds"
    return sounds / "bench" / "01-capitale.wav" if language == "fr" else sounds / "question-en.wav"
