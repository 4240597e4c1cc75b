"""What French says for figures, and for figures with a unit, a coin, an hour or a month beside them."""

from __future__ import annotations

import re

from swv6.text.numbers import FIGURES, french, french_ordinal
from swv6.text.rules import table, words_of

MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
UNITS = table("units.fr.txt")
MONEY = {
    **dict.fromkeys(("€", "EUR", "euro", "euros"), "euro"),
    **dict.fromkeys(("$", "USD", "dollar", "dollars"), "dollar"),
    **dict.fromkeys(("£", "GBP"), "livre"),
    **dict.fromkeys(("CHF", "francs suisses"), "franc suisse"),
    "¥": "yen",
}
SMALL = {"livre": "pence", "dollar": "cent"}
FEMININE = frozenset({"livre", "kilocalorie", "calorie", "tonne", "image", "once"})
INVARIABLE = frozenset({"hertz", "kilohertz", "mégahertz", "gigahertz", "euros"})
POWERS = {"k": "mille", "K": "mille", "M": "million", "Md": "milliard", "Mds": "milliard", "G": "milliard"}
PIVOT = "69"
"""Two figures from which a year is of the last century: POSIX, strptime, %y."""
SHARES = {"2": "demi", "3": "tiers", "4": "quart"}
_ENDINGS = re.compile(r"(?:[ts]ion|ette|elle|esse|euse|ance|ence|tude|ade|ité|ière|ienne|trice|ée|ure)s?")
"""Endings of words that are feminine, but for the few that the data file puts under [masculine]."""


def feminine(word: str) -> bool:
    """Tell whether a noun takes "une", by its ending and by the lists in genders.fr.txt."""
    word = word.lower()
    lists = words_of("genders.fr.txt")
    one = word.removesuffix("s")
    if lists["masculine"] & {word, one}:
        return False
    return bool(lists["feminine"] & {word, one}) or bool(_ENDINGS.search(word, max(0, len(word) - 6)))


def number(figures: str, feminine: bool = False) -> str:
    """Read figures: "22,05" is "vingt-deux virgule zéro cinq", "007" is read one by one."""
    whole, _, part = figures.replace(".", ",").partition(",")
    said = one_by_one(whole) if (len(whole) > 1 and whole[0] == "0") or len(whole) > FIGURES else ""
    said = said or french(int(whole), feminine and not part)
    return f"{said} virgule {_decimals(part)}" if part else said


def one_by_one(figures: str) -> str:
    """Read each figure."""
    return " ".join(french(int(figure)) for figure in figures)


def in_pairs(figures: str) -> str:
    """Read a telephone number as it is said: two figures at a time."""
    pairs = (figures[at : at + 2] for at in range(0, len(figures), 2))
    return " ".join(number(pair) for pair in pairs)


def grouped(text: str) -> str:
    """Read numbers that stand apart, each by itself."""
    return " ".join(map(number, re.findall(r"\d+", text)))


def by_groups(figures: str) -> str:
    """Say the groups of a telephone number, those of four, six and more in pairs."""
    return " ".join(
        in_pairs(group) if len(group) > 3 and len(group) % 2 == 0 else number(group)
        for group in re.findall(r"\d+", figures)
    )


def named(sign: str) -> str:
    """Give the name of one unit."""
    return measured("1", sign).partition(" ")[2]


def spoons(match: re.Match[str]) -> str:
    """Read "3 c. à s." of a recipe."""
    kind = "soupe" if match[2] in "sS" else "café"
    return f"{match[1]} cuillère{'s' * (many(match[1].replace('1/2', '0')))} à {kind}"


def _decimals(part: str) -> str:
    rest = part.lstrip("0")
    if len(part) > 3 or not rest:
        return one_by_one(part)
    return " ".join(["zéro"] * (len(part) - len(rest)) + [french(int(rest))])


def many(figures: str) -> bool:
    """Tell whether what is counted takes the plural: from two on."""
    return float(figures.replace(",", ".")) >= 2


