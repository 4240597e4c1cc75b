"""What is said over an answer: how often a sign of listening or a cough ends it, and how fast an interruption does.

    python benchmarks/barge_in.py [--quick]

Each utterance goes through the default profile's detector, turns and recogniser as it would over an answer; "list" is
the verdict of the plain list of signs, "sounds" the product's. Needs the weights of the default profile.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from time import perf_counter

import anyio
import numpy as np

from swv6.audio.resample import Resampler
from swv6.conversation.barge import voiced
from swv6.conversation.turns import Began, Insisted, Paused, Turns
from swv6.models.store import Store
from swv6.profiles import resolve
from swv6.stages.build import build
from swv6.stages.devices import fastest_allowed
from swv6.stages.streams import owned
from swv6.telemetry.events import nobody
from swv6.text.listening import SIGNS, backchannel, listening
from swv6.text.transcript import clean
from swv6.transcription.windows import final
from swv6.types import STT, TTS, VAD, Audio

RATE = 16_000
ORDERS = (
    ("Attends. Stop. Arrête. Tais-toi. Pardon ? Quoi ? Comment ? Pourquoi ? Excuse-moi. Répète. Moins vite. Ça suffit.")
    .replace("? ", "?. ")
    .split(". ")
)
SENTENCES = (
    "Attends une seconde.",
    "Non, je voulais dire autre chose.",
    "Quelle heure est-il ?",
    "Raconte autre chose.",
)
VOICES = [
    "kokoro: {voice: ff_siwis}",
    "kokoro: {voice: ff_siwis, speed: 0.8}",
    "kokoro: {voice: ff_siwis, speed: 1.25}",
    "kokoro: {voice: af_heart, language: fr}",
    "kokoro: {voice: am_michael, language: fr}",
    "kokoro: {voice: bf_emma, language: fr}",
    "espeak: {words_per_minute: 120}",
    "espeak: {words_per_minute: 160}",
    "espeak: {words_per_minute: 200, pitch: 70}",
    "espeak: {words_per_minute: 140, pitch: 25}",
]


@dataclass
class Tally:
    """How the utterances of one kind fared."""

    said: int = 0
    unnoticed: int = 0
    by_list: int = 0
    by_sounds: int = 0

    def row(self, name: str) -> str:
        """Give a line of the table."""
        return f"{name:<24}{self.said:>6}{self.unnoticed:>11}{self.by_list:>8}{self.by_sounds:>8}"


def coughs(count: int) -> list[np.ndarray]:
    """Make coughs: one to three bursts of noise, coloured by two resonances, each of which fades."""
    draw, made = np.random.default_rng(7), list[np.ndarray]()
    for _ in range(count):
        bursts = []
        for _ in range(draw.integers(1, 4)):
            size, fade = int(draw.integers(2400, 7200)), draw.uniform(500, 1600)
            noise = np.fft.rfft(draw.normal(size=size))
            hertz = np.fft.rfftfreq(size, 1 / RATE)
            shape = sum(np.exp(-(((hertz - at) / 400) ** 2)) for at in draw.uniform([300, 1200], [900, 3000])) + 0.1
            burst = np.fft.irfft(noise * shape, size) * np.exp(-np.arange(size) / fade)
            bursts += [0.4 * burst / np.abs(burst).max(), np.zeros(draw.integers(800, 3200))]
        made.append(np.concatenate(bursts))
    return made


async def utterance(tts: TTS, text: str) -> np.ndarray:
    """Speak a text at the microphone's rate, at -20 dBFS."""
    async with owned(tts(text)) as stream:
        sounds = [sound async for sound in stream]
    resampler = Resampler(sounds[0].rate, RATE)
    said = np.concatenate([resampler.feed(np.concatenate([s.samples for s in sounds])), resampler.flush()])
    level = float(np.sqrt(np.mean(said[np.abs(said) > 0.01] ** 2)))
    return np.asarray(said * 0.1 / level)


async def verdicts(said: np.ndarray, vad: VAD, stt: STT) -> AsyncIterator[tuple[bool, bool, float]]:
    """Judge what was heard as the loop does: interrupts by the list, by its sound, seconds since it began."""
    sound = np.pad(said, (RATE, 2 * RATE)) + np.random.default_rng(1).normal(0, 0.001, len(said) + 3 * RATE)
    turns, began = Turns(vad, resolve("default").turns), 0.0
    turns.reset()
    for at in range(0, len(sound) - 512, 512):
        for event in turns.feed(Audio(sound[at : at + 512].astype(np.float32), RATE, at / RATE)):
            if isinstance(event, Began):
                began, turns.careful = event.at, True  # as over an answer
            if isinstance(event, (Paused, Insisted)):
                clock = perf_counter()
                heard = clean(await final(stt, event.audio), "fr")
                took = (at + 512) / RATE - began + perf_counter() - clock
                aside = listening(heard.text, "fr", voiced(event.audio), heard.confidence)
                yield not backchannel(heard.text, "fr"), not aside, took


async def judge(sounds: Sequence[np.ndarray], vad: VAD, stt: STT) -> tuple[Tally, list[float]]:
    """Say what became of them, and after how many seconds the first verdict to interrupt fell."""
    tally, delays = Tally(), list[float]()
    for said in sounds:
        found = [verdict async for verdict in verdicts(said, vad, stt)]
        tally.said += 1
        tally.unnoticed += not found
        tally.by_list += any(by_list for by_list, _, _ in found)
        tally.by_sounds += any(by_sounds for _, by_sounds, _ in found)
        delays += [took for _, by_sounds, took in found if by_sounds][:1]
    return tally, delays


async def main(quick: bool) -> None:
    """Make everything, judge everything, print the table."""
    spoken: dict[str, list[np.ndarray]] = {"signs of listening": [], "said to interrupt": [], "sentences": []}
    texts = dict(zip(spoken, (SIGNS["fr"].split("|"), ORDERS, SENTENCES), strict=True))
    for voice in VOICES[::4] if quick else VOICES:
        profile = resolve("default", [f"tts=[{{{voice}}}]", "fallback.first_item_within.tts=null"])
        async with build(profile, Store(), nobody) as builder:
            await builder.open("tts")
            for kind, lines in texts.items():
                for text in lines:
                    written = text if text.endswith(("?", ".")) else f"{text.capitalize()}."
                    spoken[kind].append(await utterance(builder.chain("tts").stage, written))
    async with build(resolve("default"), Store(), nobody) as builder:
        await builder.open("stt")
        vad, stt = await fastest_allowed(builder), builder.chain("stt").stage
        print(f"{'':<24}{'said':>6}{'unnoticed':>11}{'list':>8}{'sounds':>8}   interrupting after p50/p95 s")
        for kind, sounds in {**spoken, "coughs": coughs(20 if quick else 60)}.items():
            tally, delays = await judge(sounds, vad, stt)
            after = "/".join(f"{np.percentile(delays, p):.2f}" for p in (50, 95)) if delays else "-"
            print(f"{tally.row(kind)}   {after}", flush=True)


if __name__ == "__main__":
    anyio.run(main, "--quick" in sys.argv)
