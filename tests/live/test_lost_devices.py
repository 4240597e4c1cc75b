"""One English conversation in which everything is taken away once: it goes on, and nothing of it is lost."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

import anyio
import pytest

from swv6.audio.resample import resample
from swv6.models.store import Store
from swv6.profiles import resolve
from swv6.stages.build import build
from swv6.telemetry.events import nobody
from swv6.transcription.windows import final
from swv6.types import Audio
from tests.live.process import Talk
from tests.live.recording import Recording
from tests.live.room import RATE, SOUNDS
from tests.live.scripted import answer_next, answers
from tests.servers import LLMServer
from tests.virtual_audio import VirtualAudio

pytestmark = [pytest.mark.audio, pytest.mark.weights]
QUESTION = SOUNDS / "question-en.wav"
TALE = (
    "On Monday it rains over the whole city. ",
    "On Tuesday the wind shakes the old trees. ",
    "On Wednesday a black cat crosses the market. ",
    "On Thursday the baker gives cakes to the children. ",
    "On Friday the train from London is late. ",
    "On Saturday music comes out of a window. ",
    "On Sunday everybody sleeps until noon. ",
    "Then a new week begins. ",
    "And nobody knows why. ",
)
ENDED = "first sound after"
"""What is printed when an answer has ended."""


class Mishaps:
    """What can happen to a sound card while `talk` uses it."""

    def __init__(self, card: VirtualAudio, talk: Talk) -> None:
        self.card, self.talk = card, talk
        self.pid = Path(card.env["SWV_AUDIO_DIR"], "pulse.pid")

    def lose(self, lost: Callable[[], None], back: Callable[[], None]) -> None:
        """Take both devices away, wait until that is said, give them back, wait until that is said."""
        mark = len(self.talk.output)
        lost()
        self.talk.until("microphone lost", mark)
        self.talk.until("speaker lost", mark)
        back()
        self.talk.until("microphone is back", mark)
        self.talk.until("speaker is back", mark)

    def unplug_one(self) -> None:
        """Take the microphone alone: PulseAudio lets the stream listen elsewhere meanwhile, and nothing is lost."""
        self.card.run("unplug", "vmic_in")
        time.sleep(1.0)
        self.card.run("plug")

    def cut_speaker(self) -> None:
        """Cut the loudspeaker off alone; it can be had again at once."""
        mark = len(self.talk.output)
        self.card.run("cut")
        self.talk.until("speaker lost", mark)
        self.talk.until("speaker is back", mark)
        assert "microphone lost" not in self.talk.output[mark:]

    def unplug(self) -> None:
        """Unplug both, plug them in again."""

        def pull() -> None:
            self.card.run("unplug", "vmic_in")
            self.card.run("unplug", "vspk")

        self.lose(pull, lambda: self.card.run("plug"))

    def kill(self) -> None:
        """Kill the sound server, start another."""
        self.lose(lambda: self.signal(signal.SIGKILL), lambda: self.card.run("start"))

    def freeze(self) -> None:
        """Let the sound server hang for a while."""

        def wake() -> None:
            time.sleep(1.0)
            self.signal(signal.SIGCONT)

        self.lose(lambda: self.signal(signal.SIGSTOP), wake)

    def signal(self, which: signal.Signals) -> None:
        os.kill(int(self.pid.read_text(encoding="utf-8")), which)


def ask(talk: Talk, card: VirtualAudio, during: Callable[[], None] = lambda: None) -> None:
    """Ask, let something happen while the answer is spoken, and wait for the answer's end."""
    mark = len(talk.output)
    card.run("say", str(QUESTION))
    talk.until("swv6 >", mark)
    time.sleep(1.0)
    during()
    talk.until(ENDED, mark)


def test_complaint_20_a_conversation_survives_everything_that_happens_to_its_devices(
    card: VirtualAudio, tmp_path: Path
) -> None:
    with answers(TALE[0]) as server, Talk(card, tmp_path, *profile(server)) as talk:
        talk.until("listening")
        mishaps = Mishaps(card, talk)
        ask(talk, card)
        mishaps.unplug_one()
        with Recording(card, RATE) as recording:
            answer_next(server, *TALE[1:3])
            ask(talk, card, mishaps.cut_speaker)
        for at, mishap in ((3, mishaps.unplug), (5, mishaps.kill), (7, mishaps.freeze)):
            answer_next(server, *TALE[at : at + 2])
            ask(talk, card, mishap)
        answer_next(server, TALE[0])
        ask(talk, card)
        assert talk.end() == 130
        whole(server, talk)
    heard = anyio.run(understood, Audio(resample(recording.samples, RATE, 16000), 16000))
    assert re.search("tuesday.*trees.*wednesday.*cat.*market", heard.lower()), (
        f"what was cut is said to its end: {heard}"
    )


def profile(server: LLMServer) -> list[str]:
    """Give the arguments of the English profile, with a model whose answers are known, which listens while silent."""
    settings = (
        f"llm=[{{openai: {{url: '{server.url}', model: test-model}}}}]",
        f"speaker=[{{sounddevice: {{rate: {RATE}}}}}]",
        "aec=[]",
        "devices.give_up=30s",
    )
    return ["--profile", "en", *(word for setting in settings for word in ("--set", setting))]


def whole(server: LLMServer, talk: Talk) -> None:
    """Check that the last request holds every question and every answer, none of them cut."""
    messages = json.loads(server.bodies[-1])["messages"][1:]
    assert [m["role"] for m in messages] == ["user", "assistant"] * 5 + ["user"], messages
    assert all("capital" in m["content"].lower() for m in messages[::2]), messages
    expected = [TALE[0], *("".join(TALE[n : n + 2]) for n in (1, 3, 5, 7))]
    assert [m["content"] for m in messages[1::2]] == [text.strip() for text in expected]
    assert "[interrupted]" not in talk.output
    assert "[failed]" not in talk.output


async def understood(audio: Audio) -> str:
    """Transcribe what the loudspeaker was recorded playing."""
    async with build(resolve("en"), Store(), nobody, live=False) as builder:
        return (await final(builder.chain("stt").stage, audio)).text
