"""Roughly how a text sounds, so that a word which was misheard can be told from another word."""

from __future__ import annotations

import re
from functools import cache

_NASAL = "(?:n|m)(?![aeiouyéèêënmWE])"
_RULES = [
    (re.compile(pattern), code)
    for pattern, code in (
        (r"['’\-]|[^\w ]", ""),
        (r"œu|eu", "E"),
        (r"eaux?|au|ô", "o"),
        (r"oi|oy", "Wa"),
        (r"ou(?=[aeiéèêïy])|w|u(?=i)", "W"),
        (r"où|ou|[ûù]", "u"),
        (rf"(?:ai|ei|[iy]){_NASAL}|un\b", "1"),
        (r"i?en\b", "i1"),
        (rf"[ae]{_NASAL}", "2"),
        (rf"o{_NASAL}", "3"),
        (r"sch|ch|sh", "S"),
        (r"ph", "f"),
        (r"gn", "n"),
        (r"x(?=[aeiou])", "ks"),
        (r"qu?|c(?=[aouklrtE ]|$)", "k"),
        (r"ç|c(?=[eiyéè])", "s"),
        (r"g(?=[eiy])|j", "S"),
        (r"h", ""),
        (r"ai|ay|ei|[éèê]|(?:er|ez|et|es)\b", "e"),
        (r"[àâ]", "a"),
        (r"[îïy]", "i"),
        (r"[dtspx]+\b|(?<=\w)e\b", ""),
        (r"z", "s"),
        (r"b", "p"),
        (r"d", "t"),
        (r"g", "k"),
        (r"v", "f"),
        (r"m", "n"),
        (r" ", ""),
        (r"(.)\1+", r"\1"),
    )
]
"""French spelling to rough sounds: 1, 2, 3 are the nasal vowels, E "eu", W the glide, S "ch"; voiced and voiceless
consonants are one, because a recogniser confuses them. The order matters."""
_NEAR = {
    *map(frozenset, ("ei", "eE", "oE", "ou", "a2", "o3", "u3", "e1", "a1", "23", "Wu", "oW", "12", "iu", "aE", "Wf")),
    *map(frozenset, ("n1", "n2", "n3")),
}
"""Sounds that are half the same."""
_GAP = 0.8
"""Cost of a sound too many or too few: less than of a wrong one, for short words lose their ends."""


@cache
def sounds(text: str) -> str:
    """Give a code that is the same for texts that sound alike in French; other spellings give some code too."""
    code = text.lower().strip()
    for pattern, letter in _RULES:
        code = pattern.sub(letter, code)
    return code


def unlike(text: str, other: str) -> float:
    """Say how far two texts sound from each other: 0 is the same, 1 nothing in common."""
    a, b = sounds(text), sounds(other)
    row = [_GAP * j for j in range(len(b) + 1)]
    for i, x in enumerate(a):
        above, row = row, [_GAP * (i + 1)]
        for j, y in enumerate(b):
            row.append(min(above[j] + _cost(x, y), above[j + 1] + _GAP, row[j] + _GAP))
    return row[-1] / max(len(a), len(b), 1)


def _cost(a: str, b: str) -> float:
    return 0.0 if a == b else 0.5 if frozenset((a, b)) in _NEAR else 1.0
