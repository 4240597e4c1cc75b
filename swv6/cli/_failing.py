"""What went wrong in a run of `swv6 transcribe`, told at the end."""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass, field

from swv6.errors import Swv6Error
from swv6.transcription.jobs import Failed, News


@dataclass(slots=True)
class Failures:
    """Collects what failed."""

    errors: list[Swv6Error] = field(default_factory=list)

    def __call__(self, news: News, /) -> None:
        if isinstance(news, Failed):
            self.errors.append(news.error)

    def say(self) -> None:
        """Print every failure once, with what helps; the same help is said once for those that share it."""
        by_hint = defaultdict[str, list[str]](list)
        for error in self.errors:
            by_hint[error.hint].append(error.what)
        for hint, whats in by_hint.items():
            for what in whats:
                print(f"swv6: {what}", file=sys.stderr)
            if hint:
                print(f"  -> {hint}", file=sys.stderr)
