"""What was said so far, as the language model will read it: roles alternate, only what was heard is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from swv6.conversation.room import Room
from swv6.types import Chat, Message

CHARACTERS_PER_SECOND = 14.0
"""Speed of read French, characters a second with spaces: 170 words a minute of 5 letters each."""
SOON = 0.7
"""Share of the room, filled, from which a summary is made: some turns before it is needed."""
ROUNDING = 0.05
"""Seconds that may be missing from a clause that was heard whole: a voice ends in silence."""


@dataclass(slots=True)
class History:
    """An append-only conversation behind one system prompt (append-only keeps the prefix cache warm)."""

    prompt: str
    messages: list[Message] = field(default_factory=list)
    room: Room | None = None
    """How much of it a model is told; None for all."""
    since: int = 0
    """The first message that a model is still told."""
    heading: str = "{summary}"
    """How a model is told a summary."""
    summary: str = ""
    """Of what it is not told any more."""
    next_summary: str = ""
    """What takes its place when more is dropped: until then the prompt begins as it did."""
    quote: Callable[[Sequence[Message]], str] = lambda messages: ""
    """What a model is told, word for word, of messages that are dropped."""
    quotes: str = ""
    """That."""

    def asked(self, text: str) -> None:
        """Add what the user said; a question that was never answered is joined to it, so that roles alternate."""
        if self.messages and self.messages[-1].role == "user":
            text = f"{self.messages.pop().text} {text}"
        self.messages.append(Message("user", text))

    def with_question(self, text: str) -> Chat:
        """Give the request that `asked(text)` would lead to, without asking."""
        ahead = replace(self, messages=list(self.messages))
        ahead.asked(text)
        chat = ahead.chat()
        # what was dropped stays dropped, or the next prompt would begin otherwise again
        self.since, self.quotes = ahead.since, ahead.quotes
        self.summary, self.next_summary = ahead.summary, ahead.next_summary
        return chat

    def answered(self, heard: str, interrupted: bool = False) -> None:
        """Add what of the answer was heard; nothing heard adds nothing."""
        if heard := heard.strip():
            self.messages.append(Message("assistant", f"{heard} …" if interrupted else heard))

    def chat(self) -> Chat:
        """Give the request for a language model; the oldest turns are dropped where there is no room for all."""
        if self.room is not None:
            since = self.room.first(self._told, self.messages, self.since)
            if since != self.since:
                self.summary, self.next_summary = self.next_summary or self.summary, ""
                self.quotes = self.quote(self.messages[:since])
                since = self.room.first(self._told, self.messages, self.since, again=True)
                self.quotes = self.quote(self.messages[:since])
            self.since = since
        return (Message("system", self._told), *self.messages[self.since :])

    @property
    def wants_summary(self) -> bool:
        """Whether something will be dropped soon, and no summary waits for it."""
        if self.room is None or self.next_summary or not self.messages or self.messages[-1].role == "user":
            return False
        return self.room.filled(self._told, self.messages, self.since) > SOON

    @property
    def _told(self) -> str:
        summary = self.heading.format(summary=self.summary) if self.summary else ""
        return "\n".join(filter(None, (self.prompt, self.quotes, summary)))


@dataclass(slots=True)
class Clause:
    """A piece of an answer and its sound so far."""

    text: str
    seconds: float = 0.0
    whole: bool = False
    """True when all its sound is known."""

    @property
    def length(self) -> float:
        """Seconds of all its sound; what a reader would take when not all of it is known yet."""
        return self.seconds if self.whole else max(self.seconds, len(self.text) / CHARACTERS_PER_SECOND)


@dataclass(slots=True)
class Spoken:
    """The sound of one answer that went to the speaker, to know later how much of the text was heard."""

    since: float
    """What `Speaker.played` was when the answer began, seconds."""
    clauses: list[Clause] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(clause.text for clause in self.clauses)

    def heard(self, played: float) -> str:
        """Return the text heard when `Speaker.played` is `played` seconds, cut at a word."""
        left, said = played - self.since, list[str]()
        for clause in self.clauses:
            if left <= 0:
                break
            said.append(clause.text if left >= clause.length - ROUNDING else _cut(clause.text, left / clause.length))
            left -= clause.length
        return " ".join(part for part in said if part)


def _cut(text: str, share: float) -> str:
    """Keep the words whose end lies within the first `share` (0..1) of the text."""
    words, kept, at = text.split(), list[str](), 0
    for word in words:
        at += len(word)
        if at > share * len(text):
            break
        kept.append(word)
        at += 1
    return " ".join(kept)
