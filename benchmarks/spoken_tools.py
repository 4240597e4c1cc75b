"""How often a tool answers a question that is spoken: made by the profile's voice, heard by its recogniser.

python benchmarks/spoken_tools.py --tool calculator
python benchmarks/spoken_tools.py --set 'stt.prism.hotwords=fois'   # what a setting of the profile changes
"""

from __future__ import annotations

import argparse
from pathlib import Path

import anyio
import numpy as np
from tools import NONE, PHRASINGS

from swv6.audio.resample import resample
from swv6.models.store import Store
from swv6.profiles import resolve
from swv6.stages.build import build
from swv6.stages.devices import open_filters
from swv6.stages.filters import mapped
from swv6.stages.tools.opening import open_tools
from swv6.telemetry.events import nobody
from swv6.transcription.windows import final
from swv6.types import TTS, Audio, Message

PATIENT = ("fallback.first_item_within.stt=null", "fallback.first_item_within.tts=null")
"""A machine may be busy: this counts answers, not seconds."""
RATE = 16000
"""Hz of a microphone as conversations hear it."""


async def spoken(voice: TTS, words: str) -> Audio:
    """Say a question, with half a second of quiet on both sides, as a turn has it."""
    sounds = [sound async for sound in voice(words)]
    samples = resample(np.concatenate([sound.samples for sound in sounds]), sounds[0].rate, RATE)
    quiet = np.zeros(RATE // 2, np.float32)
    return Audio(np.concatenate([quiet, samples, quiet]), RATE)


async def main(tool: str, overrides: list[str], lines: list[str]) -> None:
    """Say, hear and answer everything once."""
    from swv6.text.spoken import spoken as words_of

    profile = resolve("assistant", overrides=[*PATIENT, *overrides])
    async with build(profile, Store(), nobody) as builder:
        box = await open_tools(builder)
        voice = builder.chain("tts").stage  # the disk keeps what was said for the next run
        ear = mapped(builder.chain("stt").fresh, await open_filters(builder, "transcript_filters"))
        right = asked = 0
        for line in lines:
            name, question, expected = line.split("\t")
            if tool and name != tool:
                continue
            heard = await final(ear, await spoken(voice, words_of(question, profile.language)))
            chat = (Message("system", profile.prompt), Message("user", heard.text))
            choice = await box.chosen(chat)
            said = await box.used(*choice, chat) if choice else ""
            good = choice is None if name == NONE else choice is not None and expected in said
            asked, right = asked + 1, right + good
            print(f"{'  ' if good else '! '}{question} | {heard.text} | {said}", flush=True)
        print(f"{right} of {asked}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", default="", help="only this one")
    parser.add_argument("--set", dest="overrides", action="append", default=[], metavar="KEY=VALUE")
    parser.add_argument("--phrasings", type=Path, default=PHRASINGS)
    chosen = parser.parse_args()
    lines = [line for line in chosen.phrasings.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")]
    anyio.run(main, chosen.tool, chosen.overrides, lines)
