"""What was said is found again in an error's text, and left out of the log."""

from __future__ import annotations

import re
from collections import deque
from threading import Lock

RUN = 3
"""Words in a row that are somebody's: fewer are anybody's."""
TEXTS = 40
"""How many questions and clauses are remembered."""
MARK = "(what was said)"
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_WORD = re.compile(r"\w+")


class Said:
    """Remembers the last texts of a conversation, by the runs of words in them."""

    def __init__(self, *known: str) -> None:
        """Know some from the beginning, such as the prompt."""
        self._lock = Lock()
        self._always = frozenset[tuple[str, ...]]().union(*map(_runs, known))
        self._texts: deque[frozenset[tuple[str, ...]]] = deque(maxlen=TEXTS)
        self._new: deque[str] = deque(maxlen=TEXTS)
        """Texts whose runs nobody has needed yet: a conversation without complaints never computes them."""

    def add(self, text: str) -> None:
        """Remember one; the oldest is forgotten."""
        if text:
            self._new.append(text)

    def left_out(self, text: str) -> str:
        """Give a text without what was said: servers repeat in their complaints what they were asked, whole or cut."""
        with self._lock:  # any thread may log
            while self._new:
                self._texts.append(_runs(self._new.popleft()))
            return self._without(text)

    def _without(self, text: str) -> str:
        if not (self._always or self._texts) or not text:
            return text
        plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        words = [(match[0].casefold(), match.start(), match.end()) for match in _WORD.finditer(plain)]
        found = [False] * len(words)
        for size in range(1, RUN + 1):
            for at in range(len(words) - size + 1):
                run = tuple(word for word, _, _ in words[at : at + size])
                if run in self._always or any(run in runs for runs in self._texts):
                    found[at : at + size] = [True] * size
        return _without(plain, [(start, end) for hit, (_, start, end) in zip(found, words, strict=True) if hit], text)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """Give the runs of RUN words; a shorter text is one run, unless it is a single short word."""
    words = [word.casefold() for word in _WORD.findall(text)]
    if len(words) < RUN:
        return frozenset([tuple(words)] if sum(map(len, words)) > RUN else [])
    return frozenset(tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def _without(plain: str, spans: list[tuple[int, int]], unchanged: str) -> str:
    if not spans:
        return unchanged
    joined = list[tuple[int, int]]()
    for start, end in spans:
        if joined and not _WORD.search(plain[joined[-1][1] : start]):
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    for start, end in reversed(joined):
        plain = plain[:start] + MARK + plain[end:]
    return plain
