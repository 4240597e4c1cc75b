"""What writing numbers, units and dates out is worth: sentences spoken by the default voice and heard by Whisper base.

Each sentence is spoken twice, as `swv6.text.spoken` writes it and as it stands, and what is heard is compared with what
a person would say. Figures that Whisper writes are read as words first, so that "120" and "cent vingt" are the same.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Callable, Sequence
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


async def listen(forms: Sequence[str], keep: Callable[[str, str], None]) -> None:
    """Speak each text and keep what is understood, one by one."""
    store = Store()
    for name in ("kokoro-v1.0-int8", "ff_siwis", "whisper-base"):
        store.pull(name)
    model, voice = str(store.find("kokoro-v1.0-int8", "kokoro")), str(store.find("ff_siwis", "kokoro-voice"))
    whisper = str(store.find("whisper-base", "faster-whisper"))
    async with (
        open_kokoro(KokoroOptions(model=model, voice=voice, language="fr")) as mouth,
        open_prism(PrismOptions(model=whisper, device="cpu", compute_type="int8", language="fr", live=False)) as ear,
    ):
        for form in forms:
            keep(form, await heard(mouth, ear, form))


def compared(sentences: Sequence[str], known: dict[str, str]) -> list[dict[str, Any]]:
    """Compare what was heard of each sentence, both ways, with what a person would say; errors are words."""
    rows = []
    for text in sentences:
        said = spoken(text, "fr")
        row: dict[str, Any] = {"text": text, "said": said, "words": align(said, said, "fr").words}
        for kind, form in (("normalised", said), ("as_written", text)):
            row[kind] = known[form]
            row[f"{kind}_errors"] = sum(pair.fate != "heard" for pair in align(said, known[form], "fr").pairs)
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
    """Print the word error rates; what was heard is kept in a file, so that only what is new is spoken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--save", type=Path, help="JSON lines of what was heard; an interrupted run goes on with it")
    parser.add_argument("--worst", type=int, default=0, help="Print this many sentences with the most errors.")
    chosen = parser.parse_args()
    sentences = SENTENCES.read_text(encoding="utf-8").splitlines()[: chosen.count]
    kept = chosen.save.read_text(encoding="utf-8").splitlines() if chosen.save and chosen.save.exists() else []
    known: dict[str, str] = dict(json.loads(line) for line in kept)

    def keep(form: str, text: str) -> None:
        known[form] = text
        if chosen.save:
            with chosen.save.open("a", encoding="utf-8") as file:
                file.write(f"{json.dumps([form, text], ensure_ascii=False)}\n")

    forms = dict.fromkeys(form for text in sentences for form in (spoken(text, "fr"), text))
    asyncio.run(listen([form for form in forms if form not in known], keep))
    rows = compared(sentences, known)
    for row in sorted(rows, key=lambda row: -row["normalised_errors"])[: chosen.worst]:
        print(f"{row['normalised_errors']:2} of {row['words']:2}  {row['said']}\n          {row['normalised']}")
    print(json.dumps(summary(rows)))


if __name__ == "__main__":
    main()
