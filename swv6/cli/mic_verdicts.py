"""What the numbers of a microphone mean, and the act that mends each."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from statistics import median
from typing import TYPE_CHECKING

from swv6.audio.levels import decibels
from swv6.health.findings import Finding

if TYPE_CHECKING:
    from swv6.audio.check import Measured
    from swv6.audio.chirp import Echo
    from swv6.text.alignment import Alignment

LOUD = 0.8
"""Peak above which the next louder word is cut off."""
CUT = 0.001
"""Share of samples at the converter's end from which words suffer: one in a thousand is heard as crackle."""
QUIET = 0.01
"""RMS of speech (-40 dBFS) below which recognisers lose words."""
NOISY = 0.01
"""RMS of a room (-40 dBFS) that is as loud as quiet speech."""
CLEAR, DROWNED = 15.0, 5.0
"""dB of speech over noise: enough for every word; too little for most."""
RIGHT = 0.9
"""Word accuracy from which a conversation goes without questions back."""
FAINT = -40.0
"""dB of echo below which a detector no longer takes it for speech."""
LATE = 0.5
"""Seconds of delay that an echo canceller can follow."""
WANDERS = 0.1
"""Seconds between the earliest and the latest echo: buffers that run empty, which no canceller follows."""

_WHERE = {
    "darwin": "allow it: System Settings > Privacy & Security > Microphone",
    "win32": "allow it: Settings > Privacy & security > Microphone, and look for a mute switch",
}
_LOUDER = "come closer, or raise its input volume in the system's sound settings"


def verdicts(m: Measured) -> list[Finding]:
    """Judge a microphone; a `problem` makes it unusable."""
    if m.zero:
        hint = _WHERE.get(sys.platform, "unmute it in the system's sound settings, or choose another: swv6 devices")
        return [Finding("signal", "problem", f"digital silence only, {m.seconds:.0f} s of exact zeros", hint)]
    return [_noise(m), _speech(m), _clipping(m), _dropped(m)]


def _noise(m: Measured) -> Finding:
    what = f"{decibels(m.noise):.0f} dB" if m.noise else "exact zeros: a noise gate"
    if m.disturbed >= 0.3:
        hint = "be silent for the first two seconds and run it again"
        return Finding("noise", "warning", f"{what}, but somebody spoke while it was measured", hint)
    if m.noise > NOISY:
        hint = "close the window, turn the fan off, or come closer to the microphone"
        return Finding("noise", "warning", f"{what}: a loud room", hint)
    return Finding("noise", "ok", f"{what}: quiet" if m.noise else what)


def _speech(m: Measured) -> Finding:
    if not m.spoken:
        return Finding("speech", "problem", f"none heard; the loudest sound was {decibels(m.peak):.0f} dB", _LOUDER)
    above = "more than 60" if m.snr > 60 else f"{m.snr:.0f}"
    what = f"{decibels(m.speech):.0f} dB, {above} dB above the noise, {m.spoken:.1f} s of it"
    if m.snr < DROWNED:
        return Finding("speech", "problem", f"{what}: drowned", "move away from the noise, or use a headset")
    if m.speech < QUIET:
        return Finding("speech", "warning", f"{what}: too quiet", _LOUDER)
    if m.snr < CLEAR:
        return Finding("speech", "warning", f"{what}: not clear", "come closer to the microphone")
    return Finding("speech", "ok", f"{what}: clear")


def _clipping(m: Measured) -> Finding:
    hint = "lower its input volume in the system's sound settings, or speak from farther away"
    if m.cut_off > CUT:
        return Finding("clipping", "problem", f"{m.cut_off:.1%} of your speech is cut off", hint)
    if m.peak > LOUD:
        return Finding("clipping", "warning", f"peak {m.peak:.2f}: close to being cut off (above {LOUD})", hint)
    return Finding("clipping", "ok", f"none, peak {m.peak:.2f}")


def _dropped(m: Measured) -> Finding:
    if not m.lost:
        return Finding("dropped", "ok", "nothing was lost")
    share = m.lost / (m.lost + m.seconds)
    hint = "close other programs; over Bluetooth or a hub, connect it directly"
    return Finding("dropped", "problem" if share > 0.01 else "warning", f"{m.lost * 1e3:.0f} ms of sound lost", hint)


def reading_verdict(alignment: Alignment, before: Sequence[Finding]) -> Finding:
    """Judge how many words of the text were heard, knowing what was found before."""
    right, wrong = alignment.accuracy, alignment.wer
    what = f"{right:.0%} of {alignment.words} words heard, word error rate {wrong:.0%}"
    if right >= RIGHT:
        return Finding("words", "ok", what)
    clean = all(finding.level == "ok" for finding in before)
    hint = "a larger recogniser hears more words: swv6 models list" if clean else "mend what is above first"
    return Finding("words", "warning", what, hint)


def echo_verdicts(echoes: Sequence[Echo | None], delays: Sequence[float], peak: float) -> Iterator[Finding]:
    """Judge what came back of several chirps; `delays` (seconds) are of those that did, `peak` is the microphone's.

    An echo is believed when most chirps found one.
    """
    found = [echo for echo in echoes if echo]
    if 2 * len(found) <= len(echoes):
        yield Finding("echo", "ok", "no echo: you wear headphones, or the loudspeaker is off")
        yield Finding("use", "ok", "interrupt by speaking", "swv6 talk --headphones")
        return
    delay, level = median(delays), decibels(median(echo.level for echo in found))
    loud = "as loud as it was played" if abs(level) < 1 else f"{level:+.0f} dB"
    if max(delays) - min(delays) > WANDERS:
        late = f"between {min(delays) * 1e3:.0f} and {max(delays) * 1e3:.0f} ms after it was played"
        yield Finding("echo", "warning", f"{loud}, {late}", "close other programs; use a cable instead of Bluetooth")
    else:
        yield Finding("echo", "ok", f"{loud}, {delay * 1e3:.0f} ms after it was played")
    if level < FAINT:
        yield Finding("use", "ok", "too faint to matter: interrupt by speaking", "swv6 talk --headphones")
    elif peak > LOUD:
        yield Finding("use", "warning", "the echo overdrives the microphone", "turn the loudspeaker down, run it again")
    elif delay > LATE:
        yield Finding(
            "use", "warning", "too late to be cancelled: take turns", "swv6 talk (it listens when it is silent)"
        )
    else:
        how = 'swv6 talk, with pip install "swv6[aec]"'
        yield Finding("use", "ok", "echo cancellation lets you interrupt by speaking", how)
