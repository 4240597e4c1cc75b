"""The JSON Schema: what an editor accepts is what resolves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from swv6.plugins.manager import installed
from swv6.profiles.editor import schema
from swv6.profiles.nodes import Place, parse, plain
from swv6.profiles.search import shipped_folder
from tests.profiles.fakes import BASE, fake_plugins


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    described = schema(fake_plugins())
    jsonschema.Draft202012Validator.check_schema(described)
    return jsonschema.Draft202012Validator(described)


@pytest.mark.parametrize(
    "text",
    [
        BASE,
        "extends: x\ncache: {tts: {ttl: 1 h}}\n",
        "stt: [ear: {wait: 25 ms, model: any, files: [a]}, plain, {absent: }]\n",
        "tts: {ear: {wait: 3}}\n",
        "gpu: {name: x, min_vram: 20 GB, env: {A: 1, B: x}}\nturns: {silence: 0.6 s}\n",
        "metrics: null\nfallback: {first_item_within: {llm: null}}\n",
    ],
)
def test_an_editor_accepts_what_is_right(validator: Any, text: str) -> None:
    validator.validate(yaml.safe_load(text))


@pytest.mark.parametrize(
    "text",
    [
        "langage: fr\n",
        "stt: eer\n",
        "stt: [ear: {beam: 1}]\n",
        "stt: [{ear: {}, plain: {}}]\n",
        "stt: [ear: {wait: 3 parsecs}]\n",
        "turns: {silence: soon}\n",
        "concurrency: 0\n",
        "metrics: {port: 99999999}\n",
    ],
)
def test_an_editor_marks_what_is_wrong(validator: Any, text: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(yaml.safe_load(text))


def test_models_are_completed(validator: Any) -> None:
    assert "whisper-base" in validator.schema["$defs"]["EarOptions"]["properties"]["model"]["examples"]


@pytest.mark.parametrize("path", sorted(shipped_folder().glob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_profile_fits_the_schema(path: Path) -> None:
    node = parse(path.read_text(encoding="utf-8"), Place(path.name, 1), [])
    assert node is not None
    jsonschema.validate(plain(node), schema(installed()))
