"""Subtitle files: SubRip and WebVTT.

They are written here because no library writes plain text as it is: webvtt-py 0.6 drops "<b>" from SubRip and escapes
nothing, pysubs2 1.8 drops "{...}" and breaks lines at "\\N". The tests read everything back with both, and with srt.
"""

from __future__ import annotations

from html import escape

from swv6.transcription.outputs.cues import cues
from swv6.transcription.outputs.layout import Layout
from swv6.types import Transcript


def srt(transcript: Transcript, layout: Layout) -> str:
    """Write SubRip, which knows no escapes: "<" is written as it is."""
    blocks = (
        f"{number}\n{_time(cue.start, ',')} --> {_time(cue.end, ',')}\n" + "\n".join(cue.lines)
        for number, cue in enumerate(cues(transcript, layout), 1)
    )
    return "\n\n".join([*blocks, ""]).removesuffix("\n")


def vtt(transcript: Transcript, layout: Layout) -> str:
    """Write WebVTT (W3C Candidate Recommendation, 4 April 2019)."""
    blocks = (
        f"{_time(cue.start, '.')} --> {_time(cue.end, '.')}\n" + escape("\n".join(cue.lines), quote=False) + "\n"
        for cue in cues(transcript, layout)
    )
    return "WEBVTT\n\n" + "\n".join(blocks)  # the blank line belongs to the header


def _time(milliseconds: int, point: str) -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}{point}{thousandths:03d}"
