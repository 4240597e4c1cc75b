"""What is written but never said: markdown, emoji, typographic signs."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import unescape

_LINES = (
    (re.compile(r"^[ \t]*(```|~~~)[^\n]*$", re.M), ""),  # a fence and its language
    (re.compile(r"^[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*$", re.M), ""),  # a rule
    (re.compile(r"^(?=[ \t|:]*-)[ \t:|-]{2,}$", re.M), ""),  # under a table's head
    (re.compile(r"^[ \t]*\|[ \t]*|(?<![ \t])[ \t]*\|[ \t]*$", re.M), ""),  # a table's sides
    (re.compile(r"^[ \t]*(?:>[ \t]?)+", re.M), ""),  # a quotation
    (re.compile(r"^[ \t]*#{1,6}[ \t]+", re.M), ""),  # a heading
    (re.compile(r"^[ \t]*\[\^?[\w-]{1,20}\]:[ \t]+(?=\S)", re.M), ""),  # a note's own place
    (re.compile(r"^[ \t]*(\d)\ufe0f?\u20e3[ \t]*", re.M), r"\1. "),  # a key with a figure: a list
    (re.compile(r"^[ \t]*(\d{1,2}|[a-z])°?\)[ \t]+", re.M), r"\1. "),
    (re.compile(r"^[ \t]*\U0001f51f[ \t]*", re.M), "10. "),
    (re.compile(r"^[ \t]*[-*+•–—‣◦·][ \t]+(?:\[[ xX]\][ \t]+)?", re.M), ""),  # a list; a line of dialogue
)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,5});")
_INLINE = (
    (re.compile(r"(?<!\S)[:;]'?-?[)(DPp](?!\S)"), " "),  # a face
    (re.compile(r"(?<=[\w.,;:!?»)])(?:\[\^?\d{1,3}\])+(?!\()"), ""),  # a reference to a note
    (re.compile(r"!?\[([^][\n]{0,300})\]\((?:[^()\s]|\([^()\s]*\)){0,500}(?:[ ]\"[^\"\n]*\")?\)"), r"\1"),  # a link
    (re.compile(r"<(https?://[^<>\s]{1,500})>"), r"\1"),
    (re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,10}(?:[ ][^<>\n]{0,200})?/?>"), " "),  # HTML
    (re.compile(r"(?<=\d) ?\* ?(?=\d)"), "×"),
    (re.compile(r"(?<=\d) ?− ?(?=\d)"), " - "),
    (re.compile(r"[™®©]"), ""),
    (re.compile(r"(?<=[\w:])\\(?=\w)"), "/"),  # of a Windows path
    (re.compile(r"<=|=<"), "≤"),
    (re.compile(r">="), "≥"),
    (re.compile(r"!="), "≠"),
    (re.compile(r"={2,}>?"), "="),
    (re.compile(r"[-=]>"), "→"),
    (
        re.compile(
            r"(?<=[\d)])(?=[²³⁴-⁹⁻]|¹[⁰-⁹¹²³])|(?<![\w/][a-ln-zA-Z])(?<=[a-ln-zA-Z])(?=[²³])|(?<=\bmc)(?=²)|(?<=[\dπ][a-ln-z])(?=[²³])"
        ),
        "^",
    ),
    (re.compile(r"(?<=[₀-₉])(?=[⁰¹²³⁴-⁹⁺⁻])"), " "),  # how many, then the charge
    (re.compile(r"(?<=[A-Za-z²³])⁻(?![\w⁰¹²³⁴-⁹])"), "^-"),
    (re.compile(r"(?<=[nN])º"), "°"),
    (re.compile(r"[*`]+|~~"), ""),
    (re.compile(r"(?<!\w)_+|_+(?!\w)"), ""),
)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "…": "...", "−": "-", "‐": "-", "‑": "-", "⁄": "/"})
_SIGNS = (
    (re.compile(r"′′|(?<=\d)\"(?=\d\d?(?!\d))|(?<=\d'\d\d)\""), "″"),
    (re.compile(r'\A([^"]*\d) ?"(?=[ ,.;:)]|\Z)([^"]*)\Z'), r"\1″\2"),  # a quotation mark by itself: inches
    (re.compile(r"[«»“”„\"\[\]{}\\ \t]+"), " "),
    (re.compile(r"(?<=\d) ?[–—] ?(?=\d)|(?<=\w)–(?=\w)"), "-"),
    (re.compile(r"[→⇒➜]"), ","),
    (re.compile(r"(?<=[.!?…:;,]) ?[—–|]+ ?"), " "),
    (re.compile(r" ?[—–|]+ ?| -+ (?=[^\d\s])"), ", "),
)
_FRACTION = re.compile(r"(?<=\d)(?=[¼½¾⅓⅔])")
_KEPT = frozenset("°№\n")
_TIDY = (
    (re.compile(r"[ \t]+"), " "),  # first: what follows may then look for one space, and takes linear time
    (re.compile(r" ?\n[ \n]*"), "\n"),
    (re.compile(r"(?<=[\w)%€$°])\n"), ". "),  # a line without a full stop is a sentence of its own
    (re.compile(r"\s+"), " "),
    (re.compile(r"\.(?: ?\.)+"), "…"),
    (re.compile(r"\( *\)"), ""),
    (re.compile(r"([,;:])(?: ?\1)+"), r"\1"),
    (re.compile(r"([!?])\1+"), r"\1"),
    (re.compile(r" (?=[,…)]|\.(?![\w/]))|(?<=\() "), ""),
    (re.compile(r"(?<=[…!?:;,]),+"), ""),
    (re.compile(r"^[ ,;:.]+"), ""),
    (re.compile(r" {2,}"), " "),
)


def plain(text: str) -> str:
    """Give the words of a written text without its markdown, its emoji and its typography."""
    text = _ENTITY.sub(lambda m: unescape(m[0]), text)
    for pattern, new in _LINES:
        text = pattern.sub(new, text)
    for pattern, new in _INLINE:
        text = pattern.sub(new, text)
    # NFKC also makes ordinary spaces of the no-break ones, and "2" of "²"
    text = unicodedata.normalize("NFKC", _FRACTION.sub(" ", text.replace("\r", "\n"))).translate(_QUOTES)
    text = "".join(letter if letter.isascii() else _said(letter) for letter in text)
    for pattern, new in _SIGNS:
        text = pattern.sub(new, text)
    return tidy(text)


def tidy(text: str) -> str:
    """Put spaces and punctuation in order; lines become sentences."""
    for pattern, new in _TIDY:
        text = pattern.sub(new, text)
    return text.strip().rstrip(" ,;:")


@cache
def _said(letter: str) -> str:
    """Give the letter, or what stands for one that nobody says (an emoji, a mark that cannot be seen)."""
    kind = unicodedata.category(letter)
    if letter in _KEPT:
        return letter
    if kind in ("Cf", "Me") or "\ufe00" <= letter <= "\ufe0f":
        return ""
    return " " if kind in ("So", "Sk", "Cs", "Co", "Cn", "Cc", "Zl", "Zp") else letter
