"""Signs that stand between words or figures and are no sum: scores, ratios, units by units, menus, both genders."""

from __future__ import annotations

import re

from swv6.text.french_amounts import SHARES, UNITS, feminine, measured, named, number, of, one_by_one, share, spoons
from swv6.text.numbers import french, french_ordinal
from swv6.text.rules import CAMEL, NUMBER, Rule, either, figured, rule

UNIT = either(UNITS)
_SET = r"(?:6-[0-4]|[0-4]-6|7-[56]|[56]-7)"
_SLASHED = r"(?:6/[0-4]|[0-4]/6|7/[56]|[56]/7)"
_GAME = r"(?:0|15|30|40)-(?:0|15|30|40|A\b)"
_NAMES = {"9": "neuvième", "3": "tiers"}
_LENGTH = r"(?<=[\d ]m|cm|mm|km)"
_BREAK = r"(?: ?\(\d\d?(?:-\d\d?)?\))?"
_PER = {"h": "heure", "kg": "kilo", "pers": "personne", "j": "jour"}
_SHORT = {"sem": "semaine", "pers": "personne"}


def _sets(match: re.Match[str]) -> str:
    """Say a tennis score, "six quatre, sept cinq"."""
    return re.sub(r"(?<=[\d)]) (?=\d)", ", ", match[0].replace(" et ", " et  ")).replace("-", " ").replace("  ", " ")


def _ratio(match: re.Match[str]) -> str:
    """Say "seize neuvièmes", "un dix millième", "deux à un"."""
    over, under = match[1], match[2]
    if under in _NAMES and int(over) > int(under):
        return f"{number(over)} {_NAMES[under]}{'s' * (under == '9')}"
    if over == "1" and len(under) > 2:
        return f"un {french_ordinal(int(under))}"
    return f"{number(over)} à {number(under)}"


def _by(match: re.Match[str]) -> str:
    """Say "grammes par litre"."""
    if (whole := f"{match[2]}/{match[3]}") in UNITS:
        return measured(match[1], whole)
    return f"{measured(match[1], match[2])} par {_PER.get(match[3]) or named(match[3])}"


def _part(match: re.Match[str]) -> str:
    """Say "un quart d'heure", "un millième de seconde"."""
    over, under = match[1], match[2]
    if (over, under) == ("1", "2"):
        return f"{'une' if feminine(named(match[3])) else 'un'} demi-{named(match[3])}"
    part = share(match) if under in SHARES else f"{number(over)} {french_ordinal(int(under))}{'s' * (over != '1')}"
    return f"{part} {of(named(match[3]))}"


def _time(match: re.Match[str]) -> str:
    parts = [measured(str(int(n)), unit) for n, unit in zip(match.groups(), ("h", "min", "s"), strict=True) if int(n)]
    return " et ".join((" ".join(parts[:-1]), *parts[-1:])).removeprefix(" et ")


def _billions(match: re.Match[str]) -> str:
    word = "million" if match[2] == "M" else "milliard"
    return f"{number(match[1])} {word}{'s' * (float(match[1].replace(',', '.')) >= 2)}"


def per(match: re.Match[str]) -> str:
    """Say "par kilowattheure" after a price."""
    sign = match[1].rstrip(".")
    return f" par {_PER.get(sign) or named(sign)}"


def _letters(match: re.Match[str]) -> str:
    return _one_by_one(match[0].replace(":", ""))


def _one_by_one(signs: str) -> str:
    return " ".join(one_by_one(sign) if sign.isdigit() else sign.upper() for sign in signs)


