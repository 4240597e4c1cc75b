"""What time it is, and timers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from plugins_builtin.tools import alarms, durations, hours
from plugins_builtin.tools.tongue import in_french
from swv6.plugins import Scene, Tool

_DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche"
_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_LONGEST = 24 * 3600
"""Seconds."""


class Nothing(BaseModel):
    """No arguments."""


class Duration(BaseModel):
    """How long a timer runs."""

    duration: str = Field(max_length=80)


def said(now: datetime, french: bool) -> str:
    """Say a moment."""
    if not french:
        return f"It is {now:%H:%M} on {now:%A, %B} {now.day}, {now.year}."
    day, month = _DAYS.split()[now.weekday()], _MONTHS.split()[now.month - 1]
    number = "1er" if now.day == 1 else str(now.day)
    return f"Il est {now.hour} h {now.minute:02d}, nous sommes le {day} {number} {month} {now.year}."


def time(french: bool) -> Tool:
    """Give the tool that knows the time and the date."""

    async def run(arguments: Nothing, scene: Scene) -> str:
        return said(datetime.now().astimezone(), in_french(scene, french))

    examples: tuple[tuple[str, dict[str, Any]], ...] = (("Il est quelle heure ?", {}), ("Quel jour sommes-nous ?", {}))
    return Tool("time", "the current time and date", Nothing, run, hours.TRIGGERS, read=hours.read, examples=examples)


def timer(french: bool) -> Tool:
    """Give the tool that counts down and speaks when it is due."""

    async def run(arguments: Duration, scene: Scene) -> str:
        question = scene.chat[-1].text if scene.chat else ""
        copied = arguments.duration.casefold() in question.casefold()  # small models repeat examples
        said = arguments.duration if copied else question
        seconds = durations.certain(question) or durations.seconds(said)
        own = in_french(scene, french)
        if not 0 < seconds <= _LONGEST:
            raise ValueError("Pour combien de temps ?" if own else "For how long?")
        words = length(seconds, own)
        scene.later(seconds, f"La minuterie de {words} est terminée." if own else f"Your timer of {words} is over.")
        return f"C'est parti pour {words}." if own else f"Counting down {words}."

    examples = (
        ("Mets un minuteur d'une heure et demie.", {"duration": "une heure et demie"}),
        ("Minuterie de 8 minutes s'il te plaît.", {"duration": "8 minutes"}),
        ("Préviens-moi dans vingt-cinq secondes.", {"duration": "vingt-cinq secondes"}),
        ("Wake me in an hour.", {"duration": "an hour"}),
    )
    about = "starts a timer, an alarm or a reminder after a time; its duration is copied word for word"
    return Tool("timer", about, Duration, run, alarms.TRIGGERS, read=alarms.read, examples=examples)


def length(seconds: int, french: bool) -> str:
    """Say how long."""
    names = ("heure", "minute", "seconde") if french else ("hour", "minute", "second")
    counts = (seconds // 3600, seconds // 60 % 60, seconds % 60)
    parts = [f"{n} {name}{'s' if n > 1 else ''}" for n, name in zip(counts, names, strict=True) if n]
    return (" et " if french else " and ").join(parts)
