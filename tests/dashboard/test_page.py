"""The page's own files: two languages with the same words, nothing from elsewhere, nothing inline."""

from __future__ import annotations

import json
import re

import pytest

from swv6.dashboard.routes import page

FILES = {name: body.decode() for name, (body, _) in page().items()}
CATALOGUE: dict[str, dict[str, str]] = json.loads(FILES["strings.json"])
SCRIPTS = [name for name in FILES if name.endswith(".js")]


def test_both_languages_say_the_same_things() -> None:
    english, french = CATALOGUE["en"], CATALOGUE["fr"]
    assert list(english) == list(french)
    for key, text in english.items():
        assert text.strip(), key
        assert french[key].strip(), key
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", french[key])), key


def test_every_word_that_is_asked_for_is_there_and_none_is_idle() -> None:
    known = set(CATALOGUE["en"])
    code = "\n".join(text for name, text in FILES.items() if name != "strings.json")
    asked = set(re.findall(r'data-t="([\w-]+)"', code)) | set(re.findall(r'\bt\("([\w-]+)"', code))
    begun = tuple(re.findall(r"\bt\(`(\w+_)\$\{", code))
    assert asked <= known
    quoted = set(re.findall(r'"([\w-]+)"', code))
    idle = {key for key in known - asked - quoted if not key.startswith(begun)}
    kinds = {"stt", "llm", "tts", "microphone", "speaker"}  # named by events
    states = {"loading", "hearing", "thinking", "speaking", "asleep", "ended"}
    assert idle <= kinds | states, idle


@pytest.mark.parametrize("name", ["index.html", "login.html"])
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(name: str) -> None:
    text = FILES[name]
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text)
    addresses = re.findall(r'(?:src|href|action)="([^"]*)"', text)
    assert addresses
    for address in addresses:
        assert re.fullmatch(r"/page/[\w.]+|/login|#\w+", address)
        assert not address.startswith("/page/") or address.removeprefix("/page/") in FILES


def test_no_file_names_another_host() -> None:
    for name, text in FILES.items():
        assert not [url for url in re.findall(r"https?://[^\s\"'`]+", text) if url != "http://www.w3.org/2000/svg"], (
            name
        )


def test_scripts_build_elements_never_markup() -> None:
    for name in SCRIPTS:
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", FILES[name]), name


def test_files_are_small() -> None:
    for name, text in FILES.items():
        assert len(text.splitlines()) < 200 or name == "strings.json", name
    assert sum(map(len, FILES.values())) < 100_000
