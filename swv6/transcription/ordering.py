"""Telling what happens in the order of the recordings, however they finish."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from swv6.transcription.jobs import Heard, Job, News, Tell


class InOrder:
    """Passes on the news of one job at a time; those of later jobs wait until it has ended."""

    def __init__(self, jobs: Sequence[Job], tell: Tell) -> None:
        self._left = iter(jobs)
        self._turn = next(self._left, None)
        self._waiting: defaultdict[Job, list[News]] = defaultdict(list)
        self._tell = tell

    def __call__(self, news: News, /) -> None:
        """Take one in; pass on all whose turn it is."""
        self._waiting[news.job].append(news)
        while self._turn is not None and (ready := self._waiting.pop(self._turn, None)):
            for one in ready:
                self._tell(one)
            if isinstance(ready[-1], Heard):
                return
            self._turn = next(self._left, None)
