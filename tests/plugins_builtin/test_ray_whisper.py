"""Whisper itself on a Ray cluster of two nodes, one of whose workers is killed while it hears."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from swv6.audio.files import WavWriter, read
from swv6.types import Audio

SOUNDS = Path(__file__).parents[2] / "profiles/sounds"
FILES = 12
QUICK = ("--set", "cache.disk=null", "--engine-options", "beam_size=1", "--no-word-timestamps")


@pytest.fixture
def cluster() -> Iterator[Any]:
    """Start a head without room for a worker and two nodes with room for one each."""
    from ray.cluster_utils import Cluster

    nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    try:
        nodes.both = [nodes.add_node(num_cpus=1) for _ in range(2)]
        yield nodes
    finally:
        nodes.shutdown()


@pytest.mark.weights
def test_a_whisper_that_is_killed_loses_nothing(tmp_path: Path, cluster: Any) -> None:
    """Each recording has the text that this machine alone hears in it, once."""
    questions = [read(SOUNDS / f"question-{number}.wav").samples for number in (1, 2)]
    for n in range(FILES):
        (tmp_path / "rec").mkdir(exist_ok=True)
        with WavWriter(tmp_path / "rec" / f"{n:02}.wav", 16_000) as wav:
            wav.append(Audio(np.concatenate([questions[n % 2], np.zeros(16_000 + 160 * n, np.float32)]), 16_000))
    command = [sys.executable, "-m", "swv6", "transcribe", *QUICK]
    run = subprocess.Popen(
        [*command, "rec", "-o", "out", "--on", f"ray://{cluster.address}?cores=1"],
        cwd=tmp_path, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    while len(list((tmp_path / "out").glob("*.txt"))) < 2:
        assert run.poll() is None, run.communicate()
        time.sleep(0.01)
    os.kill(_worker(cluster), 9)
    told = run.communicate(timeout=120)[1]
    assert run.returncode == 0, told
    assert "a worker died, another takes its work" in told
    assert f"{FILES} done of {FILES} files" in told
    alone = [*command, "rec/00.wav", "rec/01.wav", "-o", "alone"]
    assert subprocess.run(alone, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    texts = [(tmp_path / "alone" / f"{n:02}.txt").read_text(encoding="utf-8") for n in (0, 1)]
    assert all(texts)
    for n in range(FILES):
        assert (tmp_path / "out" / f"{n:02}.txt").read_text(encoding="utf-8") == texts[n % 2]


def _worker(cluster: Any) -> int:
    """Find the process of an actor that hears, or is about to."""
    raylets = [process.process.pid for node in cluster.both for process in node.all_processes["raylet"]]
    found = [
        child
        for pid in raylets
        for child in psutil.Process(pid).children(recursive=True)
        if (child.cmdline() or [""])[0].startswith("ray::Worker")
    ]
    assert found, raylets
    return max(found, key=lambda child: ".hear" in child.cmdline()[0]).pid
