"""Five hundred recordings, twenty of them bad, in a run that is killed twice: every good text once and whole."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from tests.transcription.world import World, tone

GOOD, BAD = 480, 20


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path).prepare(f"{{opened: '{tmp_path.as_posix()}'}}")


def _recordings(folder: Path) -> dict[str, str]:
    """Write the recordings in ten folders; give each good one's text by its place."""
    texts = {}
    for n in range(GOOD):
        place = f"{n % 10}/{n:03}"
        texts[place] = tone(folder / f"{place}.wav", seconds=0.1, pitch=200 + n)
    for n in range(BAD):
        bad = folder / f"{n % 10}/bad-{n:02}.wav"
        if n % 3 == 0:
            bad.write_bytes(b"")
        elif n % 3 == 1:
            bad.write_text("This is no sound. " * 50, encoding="utf-8")
        else:
            tone(bad, seconds=0.1, peak=0.99)
    return texts


def _written(out: Path) -> dict[str, str]:
    return {p.relative_to(out).with_suffix("").as_posix(): p.read_text(encoding="utf-8") for p in out.rglob("*.txt")}


def test_killed_twice_and_resumed(world: World) -> None:
    texts, out = _recordings(world.folder / "rec"), world.folder / "out"
    arguments = ("rec", "-o", "out", "-f", "txt,json", "--workers", "2")
    before = dict[str, int]()
    for share in (150, 320):
        run = world.start(*arguments)
        while len(list(out.rglob("*.json"))) < share:
            assert run.poll() is None, run.communicate()
            time.sleep(0.005)
        run.kill()
        run.communicate()
        now = {place: (out / f"{place}.txt").stat().st_mtime_ns for place in _written(out)}
        assert len(now) < GOOD
        assert len(before.items() - now.items()) <= 3  # those that were under way
        before = now
    done = world.run(*arguments)
    assert done.returncode == 1
    assert _written(out) == {place: f"{text}\n" for place, text in texts.items()}
    assert {p.relative_to(out).with_suffix("").as_posix() for p in out.rglob("*.json")} == set(texts)
    assert not [p for p in out.rglob("*") if p.name.endswith(".part")]
    told = done.stderr.splitlines()
    reasons = Counter(line.partition(": ")[2].partition(": ")[2] for line in told if line.startswith("swv6: rec"))
    assert reasons == {
        "is empty (0 bytes)": 7,
        "is a text file, no sound": 7,
        "no stt backend could answer: too loud for these ears": 6,
    }
    assert f"done before, {BAD} failed of {GOOD + BAD} files" in told[-1]
    assert len([p for p in world.folder.iterdir() if p.name.isdigit()]) == 3


def test_a_finished_run_opens_no_model_and_writes_nothing(world: World) -> None:
    tone(world.folder / "rec" / "a.wav")
    assert world.run("rec", "-o", "out").returncode == 0
    written = (world.folder / "out" / "a.txt").stat().st_mtime_ns
    opened = sorted(p.name for p in world.folder.iterdir())
    again = world.run("rec", "-o", "out")
    assert (again.returncode, again.stderr) == (0, "swv6: 1 done before of 1 files\n")
    assert (world.folder / "out" / "a.txt").stat().st_mtime_ns == written
    assert sorted(p.name for p in world.folder.iterdir()) == opened
