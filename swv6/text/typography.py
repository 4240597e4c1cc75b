"""How French and English are set: accents, apostrophes, quotes, spaces before signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from swv6.text.edits import Edit

WIDE = "\u00a0"
"""No-break space: before : » % and after «."""
THIN = "\u202f"
"""Narrow no-break space: before ; ! ? (Lexique des règles typographiques, Imprimerie nationale)."""
_BLANK = r"[ \t\r\n\u00a0\u202f\u2009]"

_FRENCH = re.compile(
    rf"""
    (?P<apostrophe>(?<=[^\W\d_])['`´\u02bc](?=[^\W\d_]|{_BLANK}?[«]))
  | (?P<open>«{_BLANK}*)
  | (?P<close>{_BLANK}*»)
  | (?P<thin>(?<=[\w»)\]%…]){_BLANK}*(?P<thin_sign>[;!?]+)(?=$|[\s»)\]",]))
  | (?P<colon>(?<=[\w»)\]%]){_BLANK}*:(?=$|[\s«»)\]"]))
  | (?P<percent>(?<=\d){_BLANK}*%)
  | (?P<dots>(?:(?<=\w){_BLANK}+)?\.\.\.)
  | (?P<before>(?<=\w){_BLANK}+(?=[.,…]+(?:[\s;:!?»]|$)))
  | (?P<blanks>{_BLANK}{{2,}}|[\t\r\n])
    """,
    re.VERBOSE,
)
_ENGLISH = re.compile(
    rf"""
    (?P<apostrophe>(?<=[^\W\d_])['`´\u02bc](?=[^\W\d_]))
  | (?P<dots>(?:(?<=\w){_BLANK}+)?\.\.\.)
  | (?P<before>(?<=[\w)\]"]){_BLANK}+(?=[;:!?.,%…]+(?:\s|$)))
  | (?P<blanks>{_BLANK}{{2,}}|[\t\r\n])
    """,
    re.VERBOSE,
)
_ANY = re.compile(rf"(?P<blanks>{_BLANK}{{2,}}|[\t\r\n])")
_DECOMPOSED = re.compile(r"[^\u0300-\u036f][\u0300-\u036f]+")


def composed(text: str) -> Iterator[Edit]:
    """Give the changes that write letters and their accents as one (NFC)."""
    if not unicodedata.is_normalized("NFC", text):
        for match in _DECOMPOSED.finditer(text):
            if (one := unicodedata.normalize("NFC", match[0])) != match[0]:
                yield Edit(match.start(), match.end(), one)


def typographic(text: str, language: str) -> Iterator[Edit]:
    """Give the changes that set a text as its language does; other languages than French and English get their blanks
    tidied only. Nothing that is said changes."""
    pattern = {"fr": _FRENCH, "en": _ENGLISH}.get(language[:2].lower(), _ANY)
    for match in pattern.finditer(text):
        written = _written(match)
        if written != match[0]:
            yield Edit(match.start(), match.end(), written)


def _written(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if match.groupdict().get("thin_sign"):
        return THIN + match["thin_sign"]
    fixed = {
        "apostrophe": "\u2019",
        "open": f"«{WIDE}",
        "close": f"{WIDE}»",
        "colon": f"{WIDE}:",
        "percent": f"{WIDE}%",
        "before": "",
        "dots": "…",
        "blanks": " ",
    }
    return fixed[kind or "blanks"]
