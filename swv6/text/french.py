"""How French is read aloud."""

from __future__ import annotations

import re

from swv6.text.french_amounts import (
    MONEY,
    by_groups,
    clock,
    date,
    feminine,
    grouped,
    in_pairs,
    measured,
    millions,
    named,
    number,
    price,
    share,
)
from swv6.text.french_formulas import FORMULAS
from swv6.text.french_marks import BY, MARKS, RATIOS, UNIT, per
from swv6.text.french_versions import VERSIONS
from swv6.text.french_words import ABBREVIATIONS, ACRONYMS, RESPELT, ROMANS
from swv6.text.numbers import french, french_ordinal
from swv6.text.rules import DOTTED, NUMBER, Rule, addresses, applied, either, figured, rule, signs

_MONEY = either(MONEY)
_BARE = r"kg|km|cm|mm|cl|ml|km/h|m/s|kWh|kHz|MHz|GHz|km2|m2|m3|Mbit/s|Gbit/s|Mo/s|Go/s|tr/min|°C|°F"
_POWER = r"k|K|M|Mds?|G|mille|millions?|milliards?"


def _counted(match: re.Match[str]) -> str:
    """Say "vingt et une personnes"; an adjective before the noun is looked at first, then the noun."""
    return f" {number(match[1], feminine(match[2]))} "


def _bare(match: re.Match[str]) -> str:
    """Name a unit without a number: "en mètres carrés", but "au mètre carré"."""
    return f"{match[1]}{named(match[2])}" if match[1] else measured("2", match[2]).removeprefix("deux ")


def _first_of_all(match: re.Match[str]) -> str:
    """Say "premièrement" where several are counted; else it is a temperature."""
    counted = "1°" in match.string and "2°" in match.string
    return f"{french_ordinal(int(match[1]), feminine=True)}ment " if counted else match[0]


def _and_a_half(match: re.Match[str]) -> str:
    """Say "une tasse et demie"."""
    gender = feminine(match[2])
    return f"{number(match[1], gender)} {match[2]} et demi{'e' * gender}"


def _pairs(figures: str) -> str:
    return in_pairs(re.sub(r"\D", "", figures))


def _joined(match: re.Match[str]) -> str:
    return re.sub(r"[ .,]", "", match[0])


_DAYS = r"[lL]undi|[mM]ardi|[mM]ercredi|[jJ]eudi|[vV]endredi|[sS]amedi|[dD]imanche"
_PERIOD = r"(?:jour|mois|an|semaine|heure|personne|nuit|séance|trimestre|minute)"

