"""`swv6 cache`: filled once, shown, cleared; wrong calls say what is right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from swv6.stages.answers.apology import apology
from swv6.text.spoken import spoken
from tests.test_bad_input import refused, swv6

ESPEAK = ("--set", "tts=[espeak, silent]", "--set", "cache.disk.tts={max_bytes: 300 MB, ttl: 60 d}")


def shown(folder: Path) -> dict[str, Any]:
    done = swv6("cache", "show", "--json", SWV6_CACHE=str(folder))
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["folder"] == str(folder)
    return {row["kind"]: row for row in found["kinds"]}


def test_phrases_are_spoken_once_and_forgotten_on_demand(tmp_path: Path) -> None:
    folder, phrases = tmp_path / "answers", tmp_path / "phrases.txt"
    phrases.write_text("# mine\nIl est 14h30.\n\nBonjour.\nBonjour.\n", encoding="utf-8")
    first = swv6("cache", "warm", str(phrases), *ESPEAK, SWV6_CACHE=str(folder))
    assert "2 spoken, 0 were there" in first.stderr, first.stderr
    again = swv6("cache", "warm", str(phrases), *ESPEAK, SWV6_CACHE=str(folder))
    assert "0 spoken, 2 were there" in again.stderr, again.stderr
    found = shown(folder)
    assert (found["tts"]["entries"], found["tts"]["hits"], found["tts"]["misses"]) == (2, 2, 2)
    assert found["tts"]["bytes"] <= found["tts"]["file_bytes"]
    said = swv6("say", "Bonjour.", "-o", "out.wav", "--json", *ESPEAK, cwd=tmp_path, SWV6_CACHE=str(folder))
    assert json.loads(said.stdout)["backend_used"] == "espeak", said.stderr
    assert shown(folder)["tts"]["hits"] == 3
    assert "tts: 2 forgotten" in swv6("cache", "clear", "tts", SWV6_CACHE=str(folder)).stderr
    assert shown(folder)["tts"]["entries"] == 0


def test_nothing_there_is_no_error(tmp_path: Path) -> None:
    assert [row["entries"] for row in shown(tmp_path / "none").values()] == [0, 0]
    assert swv6("cache", "clear", SWV6_CACHE=str(tmp_path / "none")).returncode == 0
    assert not (tmp_path / "none").exists()


def test_the_shipped_list_can_be_spoken_and_holds_the_conversation_s_apology() -> None:
    from swv6.conversation.warming import shipped

    phrases = shipped("fr")
    assert apology("fr") in phrases
    assert len(phrases) > 100
    assert all(any(map(str.isalpha, spoken(phrase, "fr"))) for phrase in phrases)


def test_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    refused(swv6("cache", "clear", "tss", SWV6_CACHE=str(tmp_path)), 2, "tss", "cache clear tts stt")
    refused(swv6("cache", "show", SWV6_CACHE="off"), 2, "SWV6_CACHE=off")
    refused(swv6("cache", "warm", str(tmp_path / "no.txt"), SWV6_CACHE=str(tmp_path)), 2, "no.txt")
    off = swv6("cache", "warm", *ESPEAK, "--set", "cache.disk=null", SWV6_CACHE=str(tmp_path))
    refused(off, 2, "keeps no speech on disk", "cache.disk.tts=")
    english = swv6("cache", "warm", *ESPEAK, "--set", "language=nl", SWV6_CACHE=str(tmp_path))
    refused(english, 2, "no list of phrases in nl", "PHRASES.txt")
