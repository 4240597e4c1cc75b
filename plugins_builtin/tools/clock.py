"""What time it is, and timers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field
from pydantic.json_schema import SkipJsonSchema

from plugins_builtin.tools import alarms, durations, hours
from plugins_builtin.tools.places import phrase, place
from plugins_builtin.tools.tongue import in_french
from swv6.plugins import Scene, Tool

_DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche"
_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_RELATIVE = {
    2: ("Après-demain, nous serons", "The day after tomorrow is"),
    1: ("Demain, nous serons", "Tomorrow is"),
    -1: ("Hier, nous étions", "Yesterday was"),
    -2: ("Avant-hier, nous étions", "The day before yesterday was"),
}
_LONGEST = 24 * 3600
"""Seconds."""


class Nothing(BaseModel):
    """No arguments."""


class Duration(BaseModel):
    """How long a timer runs."""

    duration: str = Field(max_length=80)
    wish: SkipJsonSchema[Literal["start", "cancel", "left"]] = "start"
    """What becomes of timers is read by rules only."""


def said(now: datetime, french: bool) -> str:
    """Say a moment."""
    if not french:
        return f"It is {now:%H:%M} on {now:%A, %B} {now.day}, {now.year}."
    day, month = _DAYS.split()[now.weekday()], _MONTHS.split()[now.month - 1]
    number = "1er" if now.day == 1 else str(now.day)
    return f"Il est {now.hour} h {now.minute:02d}, nous sommes le {day} {number} {month} {now.year}."


def dated(day: datetime, after: int, french: bool) -> str:
    """Say which day it is so many days after today."""
    names = _RELATIVE[after][0 if french else 1]
    if not french:
        return f"{names} {day:%A, %B} {day.day}, {day.year}."
    return f"{names} le {said(day, True).partition(' le ')[2]}"


def time(french: bool) -> Tool:
    """Give the tool that knows the time and the date."""

    async def run(arguments: Nothing, scene: Scene) -> str:
        own, now, (_, zone) = in_french(scene, french), datetime.now().astimezone(), place(scene.said)
        if days := hours.days(scene.said):
            return dated(now + timedelta(days=days), days, own)
        if not zone:
            return said(now, own)
        there, where = said(now.astimezone(ZoneInfo(zone)), own), phrase(scene.said)
        return f"{where}, {there[0].lower()}{there[1:]}" if where else there

    def check(arguments: Nothing, scene: Scene) -> None:
        where, zone = place(scene.said)
        if where and not zone:
            sorry = "Désolé, je ne sais pas quelle heure il est là-bas."
            raise ValueError(sorry if in_french(scene, french) else "Sorry, I do not know what time it is there.")

    examples: tuple[tuple[str, dict[str, Any]], ...] = (("Il est quelle heure ?", {}), ("Quel jour sommes-nous ?", {}))
    about = "the current time and date"
    return Tool("time", about, Nothing, run, hours.TRIGGERS, read=hours.read, examples=examples, check=check)


def timer(french: bool) -> Tool:
    """Give the tool that counts down and speaks when it is due."""

    async def run(arguments: Duration, scene: Scene) -> str:
        own = in_french(scene, french)
        if arguments.wish == "cancel":
            for promise in scene.promised:
                promise.cancel()
            return _told("cancelled" if scene.promised else "none", own)
        if arguments.wish == "left":
            lengths = ", ".join(length(max(1, round(promise.left)), own) for promise in scene.promised)
            return (f"Il reste {lengths}." if own else f"{lengths} left.") if lengths else _told("none", own)
        seconds, at = _meant(arguments, scene) or 0, alarms.moment(scene.said)
        words = clocked(at, own) if at is not None else length(seconds, own)
        if at is not None:
            scene.later(seconds, f"Il est {words}." if own else f"It is {words}.")
            return f"C'est noté pour {words}." if own else f"I will call you at {words}."
        scene.later(seconds, f"La minuterie de {words} est terminée." if own else f"Your timer of {words} is over.")
        return f"C'est parti pour {words}." if own else f"Counting down {words}."

    def check(arguments: Duration, scene: Scene) -> None:
        seconds = _meant(arguments, scene) if arguments.wish == "start" else 1
        if seconds is None or not 0 < seconds <= _LONGEST:
            raise ValueError(_told("how long" if seconds is None else "no time", in_french(scene, french)))

    examples = (
        ("Mets un minuteur d'une heure et demie.", {"duration": "une heure et demie"}),
        ("Minuterie de 8 minutes s'il te plaît.", {"duration": "8 minutes"}),
        ("Préviens-moi dans vingt-cinq secondes.", {"duration": "vingt-cinq secondes"}),
        ("Wake me in an hour.", {"duration": "an hour"}),
    )
    about = "starts a timer, an alarm or a reminder after a time; its duration is copied word for word"
    return Tool("timer", about, Duration, run, alarms.TRIGGERS, read=alarms.read, examples=examples, check=check)


def _meant(arguments: Duration, scene: Scene) -> int | None:
    """Give the seconds that were asked for; None where none were said."""
    if (at := alarms.moment(scene.said)) is not None:
        now = datetime.now().astimezone()
        return (at - now.hour * 3600 - now.minute * 60 - now.second) % 86400 or 86400
    asked = durations.all_of(scene.said)
    copied = arguments.duration.casefold() in scene.said.casefold()  # small models repeat examples
    given = durations.all_of(arguments.duration) if copied else []
    return next(iter(given if given and len(set(asked)) > 1 else asked), None)


def _told(what: str, french: bool) -> str:
    return {
        "how long": (
            "Pour combien de temps ? Dites par exemple : une minuterie de cinq minutes.",
            "For how long? Say for example: a timer for five minutes.",
        ),
        "no time": (
            "Désolé, une minuterie dure d'une seconde à vingt-quatre heures.",
            "Sorry, a timer runs from one second to twenty-four hours.",
        ),
        "cancelled": ("C'est annulé.", "It is cancelled."),
        "none": ("Il n'y a pas de minuterie.", "There is no timer."),
    }[what][0 if french else 1]


def clocked(at: int, french: bool) -> str:
    """Say a time of day, given in seconds after midnight."""
    return f"{at // 3600} h {at // 60 % 60:02d}" if french else f"{at // 3600:02d}:{at // 60 % 60:02d}"


def length(seconds: int, french: bool) -> str:
    """Say how long."""
    names = ("heure", "minute", "seconde") if french else ("hour", "minute", "second")
    counts = (seconds // 3600, seconds // 60 % 60, seconds % 60)
    parts = [f"{n} {name}{'s' if n > 1 else ''}" for n, name in zip(counts, names, strict=True) if n]
    return (" et " if french else " and ").join(parts)
