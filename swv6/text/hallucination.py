"""What a recogniser writes where nobody spoke: dropped by what it says of itself and by what a voice can do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from swv6.text.doubles import Pace, doubles
from swv6.text.edits import resegmented
from swv6.text.transcript import REJECTED, clean, phrases, plain
from swv6.types import Segment, Transcript


@dataclass(frozen=True, slots=True)
class Bounds:
    """What counts as doubtful."""

    no_speech: float = 0.45
    """Probability (0..1) of no speech from which a segment is doubtful. Whisper's own rule is 0.6 with a mean log
    probability under -1 (a confidence of 0.37). Measured with Whisper base: clicks that became sentences had 0.46 to
    0.55 at confidences of 0.16 to 0.39, an engaged line 0.82; of 60 human recordings none had more than 0.44."""
    confidence: float = 0.35
    """Confidence (0..1) under which a doubtful segment is dropped; twice that for phrases known from silence."""
    rate: float = 40.0
    """Characters a second that no voice reaches: French is said at 7.2 syllables a second (Pellegrino, Coupé and
    Marsico, Language 87, 2011), about 20 characters; the fastest readers double that."""
    both: float = 30.0
    """Characters a second at which nobody says a phrase twice in a row when only one of the copies had time."""
    slack: int = 20
    """Characters allowed besides: the ends of a short segment are not exact."""
    slow: float = 8.0
    """Seconds for which a phrase known from silence may last before it is taken for silence."""


_NOTE = re.compile(r"\s*(?:[\[(*♪♫][^\[\]()*]{0,60}[\])*♪♫]|[♪♫.…\-–—*\s]+)\s*[.!]?\s*")
"""A remark about the sound, such as "[Musique]", "(bip)" or "♪", or no letter at all."""


def guarded(transcript: Transcript, bounds: Bounds = Bounds()) -> Transcript:
    """Give `transcript` without what nobody said; an empty text means that nobody spoke.

    What was done stands in `post["hallucinations"]`: segments dropped as phrases of `silence`, as `doubtful`, as
    `notes` about the sound, as `too_long` for their time; words dropped as `repeated`.
    """
    left, done = _judged(transcript, bounds)
    counts = done
    while left.text != transcript.text and any(done.values()):  # what is left may look like nothing in its turn
        transcript = left
        left, done = _judged(transcript, bounds)
        counts = {name: counts[name] + done[name] for name in counts}
    return replace(left, post={**left.post, "hallucinations": counts})


def _judged(transcript: Transcript, bounds: Bounds) -> tuple[Transcript, dict[str, int]]:
    """Say once what is doubled, drop what is doubtful, then phrases and loops, and count."""
    written = len(transcript.text.split())
    transcript = _said_once(transcript, Pace(bounds.rate, bounds.both))
    doubled = written - len(transcript.text.split())
    judged = transcript.segments or _whole(transcript)
    doubts = _no_speech(transcript.metrics, len(judged))
    reasons = [_reason(s, d, len(judged), bounds) for s, d in zip(judged, doubts, strict=True)]
    left = transcript
    if any(reasons):
        kept = tuple(s for s, reason in zip(judged, reasons, strict=True) if not reason)
        text = " ".join(s.text.strip() for s in kept)
        left = replace(transcript, text=text, segments=kept if transcript.segments else ())
    cleaned = clean(left)
    done = {**cleaned.post["transcript"], **{name: reasons.count(name) for name in ("doubtful", "notes", "too_long")}}
    looped = done["repeated"] >= (3 if _alone(cleaned.text) else REJECTED)
    if looped and max(doubts, default=0.0) >= bounds.no_speech:
        done["silence"] += 1  # "Beep. Beep. Beep. ..." of an engaged line
        cleaned = replace(cleaned, text="", segments=())
    done["repeated"] += doubled
    return replace(cleaned, post=transcript.post), done


def _said_once(transcript: Transcript, pace: Pace) -> Transcript:
    """Drop the copies of a phrase, in one segment, for which there was no time."""
    judged = transcript.segments or _whole(transcript)
    segments = tuple(resegmented(segment, doubles(segment, pace)) for segment in judged)
    if segments == judged:
        return transcript
    text = " ".join(s.text.strip() for s in segments)
    return replace(transcript, text=text, segments=segments if transcript.segments else ())


def _whole(transcript: Transcript) -> tuple[Segment, ...]:
    """Judge a transcript without segments as one."""
    if not transcript.text.strip():
        return ()
    return (Segment(transcript.text, 0.0, transcript.duration, transcript.confidence or 1.0),)


def _no_speech(metrics: Any, count: int) -> Sequence[float]:
    """Give the probability of no speech of each segment: `no_speech_probs`, or for a single one `no_speech_prob`."""
    each = metrics.get("no_speech_probs", ())
    if len(each) == count:
        return [float(value) for value in each]
    return [float(metrics.get("no_speech_prob", 0.0)) if count == 1 else 0.0] * count


def _reason(segment: Segment, no_speech: float, count: int, bounds: Bounds) -> str:
    """Say why a segment is dropped; nothing when it is kept."""
    seconds = segment.end - segment.start
    if _NOTE.fullmatch(segment.text):
        return "notes"
    if seconds > 0 and len(segment.text) > bounds.rate * seconds + bounds.slack:
        return "too_long"
    if no_speech >= bounds.no_speech and segment.confidence < bounds.confidence:
        return "doubtful"
    if plain(segment.text) not in phrases()[1]:
        return ""
    quiet = no_speech >= bounds.no_speech or (count == 1 and seconds > bounds.slow)
    return "doubtful" if quiet and segment.confidence < 2 * bounds.confidence else ""


def _alone(text: str) -> bool:
    return 0 < len(text.split()) <= 2