MARKS: list[Rule] = [
    rule(r"(?<!\S)#(?=[^\W\d_]{2})([\w]{2,60})", lambda m: f"hashtag {CAMEL.sub(' ', m[1])}"),
    figured(r"(?<![\w,.])(\d+(?:[,/]\d+)?) ?c(?:\.|uil?l?\.)? ?à ?([scSC])(?:oupe\b|afé\b|\.|\b)", spoons),
    # both genders, both numbers
    rule(r"(?<=[^\W\d_]{2})\((?:e|s|es|ne|le|fe)\)", ""),
    rule(r"\b([iI]ls?|[lL]ui|[cC]elui|[cC]eux|[uU]n|[lL]e)/(elles?|celles?|une|la)\b", r"\1 ou \2"),
    rule(r"(?<=[a-zà-ÿ]{2}) > (?=[A-ZÀ-Þ])|(?<=\w) / (?=[A-ZÀ-Þ])", ", "),
    rule(r"(?<=[^\W\d_]{2})[·‧](?:ère|trice|rice|euse|[nlft]?e|se|x)(?:[·‧]?(s))?(?![^\W\d_])", lambda m: m[1] or ""),
    rule(r"(?<=[^\W\d_]{2})\.e\.s(?![^\W\d_])", "s"),
    figured(r"(?<=°[CF])/(?=-?\d)", " ou "),
    rule(r"\bA/R\b", "aller-retour"),
    rule(r"(?<=[^\W\d_]) ?/ ?pers\b\.?", " par personne"),
    # scores
    figured(rf"(?<![\d/]){_SLASHED}(?:, {_SLASHED}){{1,4}}(?![\d/])", lambda m: m[0].replace("/", "-")),
    figured(
        rf"(?<!pages )(?<!p\. )(?<!pp\. )(?<![\d-]){_SET}{_BREAK}(?:(?:,| et)? [0-7]-[0-7](?![\d-]){_BREAK}){{1,4}}",
        _sets,
    ),
    figured(rf"(?<![\d-]){_SET} ?\(\d\d?(?:-\d\d?)?\)", _sets),
    figured(rf"(?<![\d-]){_GAME}(?:,? {_GAME})+(?![\d-])", _sets),
    figured(r"\b([A-ZÀ-Þ]\w+, [A-ZÀ-Þ]\w+ ?: ?\d{1,3}) - (?=\d{1,3}(?!\d| ?=))", r"\1 à "),
    figured(r"\b([A-ZÀ-Þ][\w-]{1,30} \d{1,3}) - (?=\d{1,3} [A-ZÀ-Þ])", r"\1 à "),
    figured(r"\b((?:[gG]uerre|celle) de )(14-18|39-45)(?![\d-])", lambda m: m[1] + m[2].replace("-", " ")),
    # numbers of something
    figured(r"\b([LRD])\. ?(\d{1,4})((?:-\d{1,4}){1,2})\b", lambda m: f"{m[1]} {m[2]}{m[3].replace('-', ' ')}"),
    figured(r"\b([aA]rticle|[lL]e|[dD]u|[aA]u) (49)[.,](3)\b(?! ?%|\d)", r"\1 \2 \3"),
    figured(r"\b((?:Boeing |Airbus )\w?)(\d{3})-(\d{3})\b", lambda m: f"{m[1]} {number(m[2])} {number(m[3])}"),
    figured(r"(?<=[nN]°)( ?\d{1,9})-(?=\d)", r"\1 tiret "),
    figured(r"\b0x([0-9A-Fa-f]{1,16})\b", lambda m: f"zéro x {_one_by_one(m[1])}"),
    rule(r"\bMaj(?= ?\+)|(?<=\+)Maj\b|(?<=\+ )Maj\b", "majuscule"),
    figured(r"\b((?:[cC]ompose[rz]|[aA]ppele[rz]|[fF]aites) le )(3\d)(\d\d)(?! ?\d)", r"\1\2 \3"),
    rule(r"\b(GMT|UTC)-(?=\d)", r"\1 moins "),
    rule(r"\bCtrl-(?=[A-Z])", "contrôle-"),
    rule(r"\bSuppr\b", "supprime"),
    rule(r"(?<=[\w€]) ?/ ?sem\b(?:\.(?!\s*$))?", " par semaine"),
    figured(r"\b4x4\b", "quatre-quatre"),
    figured(r"\b(une|la|[mst]a|Renault) 4 ?L\b", r"\1 quatre L"),
    rule(r"(?<![\w:])(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}(?![\w:])", _letters),
    figured(r"\b[tT]h\. ?(\d\d?)[/-](?=\d)", r"thermostat \1 "),
    figured(r"\b[tT]h\. ?(?=\d)", "thermostat "),
    figured(r"\b([tT]ension [a-zà-ÿ ]{0,20})(\d{1,2})/(?=\d)", r"\1\2 "),
    figured(r"\bS(\d\d?)E(\d\d?)\b", lambda m: f"saison {french(int(m[1]))} épisode {french(int(m[2]))}"),
    figured(r"(?<=\d[xX]) ?/ ?j\b", " par jour"),
    figured(r"(?<=\d)( ?(?:g|mg|µg|ml|mL|cl|cL|l|L)) ?/ ?(?=\d\d? ?[hj]\b)", r"\1 par "),
    figured(r"(?<![\w,.+-])(\d{1,9})\+ (?=[a-zà-ÿœ]{2})", r"plus de \1 "),
    # mathematics
    figured(r"(?<![\w,.])(\d{1,4})!(?= ?=)", r"factorielle \1"),
    figured(r"(?<=\d)[eE](?=-\d)|(?<=[.,]\d)[eE](?=\d)|(?<=[.,]\d\d)[eE]\+?(?=\d)", " ×10^"),
]
"""Read before abbreviations and figures."""

