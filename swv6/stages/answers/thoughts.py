"""Hiding what a reasoning model thinks: only the answer itself goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TypeVar

from swv6.stages.streams import owned
from swv6.types import Stage

R = TypeVar("R")

_NAMES = ("think", "thinking", "thought", "reasoning")
THOUGHTS = {
    **{f"<{name}>": f"</{name}>" for name in _NAMES},
    "[think]": "[/think]",
    "<|channel|>analysis": "<|channel|>final<|message|>",
    "<|channel|>commentary": "<|channel|>final<|message|>",
    "<|channel>thought": "<channel|>",
}
"""What begins a thought -> what ends it: Qwen and DeepSeek, Mistral, gpt-oss (harmony), Gemma."""
STRAY = (
    *(f"</{name}>" for name in _NAMES),
    "[/think]",
    "<|channel|>final<|message|>",
    "<|start|>assistant",
    "<|message|>",
    "<|end|>",
    "<|return|>",
)
"""Marks that are never spoken: templates that begin a thought themselves leave its end alone."""
_MARKS = (*THOUGHTS, *STRAY)
_LOWER = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
"""Not `str.lower`, under which a few letters become two."""


class Hider:
    """Takes an answer piece by piece and gives back what of it may be spoken; white space before it is dropped."""

    def __init__(self) -> None:
        self._held = ""
        self._until = ""
        """What ends the thought; empty outside of one."""
        self._begun = False

    def feed(self, delta: str) -> str:
        """Take a piece; what may be the beginning of a mark is held back."""
        self._held += delta
        shown = ""
        while True:
            if self._until:
                at = self._held.translate(_LOWER).find(self._until)
                if at < 0:
                    self._held = self._held[max(0, len(self._held) - len(self._until) + 1) :]
                    break
                self._held, self._until = self._held[at + len(self._until) :], ""
            else:
                at, mark = _first(self._held.translate(_LOWER))
                shown += self._held[:at]
                self._held = self._held[at + len(mark) :]
                self._until = THOUGHTS.get(mark, "")
                if not mark:
                    break
        return self._visible(shown)

    def end(self) -> str:
        """Give what was held back; a thought that never ended stays hidden."""
        rest, self._held = "" if self._until else self._held, ""
        return self._visible(rest)

    def _visible(self, text: str) -> str:
        text = text if self._begun else text.lstrip()
        self._begun = self._begun or bool(text)
        return text


def _first(text: str) -> tuple[int, str]:
    """Find the first mark: where it is, or may begin at the end (then the mark is empty)."""
    found = [(at, mark) for mark in _MARKS if (at := text.find(mark)) >= 0]
    return min(found) if found else (len(text) - overlap(text, _MARKS), "")


def overlap(text: str, marks: tuple[str, ...]) -> int:
    """Count the characters at the end of `text` that may begin one of `marks`."""
    longest = max((len(mark) for mark in marks), default=1) - 1
    for size in range(min(longest, len(text)), 0, -1):
        if any(mark.startswith(text[-size:]) for mark in marks):
            return size
    return 0


def without_thoughts(stage: Stage[R, str]) -> Stage[R, str]:
    """Hide thoughts and the marks of channels; an answer that is nothing else is empty."""

    async def run(request: R, /) -> AsyncIterator[str]:
        hider = Hider()
        async with owned(stage(request)) as deltas:
            async for delta in deltas:
                if shown := hider.feed(delta):
                    yield shown
        if rest := hider.end():
            yield rest

    return run