def measured(figures: str, sign: str) -> str:
    """Read a number with its unit."""
    unit = UNITS[sign]
    first, *rest = unit.split(" ")
    if many(figures) and first not in INVARIABLE:
        plural = [f"{word}s" if word in ("carré", "cube") else word for word in rest]
        unit = " ".join([_plural(first), *plural])
    return f"{number(figures, first in FEMININE or feminine(first))} {unit}"


def _plural(word: str) -> str:
    head, dash, tail = word.partition("-")
    return "chevaux" if word == "cheval" else f"{head}s{dash}{tail}"


def price(match: re.Match[str]) -> str:
    """Read an amount of money: groups are figures, thousand or million, coin."""
    figures, power, coin = match[1].replace(".", ","), match[2], MONEY[match[3]]
    whole, _, cents = figures.partition(",")
    if power:
        word = POWERS.get(power, power.rstrip("s"))
        return _thousands(figures, coin) if word == "mille" else _powered(figures, word, coin)
    if len(cents) not in (0, 2):
        return f"{number(figures, coin in FEMININE)} {_coins(coin, many(figures))}"
    link = of(coin) if _round(whole) else _coins(coin, many(whole))
    said = f"{number(whole, coin in FEMININE)} {link}{'s' * _round(whole)}"
    if not int(cents or 0):
        return said
    small = f"{french(int(cents))} {SMALL.get(coin, 'centime')}{'s' * (int(cents) > 1 and coin != 'livre')}"
    return small if whole == "0" else f"{said} {french(int(cents))}"


def _thousands(figures: str, coin: str) -> str:
    whole, _, part = figures.partition(",")
    if len(part) > 3:
        return f"{number(figures)} mille {_coins(coin, True)}"
    return f"{number(str(int(whole + part.ljust(3, '0'))))} {_coins(coin, True)}"


def _powered(figures: str, word: str, coin: str) -> str:
    return f"{number(figures)} {word}{'s' * many(figures)} {of(_coins(coin, True))}"


def _coins(coin: str, several: bool) -> str:
    return " ".join(f"{word}s" for word in coin.split()) if several else coin


def _round(whole: str) -> bool:
    return len(whole) > 6 and whole.endswith("000000")


def of(name: str) -> str:
    """Put "de" before a coin or a unit."""
    return f"d'{name}" if name[0] in "aeiou" or name.startswith("hect") or name == "heure" else f"de {name}"


def millions(match: re.Match[str]) -> str:
    """Say "deux millions d'habitants": what is counted by the million takes "de"."""
    following = match.string[match.end()]
    link = "d'" if following in "aeéèêiouh" else "de "
    return f"{number(match[1] + '000000')} {link}"


def clock(match: re.Match[str]) -> str:
    """Read an hour; groups are hours, minutes, perhaps seconds."""
    hour, minutes = int(match[1]), int(match[2] or 0)
    said = f"{french(hour, feminine=True)} heure{'s' * (hour > 1)}"
    said = f"{said} {french(minutes, feminine=True)}" if minutes else said
    seconds = int(match[3]) if (match.lastindex or 0) > 2 else 0
    return f"{said} et {french(seconds, feminine=True)} seconde{'s' * (seconds > 1)}" if seconds else said


def date(day: str, month: str, year: str, written: str) -> str:
    """Read a date in figures; `written` when it is none. An empty year is not said."""
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return written
    first = french_ordinal(1) if int(day) == 1 else french(int(day))
    full = f"{'19' if year >= PIVOT else '20'}{year}" if len(year) == 2 else year
    return f"{first} {MONTHS[int(month) - 1]}" + (f" {french(int(full))}" if year else "")


def share(match: re.Match[str]) -> str:
    """Read a fraction; with larger numbers below it is a mark: "quinze sur vingt"."""
    over, under = match[1], match[2]
    if under in SHARES and over != "0":
        return f"{number(over)} {SHARES[under]}{'s' * (many(over) and under != '3')}"
    if over == "1" and 5 <= int(under) <= 10:
        return f"un {french_ordinal(int(under))}"
    return f"{number(over)} sur {number(under)}"
