"""Signs that stand between words or figures and are no sum: scores, ratios, units by units, menus, keys."""

from __future__ import annotations

import re

from swv6.text.english_amounts import DAYS, MONEY, UNITS, counted, decade, number, one_by_one, price
from swv6.text.rules import NUMBER, Rule, either, rule

UNIT = either(UNITS)
_SET = r"(?:6-[0-4]|[0-4]-6|7-[56]|[56]-7)"
_BREAK = r"(?: ?\(\d\d?(?:-\d\d?)?\))?"
_DAY = either(DAYS)
_COINS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_LENGTH = r"(?: ?(?:m|cm|mm|ft|km|in)\b)"


def _sets(match: re.Match[str]) -> str:
    """Say a tennis score, "six four, seven five"."""
    return re.sub(r"(?<=[\d)]) (?=\d)", ", ", match[0]).replace("-", " ")


def _by(match: re.Match[str]) -> str:
    """Say "grams per litre"."""
    if (whole := f"{match[2]}/{match[3]}") in UNITS:
        return counted(match[1], UNITS[whole])
    return f"{counted(match[1], UNITS[match[2]])} per {UNITS[match[3]]}"


def _hours(match: re.Match[str]) -> str:
    return f"{counted(match[1], 'hour')} {number(str(int(match[2])))}"


def _letters(match: re.Match[str]) -> str:
    return " ".join(one_by_one(sign) if sign.isdigit() else sign.upper() for sign in match[0] if sign != ":")


def _ratio(match: re.Match[str]) -> str:
    over, under = (group for group in match.groups() if group)
    return f"{number(over)} to {number(under)}"


def _decade(match: re.Match[str]) -> str:
    return decade(match[1] or match[2])


MARKS: list[Rule] = [
    rule(r"(?<=[a-z]{2})\(s\)", "s"),
    rule(r"\b([sS]?[hH]e|[hH]is|[hH]er|[hH]im)/(s?he|her|him|his|hers)\b", r"\1 or \2"),
    rule(r"(?<=[a-z]{2}) > (?=[A-Z])|(?<=\w) / (?=[A-Z])", ", "),
    rule(r"\bw/ ?(?=[a-z])(?!o\b)", "with "),
    rule(r"\bapprox\b(?=,? ?\d)", "approximately"),
    rule(r"\bCtrl\b", "control"),
    rule(r"\bCmd\b", "command"),
    rule(rf"\b({_DAY})-({_DAY})\b", lambda m: f"{DAYS[m[1]]} to {DAYS[m[2]]}"),
    rule(rf"(?<![\d-]){_SET}{_BREAK}(?:(?:,| and)? [0-7]-[0-7](?![\d-]){_BREAK}){{1,4}}", _sets),
    rule(rf"(?<![\d-]){_SET} ?\(\d\d?(?:-\d\d?)?\)", _sets),
    rule(
        r"(?<![\d-])(?<!\) )(?<!\d )(\d{3})-(0\d{3}|555\d)(?![\d-])",
        lambda m: f"{one_by_one(m[1])}, {one_by_one(m[2])}",
    ),
    rule(r"\b((?:Boeing |Airbus )\w?)(\d{3})-(\d{3})\b", lambda m: f"{m[1]}{number(m[2])} {number(m[3])}"),
    rule(r"\b(World War) I\b", r"\1 one"),
    rule(r"(?<![\w:])(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}(?![\w:])", _letters),
    rule(r"(?<![\w,.])(\d{1,4})!(?= ?=)", r"\1 factorial"),
    rule(r"(?<=\d)[eE](?=-\d)|(?<=\.\d)[eE](?=\d)|(?<=\.\d\d)[eE]\+?(?=\d)", " ×10^"),
    rule(r"(?<=\d) ?([ap]\.?m\.?)-(?=\d)", r" \1 to "),
    rule(r"\b(noon|midnight)-(?=\d)", r"\1 to "),
    rule(r"(?<![\d:.])(\d{1,3}):(\d)(?![\d:])|(?<=ix )(1):(\d\d?)(?![\d:])", _ratio),
    rule(r"(?<=atio of )(\d{1,3}):(\d\d?)(?![\d:])", _ratio),
    rule(r"\b50/50\b", "fifty-fifty"),
    rule(r"\b(?:US|CA|AU|NZ|HK)(?=\$\d)", ""),
    rule(rf"({NUMBER}) ?({'|'.join(_COINS)})\b", lambda m: price(m[1], None, _COINS[m[2]])),
    rule(r"(?<!\w)'([2-9]0)s\b|\b([5-9]0)s(?= (?:music|rock|pop|hits|films?|movies?|style|fashion|songs?)\b)", _decade),
]
"""Read before abbreviations and figures."""

BY: list[Rule] = [
    rule(rf"(?<=\d)({_LENGTH}?) ?[×xX] ?(?=\d[\d.]*{_LENGTH})", r"\1 by "),
    rule(r"(?<=\d) ?[×xX] ?(?=\d)", " times "),
    rule(r"\^-(?=\d)", " to the power of minus "),
    rule(r"(?<![\d,.])(\d{1,2}) ?h ?([0-5]\d)(?!\d)", _hours),
    rule(rf"({NUMBER}) ?({UNIT})/({UNIT})(?![\w°/])", _by),
    rule(rf"([{''.join(MONEY)}]) ?({NUMBER}) ?/ ?({UNIT})(?![\w/])", lambda m: f"{m[1]}{m[2]} per {UNITS[m[3]]}"),
]
"""Read before hours, money and units."""
