"""Texts on standard output: as they are heard, or whole in one of the formats."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from typing import Any

from swv6.transcription.jobs import Done, Failed, Heard, Job, News
from swv6.transcription.outputs import Layout, render


@dataclass(slots=True)
class Lines:
    """Prints text window by window, under the recording's name where there are several."""

    named: bool
    layout: Layout
    _begun: set[Job] = field(default_factory=set)

    def __call__(self, news: News, /) -> None:
        match news:
            case Heard(job, part) if part.text:
                if self.named and job not in self._begun:
                    print(f"{job.source.name}:", flush=True)
                self._begun.add(job)
                print(render("txt", part, self.layout), end="", flush=True)
            case Done(job) if job not in self._begun:
                print(f"swv6: {job.source.name}: no speech was heard", file=sys.stderr)


@dataclass(frozen=True, slots=True)
class Whole:
    """Prints each recording's transcript in a format, when it is done."""

    format: str
    layout: Layout

    def __call__(self, news: News, /) -> None:
        if isinstance(news, Done):
            print(render(self.format, news.transcript, self.layout), end="", flush=True)


class Json:
    """Prints one JSON object for each recording, also for one that failed."""

    def __call__(self, news: News, /) -> None:
        match news:
            case Done(job, transcript):
                self.line(job.source.name, transcript.as_dict())
            case Failed(job, error):
                self.line(job.source.name, {"success": False, "error": error.what})

    @staticmethod
    def line(name: str, keys: dict[str, Any]) -> None:
        """Print one object."""
        print(json.dumps({"file": name, **keys}, ensure_ascii=False), flush=True)
