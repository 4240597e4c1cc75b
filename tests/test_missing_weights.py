"""Weights that cannot be fetched are passed over when the chain has something else."""

from __future__ import annotations

import os
from pathlib import Path

from tests.test_bad_input import refused, swv6

OFFLINE = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_EXTRA_INDEX_URL": "", "PIP_CONFIG_FILE": os.devnull}


def test_a_voice_that_cannot_be_fetched_is_followed_by_the_next(tmp_path: Path) -> None:
    done = swv6("say", "Bonjour", "-o", "b.wav", cwd=tmp_path, SWV6_MODELS=str(tmp_path / "models"), **OFFLINE)
    assert done.returncode == 0, done.stderr
    assert "kokoro passed over" in done.stderr
    assert (tmp_path / "b.wav").stat().st_size > 10_000


def test_when_nothing_else_is_left_it_is_an_error(tmp_path: Path) -> None:
    only = ["--set", "tts=[kokoro]"]
    done = swv6("say", "Bonjour", "-o", "b.wav", *only, cwd=tmp_path, SWV6_MODELS=str(tmp_path / "models"), **OFFLINE)
    refused(done, 4, "kokoro", "->")
    assert not (tmp_path / "b.wav").exists()
