"""The voices of espeak-ng, as its data files describe them."""

from __future__ import annotations

from pathlib import Path

import espeakng_loader

from swv6.plugins import VoiceInfo

RATE = 22_050
"""Hz: what the library answers when it is initialised."""


def voices() -> list[VoiceInfo]:
    """List one voice for each language file."""
    folder = Path(espeakng_loader.get_data_path()) / "lang"
    found = [_voice(file) for file in folder.rglob("*") if file.is_file()]
    return sorted((voice for voice in found if voice.name), key=lambda voice: voice.name)


def _voice(file: Path) -> VoiceInfo:
    lines = [line.split(maxsplit=1) for line in file.read_text(encoding="utf-8", errors="replace").splitlines()]
    values = [(line[0], line[1].split("//")[0].strip()) for line in lines if len(line) == 2]
    languages = tuple(value.split()[0].lower() for key, value in values if key == "language" and value)
    title = next((value for key, value in values if key == "name"), "")
    return VoiceInfo(languages[0] if languages else "", languages, "GPL-3.0-or-later", RATE, f"espeak-ng: {title}")
