"""Strict readers of subtitle files, by their specifications; nothing is forgiven."""

from __future__ import annotations

import re
from html import unescape

from swv6.transcription.outputs.cues import Cue

_VTT_TIME = r"(\d{2,}):([0-5]\d):([0-5]\d)\.(\d{3})"
_SRT_TIME = r"(\d{2,}):([0-5]\d):([0-5]\d),(\d{3})"


def read_vtt(text: str) -> list[Cue]:
    """Read WebVTT (W3C, sections 4.1 to 4.2.2): a header, blocks parted by one empty line, no tags, no bare & or <."""
    assert "\r" not in text
    assert "\0" not in text
    header, parted, body = text.partition("\n\n")
    assert (header, parted) == ("WEBVTT", "\n\n")
    blocks = body.removesuffix("\n").split("\n\n") if body else []
    return [_cue(block.split("\n"), _VTT_TIME, escaped=True) for block in blocks]


def read_srt(text: str) -> list[Cue]:
    """Read SubRip: a number, times, text, one empty line; the numbers count from 1."""
    assert "\r" not in text
    cues = list[Cue]()
    for number, block in enumerate(text.removesuffix("\n").split("\n\n") if text else [], 1):
        index, *lines = block.split("\n")
        assert index == str(number)
        cues.append(_cue(lines, _SRT_TIME, escaped=False))
    return cues


def _cue(lines: list[str], time: str, escaped: bool) -> Cue:
    times, *texts = lines
    match = re.fullmatch(f"{time} --> {time}", times)
    assert match, times
    assert texts
    for text in texts:
        assert text.strip()
        assert "-->" not in text
        assert not escaped or re.fullmatch(r"(?:[^&<]|&(?:amp|lt|gt);)+", text), text
    h, m, s, ms, h2, m2, s2, ms2 = map(int, match.groups())
    start, end = ((h * 60 + m) * 60 + s) * 1000 + ms, ((h2 * 60 + m2) * 60 + s2) * 1000 + ms2
    return Cue(start, end, tuple(unescape(text) if escaped else text for text in texts))
