"""Photograph the dashboard for docs/img: a conversation of ten minutes is played to it, and Chromium looks.

python scripts/dashboard_pictures.py [FOLDER]
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import anyio
from anyio import to_thread

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from swv6.dashboard.conversation import Conversation  # noqa: E402
from swv6.dashboard.routes import routes  # noqa: E402
from swv6.telemetry import events as e  # noqa: E402
from swv6.telemetry import serving  # noqa: E402
from swv6.telemetry.access import Access  # noqa: E402
from swv6.telemetry.probes import Reading  # noqa: E402
from swv6.telemetry.stamps import Stamped  # noqa: E402
from tests.dashboard.browser import Browser, browser  # noqa: E402

BUDGET = {"total": 1.2, "stt": 0.4, "llm": 0.5, "tts": 0.2}
SAID = [("Combien de minutes dans deux heures ?", "Deux heures font cent vingt minutes."),
        ("Et comment est-ce que je m'appelle ?", "Vous vous appelez Camille."),
        ("Quel temps fera-t-il demain ?", "Je ne le sais pas : rien ne sort de cette machine.")]  # fmt: skip
WIDE, NARROW = (1240, 1000), (420, 900)


class Played:
    """A conversation on a clock of its own."""

    def __init__(self, transcripts: bool) -> None:
        self.now, self._random = 1000.0, random.Random(6)
        self.shown = Conversation(BUDGET, transcripts, lambda: self.now)

    def tell(self, event: e.Event, turn: int, at: float) -> None:
        """Let something happen."""
        self.shown(Stamped(event, "played", turn, at))

    def begin(self) -> None:
        """Open everything."""
        for kind, name, seconds in (("stt", "prism", 0.9), ("llm", "xllamacpp", 2.4), ("tts", "kokoro", 3.1)):
            self.tell(e.ModelLoaded(kind, name, seconds), 0, self.now)
        self.tell(e.SessionBegan("default", "fr"), 0, self.now)
        for kind, name in (("microphone", "USB PnP Sound Device"), ("speaker", "Built-in Audio Analog Stereo")):
            self.shown.devices.named(kind, name)

    def turn(self, number: int, slow: float = 1.0, failing: bool = False) -> None:
        """Hold one turn; the next one comes after ten to twenty seconds."""
        chance = self._random.uniform
        decided = self.now + chance(2, 4)
        stt, llm, tts = (chance(0.22, 0.34), chance(0.15, 0.4) * slow, chance(0.09, 0.19))
        heard = decided - 0.3 + stt
        sounded = heard + llm + tts + 0.08
        total = sounded - decided
        self.tell(e.TurnEnded(number, chance(0.42, 0.62)), number, decided)
        self.tell(e.StageEnded("stt", "prism", stt, stt, "ok"), number, heard)
        user, answer = SAID[number % 3]
        self.tell(e.TurnHeard(number, user, "prism", stt), number, heard)
        voice = "espeak" if failing else "kokoro"
        if failing:
            self.tell(e.FellBack("tts", "kokoro", "it broke", skipped=False), number, heard + llm)
            self.tell(e.BreakerChanged("tts", "kokoro", "open"), number, heard + llm)
        self.tell(e.CacheUsed("tts", voice, hit=number % 4 == 0), number, heard + llm)
        self.tell(e.StageEnded("tts", voice, tts, tts + 0.2, "ok"), number, heard + llm + tts + 0.2)
        self.tell(e.FirstSound(number, total, total + 0.5, thinking=True), number, sounded)
        self.tell(e.StageEnded("llm", "xllamacpp", llm, llm + 0.7, "ok"), number, heard + llm + 0.7)
        self.tell(e.ReplyText(number, answer), number, sounded)
        outcome = "interrupted" if number % 9 == 5 else "ok"
        self.tell(e.ReplyEnded(number, answer, outcome, stt, llm, tts, total), number, sounded + 2.0)
        self.now = sounded + chance(10, 20)

    def hold(self) -> None:
        """Hold thirty turns; one is slow, and a voice is lost for a while."""
        self.begin()
        for number in range(1, 31):
            self.turn(number, slow=6.0 if number == 26 else 1.0, failing=number == 17)
            if number == 21:
                self.tell(e.BreakerChanged("tts", "kokoro", "half-open"), number, self.now)
                self.tell(e.BreakerChanged("tts", "kokoro", "closed"), number, self.now)
        for n in range(110):
            rss = 1.62e9 + 2e8 * (1 - 0.96**n) + self._random.uniform(-6e6, 6e6)
            memory = [Reading("swv6_resident_memory_bytes", rss), Reading("swv6_machine_memory_bytes", 24.9e9)]
            self.shown.machine.take([*memory, Reading("swv6_queue_depth", 0, ("llm",))])
        self.tell(e.StateChanged("speaking"), 30, self.now)
        self.tell(e.Level(0.04), 30, self.now)


def photographs(url: str) -> Iterator[tuple[str, bytes]]:
    """Give each picture's name and bytes."""
    for name, language, dark, size in (
        ("light", "en", False, WIDE),
        ("dark", "en", True, WIDE),
        ("french", "fr", False, WIDE),
        ("narrow", "fr", True, NARROW),
    ):
        with browser(language, dark, size) as page:
            page.get(url)
            yield f"dashboard-{name}.png", whole(page)


def smaller(picture: bytes) -> bytes:
    """Write a PNG again with a palette: a third of the bytes, and nothing that can be seen."""
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    colours = Image.open(BytesIO(picture)).convert("RGB").quantize(192, dither=Image.Dither.NONE)
    colours.save(out, "PNG", optimize=True)
    return out.getvalue()


def whole(page: Browser) -> bytes:
    """Photograph a page down to its end."""
    page.until("return document.querySelectorAll('#turns li').length > 1")
    return page.photograph()


async def taken(folder: Path, transcripts: bool, look: Callable[[str], Iterator[tuple[str, bytes]]]) -> None:
    """Serve a conversation that was played, and photograph it."""
    played = Played(transcripts)
    played.hold()
    access = Access()
    at = serving.bound(access, 0)
    async with serving.served(serving.application(routes(played.shown.board, access), access), at):
        for name, picture in await to_thread.run_sync(lambda: list(look(serving.address(at)))):
            written = smaller(picture)
            (folder / name).write_bytes(written)
            print(f"{name}: {len(written) / 1e3:.0f} kB")
        played.shown.board.close()


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "img"
    anyio.run(taken, folder, True, photographs)
