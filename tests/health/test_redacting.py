"""Secrets and speech, planted where they could be, are gone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from swv6.health.redacting import redacted, scrubbed, secret_values, unspoken

SAID = "le code est douze"


def test_secrets_and_texts_of_a_profile() -> None:
    profile = {
        "prompt": SAID,
        "answer": {"stop": [SAID], "within": 3.0},
        "gpu": {"env": {"WHATEVER": "x"}},
        "llm": [{"options": {"key_env": "NAME", "api_key": "k", "max_tokens": 3, "hotwords": "", "voice": "ff"}}],
    }
    assert redacted(profile) == {
        "prompt": "(17 characters)",
        "answer": {"stop": ["(17 characters)"], "within": 3.0},
        "gpu": {"env": {"WHATEVER": "(redacted)"}},
        "llm": [
            {"options": {"key_env": "NAME", "api_key": "(redacted)", "max_tokens": 3, "hotwords": "", "voice": "ff"}}
        ],
    }


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("http://me:pw@host/v1", "http://host/v1"),
        ("http://host/v1?key=1 down", "http://host/v1?(redacted) down"),
        ("Authorization: Bearer abc", "Authorization: (redacted)"),
        ("sk-abcdefgh1234 refused", "(redacted) refused"),
        ("hunter22 refused", "(redacted) refused"),
        ("nothing secret: whisper-base, kokoro", "nothing secret: whisper-base, kokoro"),
    ],
)
def test_what_is_scrubbed_anywhere(text: str, becomes: str) -> None:
    assert scrubbed(text, {"hunter22"}) == becomes


def test_whose_home_it_is() -> None:
    assert scrubbed(str(Path.home() / "models"), ()) == str(Path("~") / "models")


def test_secrets_of_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "hunter22")
    monkeypatch.setenv("MY_EAR", "e7")
    monkeypatch.setenv("SSH_AUTH_SOCK", str(tmp_path))
    found = secret_values({"MY_EAR"})
    assert {"hunter22", "e7"} <= found
    assert str(tmp_path) not in found


@pytest.mark.parametrize("line", [SAID, json.dumps([SAID]), json.dumps({"text": SAID}), json.dumps({"event": SAID})])
def test_a_log_line_with_speech_only_is_dropped(line: str) -> None:
    assert unspoken(line) == ""


def test_a_log_line_keeps_names_and_figures() -> None:
    line = json.dumps({"event": "reply_ended", "turn": 2, "heard": SAID, "total": 0.9, "reason": SAID})
    assert json.loads(unspoken(line)) == {"event": "reply_ended", "turn": 2, "total": 0.9}
