"""Signs that stand between words or figures and are no sum: scores, ratios, units by units, menus, keys."""

from __future__ import annotations

import re

from swv6.text.english_amounts import (
    DAYS,
    MONEY,
    UNITS,
    beside,
    counted,
    date,
    decade,
    number,
    one_by_one,
    price,
    worth,
)
from swv6.text.numbers import english, roman
from swv6.text.rules import NUMBER, Rule, either, figured, rule

UNIT = either(UNITS)
_SET = r"(?:6-[0-4]|[0-4]-6|7-[56]|[56]-7)"
_BREAK = r"(?: ?\(\d\d?(?:-\d\d?)?\))?"
_DAY = either(DAYS)
_COINS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_PERIODS = {"mo": "month", "yr": "year", "hr": "hour", "wk": "week"}
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
    return _one_by_one(match[0].replace(":", ""))


def _one_by_one(signs: str) -> str:
    return " ".join(one_by_one(sign) if sign.isdigit() else sign.upper() for sign in signs)


def _lap(match: re.Match[str]) -> str:
    """Say "one minute twenty-six point two zero four"."""
    return f"{counted(match[1], 'minute')} {number(f'{int(match[2])}.{match[3]}')}"


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
    figured(r"\bapprox\b(?=,? ?\d)", "approximately"),
    rule(r"\bCtrl\b", "control"),
    rule(r"\bCmd\b", "command"),
    rule(rf"\b({_DAY})-({_DAY})\b", lambda m: f"{DAYS[m[1]]} to {DAYS[m[2]]}"),
    figured(rf"(?<![\d-]){_SET}{_BREAK}(?:(?:,| and)? [0-7]-[0-7](?![\d-]){_BREAK}){{1,4}}", _sets),
    figured(rf"(?<![\d-]){_SET} ?\(\d\d?(?:-\d\d?)?\)", _sets),
    figured(
        r"(?<![\d-])(?<!\) )(?<!\d )(\d{3})-(0\d{3}|555\d)(?![\d-])",
        lambda m: f"{one_by_one(m[1])}, {one_by_one(m[2])}",
    ),
    figured(r"\b((?:Boeing |Airbus )\w?)(\d{3})-(\d{3})\b", lambda m: f"{m[1]}{number(m[2])} {number(m[3])}"),
    rule(r"\b(World War) I\b", r"\1 one"),
    figured(
        r"(?<![\w+])(\+)?1[ -](?=\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\d))", lambda m: f"{'plus ' if m[1] else ''}one, "
    ),
    rule(r"\bWW(II?)\b", lambda m: f"World War {english(len(m[1]))}"),
    figured(r"(?<=°[CF])/(?=-?\d)", " or "),
    rule(r"\bsq\.? ?(ft|m|km|mi)\b", r"\g<1>2"),
    rule(r"(?<=[\w$€£]) ?/ ?(mo|yr|hr|wk)\b", lambda m: f" per {_PERIODS[m[1]]}"),
    figured(rf"\b({_DAY})\.?,? (\d\d?)/(\d\d?)(?![\d/])", lambda m: f"{DAYS[m[1]]}, {date(m[2], m[3], None, m[0])}"),
    figured(r"(?<![\d:.])(\d{1,2}):([0-5]\d)\.(\d{1,3})(?![\d:])", _lap),
    figured(r"\b0x([0-9A-Fa-f]{1,16})\b", lambda m: f"zero x {_one_by_one(m[1])}"),
    figured(r"(?<=\d\.\d)-(?=\d{1,3}[BM]\b)", " "),
    figured(r"(?<![\w.])(\d{1,2}) ?ft ?(\d{1,2}) ?in\b", lambda m: f"{counted(m[1], 'foot')} {counted(m[2], 'inch')}"),
    rule(r"\b(Super Bowl) ([IVXL]+)\b", lambda m: f"{m[1]} {english(roman(m[2]))}" if roman(m[2]) else m[0]),
    figured(r"\bS(\d\d?)E(\d\d?)\b", lambda m: f"season {english(int(m[1]))} episode {english(int(m[2]))}"),
    figured(r"(?<=\d)( ?(?:g|mg|ml|mL|l|L)) ?/ ?(?=\d\d? ?h\b)", r"\1 per "),
    rule(r"\b([A-Z][a-z]{1,30}) St\b\.?(?=,)", r"\1 Street"),
    rule(r"\bAve\b\.?(?=,| [NSEW]{1,2}\b)", "Avenue"),
    figured(
        r"(?<![\d+])(0\d{2,4}) (\d{3,4}) (\d{3,4})(?! ?\d)",
        lambda m: ", ".join(map(one_by_one, m.groups())),
    ),
    rule(r"(?<![\w:])(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}(?![\w:])", _letters),
    figured(r"(?<![\w,.])(\d{1,4})!(?= ?=)", r"\1 factorial"),
    figured(r"(?<=\d)[eE](?=-\d)|(?<=\.\d)[eE](?=\d)|(?<=\.\d\d)[eE]\+?(?=\d)", " ×10^"),
    figured(r"(?<=\d) ?([aApP]\.?[mM]\.?)-(?=\d)", r" \1 to "),
    figured(r"\b(noon|midnight)-(?=\d)", r"\1 to "),
    figured(r"(?<![\d:.])(\d{1,3}):(\d)(?![\d:])|(?<=ix )(1):(\d\d?)(?![\d:])", _ratio),
    figured(r"(?<=atio of )(\d{1,3}):(\d\d?)(?![\d:])", _ratio),
    figured(r"\b50/50\b", "fifty-fifty"),
    figured(r"\b(?:US|CA|AU|NZ|HK)(?=\$\d)", ""),
    figured(rf"({NUMBER}) ?({'|'.join(_COINS)})\b", lambda m: price(m[1], None, _COINS[m[2]])),
    figured(
        r"(?<!\w)'([2-9]0)s\b|\b([5-9]0)s(?= (?:music|rock|pop|hits|films?|movies?|style|fashion|songs?)\b)", _decade
    ),
]
"""Read before abbreviations and figures."""

BY: list[Rule] = [
    figured(rf"(?<=\d)({_LENGTH}?) ?[×xX] ?(?=\d[\d.]*{_LENGTH})", r"\1 by "),
    figured(r"(?<=\d) ?[×xX] ?(?=\d)", " times "),
    figured(r"\^-(?=\d)", " to the power of minus "),
    figured(r"(?<![\d,.])(\d{1,2}) ?h ?([0-5]\d)(?!\d)(?: ?m(?:in)?\b)?", _hours),
    figured(
        rf"\b([aA]n?|[yY]our|[mM]y) ({NUMBER})[ -]?({UNIT}) (?!(?:of|and|or|in|on|at|to|is|was|per)\b)(?=[A-Za-z])",
        beside,
    ),
    figured(
        r"\b([aA]n?) ([$€£]) ?(\d{1,6})(?: ?(k|K|M|million|billion))? (?!(?:of|and|or|per|a|for|to)\b)(?=[a-z])", worth
    ),
    figured(rf"({NUMBER}) ?({UNIT})/({UNIT})(?![\w°/])", _by),
    figured(rf"([{''.join(MONEY)}]) ?({NUMBER}) ?/ ?({UNIT})(?![\w/])", lambda m: f"{m[1]}{m[2]} per {UNITS[m[3]]}"),
]
"""Read before hours, money and units."""
