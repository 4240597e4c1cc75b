"""Figures among words: hours, percentages, money, days of a month."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from swv6.text.edits import Edit, Finder

_MONTHS_FR = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_MONTHS_EN = "January|February|March|April|May|June|July|August|September|October|November|December"
_S = r"[ \u00a0\u202f]"
_FRENCH = [
    (rf"\b(\d[\d{_S[1:-1]}]*(?:,\d+)?){_S}pour{_S}(?:cent|100)\b", "\\1\u00a0%"),
    (rf"\b([01]?\d|2[0-4]){_S}heures?{_S}([0-5]\d)\b(?!{_S}?(?:%|euros?|,\d))", "\\1\u00a0h\u00a0\\2"),
    (rf"\b([01]?\d|2[0-4]){_S}heures?\b(?={_S}(?:du matin|du soir|de l.après|pile|précises)|[.,;!?]|$)", "\\1\u00a0h"),
    (rf"\b(\d[\d\u202f]*){_S}euros?{_S}(\d\d)\b(?!{_S}?(?:centimes|%|,\d))", "\\1,\\2\u00a0€"),
    (rf"\b(\d[\d\u202f]*(?:,\d+)?){_S}euros?\b(?!{_S}\d)", "\\1\u00a0€"),
    (rf"\b[Pp]remier(?={_S}(?:{_MONTHS_FR})\b)", "1er"),
    (r"\b[Uu]ne heure (?=[0-5]\d\b)", "1\u00a0h\u00a0"),
]
_ENGLISH = [
    (rf"\b(\d[\d,]*(?:\.\d+)?){_S}per{_S}?cent\b", r"\1%"),
    (rf"\b(1?\d) ([0-5]\d)(?={_S}(?:[ap]\.?m\b|o.clock))", r"\1:\2"),
    (rf"\b(\d[\d,]*){_S}dollars?{_S}(?:and{_S})?(\d\d)(?:{_S}cents)?\b", r"$\1.\2"),
    (rf"\b(\d[\d,]*(?:\.\d+)?){_S}dollars?\b", r"$\1"),
    (rf"\b(\d[\d,]*(?:\.\d+)?){_S}euros?\b", r"€\1"),
    (rf"\b[Ff]irst(?={_S}of{_S}(?:{_MONTHS_EN})\b)", "1st"),
    (rf"\b[Ss]econd(?={_S}of{_S}(?:{_MONTHS_EN})\b)", "2nd"),
    (rf"\b({_MONTHS_EN}){_S}first\b", r"\1 1st"),
]
_RULES = {"fr": _FRENCH, "en": _ENGLISH}


def rules(language: str) -> list[Finder]:
    """Give the changes that a language (`fr`, `en`) makes around figures, in order."""
    return [_finder(re.compile(pattern), new) for pattern, new in _RULES[language]]


def _finder(pattern: re.Pattern[str], new: str) -> Callable[[str], Iterator[Edit]]:
    def find(text: str) -> Iterator[Edit]:
        for match in pattern.finditer(text):
            if (said := match.expand(new)) != match[0]:
                yield Edit(*match.span(), said)

    return find
