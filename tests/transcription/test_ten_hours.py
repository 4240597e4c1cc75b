"""Ten hours of sound go through in the memory of a few windows."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest

from tests.transcription.world import World, tone

HOURS = 10
RATE = 16_000
_PEAK = """
import resource, sys
from swv6.cli import main
try:
    main()
finally:
    print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def _peak(world: World, *arguments: str) -> tuple[str, int]:
    """Transcribe and give what was said and the peak of memory, bytes."""
    import subprocess

    command = [sys.executable, "-c", _PEAK, *world.command(*arguments)[3:]]
    done = subprocess.run(command, cwd=world.folder, env=world.env, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stderr, 1024 * int(done.stderr.split("peak")[1])


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read as Linux counts it, files may have holes")
def test_ten_hours_take_the_memory_of_a_few_windows(tmp_path: Path) -> None:
    world, size = World(tmp_path).prepare(), HOURS * 3600 * RATE * 2
    tone(tmp_path / "short.wav")
    with (tmp_path / "long.wav").open("wb") as file:
        file.write(b"RIFF" + struct.pack("<I", size + 36) + b"WAVEfmt ")
        file.write(struct.pack("<IHHIIHH", 16, 1, 1, RATE, 2 * RATE, 2, 16) + b"data" + struct.pack("<I", size))
        file.truncate(44 + size)  # a hole: it reads as silence and takes no disk
    _, small = _peak(world, "short.wav", "-o", "out")
    told, large = _peak(world, "long.wav", "-o", "out", "--workers", "2")
    assert "10 h 00 min of sound" in told
    assert large - small < 400_000_000
