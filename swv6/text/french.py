"""How French is read aloud."""

from __future__ import annotations

import re

from swv6.text.numbers import FIGURES, french, french_ordinal, roman
from swv6.text.rules import NUMBER, Rule, addresses, applied, rule, table

MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
UNITS = table("units.fr.txt")
MONEY = {"€": "euro", "EUR": "euro", "euro": "euro", "euros": "euro", "$": "dollar", "USD": "dollar", "£": "livre"}
FEMININE = frozenset({"tonne", "heure", "minute", "seconde", "milliseconde", "livre", "kilocalorie"})
INVARIABLE = frozenset({"hertz", "kilohertz", "mégahertz", "gigahertz"})
SHARES = {"2": "demi", "3": "tiers", "4": "quart"}
SIGNS = {".": "point", "@": "arobase", "/": "barre oblique", "-": "tiret", "_": "tiret bas", ":": "deux points"}
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_MONEY = "|".join(sorted(map(re.escape, MONEY), key=len, reverse=True))


def number(figures: str, feminine: bool = False) -> str:
    """Read figures: "22,05" is "vingt-deux virgule zéro cinq", "007" is read one by one."""
    whole, _, part = figures.replace(".", ",").partition(",")
    said = _one_by_one(whole) if (len(whole) > 1 and whole[0] == "0") or len(whole) > FIGURES else ""
    said = said or french(int(whole), feminine and not part)
    return f"{said} virgule {_decimals(part)}" if part else said


def _one_by_one(figures: str) -> str:
    return " ".join(french(int(figure)) for figure in figures)


def _decimals(part: str) -> str:
    rest = part.lstrip("0")
    if len(part) > 3 or not rest:
        return _one_by_one(part)
    return " ".join(["zéro"] * (len(part) - len(rest)) + [french(int(rest))])


def _many(figures: str) -> bool:
    return float(figures.replace(",", ".")) >= 2


def _measured(figures: str, sign: str) -> str:
    unit = UNITS[sign]
    first, *rest = unit.split(" ")
    if _many(figures) and first not in INVARIABLE:
        plural = [f"{word}s" if word in ("carré", "cube") else word for word in rest]
        unit = " ".join([f"{first}s", *plural])
    return f"{number(figures, first in FEMININE)} {unit}"


def _price(match: re.Match[str]) -> str:
    figures, power, coin = match[1].replace(".", ","), match[2], MONEY[match[3]]
    whole, _, cents = figures.partition(",")
    if power:
        word = {"M": "million", "Md": "milliard"}.get(power, power.rstrip("s"))
        return f"{number(figures)} {word}{'s' * _many(figures)} {_of(coin)}s"
    if len(cents) not in (0, 2):
        return f"{number(figures, coin in FEMININE)} {coin}{'s' * _many(figures)}"
    said = f"{number(whole, coin in FEMININE)} {_of(coin) if _round(whole) else coin}{'s' * _many(whole)}"
    if not int(cents or 0):
        return said
    small = f"{french(int(cents))} centime{'s' * (int(cents) > 1)}"
    return small if whole == "0" else f"{said} {french(int(cents))}"


def _round(whole: str) -> bool:
    return len(whole) > 6 and whole.endswith("000000")


def _millions(match: re.Match[str]) -> str:
    """Say "deux millions d'habitants": what is counted by the million takes "de"."""
    following = match.string[match.end()]
    link = "d'" if following in "aeéèêiouh" else "de "
    return f"{number(match[1] + '000000')} {link}"


def _of(coin: str) -> str:
    return f"d'{coin}" if coin[0] in "aeiou" else f"de {coin}"


def _hour(match: re.Match[str]) -> str:
    hour, minutes = int(match[1]), int(match[2] or 0)
    said = f"{french(hour, feminine=True)} heure{'s' * (hour > 1)}"
    return f"{said} {french(minutes, feminine=True)}" if minutes else said


def _date(day: str, month: str, year: str, written: str) -> str:
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return written
    first = french_ordinal(1) if int(day) == 1 else french(int(day))
    return f"{first} {MONTHS[int(month) - 1]} {french(int(year))}"


def _share(match: re.Match[str]) -> str:
    over, under = match[1], match[2]
    if under in SHARES and over != "0":
        return f"{number(over)} {SHARES[under]}{'s' * (_many(over) and under != '3')}"
    return f"{number(over)} sur {number(under)}"


def _century(match: re.Match[str]) -> str:
    value = roman(match[1])
    return french_ordinal(value, match[2] in ("re", "ère")) if value else match[0]


def _reign(match: re.Match[str]) -> str:
    value = roman(match[2])
    return f"{match[1]} {french(value)}" if 1 < value < 40 else match[0]


