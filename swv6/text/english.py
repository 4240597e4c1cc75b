"""How English is read aloud."""

from __future__ import annotations

import re

from swv6.text.numbers import FIGURES, english, english_ordinal, english_year, roman
from swv6.text.rules import NUMBER, Rule, addresses, applied, rule, table

MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_MONTH = "|".join(MONTHS)
UNITS = table("units.en.txt")
MONEY = {"$": ("dollar", "cent"), "€": ("euro", "cent"), "£": ("pound", "penny")}
PLURALS = {"foot": "feet", "penny": "pence", "hertz": "hertz", "kilohertz": "kilohertz", "megahertz": "megahertz"}
SHARES = {"2": ("half", "halves"), "4": ("quarter", "quarters")}
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))


def number(figures: str) -> str:
    """Read figures: "3.14" is "three point one four", "007" is read one by one."""
    whole, _, part = figures.replace(",", ".").partition(".")
    alone = (len(whole) > 1 and whole[0] == "0") or len(whole) > FIGURES
    said = _one_by_one(whole) if alone else english(int(whole))
    return f"{said} point {_one_by_one(part)}" if part else said


def _one_by_one(figures: str) -> str:
    return " ".join(english(int(figure)) for figure in figures)


def _several(unit: str) -> str:
    words = unit.split(" ")
    at = 1 if words[0] in ("square", "cubic") else 0
    words[at] = PLURALS.get(words[at], words[at] if words[at].endswith("hertz") else f"{words[at]}s")
    return " ".join(words)


def _count(figures: str, unit: str) -> str:
    return f"{number(figures)} {unit if figures == '1' else _several(unit)}"


def _price(figures: str, power: str | None, sign: str) -> str:
    coin, small = MONEY[sign]
    whole, _, cents = figures.replace(",", ".").partition(".")
    if power:
        word = {"M": "million", "B": "billion", "bn": "billion", "k": "thousand", "K": "thousand"}.get(power, power)
        return f"{number(figures)} {word} {_several(coin)}"
    if len(cents) not in (0, 2):
        return _count(figures, coin)
    parts = [_count(whole, coin)] if whole.strip("0") or not int(cents or 0) else []
    return " and ".join([*parts, *([_count(str(int(cents)), small)] if int(cents or 0) else [])])


def _clock(match: re.Match[str]) -> str:
    hour, minutes, half = int(match[1]), int(match[2] or 0), match[3]
    said = english(hour)
    if minutes:
        said += f" oh {english(minutes)}" if minutes < 10 else f" {english(minutes)}"
    elif not half:
        said += " o'clock" if 0 < hour < 13 else " hundred"
    return f"{said} {half.upper()}M" if half else said


def _date(month: str, day: str, year: str | None, written: str) -> str:
    if not 1 <= int(day) <= 31 or (month.isdigit() and not 1 <= int(month) <= 12):
        return written
    name = MONTHS[int(month) - 1] if month.isdigit() else month
    said = f"{name} {english_ordinal(int(day))}"
    return f"{said}, {english_year(int(year))}" if year else said


def _share(match: re.Match[str]) -> str:
    over, under = match[1], match[2]
    if under in SHARES:
        return f"{number(over)} {SHARES[under][over != '1']}"
    if 3 <= int(under) <= 10:
        return f"{number(over)} {english_ordinal(int(under))}{'s' * (over != '1')}"
    return f"{number(over)} over {number(under)}"


def _reign(match: re.Match[str]) -> str:
    value = roman(match[2])
    return f"{match[1]} {english(value)}" if 1 < value < 40 else match[0]


