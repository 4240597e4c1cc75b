"""What a transcript is written as: a pure function for each format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from swv6.errors import UsageError
from swv6.transcription.outputs import plain, subtitles
from swv6.transcription.outputs.layout import Layout as Layout
from swv6.types import Transcript

Writer: TypeAlias = Callable[[Transcript, Layout], str]
"""The whole text of a file, line ends `\\n`; the same for the same transcript."""

FORMATS: Mapping[str, Writer] = MappingProxyType(
    {
        "txt": plain.txt,
        "json": plain.as_json,
        "jsonl": plain.jsonl,
        "srt": subtitles.srt,
        "vtt": subtitles.vtt,
        "tsv": plain.tsv,
    }
)
"""By the file's ending, which is also the format's name."""


def render(name: str, transcript: Transcript, layout: Layout | None = None) -> str:
    """Write a transcript in a format.

    Raises UsageError when there is no such format.
    """
    if name not in FORMATS:
        raise UsageError(f"no format is called {name!r}", f"--format {','.join(FORMATS)}")
    return FORMATS[name](transcript, layout or Layout())