_CAPITAL = r"(?=[A-ZÀ-ÖØ-Þ])"
RULES: list[Rule] = [
    *addresses(
        {".": "point", "@": "arobase", "/": "barre oblique", "-": "tiret", "_": "tiret bas", ":": "deux points"}
    ),
    rule(rf"\bM\. {_CAPITAL}", "monsieur "),
    rule(rf"\bMM\. {_CAPITAL}", "messieurs "),
    rule(r"\bMme(s?)\b\.?", r"madame\1"),
    rule(r"\bmadames\b", "mesdames"),
    rule(r"\bMlles\b\.?", "mesdemoiselles"),
    rule(r"\bMlle\b\.?", "mademoiselle"),
    rule(rf"\bDr\.? {_CAPITAL}", "docteur "),
    rule(rf"\bPr\.? {_CAPITAL}", "professeur "),
    rule(r"\b[pP]\. ?ex\.(?!\w)", "par exemple"),
    rule(r"\bc(?:\.-?| |-)à-?d(?:ire\b|\.|\b)", "c'est-à-dire"),
    rule(r"\betc\.(?= ?$| [A-ZÀ-Þ])", "et cetera."),
    rule(r"\betc\b\.?", "et cetera"),
    rule(r"\bav\. J\.-C\.", "avant Jésus-Christ"),
    rule(r"\bapr?\. J\.-C\.", "après Jésus-Christ"),
    rule(r"\b[cC]f\.", "voir"),
    rule(r"\benv\. ", "environ "),
    rule(r"\bvs\b\.?", "contre"),
    rule(r"\b[nN]° ?|№ ?", "numéro "),
    rule(r"\bpp?\. ?(?=\d)", "page "),
    rule(r"\b[aA]rt\. ?(?=\d)", "article "),
    rule(r"\b[tT]él\.", "téléphone"),
    rule(r"\b(?:svp|SVP)\b", "s'il vous plaît"),
    rule(r"\b(?:stp|STP)\b", "s'il te plaît"),
    # figures that are more than a number
    rule(r"(?<!\d)(0\d(?:[ .]\d\d){4})(?!\d)", lambda m: " ".join(map(number, re.split("[ .]", m[1])))),
    rule(r"(?<![\d,.])\d{1,3}(?: \d{3})+(?!\d)", lambda m: m[0].replace(" ", "")),
    rule(r"(?<![\d,.])\d{1,3}(?:\.\d{3}){2,}(?![\d.])", lambda m: m[0].replace(".", "")),
    rule(r"(?<![\d/])(\d\d?)/(\d\d?)/(\d{4})(?![\d/])", lambda m: _date(m[1], m[2], m[3], m[0])),
    rule(r"(?<![\d-])(\d{4})-(\d\d)-(\d\d)(?![\d-])", lambda m: _date(m[3], m[2], m[1], m[0])),
    rule(r"(?<![\d-])(\d+(?:h\d{0,2})?)-(?=\d+(?![\d-]))", r"\1 à "),
    rule(r"(?<=\d) - (?=\d)", " moins "),
    rule(r"(?:(?<=^)|(?<=[ (]))-(?=\d)", "moins "),
    rule(r"(?<=[^\W\d])-(?=\d)", " "),
    rule(rf"([$€£]) ?({NUMBER})", r"\2 \1"),
    rule(r"\b1/2 ?h(?:eure)?\b", "une demi-heure"),
    rule(r"(?<![\d,.])(\d{1,3}),(\d\d) ?m(?!\w)", lambda m: f"{_measured(m[1], 'm')} {french(int(m[2]))}"),
    rule(r"(?<![\d:])([01]?\d|2[0-4]):([0-5]\d)(?![\d:])", _hour),
    rule(r"(?<![\d,.])([01]?\d|2[0-4]) ?[hH](?: ?([0-5]\d)(?!\d)(?: ?min\b)?|(?!\w))", _hour),
    rule(rf"({NUMBER}) ?(?:(M|Md|millions?|milliards?)(?: d[e'] ?)? ?)?({_MONEY})(?!\w)", _price),
    rule(rf"({NUMBER}) ?({_UNIT})(?![\w°])", lambda m: _measured(m[1], m[2])),
    rule(r"(?<!\d)1(er|ère|re)\b", lambda m: french_ordinal(1, m[1] != "er")),
    rule(r"(?<![\d.,])(\d{1,9})(?:e|ème|eme|ième|nde?|d)\b", lambda m: french_ordinal(int(m[1]))),
    rule(r"\b([IVXLC]{2,})(er|re|ère|e|ème)\b", _century),
    rule(r"\b([IVX])(er|re|ère)\b", _century),
    rule(r"\b([IVX])(e|ème)(?= (?:siècle|République|arrondissement|Reich|millénaire))", _century),
    rule(r"\b([A-ZÀ-Þ][\wà-ÿ]{1,30}) ([IVX]{2,})\b(?!')", _reign),
    rule(r"(?<![\d/])(\d{1,3})/(\d{1,3})(?![\d/])", _share),
    rule(r"(?<![\d.])\d{1,9}(?:\.\d{1,9}){2,}", lambda m: " point ".join(map(number, m[0].split(".")))),
    rule(r"(?<=\d) ?[×xX] ?(?=\d)", " fois "),
    rule(r"(?<=\d) ?[÷] ?(?=\d)", " divisé par "),
    rule(r"(?<![\d,.])(\d+)000000 (?=[a-zà-ÿ]{3})(?!euro|dollar|pour |sur |dans |par |que |qui )", _millions),
    rule(NUMBER, lambda m: f" {number(m[0])} "),
    rule(r"\d+", lambda m: f" {number(m[0])} "),
    # signs
    *(
        rule(rf" ?{re.escape(sign)} ?", f" {word} ")
        for sign, word in {
            "%": "pour cent",
            "‰": "pour mille",
            "&": "et",
            "+": "plus",
            "=": "égale",
            "≈": "environ",
            "±": "plus ou moins",
            "×": "fois",
            "÷": "divisé par",
            "<": "inférieur à",
            ">": "supérieur à",
            "≤": "inférieur ou égal à",
            "≥": "supérieur ou égal à",
            "€": "euros",
            "$": "dollars",
            "£": "livres",
            "@": "arobase",
            "°": "degrés",
        }.items()
    ),
]


def read(text: str) -> str:
    """Write out, in French, everything that is not a word."""
    return applied(RULES, text)
