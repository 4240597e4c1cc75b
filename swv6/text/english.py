"""How English is read aloud."""

from __future__ import annotations

import re

from swv6.text.english_amounts import (
    MONTHS,
    SHORT_MONTHS,
    UNITS,
    clock,
    counted,
    date,
    day_first,
    days,
    decade,
    number,
    one_by_one,
    price,
    reign,
    share,
)
from swv6.text.english_formulas import FORMULAS
from swv6.text.english_marks import BY, MARKS, UNIT
from swv6.text.numbers import english, english_ordinal, english_year
from swv6.text.rules import CAMEL, DOTTED, NUMBER, Rule, addresses, applied, figured, rule, signs

_MONTH = "|".join(MONTHS)
TITLES = {
    "Ave": "Avenue",
    "Blvd": "Boulevard",
    "Rd": "Road",
    "Jr": "junior",
    "Sr": "senior",
    "Sgt": "sergeant",
    "Capt": "captain",
    "Gen": "general",
    "Lt": "lieutenant",
    "Gov": "governor",
    "Sen": "senator",
    "Rep": "representative",
}
PARTS = {"Fig": "figure", "Vol": "volume", "Ch": "chapter", "Sec": "section"}
_CAPITAL = r"(?=[A-Z])"
_HALF = r"([aApP])\.?[mM]\b\.?"


def _abroad(match: re.Match[str]) -> str:
    groups = ", ".join(map(one_by_one, re.findall(r"\d+", match[2])))
    return f"plus {english(int(match[1]))}, {groups}"


def _and_a_share(match: re.Match[str]) -> str:
    part = {"3": "third", "4": "quarter"}[match[3]]
    return f"{number(match[1])} and {'a' if match[2] == '1' else 'three'} {part}{'s' * (match[2] != '1')}"


