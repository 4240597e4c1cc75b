"""What the last words of a turn say: finished, asking for more, or an echo."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

OPEN = {
    "fr": "et mais ou donc or ni car que qui dont où parce puisque lorsque quand si comme de du des le la les un une "
    "à au aux en dans pour avec sans sur sous par chez ce cette ces mon ma mes ton ta tes son sa ses je tu il elle on "
    "nous vous euh heu hum alors enfin très plus moins est sont",
    "en": "and but or so because that which who when while if as of the a an to in for with without on at by from my "
    "your his her its our their this these those i you he she we they uh um er very more is are",
}
"""Words that no sentence ends with: conjunctions, articles, prepositions, hesitations."""
MAY_END = frozenset(
    (
        "est",
        "sont",
        "tu",
        "il",
        "elle",
        "on",
        "nous",
        "vous",
        "où",
        "qui",
        "plus",
        "moins",
        "alors",
        "si",
        "i",
        "you",
        "are",
    )
)
"""Of those, the ones that a question or a full stop may follow all the same: "Quelle heure est-il ?", "Qui es-tu ?"."""
_WORD = re.compile(r"[\w'-]+")
_ECHO_WORDS = 3
"""Words under which a likeness is chance."""
_ECHO_SHARE = 0.7
"""Share of the words heard that an echo has in common with what is said; the rest is misheard."""


def finished(text: str, language: str) -> bool | None:
    """Say whether a sentence seems complete (True), goes on (False), or cannot be told from its words (None)."""
    words = _words(text)
    if not words:
        return None
    last, marked = words[-1].rpartition("-")[2], text.rstrip().endswith((".", "!", "?"))
    if text.rstrip().endswith((",", "…", "...", "-", ":")):
        return False
    if last in OPEN.get(language[:2], "").split():
        if not marked or last not in MAY_END:
            return False
        return True if text.rstrip().endswith("?") else None
    return True if marked and len(words) > 1 else None


def echo(text: str, saying: str) -> bool:
    """Say whether what was heard is what the assistant is just saying: most of its words, in the same order."""
    heard, said = _words(text), _words(saying)
    if len(heard) < _ECHO_WORDS:
        return False
    same = sum(block.size for block in SequenceMatcher(None, heard, said, autojunk=False).get_matching_blocks())
    return same >= _ECHO_SHARE * len(heard)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'"))
