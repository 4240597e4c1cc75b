"""What makes a recording be done again: another text to be expected, not another name or time."""

from __future__ import annotations

import os
import shutil
from hashlib import blake2b
from pathlib import Path

import pytest

from swv6.models.store import Store
from swv6.plugins.manager import Plugin, installed
from swv6.profiles import Profile, resolve
from swv6.transcription import fingerprint as module
from swv6.transcription.fingerprint import WRITING, fingerprint
from swv6.transcription.outputs import FORMATS, Layout, render
from tests.plugins_builtin.test_words import through
from tests.transcription.outputs.samples import SENTENCES, spoken

WRITTEN = {4: "4e942098d77652fe"}
"""Of each WRITING, the digest of all formats of one transcript that went through the shipped filters."""


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "my-whisper"
    folder.mkdir()
    (folder / "model.bin").write_bytes(b"weights")
    (folder / "config.json").write_text("{}", encoding="utf-8")
    return folder


@pytest.fixture
def terms(tmp_path: Path) -> Path:
    path = tmp_path / "terms.yaml"
    path.write_text("RTX 3090:\n", encoding="utf-8")
    return path


def printed(*sets: str, formats: tuple[str, ...] = ("txt",), store: Store | None = None) -> str:
    profile: Profile = resolve("default", list(sets))
    return fingerprint(profile, {"formats": formats}, store or Store())


def with_(model: Path, options: str = "") -> str:
    return printed(f"stt=[{{prism: {{model: '{model.as_posix()}'{options}}}}}]")


def test_weights_count_by_what_is_in_them(model: Path) -> None:
    before = with_(model)
    os.utime(model / "model.bin", (1, 1))
    assert with_(model) == before
    assert with_(Path(shutil.move(model, model.with_name("renamed")))) == before
    (model.with_name("renamed") / "model.bin").write_bytes(b"WEIGHTS")
    assert with_(model.with_name("renamed")) != before


def test_models_of_the_catalog_count_by_their_hashes_here_or_not(tmp_path: Path) -> None:
    base, elsewhere = printed("stt=[prism: {model: whisper-base}]"), Store(tmp_path)
    assert printed("stt=[prism: {model: whisper-base}]", store=elsewhere) == base
    assert printed("stt=[prism: {model: whisper-tiny.en}]", store=elsewhere) != base


def test_options_count_but_not_effort(model: Path) -> None:
    before = with_(model)
    assert with_(model, ", concurrency: 3, threads: 2, devices: [1]") == before
    assert with_(model, ", beam_size: 2") != before
    assert printed(formats=("txt", "srt")) != printed()


def test_a_vocabulary_counts_by_what_is_in_it(terms: Path) -> None:
    before = printed(f"vocabulary={terms.as_posix()}")
    os.utime(terms, (1, 1))
    moved = terms.rename(terms.with_name("words.yaml"))
    assert printed(f"vocabulary={moved.as_posix()}") == before
    moved.write_text("RTX 4090:\n", encoding="utf-8")
    assert printed(f"vocabulary={moved.as_posix()}") != before


def test_a_filter_and_its_options_count() -> None:
    assert printed("transcript_filters=[typography]") != printed()
    assert printed("transcript_filters=[numbers: {write: digits}]") != printed("transcript_filters=[numbers]")


def test_other_versions_count(monkeypatch: pytest.MonkeyPatch) -> None:
    before = printed()
    with monkeypatch.context() as patched:
        patched.setattr(module, "version", lambda name: "9.9")
        assert printed() != before
    with monkeypatch.context() as patched:
        patched.setattr(module, "WRITING", WRITING + 1)
        assert printed() != before
    monkeypatch.setitem(installed().found, "prism", Plugin("prism", "swv6-prism", "2.0"))
    assert printed() != before


@pytest.mark.anyio
async def test_what_is_written_changes_with_its_number_only() -> None:
    """When this fails because more or other text is wanted: raise WRITING, and put the new digest here."""
    said = await through(spoken(*SENTENCES, "l'usage de faster whisper est-ce que ça va"))
    texts = [render(name, said, Layout()) for name in FORMATS]
    assert {WRITING: blake2b("\0".join(texts).encode(), digest_size=8).hexdigest()} == WRITTEN
