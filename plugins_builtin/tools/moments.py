"""Moments and lengths of time, as they are said in French or English."""

from __future__ import annotations

from datetime import datetime

_DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche"
_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_RELATIVE = {
    2: ("Après-demain, nous serons", "The day after tomorrow is"),
    1: ("Demain, nous serons", "Tomorrow is"),
    -1: ("Hier, nous étions", "Yesterday was"),
    -2: ("Avant-hier, nous étions", "The day before yesterday was"),
}
_LONGS = ((604_800, "semaine", "week"), (86_400, "jour", "day"))


def said(now: datetime, french: bool) -> str:
    """Say a moment."""
    if french:
        return f"Il est {_clock(now, True)}, nous sommes {date(now, True)}."
    return f"It is {_clock(now, False)} on {date(now, False)}."


def today(now: datetime, french: bool) -> str:
    """Say which day it is."""
    return f"Nous sommes {date(now, True)}." if french else f"Today is {date(now, False)}."


def another_day(day: datetime, after: int, french: bool) -> str:
    """Say which day it is so many days after today."""
    return f"{_RELATIVE[after][0 if french else 1]} {date(day, french)}."


def shifted(at: datetime, seconds: int, french: bool, day_only: bool, other_day: bool) -> str:
    """Say a moment that is so many seconds after now, with its date where that is another one than today's."""
    while_ = _while(abs(seconds), french)
    if french:
        begins = f"Dans {while_}" if seconds > 0 else f"Il y a {while_}"
        if day_only:
            return f"{begins}, nous {'serons' if seconds > 0 else 'étions'} {date(at, True)}."
        ends = f", {date(at, True)}" if other_day else ""
        return f"{begins}, il {'sera' if seconds > 0 else 'était'} {_clock(at, True)}{ends}."
    begins = f"In {while_}, it will be" if seconds > 0 else f"{while_[0].upper()}{while_[1:]} ago, it was"
    if day_only:
        return f"{begins} {date(at, False)}."
    return f"{begins} {_clock(at, False)}{f' on {date(at, False)}' if other_day else ''}."


def date(day: datetime, french: bool) -> str:
    """Say a date."""
    if not french:
        return f"{day:%A, %B} {day.day}, {day.year}"
    number = "1er" if day.day == 1 else str(day.day)
    return f"le {_DAYS.split()[day.weekday()]} {number} {_MONTHS.split()[day.month - 1]} {day.year}"


def _clock(at: datetime, french: bool) -> str:
    return f"{at.hour} h {at.minute:02d}" if french else f"{at:%H:%M}"


def _while(seconds: int, french: bool) -> str:
    for unit, *names in _LONGS:
        if seconds % unit == 0:
            count = seconds // unit
            return f"{count} {names[0 if french else 1]}{'s' if count > 1 else ''}"
    return length(seconds, french)


def clocked(at: int, french: bool) -> str:
    """Say a time of day, given in seconds after midnight."""
    return f"{at // 3600} h {at // 60 % 60:02d}" if french else f"{at // 3600:02d}:{at // 60 % 60:02d}"


def length(seconds: int, french: bool) -> str:
    """Say how long."""
    names = ("heure", "minute", "seconde") if french else ("hour", "minute", "second")
    counts = (seconds // 3600, seconds // 60 % 60, seconds % 60)
    parts = [f"{n} {name}{'s' if n > 1 else ''}" for n, name in zip(counts, names, strict=True) if n]
    return (" et " if french else " and ").join(parts)
