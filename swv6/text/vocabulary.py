"""A vocabulary: how terms are written, and what they are misheard as."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from swv6.text.edits import Edit

_TOKEN = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+[+#]*|\d+")
"""Letters or figures: "RTX3090" is two tokens, "C++" is one."""
_GAP = re.compile(r"\s+|\s?[-\u2010\u2011\u2013]\s?|['\u2019._/]|,(?=\d)|")
"""What may stand between the words of a term, without making it another one."""


_LINKS = "._/@\\"
"""Between letters, these make a path, an address or a name in a program."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term, and where it was written."""

    term: str
    heard: tuple[str, ...] = ()
    """What it is misheard as, besides itself in any case."""
    place: str = ""
    """`file:line`."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms that are found in a text in one pass, whole words only, the longest first."""

    entries: tuple[Entry, ...]
    ignore_accents: bool = False
    root: dict[str, Any] = field(init=False, default_factory=dict)
    """Token -> what may follow; under "" the term that ends here."""

    def __post_init__(self) -> None:
        for entry in self.entries:
            for form in (entry.term, *entry.heard):
                self._add(form, entry)

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms as they are written, in order."""
        return tuple(entry.term for entry in self.entries)

    def _add(self, form: str, entry: Entry) -> None:
        node = self.root
        for key, _, _ in self._tokens(form):
            node = node.setdefault(key, {})
        if node is not self.root:
            node.setdefault("", entry.term)

    def _tokens(self, text: str) -> list[tuple[str, int, int]]:
        return [(self._key(m[0]), m.start(), m.end()) for m in _TOKEN.finditer(text)]

    def _key(self, word: str) -> str:
        return key(word, self.ignore_accents)

    def edits(self, text: str) -> Iterator[Edit]:
        """Give the changes that write every term as it is written; each place is looked at once for each length."""
        tokens, at = self._tokens(text), 0
        while at < len(tokens):
            size, term = self._longest(text, tokens, at)
            if size:
                start, end = tokens[at][1], tokens[at + size - 1][2]
                written = _cased(term, text, start)
                if text[start:end] != written:
                    yield Edit(start, end, written)
            at += max(size, 1)

    def _longest(self, text: str, tokens: Sequence[tuple[str, int, int]], at: int) -> tuple[int, str]:
        """Give the tokens and the term of the longest form that begins here; 0 when none does."""
        node, best = self.root, (0, "")
        if _inside(text, tokens[at][1]):
            return best
        for n in range(at, len(tokens)):
            if n > at and not _GAP.fullmatch(text, tokens[n - 1][2], tokens[n][1]):
                break
            node = node.get(tokens[n][0], {})
            if not node:
                break
            if "" in node and not _inside(text, tokens[n][2]):
                best = n - at + 1, node[""]
        return best


def _inside(text: str, at: int) -> bool:
    """Tell whether `at` is inside a word or a path: "GPT" is no word of "GPT4All", nor "json" of "config.json"."""
    near = text[max(at - 2, 0) : at], text[at : at + 2]
    before, after = (near[0][-1:], near[1][:1])
    if before.isalnum() and after.isalnum():
        return True
    begins = len(near[0]) == 2 and before in _LINKS and near[0][0].isalnum() and after.isalnum()
    ends = len(near[1]) == 2 and after in _LINKS and near[1][1].isalnum() and before.isalnum()
    return begins or ends


def _cased(term: str, text: str, start: int) -> str:
    """Keep the capital of an ordinary word that begins a sentence; names are written as they are."""
    plain = term.replace(" ", "").isalpha() and term == term.lower()
    return term[:1].upper() + term[1:] if plain and text[start].isupper() else term


def key(word: str, ignore_accents: bool = False) -> str:
    """Give what two spellings of one word share."""
    folded = unicodedata.normalize("NFC", word).casefold()
    if not ignore_accents:
        return folded
    apart = unicodedata.normalize("NFD", folded)
    return "".join(c for c in apart if not unicodedata.combining(c)).replace("œ", "oe").replace("æ", "ae")


def merged(*vocabularies: Vocabulary, ignore_accents: bool = False) -> Vocabulary:
    """Put vocabularies together; where two say what a form means, the first one does."""
    return Vocabulary(tuple(e for v in vocabularies for e in v.entries), ignore_accents)


def shipped(language: str) -> Vocabulary:
    """Give the corrections that come with swv6 for a language (ISO 639-1); none for those without a file."""
    from swv6.text.vocabulary_file import read

    path = Path(__file__).with_name(f"words.{language[:2].lower()}.yaml")
    return read(path) if path.is_file() else Vocabulary(())


def expected(*terms: Iterable[str], most: int = 400) -> str:
    """List terms for a recogniser that can be told what to expect, in at most `most` characters."""
    said, length = list[str](), 0
    for term in (term for some in terms for term in some):
        length += len(term) + 2
        if length > most:
            break
        said.append(term)
    return ", ".join(said)
