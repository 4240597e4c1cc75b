"""What the windows of one recording are heard with."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, Any

from faster_whisper.tokenizer import Tokenizer

from plugins_builtin.prism.plan import Plan
from plugins_builtin.prism.windows import Window

if TYPE_CHECKING:
    from swv6.plugins import Samples


class Stopped(Exception):
    """Nobody listens any more."""


@dataclass(frozen=True, slots=True)
class Ear:
    """A model that listens to one recording."""

    whisper: Any
    tokenizer: Tokenizer
    samples: Samples
    """At 16 kHz."""
    plan: Plan
    stop: Event

    @classmethod
    def of(cls, whisper: Any, samples: Samples, plan: Plan, stop: Event) -> Ear:
        """Take the tokenizer of the model for the plan's language and task."""
        multilingual = whisper.model.is_multilingual
        tokenizer = Tokenizer(whisper.hf_tokenizer, multilingual, task=plan.task, language=plan.language)
        return cls(whisper, tokenizer, samples, plan, stop)

    def sound(self, window: Window) -> Samples:
        """Give the samples of a window."""
        return self.samples[window.start : window.end]

    def check(self) -> None:
        """Raise Stopped once nobody listens: asked before each step, none of which can be called back."""
        if self.stop.is_set():
            raise Stopped