_CAPITAL = r"(?=[A-Z])"
_HALF = r"([aApP])\.?[mM]\b\.?"
RULES: list[Rule] = [
    *addresses({".": "dot", "@": "at", "/": "slash", "-": "dash", "_": "underscore", ":": "colon"}),
    rule(r"\bMr\b\.?", "mister"),
    rule(r"\bMrs\b\.?", "missus"),
    rule(r"\bMs\b\.", "miss"),
    rule(rf"\bDr\.? {_CAPITAL}", "doctor "),
    rule(rf"\bProf\.? {_CAPITAL}", "professor "),
    rule(rf"\bSt\. {_CAPITAL}", "saint "),
    rule(r"\be\.g\.,?", "for example"),
    rule(r"\bi\.e\.,?", "that is"),
    rule(r"\betc\.(?= ?$| [A-Z])", "et cetera."),
    rule(r"\betc\b\.?", "et cetera"),
    rule(r"\b[cC]f\.", "see"),
    rule(r"\bvs\b\.?", "versus"),
    rule(r"\b(?:Nos?|nos?)\. ?(?=\d)|№ ?|#(?=\d)", "number "),
    rule(r"\bpp?\. ?(?=\d)", "page "),
    rule(r"\bapprox\.", "approximately"),
    # figures that are more than a number
    rule(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?!\d|,\d)", lambda m: m[0].replace(",", "")),
    rule(r"(?<![\d/])(\d\d?)/(\d\d?)/(\d{4})(?![\d/])", lambda m: _date(m[1], m[2], m[3], m[0])),
    rule(r"(?<![\d-])(\d{4})-(\d\d)-(\d\d)(?![\d-])", lambda m: _date(m[2], m[3], m[1], m[0])),
    rule(
        rf"\b({_MONTH}) (\d\d?)(?:st|nd|rd|th)?(?![\d.,:]\d)(?:,? (\d{{4}}))?(?!\w)",
        lambda m: _date(m[1], m[2], m[3], m[0]),
    ),
    rule(r"(?<!\d)(1[1-9]|20)(\d0)s\b", lambda m: f"{english(int(m[1]))} {_decade(m[2])}"),
    rule(r"(?<=[tT]he )'?([2-9]0)s\b", lambda m: _decade(m[1])),
    rule(r"(?<![\d-])(\d+)-(?=\d+(?![\d-]))", r"\1 to "),
    rule(r"(?<=\d) - (?=\d)", " minus "),
    rule(r"(?:(?<=^)|(?<=[ (]))-(?=\d)", "minus "),
    rule(r"(?<=[^\W\d])-(?=\d)", " "),
    rule(rf"(?<![\d:])([01]?\d|2[0-4]):([0-5]\d)(?![\d:])(?: ?{_HALF})?", _clock),
    rule(rf"(?<![\d:.,])(1[0-2]|\d)() ?{_HALF}", _clock),
    rule(
        rf"([$€£]) ?({NUMBER})(?: ?(million|billion|thousand|bn|[MBkK])\b)?",
        lambda m: _price(m[2], m[3], m[1]),
    ),
    rule(rf"({NUMBER}) ?([€£$])", lambda m: _price(m[1], None, m[2])),
    rule(rf"({NUMBER}) ?({_UNIT})(?![\w°])", lambda m: _count(m[1], UNITS[m[2]])),
    rule(r"(?<![\d.,])(\d{1,9})(?:st|nd|rd|th)\b", lambda m: english_ordinal(int(m[1]))),
    rule(r"\b([A-Z][a-z]{1,30}) ([IVX]{2,})\b(?!')", _reign),
    rule(r"(?<![\d/])(\d{1,3})/(\d{1,3})(?![\d/])", _share),
    rule(r"(?<![\d.])\d{1,9}(?:\.\d{1,9}){2,}", lambda m: " point ".join(map(number, m[0].split(".")))),
    rule(r"(?<=\d) ?[×xX] ?(?=\d)", " times "),
    rule(r"(?<![\w.,])(1[1-9]\d\d|20[1-9]\d)(?![\w%]|[.,]\d| ?%)", lambda m: english_year(int(m[1]))),
    rule(NUMBER, lambda m: f" {number(m[0])} "),
    rule(r"\d+", lambda m: f" {number(m[0])} "),
    # signs
    *(
        rule(rf" ?{re.escape(sign)} ?", f" {word} ")
        for sign, word in {
            "%": "percent",
            "&": "and",
            "+": "plus",
            "=": "equals",
            "≈": "about",
            "±": "plus or minus",
            "×": "times",
            "÷": "divided by",
            "<": "less than",
            ">": "greater than",
            "≤": "at most",
            "≥": "at least",
            "@": "at",
            "€": "euros",
            "$": "dollars",
            "£": "pounds",
            "°": "degrees",
        }.items()
    ),
]


def _decade(figures: str) -> str:
    word = english(int(figures)) if figures != "00" else "hundred"
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def read(text: str) -> str:
    """Write out, in English, everything that is not a word."""
    return applied(RULES, text)
