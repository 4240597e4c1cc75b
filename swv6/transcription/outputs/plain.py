"""Text for people, and tables for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from swv6.text.uncertain import marked
from swv6.transcription.outputs.layout import Layout
from swv6.types import Segment, Transcript


def txt(transcript: Transcript, layout: Layout) -> str:
    """Write a line for each segment, as Whisper's own `txt`."""
    if not transcript.segments:
        return f"{one_line(transcript.text)}\n" if transcript.text.strip() else ""
    texts = (marked(s) if layout.mark_uncertain else s.text for s in transcript.segments)
    return "".join(f"{line}\n" for text in texts if (line := one_line(text)))


def as_json(transcript: Transcript, layout: Layout) -> str:
    """Write everything that is known, as `transcribe --json` prints it."""
    return json.dumps(transcript.as_dict(), ensure_ascii=False, indent=2) + "\n"


def jsonl(transcript: Transcript, layout: Layout) -> str:
    """Write a JSON object for each segment, one a line."""
    return "".join(json.dumps(s, ensure_ascii=False) + "\n" for s in transcript.as_dict()["segments"])


def tsv(transcript: Transcript, layout: Layout) -> str:
    """Write start, end (milliseconds) and text, parted by tabs, as Whisper's own `tsv`."""
    rows = (f"{_ms(s.start)}\t{_ms(s.end)}\t{one_line(s.text)}\n" for s in _spoken(transcript))
    return "start\tend\ttext\n" + "".join(rows)


def _spoken(transcript: Transcript) -> Iterator[Segment]:
    whole = (Segment(transcript.text, 0.0, transcript.duration, transcript.confidence),)
    return (segment for segment in transcript.segments or whole if segment.text.strip())


def one_line(text: str) -> str:
    """Make white space blanks, but for no-break spaces; a line end would begin another row."""
    return " ".join("".join(c if not c.isspace() or c in "\u00a0\u202f" else " " for c in text).split(" ")).strip()


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
