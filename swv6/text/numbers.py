"""Numbers in French words, numbers in English words.

Our own, because num2words needs docopt, which has no wheel, and num2words2 is 3 MB of compiled code without "une".
"""

from __future__ import annotations

import re
from collections.abc import Callable

_FR = [
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"),
    *("treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"),
]
_FR_TENS = ["", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt"]
_FR_BIG = ["", "mille", "million", "milliard", "billion", "billiard"]
_EN = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_EN_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_EN_BIG = ["", "thousand", "million", "billion", "trillion", "quadrillion"]
_EN_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_IS_ROMAN = re.compile(r"C{0,3}(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")

FIGURES = 18
"""The longest number that has words here; longer ones are read figure by figure."""


def french(number: int, feminine: bool = False) -> str:
    """Write a number of up to FIGURES figures as France says it; `feminine` for "vingt et une heures"."""
    words = _join(number, _french_thousand, _FR[0])
    return f"{words}e" if feminine and words.endswith("un") else words


def french_ordinal(number: int, feminine: bool = False) -> str:
    """Write "premier", "deuxième", "vingt et unième"."""
    if number == 1:
        return "première" if feminine else "premier"
    words = re.sub(r"(cent|vingt|illion|illiard)s$", r"\1", french(number))
    words = re.sub(r"e$", "", words)
    return {"cinq": f"{words}u", "neuf": f"{words[:-1]}v"}.get(words[-4:], words) + "ième"


def english(number: int) -> str:
    """Write a number of up to FIGURES figures: "one hundred and five"."""
    words = _join(number, _english_thousand, _EN[0])
    # "two thousand and one": what is left below a hundred is linked
    small = number % 1000
    return " and ".join(words.rsplit(" ", 1)) if number > 1000 and 0 < small < 100 else words


def english_ordinal(number: int) -> str:
    """Write "first", "twenty-second", "thirtieth"."""
    head, last = re.fullmatch(r"(.*?)([a-z]+)", english(number)).groups()  # type: ignore[union-attr]
    return head + _EN_ORDINALS.get(last, (f"{last[:-1]}ie" if last.endswith("y") else last) + "th")


def english_year(number: int) -> str:
    """Write a year as it is said: "nineteen oh five", "twenty twenty-four", "two thousand and one"."""
    century, year = divmod(number, 100)
    if century % 10 == 0 and year < 10:
        return english(number)
    return f"{english(century)} {'hundred' if not year else f'oh {english(year)}' if year < 10 else english(year)}"


def roman(letters: str) -> int:
    """Read a Roman number below 400; 0 when it is none."""
    if not letters or not _IS_ROMAN.fullmatch(letters):
        return 0
    values = [_ROMAN[letter] for letter in letters]
    return sum(-v if v < following else v for v, following in zip(values, [*values[1:], 0], strict=True))


def _groups(number: int) -> list[int]:
    groups = []
    while number:
        number, group = divmod(number, 1000)
        groups.append(group)
    return groups


def _join(number: int, say: Callable[[int, int], str], zero: str) -> str:
    parts = [say(group, at) for at, group in enumerate(_groups(number)) if group]
    return " ".join(reversed(parts)) or zero


def _french_thousand(group: int, at: int) -> str:
    hundreds, rest = divmod(group, 100)
    words = [*([_FR[hundreds]] if hundreds > 1 else []), *(["cent"] if hundreds else []), *_french_tens(rest)]
    text = " ".join(words)
    # "deux cents", "quatre-vingts", and with millions too, which are nouns; but "deux cent mille"
    if at != 1 and ((hundreds > 1 and not rest) or rest == 80):
        text += "s"
    if at == 0:
        return text
    if at == 1:
        return "mille" if group == 1 else f"{text} mille"
    return f"{text} {_FR_BIG[at]}{'s' if group > 1 else ''}"


def _french_tens(rest: int) -> list[str]:
    if rest == 0:
        return []
    if rest < 20:
        return [_FR[rest]]
    tens, unit = divmod(rest, 10)
    unit += 10 * (tens in (7, 9))
    link = " et " if unit in (1, 11) and tens < 8 else "-"
    return [_FR_TENS[tens] + (link + _FR[unit] if unit else "")]


def _english_thousand(group: int, at: int) -> str:
    hundreds, rest = divmod(group, 100)
    tens, unit = divmod(rest, 10)
    small = _EN[rest] if rest < 20 else _EN_TENS[tens] + (f"-{_EN[unit]}" if unit else "")
    words = [f"{_EN[hundreds]} hundred"] * bool(hundreds) + [small] * bool(rest)
    return " ".join(filter(None, [" and ".join(words), _EN_BIG[at]]))
