"""Text that arrives in pieces -> clauses that can be spoken, each as early as it is certain."""

from __future__ import annotations

from collections.abc import AsyncIterator

from swv6.text.abbreviations import abbreviated
from swv6.text.breaths import Breaths
from swv6.text.fences import Code, Fences
from swv6.text.marks import AFTER_END, CLOSING, ENDS, GLUED, OPENING, SOFT, safe_cut, speakable

MINIMUM = 10
"""Characters; a later sentence that is shorter is said with the next one."""
MAXIMUM = 300
"""Characters; about twenty seconds of speech."""
FIRST_WORDS = 3
"""Words before a comma that make the first clause worth saying alone."""
LATER = 2
"""Words after `first_words` for which a breath is waited for. Cut at `first_words` itself, adjectives and participles
are torn off, and twice as many words are misheard (benchmarks/first_words.py)."""


class Clauses:
    """Split text into sentences; the first one already at its first comma or breath, so that the voice can begin.

    `first_words` above 0 lets the first clause end at any breath after that many words, and two words later wherever it
    is: sooner, and flatter.

    A block of code is two clauses, its first line and the rest, both marked as Code. The result does not depend on how
    the text was cut into deltas; each character costs the same.
    """

    def __init__(self, minimum: int = MINIMUM, maximum: int = MAXIMUM, first_words: int = 0) -> None:
        self._minimum = minimum
        self._most = first_words
        self._maximum = maximum
        self._first = True
        self._fences = Fences()
        self._begin("")

    def _begin(self, text: str) -> None:
        self._text = [*text]
        self._speaks = False  # a letter or a figure is in it
        self._token = 0  # where the current word begins
        self._words = 0
        self._breaths = Breaths(self._most)
        self._quotes = 0
        self._straight = False
        self._brackets = 0
        self._end = 0  # where the sentence may end, 0 when nowhere
        self._end_token = 0
        self._gap = False  # a space came after that end
        self._closed = False  # a quote was closed after that end
        self._cut = self._cut_before = 0  # where a clause that is too long may be cut

    def feed(self, delta: str) -> list[str]:
        """Take some text; give the clauses that have become certain."""
        return [clause for letter in delta if (text := self._fences(letter)) for clause in self._read(text)]

    def flush(self) -> list[str]:
        """Give what is left; the splitter can be used again afterwards."""
        done = self._read(self._fences.rest())
        rest = "".join(self._text)
        self._first = True
        self._begin("")
        return [*done, rest.strip()] if speakable(rest) else done

    def pause(self, long: bool = False) -> list[str]:
        """Give the sentence that lacks only what follows it, when nothing has come for a while.

        Without a space behind its end ("22." may become "22.5") it is given only after a `long` while.
        """
        over = self._end and (self._gap or long) and not (self._quotes or self._straight) and not self._shortened("0")
        return self._take(self._end) if over else []

    def _read(self, text: str) -> list[str]:
        return [text] if isinstance(text, Code) else [clause for letter in text for clause in self._push(letter)]

    def _push(self, letter: str) -> list[str]:
        done: list[str] = []
        if self._end and not self._continues(letter):
            if self._ends_before(letter):
                done += self._take(self._end)
            self._end = 0
        self._text.append(letter)
        if letter.isspace():
            done += self._space(letter)
        else:
            self._mark(letter)
        if len(self._text) >= self._maximum:
            done += self._too_long()
        return done

    def _continues(self, letter: str) -> bool:
        """Tell whether `letter` still belongs to the end of the sentence (or is space, which decides nothing)."""
        return (
            letter.isspace()
            or letter in ENDS
            or letter in CLOSING
            or (letter == '"' and self._straight)
            or (letter in AFTER_END and not self._gap)
        )

    def _ends_before(self, letter: str) -> bool:
        """Tell whether a sentence ended where it may have, now that the next one's first letter is known."""
        if not self._gap or self._quotes or self._straight or self._end < (0 if self._first else self._minimum):
            return False
        if letter.islower() and (self._closed or self._ending()[-1] in ".…"):
            return False
        return not self._shortened(letter)

    def _ending(self) -> str:
        """Give the sentence's last word with its mark."""
        return "".join(self._text[self._end_token : self._end]).rstrip(CLOSING + AFTER_END + '"' + " \u00a0\u202f")

    def _shortened(self, following: str) -> bool:
        """Tell whether the full stop is an abbreviation's."""
        word = self._ending()
        return word.endswith(".") and abbreviated(word[:-1], following, self._end_token == 0)

    def _space(self, letter: str) -> list[str]:
        previous = self._text[-2] if len(self._text) > 1 else " "
        if letter == "\n":
            return self._take(len(self._text))
        self._gap = True
        if not previous.isspace():
            self._words += any(map(str.isalnum, self._text[self._token : -1]))
            if self._first and previous in SOFT and self._words >= FIRST_WORDS and not self._inside():
                return self._take(len(self._text))
            if self._first and self._breathes():
                return self._take(self._token)
            if letter == " " and self._first and self._most and self._full(previous):
                return self._take(len(self._text))
            if letter == " " and safe_cut(previous, len(self._text) - 1 - self._token):
                self._cut_before, self._cut = self._cut, len(self._text)
        self._token = len(self._text)
        return []

    def _breathes(self) -> bool:
        """Tell whether the word that just ended is one that a reader breathes before."""
        breath = self._breaths.before("".join(self._text[self._token : -1]), self._token)
        return breath and not self._inside()

    def _full(self, previous: str) -> bool:
        """Tell whether the first clause has all the words it may have, and the space after them may cut."""
        return (
            self._words >= self._most + LATER
            and not self._inside()
            and not self._breaths.binds
            and safe_cut(previous, len(self._text) - 1 - self._token)
        )

    def _inside(self) -> bool:
        return bool(self._quotes or self._straight or self._brackets)

    def _mark(self, letter: str) -> None:
        """Note what `letter`, just added, says about where the sentence ends."""
        self._speaks = self._speaks or letter.isalnum()
        if letter in GLUED and self._cut == len(self._text) - 1:
            self._cut = self._cut_before
        if letter in ENDS and not self._end:
            self._end_token, self._closed = self._token, False
        if letter == '"' and (self._straight or not "".join(self._text[-2:-1]).isdigit()):
            self._straight = not self._straight  # after a figure it may be inches or seconds
        self._quotes = max(0, self._quotes + (letter in OPENING) - (letter in CLOSING))
        self._brackets = max(0, self._brackets + (letter in "([") - (letter in ")]"))
        if letter in ENDS or self._end:
            self._end, self._gap = len(self._text), False
            self._closed = self._closed or letter in CLOSING or letter == '"'

    def _too_long(self) -> list[str]:
        at = self._cut or (self._token if self._words and len(self._text) >= 2 * self._maximum else 0)
        return self._take(at) if at else []

    def _take(self, end: int) -> list[str]:
        """Let the clause that ends at `end` go and read what is left again, as a new one."""
        if not self._speaks or not speakable(clause := "".join(self._text[:end])):
            return []
        rest = self._text[end:]
        self._first = False
        self._begin("")
        return [clause.strip(), *(more for letter in rest for more in self._push(letter))]


async def clauses(deltas: AsyncIterator[str], first_words: int = 0) -> AsyncIterator[str]:
    """Give the clauses of a stream of deltas as they become certain; the caller owns and closes `deltas`."""
    splitter = Clauses(first_words=first_words)
    async for delta in deltas:
        for clause in splitter.feed(delta):
            yield clause
    for clause in splitter.flush():
        yield clause
