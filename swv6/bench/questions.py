"""The questions that are asked: those shipped, or any sound files."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from swv6.audio.files import read
from swv6.bench.ends import last_audible
from swv6.errors import UsageError
from swv6.profiles.search import shipped_folder
from swv6.types import Audio

RATE = 16_000
"""Hz at which questions are kept: that of microphones."""


@dataclass(frozen=True, slots=True)
class Question:
    """One spoken question."""

    file: Path
    audio: Audio
    end: float
    """Seconds into the file: the true end of speech."""
    text: str = ""
    """What is said, where it is known."""

    @property
    def name(self) -> str:
        return self.file.stem


def questions(files: Sequence[Path] = ()) -> list[Question]:
    """Read the given files, or the shipped ones; raises AudioError and UsageError (a file without speech)."""
    texts = {} if files else _shipped()
    return [_question(path, texts.get(path, "")) for path in files or sorted(texts)]


def _question(path: Path, text: str) -> Question:
    audio = read(path, RATE)
    end = last_audible(audio)
    if not end:
        raise UsageError(f"{path}: nobody speaks in it", "give a recording of a short question")
    return Question(path, audio, end, text)


def _shipped() -> dict[Path, str]:
    """Give the shipped files and what is said in each."""
    folder = shipped_folder() / "sounds" / "bench"
    with (folder / "questions.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {folder / row["file"]: row["text"] for row in rows}