_NOUN = r"[a-zà-ÿœ]{3,30}\b"
_FIGURES: list[Rule] = [
    # those that are no number
    figured(r"(?<![\w+])(\+[1-9]\d{0,2}) ?\(0\) ?(?=\d)", r"\1 "),
    figured(r"(?<![\d+])(?:1[ -])?(?:\([2-9]\d\d\)|[2-9]\d\d)[ .-]\d{3}-\d{4}(?!\d)", lambda m: by_groups(m[0])),
    figured(r"(?<![\d+])0(\d\d)( \d{3} \d\d \d\d)(?!\d)", lambda m: f"zéro {number(m[1])} {grouped(m[2])}"),
    figured(r"(?<![\d+])0(\d{3})((?: \d\d){3})(?! ?\d)", lambda m: f"zéro {number(m[1])} {grouped(m[2])}"),
    figured(
        r"(?<![\d+])\+33 ?(?:\(0\) ?)?([1-9])((?:[ .-]?\d\d){4})(?!\d)", lambda m: f"plus 33 {m[1]} {_pairs(m[2])} "
    ),
    figured(
        r"(?<![\w+])\+(?!\d{1,3}(?: \d{3})* 000(?! ?\d))([1-9]\d{0,2})((?:[ .-]\(?\d{1,8}\)?){2,6})(?!\d)",
        lambda m: f"plus {m[1]} {by_groups(m[2])} ",
    ),
    figured(r"(?<!\d)(0\d(?:[ .-]\d\d){4})(?!\d)", lambda m: grouped(m[1])),
    figured(r"(?<!\d)(0[1-9]\d{8})(?!\d)", lambda m: in_pairs(m[1])),
    figured(r"(?<!\d)0([89]\d\d)((?: \d{3}){2})(?!\d)", lambda m: f"zéro {number(m[1])} {grouped(m[2])}"),
    figured(r"(?<![\d,.])(?<!\b\d\d )\d{1,3}(?: \d{3})+(?! ?\d)", _joined),
    figured(r"(?<![\d,.])\d{1,3}(?:(?:\.\d{3}){2,}|(?:,\d{3}){2,})(?![\d.,])", _joined),
    figured(r"(?<=[$£¥])\d{1,3}(?:,\d{3})+(?![\d,])", _joined),
    *RATIOS,
    figured(r"\b([dD])e (?!1(?:[.,]\d+)? ?(?:[%€$]|°C?|[a-z]{1,3})? ?à )(?=1(?:[.,]\d+)? )", r"\1'"),
    figured(r"\b([aA]nnées) 80\b", r"\1 quatre-vingt"),
    figured(r"(?<![\d/])(\d\d?)/(\d\d?)/(\d{4}|\d\d)(?![\d/])", lambda m: date(m[1], m[2], m[3], m[0])),
    figured(r"(?<![\d.-])(\d\d?)([.-])(\d\d)\2(\d{4})(?![\d-]|\.\d)", lambda m: date(m[1], m[3], m[4], m[0])),
    figured(r"(?<![\d/])(\d{4})/(\d\d)/(\d\d)(?![\d/])", lambda m: date(m[3], m[2], m[1], m[0])),
    figured(r"(?<![\d-])(\d{4})-(\d\d)-(\d\d)(?:T(?=\d\d:)|(?![\d-]))", lambda m: f"{date(m[3], m[2], m[1], m[0])} "),
    figured(rf"\b({_DAYS}) (\d\d?)/(\d\d?)(?![\d/])", lambda m: f"{m[1]} {date(m[2], m[3], '', m[0])}"),
    figured(r"(?<=[dlDL][eu] |[aA]u )(1\d|[23]\d)/([1-9])(?![\d/])", lambda m: date(m[1], m[2], "", m[0])),
    figured(r"(?<=[dlDL][eu] |[aA]u )(\d\d?)/(0[1-9]|1[0-2])(?![\d/])", lambda m: date(m[1], m[2], "", m[0])),
    *VERSIONS,
    figured(r"(?<![\w-])J([-+])(\d+)\b", lambda m: f"J {'moins' if m[1] == '-' else 'plus'} {number(m[2])}"),
    figured(r"\b24 ?h?(?:eures)? ?/ ?24(?: ?h)?\b", "vingt-quatre heures sur vingt-quatre"),
    figured(r"\b7 ?j?(?:ours)? ?/ ?7(?: ?j)?\b", "sept jours sur sept"),
    rule(rf"(?<=[a-zé€$£%]) ?/ ?(?={_PERIOD}s?\b)", " par "),
    rule(rf"(?<=[€$£]) ?/ ?(pers\b\.?|(?:{UNIT})(?![\w/]))", per),
    figured(r"(?<![\d-])(\d+(?:[.,]\d+)?(?: ?[hH]\d{0,2}|:\d\d| ?[%€])?)-(?=\d+(?![\d-]))", r"\1 à "),
    *BY,
    # between two of them, and before one
    figured(r"(?<![\w.,])([1-9])° (?=[a-zà-ÿ]{2})", _first_of_all),
    figured(r"(?<=\d) - (?=\d)", " moins "),
    figured(r"(?:(?<=^)|(?<=[ (]))-(?=\d)", "moins "),
    figured(r"(?<=[^\W\d])-(?=\d)|(?<=\d)-(?=[A-ZÀ-Þ][a-zà-ÿ])", " "),
    figured(r"(?<=[\d%€]) ?~ ?(?=\d)", " à "),
    figured(r"~ ?(?=\d)", "environ "),
    # with something beside them
    figured(r"(?<![\d,.])(\d{1,6}) ?([€$£])(\d\d)(?!\d)", r"\1,\3 \2"),
    figured(rf"([$€£¥]) ?({NUMBER})(?: ?({_POWER})(?![\w€$]))?", lambda m: f"{m[2]} {m[3] or ''}{m[1]}"),
    figured(r"(?<![\d,.:])(\d{1,3}(?:\.\d{1,3}){3}):(\d{1,5})(?!\d)", r"\1 deux points \2"),
    figured(rf"(?<![\d/.,])(?<!\d )1/2 (?=({_NOUN}))", lambda m: "une demi-" if feminine(m[1]) else "un demi-"),
    figured(rf"({NUMBER} ?(?:l|L|kg|kWh)) ?/ ?100( ?km)?\b", lambda m: f"{m[1]} aux 100{m[2] or ''}"),
    figured(r"(?<!\d)3/4 ?(?:d'heure|h)(?!\w)", "trois quarts d'heure"),
    figured(r"(?<![\d,.])(\d{1,6}),(\d\d) ?m(?![\w/])", lambda m: f"{measured(m[1], 'm')} {french(int(m[2]))}"),
    figured(r"(?<![\d:])([01]?\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?(?![\d:])(?: ?h\b)?", clock),
    figured(r"(?<![\dA-Z,.])(\d{1,3}) ?[hH](?: ?([0-5]\d)(?!\d)(?: ?m(?:in)?\b)?|(?!\w))", clock),
    figured(rf"({NUMBER}) ?(?:({_POWER})(?: d[e'] ?)? ?)?({_MONEY})(?!\w)", price),
    figured(rf"({NUMBER}) ?({UNIT})(?![\w°])", lambda m: measured(m[1], m[2])),
    rule(rf"((?<!\w)(?:[aA]u|[dD]u|[lL]e|[uU]n|[pP]ar|[cC]haque) )?(?<![\w/.-])({_BARE})(?![\w/])", _bare),
    figured(r"(?<!\d)1(ers?|ère|re)\b", lambda m: french_ordinal(1, m[1] in ("re", "ère")) + "s" * (m[1] == "ers")),
    figured(r"(?<![\d.,])2(nde?)\b", lambda m: "second" + "e" * (m[1] == "nde")),
    figured(r"(?<![\d.,])(\d{1,9})(?:es?|èmes?|emes?|ièmes?)\b", lambda m: french_ordinal(int(m[1]))),
    *ROMANS,
    figured(r"(?<![\d/.,])(\d{1,9}) 1/2(?![\d/])", lambda m: f"{number(m[1])} et demi"),
    figured(
        rf"(?<![\w/.,])(\d{{1,3}}) (?!plus |fois |pour |avec |dans |soit |sur |par )({_NOUN}) 1/2(?![\d/])", _and_a_half
    ),
    figured(r"(?<![\d/.,])(\d{1,9}) ([13])/([34])(?![\d/])", r"\1 et \2/\3"),
    figured(r"(?<![\d/,.])(\d{1,3}[,.]\d{1,2})/(\d{1,3})(?![\d/])", lambda m: f"{number(m[1])} sur {number(m[2])}"),
    figured(r"(?<![\d/])(\d{1,3})/(\d{1,3})(?![\d/])", share),
    figured(r"(?<![\d.])\d{1,9}(?:\.\d{1,9}){2,}", lambda m: " point ".join(map(number, m[0].split(".")))),
    figured(r"(?<![\d,.])(\d+)000000 (?=[a-zà-ÿ]{3})(?!euro|dollar|pour |sur |dans |par |que |qui |sont )", millions),
    figured(r"(?<![\d.,])(\d*1) (?=([^\W\d_]{3,30}))", _counted),
    figured(NUMBER, lambda m: f" {number(m[0])} "),
    figured(r"\d+", lambda m: f" {number(m[0])} "),
]

