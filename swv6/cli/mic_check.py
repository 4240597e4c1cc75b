"""Two seconds of silence, then speech: the check itself."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from swv6.audio.check import QUIET, measure
from swv6.cli.mic_ear import Ear
from swv6.cli.mic_reading import TEXTS, Reading, coloured, read_aloud
from swv6.cli.mic_verdicts import reading_verdict, verdicts
from swv6.stages.devices import fastest_allowed, open_filters
from swv6.stages.filters import mapped

if TYPE_CHECKING:
    from rich.console import RenderableType

    from swv6.cli.mic import Asked
    from swv6.cli.mic_meter import Meter
    from swv6.health.findings import Finding
    from swv6.stages.build import Builder
    from swv6.types import STT, Microphone

Checked = tuple[dict[str, Any], "list[Finding]", "list[RenderableType]"]
"""The report's keys, the verdicts, and lines to print after them."""


async def check(builder: Builder, microphone: Microphone, meter: Meter, asked: Asked) -> Checked:
    """Listen and judge; raises DeviceError when the microphone fails meanwhile."""
    vad = await fastest_allowed(builder)
    reading = _reading(builder, asked)
    stt = await _recogniser(builder, meter) if reading else None
    quiet = 0.0 if asked.file else QUIET
    async with aclosing(Ear(microphone, vad, meter, builder.profile.turns.threshold)) as ear:
        if quiet:
            meter.phase(f"be silent for {quiet:.0f} seconds")
            await _pass(ear, quiet)
        if reading is None or stt is None:
            meter.phase("listening to the recording" if asked.file else f"now speak for {asked.seconds:g} seconds")
            await _pass(ear, float("inf") if asked.file else asked.seconds)
        else:
            meter.phase("now the recording speaks" if asked.file else "now read this aloud:", reading.text)
            await read_aloud(ear, stt, builder.profile.turns, reading)
    measured = measure(ear.kept, ear.rate, quiet, ear.lost)
    findings, report = verdicts(measured), {"measured": measured.as_dict()}
    if reading is None:
        return report, findings, []
    return (
        {**report, "reading": reading.as_dict()},
        [*findings, reading_verdict(reading.alignment, findings)],
        _lines(reading),
    )


def _reading(builder: Builder, asked: Asked) -> Reading | None:
    if not asked.language:
        return None
    language = builder.profile.language if asked.language == "profile" else asked.language
    reading = Reading(asked.text or TEXTS[language], language)
    _ = reading.alignment  # what comparing needs is missed now, not after everything has been read
    return reading


async def _recogniser(builder: Builder, meter: Meter) -> STT:
    meter.phase("opening the recogniser")
    await builder.open("stt")
    stt: STT = mapped(builder.chain("stt").stage, await open_filters(builder, "transcript_filters"))
    return stt


async def _pass(ear: Ear, seconds: float) -> None:
    async for _ in ear.frames(seconds):
        pass


def _lines(reading: Reading) -> list[RenderableType]:
    """Write the words, and how fast they came."""
    from rich.padding import Padding
    from rich.text import Text

    found = reading.as_dict()
    first, after = found["first_word_latency"], found["sentence_latency"]
    times = [f"first word {first:.1f} s after you began"] if first is not None else []
    times += [f"text {after:.1f} s after you stopped"] if after is not None else []
    lines: list[RenderableType] = [Text(), Padding(coloured(reading.alignment), (0, 4), expand=False), Text()]
    return (
        [*lines, Text(f"{', '.join(times)} ({found['backend_used']}, {found['model_used']})", "dim")]
        if times
        else lines
    )
