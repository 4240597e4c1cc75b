"""A three-hour recording is transcribed in bounded memory."""

from __future__ import annotations

import os
import subprocess
import sys
import wave
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from swv6.audio.files import read, read_blocks
from swv6.transcription.windows import WINDOW, windows
from swv6.types import Audio

HOURS = 3
RATE = 16_000
QUESTION = Path(__file__).parent.parent / "profiles" / "sounds" / "question-1.wav"


def test_windows_are_cut_where_it_is_quiet_and_lose_nothing() -> None:
    rng = np.random.default_rng(1)
    sound = rng.normal(0, 0.3, 95 * RATE).astype(np.float32)
    sound[28 * RATE : 29 * RATE] = 0.0
    sound[55 * RATE : 56 * RATE] = 0.0
    blocks = (Audio(sound[i : i + 7000], RATE, i / RATE) for i in range(0, len(sound), 7000))
    cut = list(windows(blocks, window=30.0, search=10.0))
    assert np.array_equal(np.concatenate([w.samples for w in cut]), sound)
    assert [w.seconds <= 30.0 for w in cut] == [True] * len(cut)
    assert 28.0 < cut[1].start < 29.0
    assert 55.0 < cut[2].start < 56.0
    assert all(a.start + a.seconds == pytest.approx(b.start) for a, b in pairwise(cut))


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Write three hours of faint noise with one French question at the start, in the middle and near the end."""
    path = tmp_path_factory.mktemp("long") / "long.wav"
    speech = (read(QUESTION, RATE).samples * 32767).astype("<i2")
    noise = (np.random.default_rng(0).normal(0, 20, RATE * 60)).astype("<i2")
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
        for minute in range(HOURS * 60):
            part = noise.copy()
            if minute in (0, 90, 178):
                part[RATE : RATE + len(speech)] += speech
            out.writeframes(part.tobytes())
    yield path
    path.unlink()


def test_windows_of_three_hours_are_bounded(recording: Path) -> None:
    longest, total = 0, 0
    for window in windows(read_blocks(recording, RATE)):
        longest = max(longest, len(window.samples))
        total += len(window.samples)
    assert longest <= WINDOW * RATE
    assert total == HOURS * 3600 * RATE


_PEAK = """
import sys, resource
from swv6.cli import main
sys.argv = ["swv6", "transcribe", "--yes", *sys.argv[1:]]
try:
    main()
finally:
    print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def _transcribe(path: Path) -> tuple[str, int]:
    """Transcribe in a process of its own; give the text and the peak of its memory, KiB."""
    done = subprocess.run(
        [sys.executable, "-c", _PEAK, str(path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"OMP_NUM_THREADS": "2"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, int(done.stderr.split("peak")[1].split()[0])


@pytest.mark.weights
@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read as Linux counts it")
def test_three_hours_take_little_more_memory_than_four_seconds(recording: Path) -> None:
    _, small = _transcribe(QUESTION)
    text, large = _transcribe(recording)
    assert text.count("Camille") == 3
    assert large - small < 500_000
