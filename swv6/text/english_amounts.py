"""What English says for figures, and for figures with a unit, a coin, an hour or a month beside them."""

from __future__ import annotations

import re

from swv6.text.numbers import FIGURES, english, english_ordinal, english_year, roman
from swv6.text.rules import table

MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
UNITS = table("units.en.txt")
REIGNS = frozenset(table("reigns.en.txt"))
"""Whose number is an ordinal: kings, queens and popes."""
MONEY = {"$": ("dollar", "cent"), "€": ("euro", "cent"), "£": ("pound", "penny"), "¥": ("yen", "sen")}
PLURALS = {
    "inch": "inches",
    "horsepower": "horsepower",
    "yen": "yen",
    "frame": "frames",
    "foot": "feet",
    "penny": "pence",
    "hertz": "hertz",
    "kilohertz": "kilohertz",
    "megahertz": "megahertz",
}
SHORT_MONTHS = {month[:3]: month for month in MONTHS} | {"Sept": "September"}
DAYS = {day[:3]: day for day in "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()}  # noqa: SIM905
POWERS = {"M": "million", "B": "billion", "bn": "billion", "k": "thousand", "K": "thousand"}
SHARES = {"2": ("half", "halves"), "4": ("quarter", "quarters")}


def number(figures: str) -> str:
    """Read figures: "3.14" is "three point one four", "007" is read one by one."""
    whole, _, part = figures.replace(",", ".").partition(".")
    alone = (len(whole) > 1 and whole[0] == "0") or len(whole) > FIGURES
    said = one_by_one(whole) if alone else english(int(whole))
    return f"{said} point {one_by_one(part)}" if part else said


def one_by_one(figures: str) -> str:
    """Read each figure."""
    return " ".join(english(int(figure)) for figure in figures)


def _several(unit: str) -> str:
    words = unit.split(" ")
    at = 1 if words[0] in ("square", "cubic") else 0
    words[at] = PLURALS.get(words[at], words[at] if words[at].endswith("hertz") else f"{words[at]}s")
    return " ".join(words)


def beside(match: re.Match[str]) -> str:
    """Read "a 30 s break": what is measured takes no plural; groups are what stands before, figures, unit."""
    return f"{match[1]} {number(match[2])} {UNITS[match[3]]} "


def worth(match: re.Match[str]) -> str:
    """Read "a $35k salary": groups are what stands before, coin, figures, thousand or million."""
    power = f" {POWERS.get(match[4], match[4])}" if match[4] else ""
    return f"{match[1]} {number(match[3])}{power} {MONEY[match[2]][0]} "


def days(match: re.Match[str]) -> str:
    """Read "December 3-5, 2025"; groups are month, both days, perhaps year."""
    if not all(1 <= int(day) <= 31 for day in match.group(2, 3)):
        return match[0]
    said = f"{match[1]} {english_ordinal(int(match[2]))} to {english_ordinal(int(match[3]))}"
    return f"{said}, {english_year(int(match[4]))}" if match[4] else said


def counted(figures: str, unit: str) -> str:
    """Read a number with its unit, given in the singular."""
    return f"{number(figures)} {unit if figures == '1' else _several(unit)}"


def price(figures: str, power: str | None, sign: str) -> str:
    """Read an amount of money; `power` is million, k and the like."""
    coin, small = MONEY[sign]
    whole, _, cents = figures.replace(",", ".").partition(".")
    if power:
        return f"{number(figures)} {POWERS.get(power, power)} {_several(coin)}"
    if len(cents) not in (0, 2):
        return counted(figures, coin)
    parts = [counted(whole, coin)] if whole.strip("0") or not int(cents or 0) else []
    return " and ".join([*parts, *([counted(str(int(cents)), small)] if int(cents or 0) else [])])


def clock(match: re.Match[str]) -> str:
    """Read an hour; groups are hours, minutes, and a or p for the half of the day."""
    hour, minutes, half = int(match[1]), int(match[2] or 0), match[3]
    said = english(hour)
    if minutes:
        said += f" oh {english(minutes)}" if minutes < 10 else f" {english(minutes)}"
    elif not half:
        said += " o'clock" if 0 < hour < 13 else " hundred"
    return f"{said} {half.upper()}M" if half else said


def date(month: str, day: str, year: str | None, written: str) -> str:
    """Read a date; `month` is a name or figures; `written` when it is none."""
    if not 1 <= int(day) <= 31 or (month.isdigit() and not 1 <= int(month) <= 12):
        return written
    name = MONTHS[int(month) - 1] if month.isdigit() else month
    said = f"{name} {english_ordinal(int(day))}"
    return f"{said}, {english_year(int(year))}" if year else said


def day_first(match: re.Match[str]) -> str:
    """Read "the 15 January 2024": groups are the, day, month, perhaps year."""
    if not 1 <= int(match[2]) <= 31:
        return match[0]
    said = f"{match[1] or 'the '}{english_ordinal(int(match[2]))} of {match[3]}"
    return f"{said}, {english_year(int(match[4]))}" if match[4] else said


def share(match: re.Match[str]) -> str:
    """Read a fraction."""
    over, under = match[1], match[2]
    if under in SHARES:
        return f"{number(over)} {SHARES[under][over != '1']}"
    if 3 <= int(under) <= 10:
        return f"{number(over)} {english_ordinal(int(under))}{'s' * (over != '1')}"
    return f"{number(over)} over {number(under)}"


def reign(match: re.Match[str]) -> str:
    """Read "Louis XIV", "World War II": groups are the name and the Roman number."""
    value = roman(match[2])
    if not 1 < value < 40:
        return match[0]
    return f"{match[1]} {f'the {english_ordinal(value)}' if match[1] in REIGNS else english(value)}"


def decade(figures: str) -> str:
    """Read "80" as "eighties"."""
    word = english(int(figures)) if figures != "00" else "hundred"
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