RATIOS: list[Rule] = [
    figured(r"(?<![\d,.])\d{1,3}(?:\.\d{3})+(?=,\d\d?(?!\d))", lambda m: m[0].replace(".", "")),
    figured(r"(?<![\d:.])(\d{1,3}):(\d)(?![\d:])", _ratio),
    figured(r"(?<![\d:.])(1):(\d{3,9})(?![\d:])", _ratio),
    figured(r"(?:(?<=pport de )|(?<=atio de )|(?<=tion à ))(\d{1,3}):(\d\d?)(?![\d:])", _ratio),
    figured(r"\b50/50\b", "cinquante-cinquante"),
]
"""Read once thousands are joined, and before hours."""

BY: list[Rule] = [
    figured(r"\^2(?!\d)", " au carré "),
    figured(r"\^3(?!\d)", " au cube "),
    figured(r"\^-(?=\d)", " puissance moins "),
    figured(r"\^(?=\d)", " puissance "),
    figured(r"\b24 ?h?/ ?7(?: ?j)?\b", "vingt-quatre heures sur vingt-quatre et sept jours sur sept"),
    figured(r"(?<=\d) ?[xX] ?(?=/|par |plus |moins )", " fois "),
    figured(rf"{_LENGTH} ?[×xX] ?(?=\d)", " sur "),
    figured(r"(?<=\d) ?[×xX] ?(?=\d)", " fois "),
    figured(r"(?<=\d) ?[÷] ?(?=\d)", " divisé par "),
    rule(r"(?<=[€$£]) ?/ ?(?=[a-zà-ÿ]{3})", " par "),
    figured(rf"(?<=\d)( ?(?:{UNIT}))\.(?= [a-zà-ÿ])", r"\1"),
    figured(
        r"(?<![\d,.])(\d{1,3}) ?h ?(\d\d?) ?min ?(?:et )?(\d\d?) ?s\b",
        _time,
    ),
    figured(r"(?<=\d )([a-zé]{3,20}) ?/ ?(s|min|h)\b", lambda m: f"{m[1]} par {named(m[2])}"),
    figured(
        r"(?<![\d,.])(\d+) ?(sem|pers)(?:\.(?=[ ,)])|(?=\.$))", lambda m: f"{m[1]} {_SHORT[m[2]]}{'s' * (m[1] != '1')}"
    ),
    figured(rf"({NUMBER}) ?(Mds?|M)(?= d[e'])", _billions),
    figured(rf"({NUMBER}) ?(Mds?|M) ?(km|t|hab)\b", lambda m: f"{_billions(m)} {of(named(m[3]))}s"),
    figured(
        rf"(?<![\w,.])([1-9]) ?m ?(\d\d)(?!\d| ?(?:{UNIT})(?!\w))",
        lambda m: f"{measured(m[1], 'm')} {french(int(m[2]))}",
    ),
    figured(r"\b1/2 ?h(?:eure)?\b", "une demi-heure"),
    figured(rf"(?<![\d/.,])(\d{{1,9}}) 1/2 ?({UNIT})(?![\w°])", lambda m: f"{measured(m[1], m[2])} et demi"),
    figured(rf"(?<![\d/.,])(\d)/(\d{{1,4}}) ?({UNIT})(?![\w°/])", _part),
    figured(
        r"(?<![\d/.,])([1-9])/(5|6|7|8|9|10|100)(?= (?:des|du|de la)\b)",
        lambda m: f"{number(m[1])} {french_ordinal(int(m[2]))}{'s' * (m[1] != '1')}",
    ),
    figured(rf"({NUMBER}) ?({UNIT})/({UNIT})(?![\w°/])", _by),
]
"""Read after dates, and before hours and units."""
