"""From a language or a voice's name to the espeak-ng voice that writes its phonemes."""

from __future__ import annotations

import re

BY_LETTER = {
    "a": "en-us",
    "b": "en-gb",
    "e": "es",
    "f": "fr-fr",
    "h": "hi",
    "i": "it",
    "j": "ja",
    "p": "pt-br",
    "z": "cmn",
}
"""The first letter of a Kokoro voice's name is its language."""

BY_CODE = {"en": "en-us", "fr": "fr-fr", "pt": "pt-br", "zh": "cmn"}

_VOICE = re.compile(r"([abefhijpz])[fm]_")
_SWITCH = re.compile(r"\((?:cmn|en|es|fr|hi|it|ja|pt|de|la)(?:-[a-z]+)*\)")
_ENDS = re.compile(r"(?<=[.!?…])\s+")


def espeak_voice(language: str, voice: str) -> str:
    """Choose the espeak-ng voice: the language asked for, in the accent of the voice where they agree."""
    match = _VOICE.match(voice)
    own = BY_LETTER[match[1]] if match else ""
    if not language:
        return own or "en-us"
    wanted = BY_CODE.get(language, language)
    return own if own.split("-")[0] == wanted.split("-")[0] and language in BY_CODE else wanted


def clean(phonemes: str) -> str:
    """Drop espeak-ng's marks of a change of language, `(en)` and back `(fr)`: the voice would read them aloud."""
    return _SWITCH.sub("", phonemes)


def pieces(phonemes: str, least: int = 40) -> list[str]:
    """Cut after sentences into pieces of at least `least` phonemes (about 2.5 s), so that sound starts early."""
    out: list[str] = []
    for sentence in _ENDS.split(phonemes.strip()):
        if out and len(out[-1]) < least:
            out[-1] = f"{out[-1]} {sentence}"
        elif sentence:
            out.append(sentence)
    return out
