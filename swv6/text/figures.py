"""Numbers that were heard: words to figures, figures to words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal, TypeAlias

from swv6.text.abbreviations import abbreviated
from swv6.text.edits import Edit, edited
from swv6.types import Transcript

Writing: TypeAlias = Literal["digits", "words", "heard"]
"""As figures, in words, or as the recogniser wrote them."""

THIN = "\u202f"
"""Between the thousands of a French number of five figures and more."""
ALONE = frozenset("un une premier première second seconde neuf one first second oh o".split())  # noqa: SIM905
"""Words that are numbers among others only: by themselves they are articles, ranks, "new", or a unit of time."""
JOINING = frozenset("et virgule point and".split())  # noqa: SIM905
"""Words that are of a number only between two others."""
BIG = frozenset("million millions milliard milliards billion".split())  # noqa: SIM905
"""Nouns that need a number before them: in "2 millions" it is figures already."""
_FRENCH = """
zéro un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts
trente quarante cinquante soixante septante huitante octante nonante cent cents mille million millions milliard
milliards premier première deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième
onzième douzième treizième quatorzième quinzième seizième vingtième trentième quarantième cinquantième
soixantième centième millième unième et virgule
"""
_ENGLISH = """
zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million
billion first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth
eightieth ninetieth hundredth thousandth and point
"""
WORDS = {"fr": frozenset(_FRENCH.split()), "en": frozenset(_ENGLISH.split())}
_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"[ \u00a0]?[-\u2010\u2011]?[ \u00a0]?")
_BIG = re.compile(r" (millions?|milliards?|billion)$", re.IGNORECASE)
_FIGURES = re.compile(
    r"""
    (?<![\w.,/@-])(?<![A-Z]{2}\ )  # not of a path, nor of a name such as "RTX 3090"
    (?: \d\d?/\d\d?/\d{4} | \d\d?(?:[ \u00a0]?h[ \u00a0]?\d\d|:\d\d)
      | [$£€]?\d+(?:[ \u00a0\u202f.,]\d{3})*(?:[.,]\d+)?(?:er|ère|e|ème|st|nd|rd|th)?
        (?:[ \u00a0\u202f]?(?:%|€|°C?|\$|£|h))? )
    (?![\w/@]|[.,:-]\d)
    """,
    re.VERBOSE,
)
_HALF = re.compile(r"[ \u00a0\u202f][ap]\.?m\b", re.IGNORECASE)
"""Before it "3.30" is an hour."""
_PAIR = re.compile(r"(?<![\w-])(?:une?|one) (?:ou|or|à|to) \Z", re.IGNORECASE)
"""Before the second number of "un ou deux": half in words and half in figures is neither."""
_PARTS = re.compile(
    r"""[ \u00a0-] (?: tiers | quarts? | demie?s? | \w+ièmes | thirds | quarters? | halves
    | (?:four|fif|six|seven|eigh|nin|ten|eleven|twelf|\w+teen|\w+tie|hundred|thousand)ths
    | tens | twenties | thirties | forties | fifties | sixties | seventies | eighties | nineties | hundreds )\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""After the number of a fraction, or of a decade."""
_PART = re.compile(r"(?:une?|one)[ -]\w*(?:ième|ier|ière|first|second|third|th)", re.IGNORECASE)
"""A fraction, "un cinquième", or some other: "un deuxième essai", "one second"."""
_BETWEEN = " \n\t\u00a0\u202f«»“”\"‘’'()[]–—-"
"""What may stand between the full stop of a sentence and the first word of the next one."""
_BEHIND = 40
"""Characters before a figure that tell whether it begins a sentence."""


def written(transcript: Transcript, language: str, writing: Writing) -> tuple[Transcript, int]:
    """Write the numbers of a transcript in one way, and say how many changed; other languages are left as heard."""
    code = language[:2].lower()
    if writing == "heard" or code not in WORDS:
        return transcript, 0
    if writing == "words":
        return edited(transcript, lambda text: in_words(text, code))
    from swv6.text.composed_figures import rules

    figures, count = edited(transcript, lambda text: in_figures(text, code))
    for rule in rules(code):
        figures, more = edited(figures, rule)
        count += more
    return figures, count


def in_figures(text: str, language: str) -> Iterator[Edit]:
    """Give the changes that write number words as figures; the work grows with the length of the text."""
    from text_to_num import alpha2digit

    behind = 0
    for start, end in _runs(text, language):
        paired = _PAIR.search(text, max(behind, start - 9), start)
        behind = end
        if paired or _PARTS.match(text, end) or _PART.fullmatch(text, start, end):
            continue
        if (figures := _figures(text[start:end], language, alpha2digit)) != text[start:end]:
            yield Edit(start, end, figures)


def in_words(text: str, language: str) -> Iterator[Edit]:
    """Give the changes that write figures in words; figures that are part of a name, such as "RTX 3090", stay."""
    from swv6.text.spoken import spoken

    for match in _FIGURES.finditer(text):
        hour = language == "en" and _HALF.match(text, match.end())
        figures = re.sub(r"^(1[0-2]|0?[1-9])\.([0-5]\d)$", r"\1:\2", match[0]) if hour else match[0]
        if (words := spoken(figures, language)) and words != match[0]:
            yield Edit(*match.span(), words[0].upper() + words[1:] if _begins(text, match.start()) else words)


def _begins(text: str, at: int) -> bool:
    """Tell whether a sentence begins there: what began with a figure had no capital."""
    before = text[max(0, at - _BEHIND) : at].rstrip(_BETWEEN)
    if not before or before.endswith(".."):
        return not before and at <= _BEHIND
    token = (before[:-1].split() or [""])[-1]
    return before[-1] in "!?" or (before[-1] == "." and not abbreviated(token, text[at], False))


def _runs(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Find the stretches of number words."""
    run = list[tuple[str, int, int]]()
    for match in _WORD.finditer(text):
        word = match[0].casefold()
        if run and not (word in WORDS[language] and _GAP.fullmatch(text, run[-1][2], match.start())):
            yield from _trimmed(run)
            run = []
        if word in WORDS[language]:
            run.append((word, *match.span()))
    yield from _trimmed(run)


def _trimmed(run: list[tuple[str, int, int]]) -> Iterator[tuple[int, int]]:
    """Leave out what only joins at the ends, and words that are no numbers by themselves."""
    while run and run[-1][0] in JOINING:
        run = run[:-1]
    while run and (run[0][0] in JOINING or run[0][0] in BIG):
        run = run[1:]
    if run and not (len(run) == 1 and run[0][0] in ALONE):
        yield run[0][1], run[-1][2]


def _figures(words: str, language: str, convert: Callable[[str, str, float], str]) -> str:
    """Write one stretch as figures: "deux millions" keeps its noun, thousands are set apart."""
    noun = _BIG.search(words)
    head = words[: noun.start()] if noun else words
    figures = re.sub(r"\d{5,}", lambda m: _grouped(m[0], language), convert(head, language, 0))
    figures = re.sub(r"(?<=\d)[èi]?è?mes?\b", "e", figures) if language == "fr" else figures
    if language == "en":
        figures = re.sub(r"\b(1[5-9]|20) ([1-9]\d)\b", r"\1\2", figures)
    return figures + (noun[0] if noun else "")


def _grouped(figures: str, language: str) -> str:
    if figures[0] == "0":
        return figures
    return f"{int(figures):,}".replace(",", THIN if language == "fr" else ",")
