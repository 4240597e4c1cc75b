"""Where a reader takes breath inside a sentence, told from the words so far."""

from __future__ import annotations

from swv6.text.rules import words_of

STRONG_WORDS = 4
"""Words before a conjunction that make a clause worth saying alone: there is a breath there, but a weaker one than at a
comma."""
WEAK_WORDS, WEAK_LETTERS = 4, 20
"""Words and letters before a complement: a breath group of about seven syllables, 1.2 s of speech."""
AND_WORDS = 6
VERB_WORDS = 5


class Breaths:
    """Hear the words of one sentence in order; tell before which of them there may be a breath.

    `few` words are enough where it is above 0: for a reader in a hurry.
    """

    def __init__(self, few: int = 0) -> None:
        self._few = few
        self._words = 0
        self._since = 0  # the last conjunction: what follows it is a sentence of its own
        self._last = ""

    def before(self, token: str, letters: int) -> bool:
        """Take the next word, as it is written; tell whether one may breathe before it. `letters` stand before it."""
        word = token.lower().replace("’", "'")
        lists = words_of("breaths.txt")
        allowed = self._allowed(word, letters, lists)
        if any(map(str.isalnum, word)):
            self._words += 1
            self._since = 0 if word in lists["strong"] else self._since + 1
        self._last = word
        return allowed

    @property
    def binds(self) -> bool:
        """Whether the last word belongs to the one after it ("le", "à", "très"): nobody stops there."""
        return self._last in words_of("breaths.txt")["bound"]

    def _allowed(self, word: str, letters: int, lists: dict[str, frozenset[str]]) -> bool:
        if not self._last[-1:].isalpha() or self._last in lists["bound"]:
            return False
        if word in lists["strong"]:
            return self._words >= STRONG_WORDS
        if self._since < 3:  # "que l'eau est": too little since the conjunction
            return False
        if self._few:
            return self._words >= self._few and any(word in lists[kind] for kind in ("weak", "and", "verb"))
        if letters < WEAK_LETTERS:
            return False
        return (
            (word in lists["weak"] and self._words >= WEAK_WORDS)
            or (word in lists["and"] and self._words >= AND_WORDS)
            or (word in lists["verb"] and self._words >= VERB_WORDS)
        )
