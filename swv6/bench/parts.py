"""Every measurement that `swv6 bench` knows: what it is called, what it needs, how long it goes on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias, cast

if TYPE_CHECKING:
    from swv6.bench.series import Section
    from swv6.models.store import Store
    from swv6.profiles import Profile

    Measure: TypeAlias = Callable[[Profile, Store, int, Callable[[str], None]], Awaitable[Section]]


@dataclass(frozen=True, slots=True)
class Part:
    """One measurement; nothing heavy is imported to list them."""

    name: str
    summary: str
    target: str
    """`module:function`, a `Measure`."""
    runs: int
    """Rounds (or recordings) when it is asked for alone."""
    few: int
    """... and as one of all."""
    kinds: tuple[str, ...] = ()
    """Chains of the profile whose weights it needs."""
    rounds: str = ""
    """What `--runs` counts, where it has a command of its own."""

    def measure(self) -> Measure:
        """Import it."""
        module, _, name = self.target.partition(":")
        return cast("Measure", getattr(import_module(module), name))


async def startup(profile: Profile, store: Store, runs: int, told: Callable[[str], None]) -> Section:
    """Start programs on a thread of their own."""
    from anyio import to_thread

    from swv6.bench.startup import measure

    return await to_thread.run_sync(measure, runs, told, abandon_on_cancel=True)


PARTS = (
    Part(
        "startup",
        "Time `swv6 --help` and `swv6 plugins` beside an empty program.",
        "swv6.bench.parts:startup",
        11,
        5,
        rounds="Start each program so often.",
    ),
    Part(
        "vad",
        "Time voice detectors, and count how often they are right.\n\nThe profile's; in white and pink noise, too.",
        "swv6.bench.vad:measure",
        14,
        6,
        ("vad",),
        "Hear so many of the shipped recordings, each in every noise.",
    ),
    Part(
        "overhead",
        "Time our stages beside the bare engines.\n\nfaster-whisper, xllamacpp and kokoro-onnx are called directly.",
        "swv6.bench.overhead:measure",
        11,
        5,
        ("stt", "llm", "tts"),
        "Ask each stage and each engine so often.",
    ),
    Part(
        "say",
        "Time three texts, to the first sound and whole.\n\nClause by clause, in one piece, and said before.",
        "swv6.bench.say:measure",
        7,
        3,
        ("tts",),
        "Say each text so often, each way.",
    ),
    Part(
        "llm",
        "Time the first token cold and warm, writing, and a cancel.\n\nHow soon it is obeyed, and what comes after it.",
        "swv6.bench.llm:measure",
        9,
        4,
        ("llm",),
        "Ask, cold and warm, and cancel so often.",
    ),
    Part("latency", "", "swv6.bench.joined:latency", 14, 6, ("stt", "llm", "tts", "vad")),
    Part("transcribe", "", "swv6.bench.joined:transcribe", 14, 5, ("stt",)),
)
"""In the order in which `all` does them; latency and transcribe have commands of their own."""
