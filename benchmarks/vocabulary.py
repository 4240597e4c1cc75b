"""What a vocabulary is worth: word errors with nothing, corrections, an initial prompt, hotwords.

    python benchmarks/vocabulary.py terms.yaml FOLDER [fr|en]

FOLDER holds recordings and, beside each, its text (`one.wav`, `one.txt`).
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import anyio

from swv6.audio.files import read
from swv6.plugins import Audio
from swv6.plugins.words import corrections, expected, vocabulary
from swv6.types import Transcript
from tests.plugins_builtin.heard import Ear, word_errors


async def hear(sounds: list[Audio], language: str, **options: Any) -> list[tuple[Transcript, float]]:
    """Transcribe each sound; gives the seconds too."""
    heard = []
    async with Ear().opened(language=language, **options) as ear:
        for sound in sounds:
            began = perf_counter()
            last = [transcript async for transcript in ear(sound)][-1]
            heard.append((last, perf_counter() - began))
    return heard


def show(name: str, live: bool, heard: list[tuple[Transcript, float]], texts: list[str]) -> None:
    """Print a line: errors weighed by words, median and longest seconds."""
    words = [len(text.split()) for text in texts]
    wrong = sum(word_errors(t, h.text) * n for t, (h, _), n in zip(texts, heard, words, strict=True)) / sum(words)
    times = [seconds for _, seconds in heard]
    kind = "turn" if live else "file"
    print(f"{kind}  {name:24} WER {wrong:.3f}  median {median(times):.2f} s, longest {max(times):.2f} s")


def recordings(folder: Path) -> tuple[list[Audio], list[str]]:
    """Read the recordings that have a text, and the texts."""
    files = sorted(path for path in folder.iterdir() if path.with_suffix(".txt").is_file() and path.suffix != ".txt")
    return [read(file) for file in files], [file.with_suffix(".txt").read_text("utf-8") for file in files]


async def main(terms: Path, folder: Path, language: str) -> None:
    """Compare, as files and as turns."""
    sounds, texts = recordings(folder)
    correct, listed = corrections(terms, language, True, False), expected(vocabulary(terms).terms)
    ways: dict[str, dict[str, Any]] = {
        "nothing": {},
        "prompt": {"initial_prompt": listed},
        "hotwords": {"hotwords": listed},
    }
    for live in (False, True):
        for name, options in ways.items():
            heard = await hear(sounds, language, live=live, **options)
            show(name, live, heard, texts)
            show(f"{name}, corrections", live, [(correct(h), seconds) for h, seconds in heard], texts)


if __name__ == "__main__":
    anyio.run(main, Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "fr")
