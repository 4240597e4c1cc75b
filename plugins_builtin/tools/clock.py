"""What time it is, and timers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field
from pydantic.json_schema import SkipJsonSchema

from plugins_builtin.tools import alarms, durations, hours, moments, reasons, shifts
from plugins_builtin.tools.places import phrase, place
from plugins_builtin.tools.shifts import shift
from plugins_builtin.tools.tongue import in_french
from swv6.plugins import Scene, Tool

_LONGEST = 24 * 3600
"""Seconds."""


class Nothing(BaseModel):
    """No arguments."""


class Duration(BaseModel):
    """How long a timer runs."""

    duration: str = Field(max_length=80)
    wish: SkipJsonSchema[Literal["start", "cancel", "left"]] = "start"
    """What becomes of timers is read by rules only."""


def time(french: bool) -> Tool:
    """Give the tool that knows the time and the date."""

    async def run(arguments: Nothing, scene: Scene) -> str:
        own, now, far = in_french(scene, french), datetime.now().astimezone(), shift(scene.said)
        if far is None and (days := hours.days(scene.said)):
            return moments.another_day(now + timedelta(days=days), days, own)
        words = far.rest if far else scene.said
        where, zone = place(words)
        at = now + timedelta(seconds=far.seconds if far else 0)
        here = at.astimezone(ZoneInfo(zone) if zone else None) if zone or (far and far.seconds % 86_400) else at
        if far:
            told = moments.shifted(here, far.seconds, own, hours.day_only(words), here.date() != now.date())
        else:
            told = moments.today(here, own) if hours.day_only(words) else moments.said(here, own)
        there = phrase(scene.said) if where == place(scene.said)[0] else ""
        return f"{there}, {told[0].lower()}{told[1:]}" if zone and there else told

    def check(arguments: Nothing, scene: Scene) -> None:
        own, far = in_french(scene, french), shift(scene.said)
        if far is None and shifts.asked(scene.said):
            sorry = "Désolé, je compte seulement en minutes, en heures, en jours ou en semaines."
            raise ValueError(sorry if own else "Sorry, I count in minutes, hours, days or weeks only.")
        where, zone = place(far.rest if far else scene.said)
        if where and not zone:
            sorry = "Désolé, je ne sais pas quelle heure il est là-bas."
            raise ValueError(sorry if own else "Sorry, I do not know what time it is there.")

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
            lengths = ", ".join(moments.length(max(1, round(promise.left)), own) for promise in scene.promised)
            return (f"Il reste {lengths}." if own else f"{lengths} left.") if lengths else _told("none", own)
        seconds, at = _meant(arguments, scene) or 0, alarms.moment(scene.said)
        what = reasons.reason(scene.said)
        words = moments.clocked(at, own) if at is not None else moments.length(seconds, own)
        if at is not None:
            scene.later(seconds, f"{'Il est' if own else 'It is'} {words}{_for(what, own)}.")
            return f"C'est noté pour {words}." if own else f"I will call you at {words}."
        over = f"La minuterie de {words} est terminée." if own else f"Your timer of {words} is over."
        due = "C'est l'heure" if own else "It is time"
        scene.later(seconds, f"{due}{_for(what, own)}." if what else over)
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


def _for(what: str, french: bool) -> str:
    """Say what somebody wanted to be reminded of, after when."""
    return f"{' ' if french else ''}: {what}" if what else ""


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
