"""What was said so far, as the language model will read it: roles alternate, only what was heard is kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from swv6.types import Chat, Message


@dataclass(slots=True)
class History:
    """An append-only conversation behind one system prompt (append-only keeps the prefix cache warm)."""

    prompt: str
    messages: list[Message] = field(default_factory=list)

    def asked(self, text: str) -> None:
        """Add what the user said; a question that was never answered is joined to it, so that roles alternate."""
        if self.messages and self.messages[-1].role == "user":
            text = f"{self.messages.pop().text} {text}"
        self.messages.append(Message("user", text))

    def answered(self, heard: str, interrupted: bool = False) -> None:
        """Add what of the answer was heard; nothing heard adds nothing."""
        if heard := heard.strip():
            self.messages.append(Message("assistant", f"{heard} …" if interrupted else heard))

    def chat(self) -> Chat:
        """Give the request for a language model."""
        return (Message("system", self.prompt), *self.messages)


@dataclass(slots=True)
class Spoken:
    """The sound of one answer that went to the speaker, to know later how much of the text was heard."""

    since: float
    """What `Speaker.played` was when the answer began, seconds."""
    parts: list[tuple[str, float]] = field(default_factory=list)
    """Text and seconds of sound; a clause in several sounds has its text on the first."""

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(text for text, _ in self.parts if text)

    def heard(self, played: float) -> str:
        """Return the text heard when `Speaker.played` is `played` seconds, cut at a word."""
        left, said = played - self.since, list[str]()
        for text, seconds in self._clauses():
            if left <= 0:
                break
            said.append(text if left >= seconds - 0.05 else _cut(text, left / seconds))
            left -= seconds
        return " ".join(part for part in said if part)

    def _clauses(self) -> list[tuple[str, float]]:
        """Join the sounds of one clause."""
        whole: list[tuple[str, float]] = []
        for text, seconds in self.parts:
            if text or not whole:
                whole.append((text, seconds))
            else:
                whole[-1] = (whole[-1][0], whole[-1][1] + seconds)
        return whole


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