RULES: list[Rule] = [
    *addresses({".": "dot", "+": "plus", "@": "at", "/": "slash", "-": "dash", "_": "underscore", ":": "colon"}),
    *FORMULAS,
    *MARKS,
    figured(r"(?<![\w+])(\+\d{1,3}) ?\(0\) ?(?=\d)", r"\1 "),
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
    figured(r"\bpp\. ?(?=\d)", "pages "),
    figured(r"\bp\. ?(?=\d)", "page "),
    rule(r"\bapprox\.", "approximately"),
    rule(r"\bC\+\+(?!\w)", "C plus plus"),
    rule(r"\b([CF])#(?!\w)", r"\1 sharp"),
    rule(r"\bw/o\b", "without"),
    rule(r"\b(Ave|Blvd|Rd|Jr|Sr|Sgt|Capt|Gen|Lt|Gov|Sen|Rep)\.(?= )", lambda m: TITLES[m[1]]),
    figured(rf"\b({'|'.join(SHORT_MONTHS)})\.? (?=\d)", lambda m: f"{SHORT_MONTHS[m[1]]} "),
    figured(r"\b(Fig|Vol|Ch|Sec)\. ?(?=\d)", lambda m: f"{PARTS[m[1]]} "),
    figured(r"§ ?(?=\d)", "section "),
    figured(r"~ ?(?=\d)", "about "),
    figured(r"(?<!\d)\(?(\d{3})\)?[ .-](\d{3})[ .-](\d{4})(?!\d)", lambda m: ", ".join(map(one_by_one, m.groups()))),
    figured(r"(?<![\w+])\+(\d{1,3})((?:[ .-]\(?\d{1,4}\)?){2,6})(?!\d)", _abroad),
    figured(r"(?<![\w+])\+(\d{1,3}) (?=\d)", lambda m: f"plus {english(int(m[1]))}, "),
    rule(r"(?<!\S)#(?=[^\W\d_]{2})(\w{2,60})", lambda m: f"hashtag {CAMEL.sub(' ', m[1])}"),
    figured(r"(?<!\w)'(?=\d\d(?![\w']))", ""),
    figured(r"\b24/7\b", "twenty-four seven"),
    figured(r"\b(RTX|GTX|RX) ?(\d\d)(\d\d)(?!\d)", lambda m: f"{m[1]} {english_year(int(m[2] + m[3]))}"),
    rule(r"(?<=[a-z€$£%\d]) ?/ ?(?=(?:day|month|year|week|hour|night|person)\b)", " per "),
    figured(r"\b[vV] ?(\d+(?:\.\d+)+)\b", lambda m: f"version {' point '.join(map(number, m[1].split('.')))}"),
    figured(r"\b[vV](?=\d+\b)", "V "),
    figured(rf"(\b[tT]he )?\b(\d\d?)(?:st|nd|rd|th)? (?:of )?({_MONTH})(?:,? (\d{{4}}))?(?![\w.])", day_first),
    figured(r"(?<=\d)\^2\b|(?<=[a-z])\^2\b", " squared "),
    figured(r"\^3\b", " cubed "),
    figured(r"\^(?=-?\d)", " to the power of "),
    figured(
        rf"(?<![\d/])(\d+) 1/2 ?({UNIT})(?![\w°/])",
        lambda m: f"{number(m[1])} and a half {counted('2', UNITS[m[2]]).removeprefix('two ')}",
    ),
    figured(r"(?<![\d/])(\d+) 1/2(?![\d/])", lambda m: f"{number(m[1])} and a half"),
    figured(r"(?<![\d/])(\d+) ([13])/([34])(?![\d/])", _and_a_share),
    figured(r"(?<![\d/])1/2 (?=(?:cup|hour|tea|table|mile|lit|pound|kilo|dozen|pint|inch|day|year))", "half a "),
    rule(r"\bhalf a (?=hour|inch)", "half an "),
    # figures that are more than a number
    figured(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?!\d|,\d)", lambda m: m[0].replace(",", "")),
    *BY,
    figured(r"(?<![\d/])(\d\d?)/(\d\d?)/(\d{4})(?![\d/])", lambda m: date(m[1], m[2], m[3], m[0])),
    figured(r"(?<![\d-])(\d{4})-(\d\d)-(\d\d)(?![\d-])", lambda m: date(m[2], m[3], m[1], m[0])),
    figured(r"(?<![\d/])(\d{4})/(\d\d)/(\d\d)(?![\d/])", lambda m: date(m[2], m[3], m[1], m[0])),
    figured(rf"\b({_MONTH}) (\d\d?)-(\d\d?)(?![\d-]|[.,:]\d)(?:,? (\d{{4}}))?(?!\w)", days),
    figured(
        rf"\b({_MONTH}) (\d\d?)(?:st|nd|rd|th)?(?![\d.,:]\d)(?:,? (\d{{4}}))?(?!\w)",
        lambda m: date(m[1], m[2], m[3], m[0]),
    ),
    figured(r"(?<!\d)2000s\b", "two thousands"),
    figured(r"(?<!\d)(1[1-9]|20)(\d0)s\b", lambda m: f"{english(int(m[1]))} {decade(m[2])}"),
    figured(r"(?<=[tT]he )'?([2-9]0)s\b", lambda m: decade(m[1])),
    figured(r"(?<![\d-])(\d+)-(?=\d+(?![\d-]))", r"\1 to "),
    figured(r"(?<=\d) - (?=\d)", " minus "),
    figured(r"(?:(?<=^)|(?<=[ (]))-(?=\d)", "minus "),
    figured(r"(?<=[^\W\d])-(?=\d)|(?<=\d)-(?=[a-z]{3})", " "),
    figured(r"(?<![\w.])(\d)'(\d\d?)(?!\w)″?", lambda m: f"{number(m[1])} foot {number(m[2])}"),
    figured(r"(?<![\d/,.])(\d{1,3}\.\d{1,2})/(\d{1,3})(?![\d/])", lambda m: f"{number(m[1])} out of {number(m[2])}"),
    figured(r"(?<![\w.])(\d+(?:\.\d+)?)x(?!\w)", lambda m: f"{number(m[1])} times"),
    figured(rf"(?<![\d:])([01]?\d|2[0-4]):([0-5]\d)(?![\d:])(?: ?{_HALF})?", clock),
    figured(rf"(?<![\d:.,])(1[0-2]|\d)() ?{_HALF}", clock),
    figured(
        rf"([$€£¥]) ?({NUMBER})(?: ?(million|billion|thousand|bn|[MBkK])\b)?",
        lambda m: price(m[2], m[3], m[1]),
    ),
    figured(rf"({NUMBER}) ?([€£$])", lambda m: price(m[1], None, m[2])),
    figured(rf"({NUMBER}) ?({UNIT})(?![\w°])", lambda m: counted(m[1], UNITS[m[2]])),
    figured(r"(?<![\d.,])(\d{1,9})(?:st|nd|rd|th)\b", lambda m: english_ordinal(int(m[1]))),
    rule(r"\b([A-Z][a-z]{1,30}) ([IVX]{2,})\b(?!')", reign),
    figured(r"(?<![\d/])(\d{1,3})/(\d{1,3})(?![\d/])", share),
    figured(r"(?<![\d.])\d{1,9}(?:\.\d{1,9}){2,}", lambda m: " point ".join(map(number, m[0].split(".")))),
    figured(r"(?<![\w.,])(1[1-9]\d\d|20[1-9]\d)(?![\w%]|[.,]\d| ?%)", lambda m: english_year(int(m[1]))),
    figured(r"\b([iI]n|year) (10\d\d)(?![\w%]|[.,]\d| ?%)", lambda m: f"{m[1]} {english_year(int(m[2]))}"),
    figured(NUMBER, lambda m: f" {number(m[0])} "),
    figured(r"\d+", lambda m: f" {number(m[0])} "),
    *signs(
        {
            "%": "percent",
            "‰": "per thousand",
            "&": "and",
            "+": "plus",
            "=": "equals",
            "≠": "is not equal to",
            "≈": "about",
            "±": "plus or minus",
            "×": "times",
            "÷": "divided by",
            "√": "the square root of",
            "<": "less than",
            ">": "greater than",
            "≤": "at most",
            "≥": "at least",
            "π": "pi",
            "∞": "infinity",
            "∑": "the sum",
            "∫": "the integral",
            "∀": "for all",
            "∃": "there exists",
            "∈": "in",
            "∉": "not in",
            "∅": "the empty set",
            "∪": "union",
            "∩": "intersection",
            "@": "at",
            "€": "euros",
            "$": "dollars",
            "£": "pounds",
            "¥": "yen",
            "°": "degrees",
        }
    ),
    DOTTED,
    rule(r" (?=[!?;:])", ""),
    rule(r"\bCO (?=two\b)", "C O "),  # else said like the word "co"
]


def read(text: str) -> str:
    """Write out, in English, everything that is not a word."""
    return applied(RULES, text)
