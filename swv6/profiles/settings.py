"""What a profile says besides its backends: frozen values, every unit under its field."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from swv6.plugins.options import Size
from swv6.profiles.caches import Caches
from swv6.profiles.frozen import Frozen, PositiveSeconds, Probability
from swv6.profiles.logs import Log
from swv6.profiles.playback import Cues, Playback
from swv6.profiles.thinking import Answer, Memory
from swv6.profiles.threads import Threads
from swv6.profiles.turns import Turns


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Text = Annotated[str, BeforeValidator(_text), WithJsonSchema({"type": ["string", "integer"]})]
"""Text that a profile may also write as a whole number, as environment variables often are."""
Port = Annotated[int, Field(ge=1, le=65535)]


class Devices(Frozen):
    """What becomes of a microphone or a speaker that is unplugged or hangs."""

    give_up: PositiveSeconds = 60.0
    """Seconds that a conversation waits for it, or for another one of its chain."""


class FirstItemWithin(Frozen):
    """How long each stage may take to begin its answer; null means no limit."""

    stt: PositiveSeconds | None = 30.0
    """Seconds to the first transcript; a recording has ten times its own length besides."""
    llm: PositiveSeconds | None = 20.0
    """Seconds to the first word."""
    tts: PositiveSeconds | None = 10.0
    """Seconds to the first sound."""


class Fallback(Frozen):
    """When a backend is passed over."""

    failures: Annotated[int, Field(ge=1)] = 3
    """Failures in a row after which a backend is not tried for a while."""
    rest: PositiveSeconds = 30.0
    """Seconds it is not tried; then one request probes it."""
    first_item_within: FirstItemWithin = FirstItemWithin()
    """Deadlines for the first item of each stage."""
    stalled: PositiveSeconds = 20.0
    """Seconds without another word or sound, in an answer that has begun, after which its backend counts as dead."""


class Budget(Frozen):
    """What a reply may cost, from the end of the turn to the first sound; reported, not enforced."""

    total: PositiveSeconds = 1.2
    """Seconds from the decision that the turn has ended to the first sound."""
    stt: PositiveSeconds = 0.4
    """Seconds of transcription."""
    llm: PositiveSeconds = 0.5
    """Seconds to the first clause."""
    tts: PositiveSeconds = 0.2
    """Seconds from the first clause to its first sound."""
    audio: PositiveSeconds = 0.1
    """Seconds from the first sound to the speaker."""
    success: Probability = 0.99
    """Share (0..1) of the turns that must be answered."""


class Gpu(Frozen):
    """The graphics card that a profile asks for."""

    name: str = ""
    """Part of the card's name, whatever the case; empty accepts any."""
    min_vram: Annotated[Size, Field(ge=0)] = 0
    """Bytes of memory that the card must have."""
    device: Annotated[int, Field(ge=0)] = 0
    """CUDA ordinal, counted among the cards that `CUDA_VISIBLE_DEVICES` leaves visible."""
    env: dict[str, Text] = {}  # noqa: RUF012 - pydantic copies it
    """Environment variables set before any CUDA library is imported."""


class Sound(Frozen):
    """What leaves for the speaker: mono."""

    rate: Annotated[int, Field(ge=8000, le=192000)] = 24000
    """Hz."""


class Metrics(Frozen):
    """Where metrics and the dashboard are served."""

    port: Port
    """TCP port on this machine."""
    host: str = "127.0.0.1"
    """Address to listen on; what other machines reach needs a token in SWV6_METRICS_TOKEN."""
    transcripts: bool = False
    """Show on the dashboard what is said; otherwise it is not sent to the browser at all."""


class PluginSwitch(Frozen):
    """Which plugins the profile does without."""

    disable: tuple[str, ...] = ()
    """Names of plugins, as `swv6 plugins list` shows them."""


class VadProbe(Frozen):
    """How the voice activity detector is chosen at start."""

    threshold: PositiveSeconds = 0.025
    """Seconds that a detector may take for 160 ms of sound; a slower one is passed over."""


class Settings(Frozen):
    """Everything in a profile but its backends."""

    summary: str = ""
    """One line for `swv6 profiles list`; not inherited."""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")] = "fr"
    """ISO 639 code; backends that do not set a language take this one."""
    languages: tuple[Literal["fr", "en"], ...] = ()
    """Languages that answers and texts may be in: each clause is spoken by the voices of its own. Empty: every voice
    speaks everything, in the order of `tts`."""
    vocabulary: Path | None = None
    """A YAML file of terms and what they are heard as; backends and filters that set no `vocabulary` take this one."""
    prompt: str = ""
    """The system prompt: what the language model is told first; `{date}`, `{weekday}`, `{time}`, `{language}` and
    `{name}` stand for what they are when a conversation begins."""
    assistant: str = "swv6"
    """The assistant's own name, `{name}` in the prompt."""
    answer: Answer = Answer()
    memory: Memory = Memory()
    sessions: Literal["off", "text", "audio"] = "text"
    """What of each conversation is kept on this machine: nothing, what was said, or its sound too (`swv6 sessions`)."""
    threads: Threads = Threads()
    turns: Turns = Turns()
    playback: Playback = Playback()
    cues: Cues | None = Cues()
    devices: Devices = Devices()
    fallback: Fallback = Fallback()
    cache: Caches = Caches()
    budget: Budget = Budget()
    gpu: Gpu | None = None
    """The graphics card required; null for none."""
    concurrency: Annotated[int, Field(ge=1)] = 1
    """Simultaneous requests per stage; an engine that takes several says so itself (prism: `concurrency`, xllamacpp:
    `parallel`)."""
    sound: Sound = Sound()
    metrics: Metrics | None = None
    """Metrics over HTTP; null for none."""
    log: Log = Log()
    plugins: PluginSwitch = PluginSwitch()
    vad_probe: VadProbe = VadProbe()