_SIGNS = signs(
    {
        "%": "pour cent",
        "‰": "pour mille",
        "&": "et",
        "+": "plus",
        "=": "égale",
        "≠": "différent de",
        "≈": "environ",
        "±": "plus ou moins",
        "×": "fois",
        "÷": "divisé par",
        "√": "racine de",
        "π": "pi",
        "<": "inférieur à",
        ">": "supérieur à",
        "≤": "inférieur ou égal à",
        "≥": "supérieur ou égal à",
        "€": "euros",
        "$": "dollars",
        "£": "livres",
        "¥": "yens",
        "@": "arobase",
        "°": "degrés",
        "∞": "infini",
        "∑": "somme",
        "∫": "intégrale",
        "∀": "pour tout",
        "∃": "il existe",
        "∈": "appartient à",
        "∉": "n'appartient pas à",
        "∅": "l'ensemble vide",
        "∪": "union",
        "∩": "inter",
    }
)
RULES: list[Rule] = [
    *addresses(
        {".": "point", "+": "plus", "@": "arobase", "/": "slash", "-": "tiret", "_": "tiret bas", ":": "deux points"}
    ),
    rule(r"\bC\+\+(?!\w)", "C plus plus"),
    rule(r"\b([CF])#(?!\w)", r"\1 dièse"),
    *FORMULAS,
    *MARKS,
    DOTTED,
    *ABBREVIATIONS,
    *_FIGURES,
    *_SIGNS,
    rule(r"\b([dD]') (?=un)", r"\1"),
    *ACRONYMS,
    RESPELT,
]


def read(text: str) -> str:
    """Write out, in French, everything that is not a word."""
    return applied(RULES, text)
