"""Changing how answers are spoken: the language, the voice, the speed."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from plugins_builtin.tools.tongue import in_french
from plugins_builtin.tools.wishes import LANGUAGES, TRIGGERS, UNKNOWN, named, strange, wish
from swv6.plugins import Scene, Tool

_STEP = 1.2
"""Of the speed, for each time it is asked: well heard, and five steps from the slowest to the fastest."""

_How = Literal["faster", "slower", "normal", "voice"]
_Language = Literal["french", "english", "german", "spanish", "italian", "portuguese", "other language"]


class Manner(BaseModel):
    """What is to be changed."""

    change: Literal[_How, _Language]


def voice(french: bool) -> Tool:
    """Give the tool that changes how answers are spoken."""

    async def run(arguments: Manner, scene: Scene) -> str:
        speech = scene.speech
        if speech is None:
            raise ValueError(
                "Je ne peux pas changer de voix ici." if in_french(scene, french) else "I cannot change my voice here."
            )
        if arguments.change == "voice":
            done = await speech.other_voice()
            return _told(speech.language == "fr", "other" if done else "no other")
        if code := next((code for code, names in LANGUAGES.items() if names[0] == arguments.change), ""):
            return await _speak(code, scene, french)
        return await _pace(arguments.change, scene)

    def check(arguments: Manner, scene: Scene) -> None:
        if scene.speech is None or (arguments.change != UNKNOWN and named(scene.said, arguments.change)):
            return
        raise ValueError(_without_voice(strange(scene.said), scene, in_french(scene, french)))

    def read(question: str) -> dict[str, Any] | None:
        found = wish(question)
        return {"change": found} if found else None

    examples = (
        ("Tu peux accélérer ?", {"change": "faster"}),
        ("Pas si vite.", {"change": "slower"}),
        ("Une autre voix.", {"change": "voice"}),
        ("On continue en anglais.", {"change": "english"}),
    )
    about = "changes the speed, the voice or the language in which you speak"
    return Tool("voice", about, Manner, run, TRIGGERS, timeout=15.0, read=read, examples=examples, check=check)


async def _speak(code: str, scene: Scene, french: bool) -> str:
    assert scene.speech is not None
    _, _, in_fr, in_en = LANGUAGES[code]
    if await scene.speech.speak(code):
        if code in ("fr", "en"):
            return "D'accord, je parle français." if code == "fr" else "All right, I will speak English."
        return {"de": "Gut.", "es": "De acuerdo.", "it": "Va bene.", "pt": "Está bem."}[code]
    own = in_french(scene, french)
    return _without_voice(in_fr if own else in_en, scene, own)


def _without_voice(name: str, scene: Scene, french: bool) -> str:
    """Say that a language cannot be spoken, and which ones can."""
    assert scene.speech is not None
    here = [in_fr if french else in_en for code, (_, _, in_fr, in_en) in LANGUAGES.items() if scene.speech.speaks(code)]
    *first, last = here or ["français" if french else "English"]
    if french:
        what = f"pas de voix en {name}" if name else "pas de voix dans cette langue"
        return f"Désolé, je n'ai {what} ici. Je peux parler {', '.join(first)}{' et ' if first else ''}{last}."
    what = f"no {name.capitalize()} voice" if name else "no voice for that language"
    return f"Sorry, I have {what} here. I can speak {', '.join(first)}{' and ' if first else ''}{last}."


async def _pace(change: str, scene: Scene) -> str:
    assert scene.speech is not None
    before = scene.speech.speed
    after = {"faster": before * _STEP, "slower": before / _STEP}.get(change, 1.0)
    await scene.speech.at_speed(after)
    moved = change == "normal" or abs(scene.speech.speed - before) > 0.01
    return _told(scene.speech.language == "fr", change if moved else f"no {change}")


def _told(french: bool, what: str) -> str:
    return {
        "faster": ("D'accord, je parle plus vite.", "All right, I will speak faster."),
        "slower": ("D'accord, je parle plus lentement.", "All right, I will speak more slowly."),
        "normal": ("D'accord, à la vitesse normale.", "All right, at the normal speed."),
        "other": ("Voici une autre voix.", "Here is another voice."),
        "no other": ("Je n'ai pas d'autre voix ici.", "I have no other voice here."),
        "no faster": ("Je ne peux pas parler plus vite.", "I cannot speak any faster."),
        "no slower": ("Je ne peux pas parler plus lentement.", "I cannot speak any more slowly."),
    }[what][0 if french else 1]
