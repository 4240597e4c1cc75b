"""A session as a document: Markdown, JSON, subtitles or sound."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from swv6.errors import UsageError
from swv6.sessions.archive import Story
from swv6.sessions.subtitles import SILENCE, sounds_of, subtitles
from swv6.types import Audio


def when(began: float) -> str:
    """Write a moment as people say it here."""
    return f"{datetime.fromtimestamp(began).astimezone():%Y-%m-%d %H:%M}"


def markdown(story: Story) -> str:
    """Write a session for people."""
    lines = [f"# Session {story.id}", "", f"{when(story.began)}, profile {story.profile}", ""]
    for turn in story.turns:
        lines += [f"**you**: {turn.user}", ""]
        if turn.assistant or turn.outcome != "ok":
            cut = " …" if turn.outcome == "interrupted" else "" if turn.outcome == "ok" else f" ({turn.outcome})"
            lines += [f"**swv6**: {turn.assistant}{cut}", ""]
    return "\n".join(lines)


def as_json(story: Story) -> str:
    """Write a session for programs."""
    turns = [
        {
            "turn": turn.number,
            "user": turn.user,
            "assistant": turn.assistant,
            "outcome": turn.outcome,
            "asked": [round(turn.asked.start, 3), round(turn.asked.end, 3)],
            "answered": [round(turn.answered.start, 3), round(turn.answered.end, 3)],
        }
        for turn in story.turns
    ]
    began = datetime.fromtimestamp(story.began).astimezone().isoformat(timespec="seconds")
    about = {"session": story.id, "began": began, "profile": story.profile, "language": story.language}
    return json.dumps({**about, "turns": turns}, ensure_ascii=False, indent=2) + "\n"


def srt(story: Story) -> str:
    """Write a session as subtitles, one after the other: by the clock of its WAV where sound was kept."""
    cues = subtitles(story)
    return "\n".join(f"{n}\n{_clock(at.start)} --> {_clock(at.end)}\n{text}\n" for n, (at, text) in enumerate(cues, 1))


def _clock(seconds: float) -> str:
    milliseconds = round(max(0.0, seconds) * 1000)
    minutes, milliseconds = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{milliseconds // 1000:02d},{milliseconds % 1000:03d}"


def wav(story: Story, path: Path, rate: int = 24_000) -> None:
    """Write everything that was said, one after the other. Raises UsageError when no sound was kept."""
    sounds = [sound for turn in story.turns for sound in sounds_of(turn)]
    if not sounds:
        raise UsageError(f"no sound was kept of session {story.id}", "sessions: audio in a profile keeps it")
    import numpy as np

    silence = Audio(np.zeros(round(SILENCE * rate), np.float32), rate)
    from swv6.audio.files import WavWriter

    with WavWriter(path, rate) as out:
        for number, sound in enumerate(sounds):
            if number:
                out.append(silence)
            out.append(sound)


TEXTS = {"md": markdown, "json": as_json, "srt": srt}
"""Format -> what writes it as text."""
