"""A recogniser that travels: with its chain, without the filters, with the small files that it needs."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from swv6.profiles import Choice, nvml, resolve
from swv6.transcription import luggage
from swv6.transcription.recogniser import ProfileRecogniser


@pytest.fixture
def terms(tmp_path: Path) -> Path:
    path = tmp_path / "terms.yaml"
    path.write_text("RTX 3090:\n", encoding="utf-8")
    return path


def vocabulary(choice: Choice) -> Path | None:
    found: Path | None = getattr(choice.options, "vocabulary", None)
    return found


def test_a_vocabulary_travels(terms: Path) -> None:
    sent = pickle.dumps(ProfileRecogniser(resolve("default", [f"vocabulary={terms.as_posix()}"])))
    terms.unlink()
    arrived: ProfileRecogniser = pickle.loads(sent)
    assert arrived.profile.transcript_filters == ()
    assert arrived.luggage is not None
    with arrived.luggage.unpacked(arrived.profile.stt) as stt:
        path = vocabulary(stt[0])
        assert path is not None
        assert path.read_text(encoding="utf-8") == "RTX 3090:\n"
        assert path.suffix == ".yaml"
    assert not path.exists()


def test_big_files_stay(terms: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(luggage, "BIGGEST", 3)
    profile = resolve("default", [f"vocabulary={terms.as_posix()}"])
    with luggage.packed(profile.stt).unpacked(profile.stt) as stt:
        assert stt == profile.stt


def test_each_card_has_its_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nvml, "usage", lambda: [nvml.Usage(n, 0, 1, 0.0) for n in range(3)])
    monkeypatch.setattr(os, "cpu_count", lambda: 16)
    cpu = [("device: cpu", 2), ("device: cpu, concurrency: 1", 1), ("device: cpu, threads: 4", 1)]
    for options, workers in (("", 3), ("devices: [0, 1], concurrency: 2", 4), *cpu):
        profile = resolve("default", [f"stt=[prism: {{{options}}}]", "concurrency=1"])
        assert ProfileRecogniser(profile).workers == workers
