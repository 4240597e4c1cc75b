"""What writing numbers, units and dates out is worth: sentences spoken by the default voice and heard by Whisper base.

Each sentence is spoken twice, as `swv6.text.spoken` writes it and as it stands, and what is heard is compared with what
a person would say. Figures that Whisper writes are read as words first, so that "120" and "cent vingt" are the same.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from plugins_builtin.kokoro.engine import open_kokoro
from plugins_builtin.kokoro.options import KokoroOptions
from plugins_builtin.prism.engine import open_prism
from plugins_builtin.prism.options import PrismOptions
from swv6.models.store import Store
from swv6.plugins import STT, TTS, Audio
from swv6.text.alignment import align
from swv6.text.spoken import spoken

SENTENCES = Path(__file__).parent / "spoken_sentences.fr.txt"


async def heard(voice: TTS, ear: STT, text: str) -> str:
    """Speak a text and return what is understood."""
    sounds = [sound async for sound in voice(text)]
    whole = Audio(np.concatenate([sound.samples for sound in sounds]), sounds[0].rate)
    return [transcript.text async for transcript in ear(whole)][-1]


async def compare(sentences: Sequence[str]) -> list[dict[str, Any]]:
    """Speak each sentence both ways; errors are words."""
    store = Store()
    for name in ("kokoro-v1.0-int8", "ff_siwis", "whisper-base"):
        store.pull(name)
    model, voice = str(store.find("kokoro-v1.0-int8", "kokoro")), str(store.find("ff_siwis", "kokoro-voice"))
    whisper = str(store.find("whisper-base", "faster-whisper"))
    rows = []
    async with (
        open_kokoro(KokoroOptions(model=model, voice=voice, language="fr")) as mouth,
        open_prism(PrismOptions(model=whisper, device="cpu", compute_type="int8", language="fr", live=False)) as ear,
    ):
        for text in sentences:
            said = spoken(text, "fr")
            row: dict[str, Any] = {"text": text, "said": said, "words": align(said, said, "fr").words}
            for kind, form in (("normalised", said), ("as_written", text)):
                row[kind] = await heard(mouth, ear, form)
                pairs = align(said, row[kind], "fr").pairs
                row[f"{kind}_errors"] = sum(pair.fate != "heard" for pair in pairs)
            rows.append(row)
    return rows


def summary(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Add up: word error rates of both."""
    total = sum(row["words"] for row in rows)
    rates = {
        kind: round(sum(row[f"{kind}_errors"] for row in rows) / total, 4) for kind in ("normalised", "as_written")
    }
    return {"sentences": len(rows), "words": total, **rates}


def main() -> None:
    """Print the word error rates; `--save` adds the rows to a file and sums up all that are in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--save", type=Path, help="JSON lines; run slices of the list one after the other into it")
    chosen = parser.parse_args()
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    rows = asyncio.run(compare(lines[chosen.first : chosen.first + chosen.count]))
    if chosen.save:
        with chosen.save.open("a", encoding="utf-8") as file:
            file.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
        rows = [json.loads(line) for line in chosen.save.read_text(encoding="utf-8").splitlines()]
    print(json.dumps(summary(rows)))


if __name__ == "__main__":
    main()
